"""What travels: all that a city needs and nothing of another; outputs land in its folders or not at all."""

import io
import zipfile
from pathlib import Path

import pytest
from fleets import make_cities, options, outputs
from helpers import CITY

from analysis.fleet.archives import UnsafeArchiveError, pack, unpack
from analysis.fleet.building import is_fresh, working_in
from analysis.fleet.parcels import install, outputs_of, shared_sources, sources_of
from analysis.project.cities import STATE, City
from analysis.project.locking import BusyError, held


def names(packed: bytes) -> set[str]:
    return set(zipfile.ZipFile(io.BytesIO(packed)).namelist())


def made(root: Path) -> list[Path]:
    """Return the files of the finished city, but not what doit remembers."""
    folders = [root / "data/processed" / CITY, root / "build" / CITY]
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [path for path in files if not path.name.startswith(".")]


@pytest.fixture
def parcel(finished) -> bytes:
    return outputs_of(City(CITY, finished), made(finished))


def test_shared_sources_hold_nothing_of_any_city(tmp_path):
    packed = names(shared_sources(make_cities(tmp_path / "p", "lain")))
    assert {
        "CITATION.cff",
        "data/raw/framework.csv",
        "notebooks/table4.ipynb",
        "paper/id/_quarto.yml",
    } <= packed
    assert not [name for name in packed if "bandung" in name or "lain" in name or CITY in name]


def test_the_sources_of_a_city_are_its_raw_package_and_its_parts_of_the_papers(tmp_path):
    root = make_cities(tmp_path / "p", "lain", "bandung")
    assert names(sources_of(City("lain", root))) == {
        path.relative_to(root).as_posix() for path in (root / "data/raw/lain").iterdir()
    }
    passage = root / "paper/cities/bandung/introduction.en.md"
    passage.parent.mkdir(parents=True)
    passage.touch()
    packed = names(sources_of(City("bandung", root)))
    assert {"data/raw/bandung/datapackage.yaml", "paper/cities/bandung/introduction.en.md"} <= packed


def test_files_of_editors_and_systems_stay_at_home(tmp_path):
    root = make_cities(tmp_path / "p")
    before = sources_of(City(CITY, root))
    (root / "data/raw" / CITY / ".~lock.metrics.csv#").touch()
    (root / "data/raw" / CITY / ".cache").mkdir()
    (root / "data/raw" / CITY / ".cache" / "x").touch()
    assert sources_of(City(CITY, root)) == before


def test_what_is_put_in_place_is_as_good_as_built_here(tmp_path, finished, parcel):
    root = make_cities(tmp_path / "p")
    install(City(CITY, root), parcel)
    assert outputs(root) == outputs(finished)
    with working_in(root, options().epoch):
        assert is_fresh(City(CITY, root), options())


@pytest.mark.parametrize(
    "name", ["data/raw/x.csv", "data/processed/lain/table4.csv", "notebooks/table4.ipynb"]
)
def test_outputs_outside_the_city_s_folders_are_refused_and_nothing_changes(tmp_path, name, copy_of_finished):
    root = copy_of_finished
    before, state = outputs(root), (root / "build" / CITY / STATE).read_bytes()
    (tmp_path / "evil" / name).parent.mkdir(parents=True)
    (tmp_path / "evil" / name).write_text("x")
    with pytest.raises(UnsafeArchiveError, match=name):
        install(City(CITY, root), pack(tmp_path / "evil", [tmp_path / "evil" / name]))
    assert outputs(root) == before
    assert (root / "build" / CITY / STATE).read_bytes() == state


def test_after_an_interruption_between_two_files_a_build_has_everything_to_do(copy_of_finished, parcel):
    root = copy_of_finished
    obstacle = root / "data/processed" / CITY / "table6.csv"
    obstacle.unlink()
    obstacle.mkdir()
    with pytest.raises(OSError):  # which one depends on the system
        install(City(CITY, root), parcel)
    assert not (root / "build" / CITY / STATE).exists()
    with working_in(root, options().epoch):
        assert not is_fresh(City(CITY, root), options())


def test_a_city_that_is_being_built_here_is_left_alone(copy_of_finished, parcel):
    root = copy_of_finished
    before = outputs(root)
    with held(City(CITY, root)), pytest.raises(BusyError):
        install(City(CITY, root), parcel)
    assert outputs(root) == before


def test_nothing_is_left_beside_the_outputs(tmp_path, parcel):
    root = make_cities(tmp_path / "p")
    install(City(CITY, root), parcel)
    unpack(parcel, tmp_path / "expected")
    left = {path.relative_to(root).as_posix() for path in (root / "build").rglob("*") if path.is_file()}
    assert left - {f"build/.locks/{CITY}"} == {
        path.relative_to(tmp_path / "expected").as_posix()
        for path in (tmp_path / "expected/build").rglob("*")
        if path.is_file()
    }
