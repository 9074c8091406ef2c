import pytest

from analysis.raw_data.publication import AUTHOR, FIELDS, absent, incorrect, is_orcid

FULL = {
    "authors": [{"name": "A", "affiliation": "B", "orcid": "0000-0002-1825-0097", "email": "a@example.org"}],
    "funding_id": "Tidak ada.",
    "funding_en": "None.",
    "date": "2026-01-02",
    "doi": "10.1234/a.b-1",
    "repository": "https://example.org/a",
}


def test_a_full_block_and_an_empty_one_are_correct():
    assert list(incorrect(FULL)) == []
    assert list(incorrect({})) == []


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"funding": "x"}, "publication.funding"),
        ({"date": "2 January"}, "publication.date"),
        ({"doi": "https://doi.org/10.1/x"}, "publication.doi"),
        ({"repository": "github"}, "publication.repository"),
        ({"version": 1}, "publication.version"),
        ({"ethics_id": " "}, "publication.ethics_id"),
        ({"authors": "A"}, "publication.authors"),
        ({"authors": ["A"]}, "publication.authors[0].name"),
        ({"authors": [{"name": "A", "orcid": "0000-0002-1825-0098"}]}, "publication.authors[0].orcid"),
        ({"authors": [{"name": "A"}, {"name": "B", "phone": "1"}]}, "publication.authors[1].phone"),
    ],
)
def test_a_part_that_is_wrong_is_named_by_its_place(change, place):
    assert list(incorrect(FULL | change)) == [place]


@pytest.mark.parametrize("other", [[], "x", 7])
def test_a_block_that_is_none_is_named(other):
    assert list(incorrect(other)) == ["publication"]


def test_an_orcid_has_a_check_digit():
    assert is_orcid("0000-0002-1694-233X")
    assert not is_orcid("0000-0002-1694-2331")
    assert not is_orcid("0000-0002-1694-233")


def test_what_a_journal_asks_for_is_named_where_it_is_absent():
    assert absent({}, "id") == ["author.name", "author.affiliation", "author.orcid", *ASKED]
    assert absent({"publication": FULL}, "id") == ["interests", "ethics"]
    one = {"authors": [*FULL["authors"], {"name": "B", "affiliation": "C"}]}
    assert absent({"publication": one}, "id")[0] == "author.orcid"
    assert not set(AUTHOR) & set(FIELDS)


ASKED = ["funding", "interests", "ethics", "repository"]
