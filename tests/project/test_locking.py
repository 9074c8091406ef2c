"""The lock of a city: one builder at a time, whatever is deleted meanwhile."""

import subprocess
import sys

import pytest
from conftest import compendium

from analysis.project.cities import City
from analysis.project.locking import BusyError, held

HOLD = """
from pathlib import Path
from analysis.project.cities import City
from analysis.project.locking import held
with held(City("bandung", Path.cwd())):
    print("held", flush=True)
    input()
"""
INVENTORY = "nama,pemilik,jenis,kepemilikan,status\nSiaga,Dinas Kesehatan,web,mandiri,aktif\n"
NAMES = (
    *("--name-id", "Bandung", "--name-en", "Bandung", "--province-id", "Jawa Barat", "--province-en"),
    "West Java",
)


@pytest.fixture
def holder(project):
    """Another process that builds Bandung."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "bandung", "--no-site"),
        ("clean",),
        ("clean", "bandung"),
        ("check", "bandung", "--update-hashes"),
        ("new", "bandung", "--from", "inventory.csv", "--force", *NAMES),
    ],
    ids=lambda arguments: " ".join(arguments[:3]),
)
def test_while_a_city_is_built_nothing_else_builds_deletes_or_replaces_it(project, holder, arguments):
    (project / "inventory.csv").write_text(INVENTORY)
    (project / "build/bandung").mkdir(parents=True)
    before = {path: path.read_bytes() for path in (project / "data/raw").rglob("*") if path.is_file()}
    result = compendium(project, *arguments)
    assert (result.returncode, result.stdout) == (1, "")
    assert "Another process is building bandung" in result.stderr
    assert (project / "build/bandung").is_dir()
    assert {path: path.read_bytes() for path in (project / "data/raw").rglob("*") if path.is_file()} == before


def test_a_lock_is_free_again_when_its_holder_was_killed(project, holder):
    with pytest.raises(BusyError), held(City("bandung", project)):
        pass
    holder.kill()
    holder.wait()
    with held(City("bandung", project)):
        pass


def test_the_lock_lies_outside_of_what_clean_deletes(project):
    city = City("bandung", project)
    with held(city):
        assert not city.lock.is_relative_to(city.build)
    compendium(project, "clean")
    assert city.lock.is_file()
