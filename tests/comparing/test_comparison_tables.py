import pytest
from comparisons import BARE, LEDGER, WHOLE, both, names, polarities
from helpers import LANGUAGES

from analysis.comparing.comparison import GROUPS, compare
from analysis.comparing.comparison_tables import ABSENT, gaps, lines, name_and_mark, side_by_side
from analysis.language.labels import text


def test_a_row_is_a_measure_and_a_column_a_city_with_its_mark(lang):
    frame = side_by_side(both(), names(), lang).frame
    titles = names().cities[lang]
    assert frame.columns.tolist()[2:] == [titles["atas"], titles["bawah"]]
    assert text("synthetic.figure", lang).lower() in frame.columns[3]
    assert len(frame) == sum(map(len, GROUPS.values()))


def test_numbers_are_written_as_each_language_writes_them():
    cells = {lang: {line.label: line.cells for line in lines(both(), names(), lang)} for lang in LANGUAGES}
    assert cells["id"]["Web"] == ("75,0%", "50,0%")
    assert cells["en"]["Web"] == ("75.0%", "50.0%")
    assert cells["en"]["Balance: Infrastructure"] == ("−1.00", ABSENT)


def test_a_measure_that_a_city_lacks_is_a_dash():
    rows = side_by_side(both(), names(), "en").frame.to_numpy().tolist()
    assert [row[3] for row in rows].count(ABSENT) == sum(
        len(GROUPS[group]) for group in ("integrations", "evidence", "findings", "checks")
    )
    assert ABSENT not in [row[2] for row in rows]


def test_a_measure_that_no_city_has_is_left_out():
    labels = {line.label for line in lines(compare({"atas": BARE}, {}), names(titles={}), "en")}
    assert "Web" in labels
    assert "Number of findings" not in labels


def test_a_group_is_named_once():
    groups = side_by_side(both(), names(), "en").frame["Group"]
    assert [group for group in groups if group] == [
        *("Applications", "Type", "Ownership", "Status of use"),
        *("Integration", "Evidence", "Findings", "Checking sheet"),
    ]


def test_cities_of_the_same_name_keep_a_column_each():
    twins = names((), {city: {"id": "Kota", "en": "City"} for city in ("atas", "bawah")})
    assert side_by_side(both(), twins, "en").frame.columns.tolist()[2:] == ["City", "City"]


def test_what_a_city_lacks_is_said_in_a_sentence():
    assert gaps(both(), names(), "en") == [
        "Not available for Lower City (synthetic data): integrations of applications, coded evidence, "
        "findings and statements of a source to be checked."
    ]
    assert gaps(both(), names(), "id") == [
        "Tidak tersedia untuk Kota Bawah (data sintetis): integrasi aplikasi, bukti terkode, temuan, dan "
        "pernyataan sumber untuk diperiksa."
    ]


def test_a_dimension_that_lacks_evidence_is_named():
    some = WHOLE | polarities("evidence", infrastructure=(1, 0, 0), online_services=(1, 0, 0))
    table = compare({"atas": some}, {"atas": LEDGER})
    only = names((), {"atas": {"id": "Kota Atas", "en": "Upper City"}})
    assert gaps(table, only, "en") == ["Not available for Upper City: evidence on Open."]
    assert gaps(table, only, "id") == ["Tidak tersedia untuk Kota Atas: bukti dalam dimensi Terbuka."]


def test_any_other_measure_that_is_lacking_is_named_by_its_label():
    some = {key: result for key, result in WHOLE.items() if key != "integrations.share"}
    table = compare({"atas": some}, {"atas": LEDGER})
    only = names((), {"atas": {"id": "Kota Atas", "en": "Upper City"}})
    assert gaps(table, only, "en") == ["Not available for Upper City: Share of applications integrated."]


def test_cities_that_lack_nothing_are_said_to(lang):
    table = compare({"atas": WHOLE, "bawah": WHOLE}, {"atas": LEDGER, "bawah": LEDGER})
    assert gaps(table, names(), lang) == [text("compare.complete", lang)]


def test_the_note_explains_the_measures_and_names_what_is_lacking(lang):
    note = side_by_side(both(), names(), lang).note
    for name in ("share", "balance", "checks", "absent"):
        assert text(f"compare.note.{name}", lang) in note
    assert gaps(both(), names(), lang)[0] in note


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Kota Contoh (data sintetis)", ("Kota Contoh", "(data sintetis)")),
        ("Bandung", ("Bandung", "")),
        ("A (b) [c]", ("A", "(b) [c]")),
    ],
)
def test_the_mark_is_parted_from_the_name(title, expected):
    assert name_and_mark(title) == expected
