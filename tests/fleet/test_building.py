"""A city from nothing but bytes: the same files as a build in place, and nothing left behind."""

import os
import shutil
from pathlib import Path

import pytest
from fleets import COUNTED, EPOCH, ONE_TABLE, TABLES, make_cities, options, outputs
from helpers import CITY, ROOT

from analysis.fleet.archives import UnsafeArchiveError, unpack
from analysis.fleet.building import build_city, build_here, working_in
from analysis.fleet.parcels import shared_sources, sources_of
from analysis.language.problems import RawDataError
from analysis.project.cities import City, UnknownCityError
from analysis.tasks.running import BuildError


def build(root: Path, city: str, scratch: Path, only: str = ONE_TABLE) -> Path:
    """Build a city from bytes, and return a folder with what came back."""
    packed = build_city(city, sources_of(City(city, root)), shared_sources(root), options(only), scratch)
    back = scratch.parent / f"back_{city}"
    unpack(packed, back)
    return back


@pytest.mark.parametrize(
    ("only", "last"),
    [
        (COUNTED, {"processed/results.json", "build/figures/margins.id.png"}),
        pytest.param(
            TABLES,
            {"processed/table8.csv", "build/figures/bounds.id.png"},
            marks=pytest.mark.slow("the same as far as the ledger"),
        ),
    ],
)
def test_a_city_built_from_bytes_is_that_built_in_place(tmp_path, monkeypatch, finished, only, last):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    back = build(finished, CITY, tmp_path / "scratch", only)
    assert outputs(back).items() <= outputs(finished).items()
    assert last <= set(outputs(back))


@pytest.mark.slow("the same of a city with an inventory")
def test_the_sample_city_with_an_inventory_is_the_same_too(tmp_path):
    root = tmp_path / "project"
    for name in ("notebooks", "paper", "data/raw"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "CITATION.cff", root)
    back = build(root, "contoh", tmp_path / "scratch", "inventory_insights")
    build_here("contoh", root, options("inventory_insights"))
    assert outputs(back, "contoh") == outputs(root, "contoh")
    assert "build/figures/stale.en.svg" in outputs(root, "contoh")


def test_nothing_of_a_city_is_left_on_the_worker_and_the_shared_sources_are_kept(tmp_path):
    root = make_cities(tmp_path / "p", broken="rusak")
    scratch = tmp_path / "scratch"
    build(root, CITY, scratch)
    with pytest.raises(BuildError):
        build(root, "rusak", scratch)
    (project,) = scratch.iterdir()
    left = {path.name for path in (project / "data/raw").iterdir()}
    assert left == {"datapackage.yaml", "framework.csv"}
    assert not [
        path for path in project.rglob("*") if path.name in (CITY, "rusak") and path.parent.name != ".locks"
    ]
    assert (project / "notebooks/table4.ipynb").is_file()


def test_other_shared_sources_go_to_another_folder(tmp_path):
    root, scratch = make_cities(tmp_path / "p"), tmp_path / "scratch"
    build(root, CITY, scratch)
    (root / "CITATION.cff").write_text("date-released: 2020-01-01\n")
    build(root, CITY, scratch)
    assert len(list(scratch.iterdir())) == 2


def test_damaged_bytes_are_refused(tmp_path, finished):
    with pytest.raises(UnsafeArchiveError):
        build_city(CITY, b"", shared_sources(finished), options(ONE_TABLE), tmp_path / "scratch")


def test_the_working_directory_and_the_environment_are_as_before(tmp_path, monkeypatch):
    root = make_cities(tmp_path / "p", broken="rusak")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    before = Path.cwd()
    with pytest.raises(BuildError):
        build_here("rusak", root, options(ONE_TABLE))
    assert Path.cwd() == before
    assert os.environ["SOURCE_DATE_EPOCH"] == "7"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    with working_in(root, EPOCH):
        assert os.environ["SOURCE_DATE_EPOCH"] == str(EPOCH)
        assert Path.cwd() == root
    assert "SOURCE_DATE_EPOCH" not in os.environ


def test_a_city_that_is_not_there_or_has_no_readable_descriptor_is_refused(tmp_path):
    root = make_cities(tmp_path / "p", "lain")
    (root / "data/raw/lain/datapackage.yaml").write_text("resources: [")
    with pytest.raises(RawDataError):
        build_here("lain", root, options(ONE_TABLE))
    with pytest.raises(UnknownCityError):
        build_here("atlantis", root, options(ONE_TABLE))
