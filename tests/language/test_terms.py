import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.terms import plain, score, terms, tidy


@given(st.text())
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
