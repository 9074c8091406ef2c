"""Build one city in this process: where its files are, or as a pure function of bytes."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from analysis.chain import pipeline
from analysis.chain.city_build import BuildOptions
from analysis.chain.city_tasks import selected, tasks
from analysis.fleet.archives import unpack
from analysis.fleet.parcels import outputs_of, own_folders
from analysis.project.cities import City
from analysis.raw_data.package_form import usable
from analysis.tasks.running import Made, Watcher
from analysis.tasks.staleness import FRESH, standings

EPOCH = "SOURCE_DATE_EPOCH"
_alone = Lock()
"""A build changes the process's working directory and environment: one at a time."""


@dataclass(frozen=True, kw_only=True)
class FleetOptions(BuildOptions):
    """How cities are built, the same on every machine: `epoch` is the time that stands for now."""

    epoch: int


class _Notes(Watcher):
    """Collects what was made or found up to date."""

    def __init__(self) -> None:
        self.made: list[Made] = []

    def finished(self, made: Made) -> None:
        """Keep it."""
        self.made.append(made)


@contextmanager
def working_in(root: Path, epoch: int) -> Iterator[None]:
    """Make `root` the project and `epoch` the time that stands for now."""
    before = os.environ.get(EPOCH)
    os.environ[EPOCH] = str(epoch)
    try:
        with chdir(root):
            yield
    finally:
        if before is None:
            del os.environ[EPOCH]
        else:
            os.environ[EPOCH] = before


def build_here(city: str, root: Path, options: FleetOptions) -> list[Made]:
    """Bring a city of the project at `root` up to date, and return what was made or found up to date.

    Raises
    ------
    UnknownCityError, RawDataError, BusyError, BuildError
        When it cannot be built; see `pipeline.build`.
    """
    notes = _Notes()
    with working_in(root, options.epoch):
        usable(city)
        pipeline.build(city, notes, options)
    return notes.made


def is_fresh(city: City, options: BuildOptions) -> bool:
    """Return whether a build of a city would do nothing, decided by content without running anything."""
    if not city.state.is_file():
        return False
    planned = list(tasks(city, options))
    chosen = selected(planned, options.only) if options.only else ()
    found = standings(city.root, city.state, planned, chosen)
    return all(one.state == FRESH for one in found.values())


def build_city(city: str, sources: bytes, shared: bytes, options: FleetOptions, scratch: Path) -> bytes:
    """Build a city from bytes alone: what `parcels.sources_of` and `parcels.shared_sources` return of it.

    `scratch` is this process's folder, for the shared part of a project (kept for the next city) and for
    the city. What is returned `parcels.install` takes: the same files as a build on the sending machine.

    Raises
    ------
    UnsafeArchiveError
        When the sources are unsafe.
    UnknownCityError, RawDataError, BusyError, BuildError
        As `build_here`.
    """
    with _alone:
        root = _project(shared, scratch)
        folders = City(city, root)
        try:
            unpack(sources, root)
            made = build_here(city, root, options)
            return outputs_of(folders, [target for one in made for target in one.targets])
        finally:
            for folder in (*own_folders(folders), folders.processed, folders.build):
                shutil.rmtree(folder, ignore_errors=True)


def _project(shared: bytes, scratch: Path) -> Path:
    """Return the folder with these shared sources, named for their content."""
    root = scratch / hashlib.sha256(shared).hexdigest()[:16]
    if not root.is_dir():
        scratch.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=scratch) as folder:
            unpack(shared, Path(folder) / "project")
            (Path(folder) / "project").rename(root)
    return root
