import pytest
from helpers import BLOCK, CITY, open_project, write_yaml

from analysis.comparing import compared
from analysis.language.formats import Result
from analysis.project import cities
from analysis.project.atomic import write_json
from analysis.project.cities import UnknownCityError


@pytest.fixture
def add(tmp_path, monkeypatch):
    """Return what adds a city to a project, with results and a ledger of its own."""
    first = open_project(monkeypatch, tmp_path)

    def add(name, **block):
        place = cities.City(name, first.root)
        if name != CITY:
            place.raw.mkdir()
            for path in first.raw.glob("*.csv"):
                (place.raw / path.name).write_bytes(path.read_bytes())
        write_yaml(place.raw / "datapackage.yaml", first.descriptor | {"city": BLOCK | block})
        write_json(
            place.processed / "results.json", {"applications.total": {"value": 4, "unit": "application"}}
        )
        write_json(place.processed / "ledger.json", {"counts": {"checked": len(name), "reproduced": 1}})

    return add


def test_each_city_comes_with_its_results_and_ledger_in_the_order_asked(add):
    add(CITY)
    add("atas", name_id="Kota Atas")
    got = compared.load([CITY, "atas", CITY])
    assert list(got.results) == list(got.ledgers) == list(got.names.cities["id"]) == [CITY, "atas"]
    assert got.results["atas"] == {"applications.total": Result(4, "application")}
    assert got.ledgers[CITY]["checked"] == len(CITY)


def test_a_made_up_city_is_marked_and_a_real_one_is_not(add):
    add(CITY)
    add("atas", name_id="Kota Atas", name_en="Upper City", synthetic=False)
    got = compared.load([CITY, "atas"]).names
    assert got.synthetic == {CITY}
    assert got.cities == {
        "id": {CITY: "Kota Baru (data sintetis)", "atas": "Kota Atas"},
        "en": {CITY: "New City (synthetic data)", "atas": "Upper City"},
    }


def test_cities_of_the_same_name_can_be_told_apart(add):
    add(CITY)
    add("atas", name_en="Upper City")
    got = compared.load([CITY, "atas"]).names.cities
    assert list(got["id"].values()) == [f"Kota Baru (data sintetis) [{name}]" for name in (CITY, "atas")]
    assert list(got["en"].values()) == ["New City (synthetic data)", "Upper City (synthetic data)"]


def test_the_dimensions_are_called_as_in_the_framework(add):
    add(CITY)
    assert compared.load([CITY]).names.dimensions["id"]["online_services"] == "Layanan"


def test_an_unknown_city_is_named(add):
    add(CITY)
    with pytest.raises(UnknownCityError, match="nowhere"):
        compared.load([CITY, "nowhere"])


def test_a_city_that_was_not_built_is_no_empty_city(add):
    add(CITY)
    (cities.find(CITY).processed / "ledger.json").unlink()
    with pytest.raises(FileNotFoundError):
        compared.load([CITY])
