import pytest
from helpers import CITY, open_project

from analysis.checking import validation
from analysis.intake.describing import set_fields
from analysis.language.problems import RawDataError
from analysis.project import cities

AUTHOR = "author=Rina; Universitas Contoh; 0000-0002-1825-0097; rina@example.org"


@pytest.fixture
def place(tmp_path, monkeypatch):
    return open_project(monkeypatch, tmp_path)


def said(place, *fields):
    """Return the descriptor in which some fields were set."""
    set_fields(place, fields)
    return cities.find(CITY).descriptor


def test_authors_licence_and_statements_are_written_and_the_city_stays_valid(place):
    descriptor = place.raw / "datapackage.yaml"
    descriptor.write_text("# Whose city this is\n" + descriptor.read_text("utf-8"), encoding="utf-8")
    funding = {"funding_en": "None.", "funding_id": "Tidak ada."}
    others = ("licence=CC0-1.0", "name_en=Newer City")
    got = said(place, AUTHOR, "author=Budi", *(f"{key}={words}" for key, words in funding.items()), *others)
    assert got["publication"] == {
        "authors": [
            {
                "name": "Rina",
                "affiliation": "Universitas Contoh",
                "orcid": "0000-0002-1825-0097",
                "email": "rina@example.org",
            },
            {"name": "Budi"},
        ],
        **funding,
    }
    assert [one["name"] for one in got["licenses"]] == ["CC0-1.0"]
    assert got["city"]["name_en"] == "Newer City"
    assert "# Whose city this is" in descriptor.read_text("utf-8")
    assert validation.check(CITY) == []


def test_a_city_without_texts_can_be_left_without_a_name_in_one_language_but_not_in_both(
    tmp_path, monkeypatch
):
    blank = dict.fromkeys(("informants", "metrics", "derivations", "evidence", "findings"))
    place = open_project(monkeypatch, tmp_path, **blank)
    got = said(place, "name_en=", "province_en=")
    assert [key for key in got["city"] if key.endswith("_en")] == []
    with pytest.raises(RawDataError, match="name_id"):
        set_fields(place, ["name_id=", "province_id="])


def test_a_name_stays_in_a_language_that_texts_are_in(place):
    with pytest.raises(RawDataError, match="name_en"):
        set_fields(place, ["name_en="])


def test_an_author_is_changed_by_name_and_a_field_goes_with_its_text(place):
    set_fields(place, [AUTHOR, "version=1", "date=2026-01-02"])
    got = said(place, "author=Rina; Universitas Lain", "version=")
    assert [one["affiliation"] for one in got["publication"]["authors"]] == ["Universitas Lain"]
    assert "version" not in got["publication"]
    assert "publication" not in said(place, "author=", "date=")


def test_everything_wrong_is_named_at_once_and_nothing_is_written(place):
    before = (place.raw / "datapackage.yaml").read_bytes()
    wrong = ["auhtor=A", "licence=CC-BY", "name_id=", "author=A; B; 0000-0002-1825-0098", "date=besok", "doi"]
    with pytest.raises(RawDataError) as refusal:
        set_fields(place, wrong)
    found = [(one.kind, one.found, one.nearest) for one in refusal.value.problems]
    assert ("describe.unknown", "auhtor=A", "author") in found
    assert ("describe.licence", "CC-BY", "CC-BY-4.0") in found
    assert [found for kind, found, _ in found if kind == "descriptor.publication"] == [
        "publication.authors[0].orcid",
        "publication.date",
    ]
    assert len(found) == 6
    assert (place.raw / "datapackage.yaml").read_bytes() == before
