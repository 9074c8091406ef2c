"""Many cities on this machine: all that need it are built, whatever becomes of one."""

import multiprocessing
import os

import pytest
from fleets import EPOCH, ONE_TABLE, TABLES, Notes, make_cities, outputs
from helpers import CITY

from analysis.chain import pipeline
from analysis.chain.city_build import BuildOptions
from analysis.fleet.building import working_in
from analysis.fleet.many import build_all
from analysis.project.cities import UnknownCityError


@pytest.fixture(autouse=True)
def fixed_time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))


ALL, ONE = (BuildOptions(lang="en", only=only, renderer="embedded") for only in (TABLES, ONE_TABLE))


def states(outcomes):
    return {outcome.city: outcome.state for outcome in outcomes}


def test_cities_are_built_as_by_themselves_and_a_broken_one_stops_no_other(tmp_path, monkeypatch, finished):
    root = make_cities(tmp_path / "p", "lain", broken="rusak")
    monkeypatch.chdir(root)
    notes = Notes()
    got = build_all(["rusak", CITY, "lain"], notes, ONE)
    assert states(got) == {"rusak": "failed", CITY: "built", "lain": "built"}
    assert [outcome.city for outcome in got] == ["rusak", CITY, "lain"] == notes.names
    assert outputs(root).items() <= outputs(finished).items()
    assert {"processed/table4.csv", "build/figures/table4.en.png"} <= set(outputs(root))
    assert "metrics.csv" in got[0].reason["id"] and "metrics.csv" in got[0].reason["en"]
    assert sorted(notes.begun) == sorted(made.task for made in notes.ended) == sorted(notes.names)
    assert [made.task for made in notes.ended if made.seconds is None] == ["rusak"]
    assert multiprocessing.active_children() == []
    again = build_all([CITY, "lain"], notes, ONE)
    assert states(again) == {CITY: "up_to_date", "lain": "up_to_date"}
    with working_in(root, EPOCH):
        pipeline.build(CITY, by_itself := Notes(), ONE)
    assert {made.seconds for made in by_itself.ended} == {None}


def test_only_what_is_not_up_to_date_is_begun(monkeypatch, copy_of_finished):
    root = copy_of_finished
    monkeypatch.chdir(root)
    before = outputs(root)
    notes = Notes()
    assert states(build_all([CITY], notes, ALL)) == {CITY: "up_to_date"}
    assert notes.begun == []
    (root / "data/processed" / CITY / "table4.csv").unlink()
    assert states(build_all([CITY], notes, ALL)) == {CITY: "built"}
    assert outputs(root) == before


def test_an_unknown_city_is_refused_before_anything_is_built(tmp_path, monkeypatch):
    root = make_cities(tmp_path / "p")
    monkeypatch.chdir(root)
    with pytest.raises(UnknownCityError) as caught:
        build_all([CITY, "atlantis"], Notes())
    assert caught.value.known == [CITY]
    assert not (root / "build").exists()


def test_a_descriptor_that_is_none_fails_its_city_alone(monkeypatch, copy_of_finished):
    root = copy_of_finished
    monkeypatch.chdir(root)
    (root / "data/raw/lain").mkdir()
    (root / "data/raw/lain/datapackage.yaml").write_text("city: [")
    got = build_all(["lain", CITY], Notes(), ALL)
    assert states(got) == {"lain": "failed", CITY: "up_to_date"}
    assert "datapackage.yaml" in got[0].reason["en"]


def test_no_city_and_a_city_named_twice_are_no_trouble(monkeypatch, copy_of_finished):
    monkeypatch.chdir(copy_of_finished)
    assert build_all([], Notes()) == []
    assert len(build_all([CITY, CITY], Notes(), ALL)) == 1


def test_the_caller_s_folder_and_environment_stay(monkeypatch, copy_of_finished):
    root = copy_of_finished
    monkeypatch.chdir(root / "notebooks")
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    build_all([CITY], Notes(), BuildOptions(only="check"))
    assert os.getcwd() == str(root / "notebooks")  # noqa: PTH109
    assert "SOURCE_DATE_EPOCH" not in os.environ
