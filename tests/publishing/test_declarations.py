import pytest
import yaml
from helpers import CITY, open_project

from analysis.project import cities
from analysis.publishing.declarations import authors, byline, date_of, declarations, signature

AUTHOR = {"name": "A *B*", "affiliation": "U *C*", "orcid": "0000-0002-1825-0097"}
SAID = {
    "authors": [AUTHOR, {"name": "D"}],
    "funding_id": "Tidak ada",
    "funding_en": "Nobody paid",
    "interests_en": "None declared",
    "repository": "https://example.org/x",
    "doi": "10.1234/x",
    "date": "2026-01-02",
}
CITED = {
    "version": "0.1.0",
    "license": ["MIT", "CC-BY-4.0"],
    "authors": [{"family-names": "E", "given-names": "F", "orcid": f"https://orcid.org/{AUTHOR['orcid']}"}],
}
LICENCES = [{"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"}]


@pytest.fixture
def make(tmp_path, monkeypatch):
    """Return a function that gives the city of a descriptor in which some things stand."""
    place = open_project(monkeypatch, tmp_path)

    def change(cited=None, paper="report", **parts):
        path = place.raw / "datapackage.yaml"
        descriptor = yaml.safe_load(path.read_text("utf-8")) | parts
        descriptor["city"]["paper"] = paper
        path.write_text(yaml.safe_dump(descriptor), "utf-8")
        if cited:
            (place.root / "CITATION.cff").write_text(yaml.safe_dump(cited), "utf-8")
        return cities.find(CITY)

    return change


def test_what_the_descriptor_says_is_printed_in_the_language_of_the_paper(make):
    city = make(CITED, publication=SAID, licenses=LICENCES)
    assert declarations(city, "en").split("\n\n") == [
        "**Funding.** Nobody paid",
        "**Competing interests.** None declared",
        "**Licence.** Data and text: Creative Commons Attribution 4.0; "
        "code and text of the compendium: MIT, CC-BY-4.0.",
        "**Repository.** <https://example.org/x>",
        "**DOI.** <https://doi.org/10.1234/x>",
        "**Version.** 0.1.0",
        f"**Command that rebuilds everything.** `compendium build {CITY}`\n",
    ]
    assert declarations(city, "id").startswith("**Pendanaan.** Tidak ada\n\n**Lisensi.**")
    assert date_of(city) == "2026-01-02"


def test_the_compendium_s_own_paper_has_data_under_its_terms(make):
    city = make(CITED, paper="article", licenses=LICENCES)
    said = "**Licence.** Data and text: Creative Commons Attribution 4.0; code: MIT."
    assert declarations(city, "en").startswith(said)


def test_what_nobody_says_is_left_out_but_that_no_terms_are_stated(make):
    city = make(licenses=[{"name": "notspecified"}])
    assert declarations(city, "en") == (
        "**Licence.** Data: no terms of use are stated yet.\n\n"
        f"**Command that rebuilds everything.** `compendium build {CITY}`\n"
    )
    assert signature(city, "en") == [("Licence", "Data: no terms of use are stated yet.")]
    assert (authors(city), byline(city), date_of(city)) == ([], [], "")


def test_authors_stand_with_affiliation_and_orcid_as_far_as_given(make):
    city = make(publication=SAID)
    orcid = "[ORCID 0000-0002-1825-0097](https://orcid.org/0000-0002-1825-0097)"
    assert byline(city) == [rf"A \*B\*, U \*C\*, {orcid}", "D"]
    assert authors(city) == [r"A \*B\*", "D"]


@pytest.mark.parametrize(("paper", "names"), [("article", ["F E"]), ("report", [])])
def test_persons_of_the_citation_are_authors_of_the_compendium_s_own_paper_alone(make, paper, names):
    assert authors(make(CITED, paper=paper)) == names


def test_contributors_without_a_name_of_their_own_are_no_authors(make):
    assert authors(make({"authors": [{"name": "Compendium contributors"}]}, paper="article")) == []
