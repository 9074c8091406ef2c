import pytest
from helpers import bandung
from test_ledger import audited

from analysis.auditing.checks import EXPLAINED, SEPARATOR
from analysis.auditing.words import Words


def said(written, lang, kind="count", **check):
    """Return a value in words; what else the check holds is like the value unless given."""
    whole = {"entry": "C1", "kind": kind, "printed": written, "rebuilt": written, "result": "a.b", **check}
    return Words(bandung(), lang).value(written, whole)


@pytest.mark.parametrize(
    ("written", "lang", "expected"),
    [
        ("true", "id", "ya"),
        ("false", "en", "no"),
        ("online_services+open_government", "en", "Online Services and Open Government"),
        ("online_services+open_government", "id", "Layanan Daring dan Pemerintahan Terbuka"),
        ("infrastructure", "id", "Infrastruktur"),
        ("none", "id", "tidak satu pun"),
        ("1081", "id", "1.081"),
        ("gil_garcia_2015", "en", "gil garcia 2015"),
    ],
)
def test_propositions_names_and_numbers_are_said_in_words(written, lang, expected):
    assert said(written, lang) == expected


@pytest.mark.parametrize(
    ("written", "check", "indonesian", "english"),
    [
        ("19.33395005", {}, "19,334", "19.334"),
        ("1.0", {}, "1,0", "1.0"),
        ("2014", {"kind": "date"}, "2014", "2014"),
        ("2010", {"kind": "sum", "result": "law.effective_year"}, "2010", "2010"),
        ("2016-12", {"kind": "date"}, "Desember 2016", "December 2016"),
        ("2016-13", {"kind": "date"}, "2016-13", "2016-13"),
        ("hinders", {"kind": "cell", "entry": "table8/IN1/polarity"}, "Menghambat", "Hinders"),
        (
            "infrastructure",
            {"kind": "cell", "entry": "table8/IN1/dimension"},
            "Infrastruktur",
            "Infrastructure",
        ),
        ("0012", {"kind": "cell", "entry": "table7/1/application"}, "0012", "0012"),
        ("true", {"kind": "cell", "entry": "table7/1/application"}, "true", "true"),
    ],
)
def test_what_a_value_is_of_decides_how_it_is_said(written, check, indonesian, english):
    assert (said(written, "id", **check), said(written, "en", **check)) == (indonesian, english)


def test_three_names_are_a_list_with_an_and_before_the_last():
    written = "online_services+infrastructure+open_government"
    assert said(written, "en") == "Online Services, Infrastructure and Open Government"


def test_a_role_is_said_as_the_list_of_informants_has_it(lang):
    informants = bandung()["informants"].set_index("group")[f"role_{lang}"]
    assert said("application_management", lang) == informants["application_management"]


def test_codes_are_translated_all_or_none():
    assert said("governance", "en", rebuilt="government") == "governance"


def test_no_code_is_left_in_the_discrepancies_of_bandung(lang):
    words, shown = Words(bandung(), lang), []
    for one in audited().checks.to_dict(orient="records"):
        if one["verdict"] in EXPLAINED:
            values = (one["printed"], *one["rebuilt"].split(SEPARATOR))
            shown += [words.value(value, one) for value in values]
    assert shown
    assert not [cell for cell in shown if "_" in cell or "+" in cell or cell in ("true", "false")]
