"""Whether a build would do anything: found out by content, and without doing it."""

import os
from dataclasses import replace

import pytest
from fleets import make_cities, options
from helpers import CITY

from analysis.fleet.building import FleetOptions, build_here, is_fresh, working_in
from analysis.project.cities import STATE, City


def fresh(root, how: FleetOptions | None = None) -> bool:
    with working_in(root, (how or options()).epoch):
        return is_fresh(City(CITY, root), how or options())


def test_a_city_that_was_never_built_is_not_fresh_and_nothing_is_written(tmp_path):
    root = make_cities(tmp_path / "p")
    assert not fresh(root)
    assert not (root / "build").exists()


def test_a_city_that_was_built_is_fresh_wherever_it_was_moved_and_its_state_is_only_read(copy_of_finished):
    root = copy_of_finished
    before = (root / "build" / CITY / STATE).read_bytes()
    for path in root.rglob("*.csv"):
        os.utime(path)
    assert fresh(root)
    assert (root / "build" / CITY / STATE).read_bytes() == before


def test_it_is_fresh_for_what_was_asked_and_not_for_more(finished):
    assert fresh(finished, options("table4"))
    assert not fresh(finished, options(""))


@pytest.mark.parametrize(
    "path", ["data/raw/{}/informants.csv", "data/processed/{}/table5.csv", "notebooks/table7.ipynb"]
)
def test_any_change_of_an_input_or_output_counts(path, copy_of_finished):
    root = copy_of_finished
    with (root / path.format(CITY)).open("a") as stream:
        stream.write("\n")
    assert not fresh(root)


def test_a_change_of_what_was_not_asked_for_does_not_count(copy_of_finished):
    root = copy_of_finished
    (root / "data/processed" / CITY / "table5.csv").unlink()
    assert fresh(root, options("table4"))


def test_another_language_counts(finished):
    assert not fresh(finished, replace(options(), lang="id"))


def test_a_build_agrees(copy_of_finished):
    root = copy_of_finished
    assert [made.task for made in build_here(CITY, root, options()) if made.seconds is not None] == []
    (root / "data/processed" / CITY / "table4.lineage.json").write_text("{}")
    assert not fresh(root)
    assert "table4" in [made.task for made in build_here(CITY, root, options()) if made.seconds is not None]
    assert fresh(root)
