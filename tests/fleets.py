"""A project with several tiny cities for the tests, and what they tell and leave."""

import hashlib
import os
import shutil
from pathlib import Path

from helpers import CITY, ROOT, make_project

from analysis.fleet.building import FleetOptions
from analysis.tasks.running import Made, Watcher

EPOCH = 1_600_000_000
TABLES = "ledger"
"""The last step of the tables; with what it needs it makes all of them."""
COUNTED = "results"
"""A step that needs the tables that are counted."""
ONE_TABLE = "table4"
BROKEN_ROW = ",1\n"


def options(only: str = TABLES) -> FleetOptions:
    return FleetOptions(lang="en", renderer="embedded", only=only, jobs=1, epoch=EPOCH)


def make_cities(root: Path, *others: str, broken: str = "") -> Path:
    """Make a project with the tiny city and copies of it under other names, of which one may be broken."""
    root.mkdir(parents=True)
    make_project(root)
    for name in ("notebooks", "paper"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "CITATION.cff", root)
    for name in (*others, *filter(None, [broken])):
        shutil.copytree(root / "data/raw" / CITY, root / "data/raw" / name)
    if broken:
        with (root / "data/raw" / broken / "metrics.csv").open("a") as stream:
            stream.write(BROKEN_ROW)
    return root


def outputs(root: Path, city: str = CITY) -> dict[str, str]:
    """Return digests of all that was made of a city by place in its folders, but for transient ones."""
    found = {}
    for folder in (root / "data/processed" / city, root / "build" / city):
        for path in folder.rglob("*"):
            name = path.relative_to(folder)
            if path.is_file() and not path.name.startswith(".") and name.parts[0] not in ("stage", "work"):
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                found[f"{folder.parent.name}/{name.as_posix()}"] = digest
    return found


class Notes(Watcher):
    """A watcher that keeps what it is told."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.begun: list[str] = []
        self.ended: list[Made] = []

    def planned(self, tasks: list[str]) -> None:
        self.names = tasks

    def started(self, task: str) -> None:
        self.begun.append(task)

    def finished(self, made: Made) -> None:
        self.ended.append(made)


class Impatient(Notes):
    """A watcher at which somebody types Ctrl-C when the first city is done."""

    def finished(self, made: Made) -> None:
        super().finished(made)
        raise KeyboardInterrupt


def is_running(pid: int) -> bool:
    """Tell whether there is a process of that number that has not ended."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
