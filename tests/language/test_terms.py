import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.terms import plain, score, terms, tidy


@pytest.mark.parametrize(
    ("text", "shown"),
    [("e\u00adSurat\u200e", "eSurat"), ("\u202aDinas\u2060 A\ufe0f", "Dinas A"), ("An\u200dtre", "Antre")],
)
def test_what_shows_nothing_is_no_part_of_a_text(text, shown):
    assert tidy(text) == shown


def test_marks_that_shape_letters_stay_where_they_do():
    assert tidy("\u0646\u200c\u0646") == "\u0646\u200c\u0646"


@given(st.text() | st.text("a \u200b\u200c\u200d\u0646"))
def test_tidying_twice_changes_nothing_more(text):
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(("tick", "word"), [("✓", "v"), ("√", "v"), ("V", "v"), ("—", ""), ("Café", "cafe")])
def test_ticks_are_letters_and_dashes_are_nothing(tick, word):
    assert plain(tick) == word


@pytest.mark.parametrize(
    ("word", "term", "is_near"),
    [("web", "web", True), ("weg", "web", False), ("wbsite", "website", True), ("", "", False)],
)
def test_short_terms_count_only_if_they_are_spelt_exactly(word, term, is_near):
    assert (score(word, term) > 80) == is_near


def test_terms_are_listed_by_kind_columns_and_rows_by_target():
    assert terms()["column.owner"]["opd"] == "owner"
    assert terms()["status"]["aktif"] == "operational"
