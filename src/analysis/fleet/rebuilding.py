"""Build a city again, elsewhere and in other surroundings, and compare every byte with what is here."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.chain.city_build import BuildOptions
from analysis.chain.city_tasks import tasks
from analysis.fleet.archives import unpack
from analysis.fleet.building import EPOCH
from analysis.fleet.parcels import shared_sources, sources_of
from analysis.project.atomic import write_bytes, write_json
from analysis.project.cities import City
from analysis.project.provenance import epoch
from analysis.raw_data.raw import sha256

SURROUNDINGS = {
    "TZ": "Pacific/Chatham",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "4242",
}
"""A zone a quarter of an hour off, a locale whose capital of i is another letter, another order of sets."""
UMASK = 0o077
COMMAND = ("build", "--no-site", "--jobs", "1")
PREFIX = "dua kali #1 50% O'Brien ꦧ"
"""What the name of the other folder begins with: letters that shells, addresses and templates mind."""


class RebuildError(RuntimeError):
    """The city could not be built elsewhere; the message is what that build said."""


@dataclass(frozen=True)
class Compared:
    """A file that a build makes: its SHA-256 here and there, "" where it is not."""

    path: str
    here: str
    again: str

    @property
    def is_same(self) -> bool:
        """Whether both builds made the same bytes."""
        return bool(self.here) and self.here == self.again


def rebuild(city: City, options: BuildOptions) -> list[Compared]:
    """Build a city, which is up to date, from its sources alone in a temporary folder, and compare.

    It differs in folder, home, time zone, locale, order of hashes and of files, permissions, number of jobs.
    Where all is the same, that is written down beside the outputs for the certificate.

    Raises
    ------
    RebuildError
        When the other build failed.
    """
    with _elsewhere(city) as (project, home):
        if city.rebuilt.is_file():  # The certificate reports it.
            write_bytes(City(city.name, project).rebuilt, city.rebuilt.read_bytes())
        _build(city, project, home, ("--lang", options.lang, "--renderer", options.renderer))
        made = [path for task in tasks(city, options) for path in task["targets"]]
        found = [Compared(path, _digest(city.root / path), _digest(project / path)) for path in made]
    if all(one.is_same for one in found):
        write_json(city.rebuilt, {one.path: one.here for one in found})
    else:
        city.rebuilt.unlink(missing_ok=True)
    return found


def _build(city: City, project: Path, home: Path, options: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "analysis.cli", *COMMAND, city.name, *options],
        cwd=project,
        env=_environment(city, home),
        umask=UMASK if os.name == "posix" else -1,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RebuildError(done.stderr.strip())


@contextmanager
def _elsewhere(city: City) -> Iterator[tuple[Path, Path]]:
    """Give a project with the sources of a city, written in another order, and an empty home."""
    with TemporaryDirectory(prefix=PREFIX) as folder:
        arrived, project, home = (Path(folder) / name for name in ("arrived", "project", "home"))
        names = [*unpack(shared_sources(city.root), arrived), *unpack(sources_of(city), arrived)]
        for name in reversed(names):
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.move(arrived / name, project / name)
        home.mkdir()
        yield project, home


def _environment(city: City, home: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("COMPENDIUM_", "XDG_"))},
        **SURROUNDINGS,
        EPOCH: str(epoch(city.root)),
        "HOME": str(home),
    }


def _digest(path: Path) -> str:
    return sha256(path).removeprefix("sha256:") if path.is_file() else ""
