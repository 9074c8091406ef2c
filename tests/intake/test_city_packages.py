import subprocess
import sys
from itertools import count
from pathlib import Path

import pytest
from helpers import CITY, FILES, frame, open_project
from spreadsheet_files import BLOCK

from analysis.checking import validation
from analysis.intake import city_packages, descriptors
from analysis.project import cities
from analysis.project.cities import City
from analysis.raw_data import raw

INVENTORY = frame(
    "name,owner,type,ownership,status,function,last_updated\n"
    '=1+1,"Dinas A, B",web,own,operational,"a ""b""",2024-03-31\nNA,0012,web,own,planned,,\n'
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A city that does not exist yet, in a project with another."""
    open_project(monkeypatch, tmp_path)
    return City("surabaya", cities.project_root())


def tree(folder):
    """Return every file below a folder with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_valid(place):
    """Return whether a city is valid; an agency's name may begin like a formula."""
    return {one.kind for one in validation.check(place.name)} <= {"cell.formula"}


def test_a_new_city_has_its_records_and_headers_for_the_rest(place):
    source = ("x.csv", b"\x00")
    city_packages.create(place, {"applications": INVENTORY}, BLOCK, source=source, mapping="a: b\n")
    started = {f"{name}.csv" for name in city_packages.STARTED}
    assert set(tree(place.raw)) == started | {"datapackage.yaml", "mapping.yaml", "source/x.csv"}
    assert (place.raw / "source/x.csv").read_bytes() == b"\x00"
    assert (place.raw / "evidence.csv").read_text("utf-8").count("\n") == 1
    assert is_valid(place)
    assert raw.load(place.name)["applications"][[*INVENTORY]].equals(INVENTORY)


def test_counts_take_the_place_of_an_inventory(place):
    recap = frame(FILES["applications_recap"])
    city_packages.create(place, {"applications_recap": recap}, BLOCK)
    assert not (place.raw / "applications.csv").exists()
    city_packages.create(place, {}, BLOCK)
    assert not (place.raw / "applications.csv").exists()
    city_packages.create(place, {"applications": INVENTORY}, BLOCK)
    assert not (place.raw / "applications_recap.csv").exists()
    assert is_valid(place)


@pytest.mark.parametrize("content", [None, "city: [", "7", "resources: [{}]"])
def test_a_package_whose_descriptor_is_broken_can_be_replaced(place, content):
    city_packages.create(place, {"applications": INVENTORY}, BLOCK)
    (place.raw / "datapackage.yaml").unlink()
    if content:
        (place.raw / "datapackage.yaml").write_text(content, "utf-8")
    city_packages.create(City(place.name, place.root), {}, BLOCK)
    assert is_valid(place)
    assert len(raw.load(place.name)["applications"]) == len(INVENTORY)


def test_what_an_import_does_not_bring_stays_with_its_sources(place):
    city_packages.create(place, {}, BLOCK)
    (place.raw / "evidence.csv").write_text(FILES["evidence"], encoding="utf-8")
    (place.raw / "notes.md").write_text("x", "utf-8")
    validation.record_hashes(place)
    kept = cities.resources(place.raw)[1]["sources"]
    city_packages.create(place, {"applications": INVENTORY}, BLOCK, source=("x.csv", b""))
    assert (place.raw / "evidence.csv").read_text("utf-8") == FILES["evidence"]
    assert (place.raw / "notes.md").is_file()
    sources = {resource["name"]: resource["sources"] for resource in cities.resources(place.raw)}
    assert sources["evidence"] == kept
    assert is_valid(place)


@pytest.mark.parametrize("exists", [False, True])
@pytest.mark.parametrize("broken", ["write_text", "write_bytes", "descriptors.write", "Path.rename"])
def test_a_failure_leaves_everything_as_it_was(place, monkeypatch, exists, broken):
    if exists:
        city_packages.create(place, {}, BLOCK)
    before = tree(place.raw.parent)
    owner = {"descriptors.write": descriptors, "Path.rename": Path}.get(broken, city_packages)
    name, calls = broken.rpartition(".")[2], count(1)
    act = getattr(owner, name)
    failing = 2 if exists and broken == "Path.rename" else 1  # the old package has made way by then

    def fail(*arguments, **options):
        if next(calls) == failing:
            raise OSError(28, "No space left on device")
        return act(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, fail)
        with pytest.raises(OSError, match="No space"):
            city_packages.create(place, {"applications": INVENTORY}, BLOCK, source=("x.csv", b""))
    assert tree(place.raw.parent) == before
    assert [path.name for path in place.raw.parent.iterdir() if path.name.startswith(".")] == []


KILLED = """
import os, sys
from pathlib import Path
from analysis.project import cities
from analysis.intake import city_packages
step, left = sys.argv[1], int(sys.argv[2])
owner = Path if step == "rename" else city_packages.shutil
act = getattr(owner, step)
def count(*arguments, **options):
    global left
    left -= 1
    if left < 0:
        os._exit(9)  # As one that is killed: nothing is tidied up.
    return act(*arguments, **options)
setattr(owner, step, count)
place = cities.City("surabaya", cities.project_root())
block = dict.fromkeys(("name_id", "name_en", "province_id", "province_en"), "New") | {"synthetic": True}
city_packages.create(place, {}, block)
"""


@pytest.mark.parametrize("step", ["copy2", "rename", "rmtree"])
@pytest.mark.parametrize("left", [0, 1])
def test_a_city_whose_replacement_was_killed_is_the_old_or_the_new_one(place, step, left):
    city_packages.create(place, {"applications": INVENTORY}, BLOCK)
    before = tree(place.raw)
    done = subprocess.run([sys.executable, "-c", KILLED, step, str(left)], cwd=place.root, check=False)
    assert done.returncode == 9
    assert place.name in cities.known()
    after = City(place.name, place.root)
    if step == "rmtree" and left:
        assert after.descriptor["city"]["name_en"] == "New"
    elif step != "rmtree":
        assert tree(place.raw) == before
    assert is_valid(place)
    city_packages.create(place, {}, BLOCK)
    assert [path.name for path in place.raw.parent.iterdir() if path.name.startswith(".")] == []


def test_a_city_that_was_deleted_does_not_come_back(place):
    city_packages.create(place, {}, BLOCK)
    place.raw.rename(place.retired)
    assert place.name not in cities.known()


def test_unfinished_folders_are_no_cities(place):
    (place.raw.parent / ".surabaya.new-x").mkdir()
    (place.raw.parent / ".surabaya.new-x/datapackage.yaml").touch()
    assert cities.known() == [CITY]
