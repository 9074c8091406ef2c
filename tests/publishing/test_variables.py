import pytest
from helpers import open_project

from analysis.language.formats import Result
from analysis.publishing.variables import counted, variables

RESULTS = {
    "a.few": Result(3, "application"),
    "a.many": Result(1081, "record"),
    "a.share": Result(0.5, "share"),
    "a.year": Result(2016, "year"),
}
ASKED = [
    "word.a.few",
    "Word.a.few",
    "word.a.many",
    "word.a.share",
    "word.a.year",
    "plain.a.few",
    "word.ledger.n",
]


@pytest.fixture
def place(tmp_path, monkeypatch):
    return open_project(monkeypatch, tmp_path)


def shown(place, lang, asked=ASKED):
    """Return the variables by key, with what a number says alone."""
    found = variables(place, RESULTS, {"n": 0}, lang, asked)
    return {key: value.removeprefix("[").split("]{")[0] for key, value in found.items()}


@pytest.mark.parametrize(
    ("lang", "few", "first", "none", "many"),
    [("id", "tiga", "Tiga", "tidak satu pun", "1.081"), ("en", "three", "Three", "none", "1,081")],
)
def test_small_numbers_are_words_where_a_text_asks_for_them(place, lang, few, first, none, many):
    got = shown(place, lang)
    assert (got["a.few"], got["plain.a.few"]) == ("3", "3")
    assert (got["word.a.few"], got["Word.a.few"], got["word.ledger.n"]) == (few, first, none)
    assert got["word.a.many"] == many


def test_what_is_no_number_of_things_has_no_word(place):
    assert not {"word.a.share", "word.a.year"} & set(shown(place, "en"))


def test_a_word_leads_where_its_number_does(place):
    found = variables(place, RESULTS, {}, "en", ASKED)
    assert found["word.a.few"] == '[three]{.number key="a.few"}'


def test_forms_that_nobody_asks_for_are_not_made(place):
    assert set(shown(place, "en", [])) == {*RESULTS, "ledger.n", "city.name", "city.folder", "city.province"}


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", ["no applications", "one application", "1,081 applications"]),
        ("id", ["tidak satu pun aplikasi", "satu aplikasi", "1.081 aplikasi"]),
    ],
)
def test_a_number_agrees_with_its_noun(place, lang, expected):
    assert [counted(n, "application", lang) for n in (0, 1, 1081)] == expected
    found = variables(place, RESULTS, {}, "en", ["counted.agency.a.few"])
    assert found["counted.agency.a.few"] == '[three agencies]{.number key="a.few"}'
