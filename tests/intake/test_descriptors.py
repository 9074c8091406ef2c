import pytest
from helpers import BLOCK, FILES, ROOT, SOURCES, open_project

from analysis.checking import validation
from analysis.intake import descriptors
from analysis.project import cities
from analysis.raw_data import raw
from analysis.raw_data.schemas import schemas


@pytest.fixture
def folder(tmp_path):
    """A folder with two raw files and one that is none."""
    for name in ("integrations", "informants"):
        (tmp_path / f"{name}.csv").write_text(FILES[name], encoding="utf-8")
    (tmp_path / "notes.csv").touch()
    return tmp_path


def test_the_known_files_are_described_as_bandungs_are(folder):
    got = descriptors.describe(folder, BLOCK, SOURCES)
    expected = cities.read_yaml(ROOT / "data/raw/bandung/datapackage.yaml")
    assert list(got) == list(expected)
    assert [resource["name"] for resource in got["resources"]] == ["integrations", "informants"]
    for resource in got["resources"]:
        assert list(resource) == list(expected["resources"][0])
        assert resource["hash"] == raw.sha256(folder / resource["path"])
        assert resource["schema"] == schemas()[resource["name"]]["schema"]
        assert resource["sources"] == SOURCES


def test_title_and_description_are_in_both_languages_and_say_when_data_are_made_up(folder):
    made_up = descriptors.describe(folder, BLOCK, SOURCES)
    real = descriptors.describe(folder, {**BLOCK, "synthetic": False}, SOURCES)
    assert [made_up["title"], made_up["title_en"]] == [
        "Data mentah tentang smart government Kota Baru",
        "Raw data on smart government in New City",
    ]
    assert "rekaan" in made_up["description"]
    assert "Made-up" in made_up["description_en"]
    assert "rekaan" not in real["description"]
    assert [package["licenses"][0]["name"] for package in (made_up, real)] == ["CC-BY-4.0", "notspecified"]


def test_what_is_written_is_a_valid_package(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    written = descriptors.describe(place.raw, BLOCK, SOURCES)
    descriptors.write(place.raw, written)
    assert cities.read_yaml(place.raw / "datapackage.yaml") == written
    assert "&id" not in (place.raw / "datapackage.yaml").read_text("utf-8")
    assert validation.check(place.name) == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Bandung", "bandung"), ("Kota Administrasi  Ñ!", "kota-administrasi-n"), ("東京", "city")],
)
def test_the_package_is_named_for_the_city(folder, name, slug):
    got = descriptors.describe(folder, {**BLOCK, "name_en": name}, SOURCES)
    assert got["name"] == f"smart-government-{slug}"
