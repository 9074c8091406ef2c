"""A build killed at any point: nothing of it lives on, the next build makes what an undisturbed one makes.

``make soak`` kills at 50 points of a build from nothing and at 50 of one after a changed count,
``make test-all`` at five of each. Every round says how it went, and the last line counts.
"""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from helpers import CITY
from tiny_builds import BUILD, build, environment, made, project_in

from analysis.project.cities import City

SURVIVAL = 5.0
"""Seconds within which everything that a killed build had started must be gone: one, on a machine that does
nothing else. How long it took is said; what ends only once it has imported is met in tests of forking."""
MEASURED_EVERY = 10
"""Rounds after which it is measured anew how long a build takes: the machine may have more to do."""
PARTS = ".*.part"
"""Names of files that are being written."""
KINDS = ("from nothing", "after a changed count")


def timed_build(project: Path) -> float:
    """Build undisturbed, and return the seconds that it took."""
    begin = time.monotonic()
    build(project)
    return time.monotonic() - begin


def change(project: Path) -> None:
    """Correct a count, and accept it."""
    path = project / f"data/raw/{CITY}/applications_recap.csv"
    text = path.read_text().replace("type,web,6,", "type,web,7,").replace("type,mobile,1,", "type,mobile,0,")
    path.write_text(text)
    command = [sys.executable, "-m", "analysis.cli", "check", CITY, "--update-hashes"]
    subprocess.run(command, cwd=project, env=environment(), capture_output=True, check=True)


@pytest.fixture(scope="module", params=KINDS)
def case(request, tmp_path_factory) -> tuple[Path, dict[str, str], float]:
    """A project whose next build is to be killed, what an undisturbed one makes, and how long that takes."""
    folder = tmp_path_factory.mktemp("killed")
    start = project_in(folder / "start")
    if request.param != KINDS[0]:
        build(start)
        change(start)
    whole = Path(shutil.copytree(start, folder / "whole"))
    seconds = timed_build(whole)
    return start, made(whole), seconds


def killed(project: Path, seconds: float) -> list[psutil.Process]:
    """Begin a build, kill it after a time, and return what it had started."""
    process = subprocess.Popen(
        BUILD, cwd=project, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    end, started = time.monotonic() + seconds, {}
    while time.monotonic() < end and process.poll() is None:
        started |= {child.pid: child for child in psutil.Process(process.pid).children(recursive=True)}
        time.sleep(0.01)
    process.kill()
    process.wait()
    return list(started.values())


def alive(processes: list[psutil.Process]) -> list[psutil.Process]:
    return [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


def survival(processes: list[psutil.Process]) -> float:
    """Return the seconds until nothing of it runs, or until the time that is allowed is over."""
    begin = time.monotonic()
    while alive(processes) and time.monotonic() - begin < SURVIVAL:
        time.sleep(0.02)
    return time.monotonic() - begin


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def run_matrix(case: tuple[Path, dict[str, str], float], points: int, tmp_path: Path) -> None:
    start, expected, duration = case
    equal = marked = begun = 0
    for number in range(points):
        project = Path(shutil.copytree(start, tmp_path / "project"))
        if number and number % MEASURED_EVERY == 0:
            duration = timed_build(Path(shutil.copytree(start, tmp_path / "whole")))
            shutil.rmtree(tmp_path / "whole")
        seconds = duration * (number + 0.5) / points
        started = killed(project, seconds)
        survived = survival(started)
        assert alive(started) == [], f"killed after {seconds:.2f} s"
        city = City(CITY, project)
        before, has_mark = made(project), city.unfinished.is_file()
        begun += bool(list(project.rglob(PARTS)))
        is_old = made(start).items() <= before.items() and before.keys() - made(start).keys() == set()
        is_new = before == expected
        assert has_mark or is_old or is_new, f"mixed and unmarked after {seconds:.2f} s"
        build(project)
        assert made(project) == expected, f"killed after {seconds:.2f} s"
        assert not city.unfinished.exists()
        assert list(project.rglob(PARTS)) == []
        equal, marked = equal + 1, marked + has_mark
        say(
            f"{number + 1}/{points}: killed after {seconds:.2f} of {duration:.2f} s, "
            f"gone after {survived:.2f} s, marked: {has_mark}"
        )
        shutil.rmtree(project)
    say(
        f"{equal} of {points} byte-equal after the next build; {marked} were marked as cut off, "
        f"{begun} had a file half written, which the next build cleared away"
    )


@pytest.mark.slow("ten builds; one killed build is tried always, in tests/chain/test_unfinished.py")
def test_a_build_killed_at_five_points_leaves_nothing_that_lives_or_lasts(case, tmp_path):
    run_matrix(case, 5, tmp_path)


@pytest.mark.soak
def test_a_build_killed_at_fifty_points_leaves_nothing_that_lives_or_lasts(case, tmp_path):
    run_matrix(case, 50, tmp_path)
