"""A disk that fills up: one sentence, no traceback, outputs whole, also where builds note what they did."""

import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import Ended, compendium, compendium_process
from helpers import CITY, ROOT, make_project

MEGABYTES = 48
SLOW = pytest.mark.slow("builds a city; a full disk is tried always")
ONE_STEP, ALL_BUT_PAPERS = "table7", "report"


def command(step: str) -> tuple[str, ...]:
    return ("build", CITY, "--renderer", "embedded", "--no-site", "--lang", "en", "--only", step)


def build(project: Path, step: str) -> Ended:
    """Build where there is room."""
    return compendium(project, *command(step))


@pytest.fixture
def small_disk(tmp_path):
    """A file system of some megabytes, with a project that has a tiny city."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = sys.platform == "linux" and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", place], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("only root on Linux may mount a small file system; test_atomic.py runs always")
    try:
        project = make_project(place / "project")
        for name in ("notebooks", "paper"):
            shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns(".*"))
        shutil.copy(ROOT / "CITATION.cff", project)
        yield project
    finally:
        with suppress(subprocess.CalledProcessError):
            subprocess.run(["umount", "--lazy", place], check=True, capture_output=True)


def results(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project / "data/processed" / CITY).iterdir()}


def fill(project: Path, free: int) -> None:
    """Leave only some bytes free."""
    room = shutil.disk_usage(project).free - free
    (project.parent / "ballast").write_bytes(bytes(room))


@pytest.mark.parametrize(
    ("free", "step"),
    [
        pytest.param(0, ONE_STEP, id="nothing"),
        pytest.param(8 << 10, ALL_BUT_PAPERS, id="8 KiB", marks=SLOW),
        pytest.param(96 << 10, ALL_BUT_PAPERS, id="96 KiB", marks=SLOW),
    ],
)
def test_a_full_disk_is_one_sentence_and_leaves_outputs_whole(small_disk, free, step):
    assert build(small_disk, step).returncode == 0
    before = results(small_disk)
    path = small_disk / f"data/raw/{CITY}/integrations.csv"
    path.write_text(path.read_text() + "Lapor,Siaga,T7\n")
    assert compendium(small_disk, "check", CITY, "--update-hashes").returncode == 0
    fill(small_disk, free)
    result = compendium_process(small_disk, *command(step))
    assert result.returncode == 1
    assert "Traceback" not in result.stderr + result.stdout
    assert "No space left" in result.stderr or "disk" in result.stderr
    (small_disk.parent / "ballast").unlink()
    now = results(small_disk)
    assert not [name for name in now if name.startswith(".")]
    assert build(small_disk, step).returncode == 0
    after = results(small_disk)
    assert {name for name in now if now[name] not in (before.get(name), after[name])} == set()
    assert after["table7.csv"].count(b"\n") == before["table7.csv"].count(b"\n") + 1


def test_notes_that_cannot_be_saved_are_one_sentence_and_the_outputs_are_there(small_disk):
    assert build(small_disk, ONE_STEP).returncode == 0
    state = small_disk / f"build/{CITY}/.state.sqlite3"
    state.unlink()
    state.symlink_to("/dev/full")
    result = compendium_process(small_disk, *command(ONE_STEP))
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert results(small_disk)
