"""What client and worker exchange: the shared sources, a city's raw package, its outputs."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.chain import unfinished
from analysis.fleet.archives import UnsafeArchiveError, pack, unpack
from analysis.language.labels import LANGUAGES
from analysis.project import paper_sources
from analysis.project.atomic import move
from analysis.project.cities import City
from analysis.project.locking import held
from analysis.site import addresses


def shared_sources(root: Path) -> bytes:
    """Return the sources that all cities share: notebooks, papers, framework, release date."""
    papers = [path for lang in LANGUAGES for path in paper_sources.every(root, lang)]
    framework = (path for path in _files(root / "data" / "raw") if path.parent == root / "data" / "raw")
    notebooks = (root / "notebooks").glob("*.ipynb")
    return pack(root, [*notebooks, *papers, *paper_sources.shared(root), *framework, root / "CITATION.cff"])


def sources_of(city: City) -> bytes:
    """Return a city's own sources: its raw package and its parts of the papers."""
    return pack(city.root, [path for folder in own_folders(city) for path in _files(folder)])


def own_folders(city: City) -> tuple[Path, Path]:
    """Return the folders that only this city's build reads."""
    return city.raw, city.root / "paper" / "cities" / city.name


def outputs_of(city: City, made: Iterable[Path]) -> bytes:
    """Return the files that a build made, with its state, so that a later build finds them up to date."""
    return pack(city.root, [*made, city.state])


def install(city: City, outputs: bytes) -> None:
    """Put the outputs of a build in a city's folders, each file complete, as if it had been built there.

    The state of the last build goes first and that of this one comes last, so that after an interruption
    between two files a later build makes all of them again.

    Raises
    ------
    UnsafeArchiveError
        When any of the outputs does not belong to this city; nothing is changed then.
    BusyError
        When a build of the city is running here.
    """
    city.build.mkdir(parents=True, exist_ok=True)
    with held(city), TemporaryDirectory(dir=city.build) as folder:
        arrived = Path(folder)
        names = unpack(outputs, arrived)
        for name in names:
            own = (city.processed, city.build, *addresses.homes(city))
            if not any((city.root / name).is_relative_to(folder) for folder in own):
                raise UnsafeArchiveError(name)
        unfinished.mark(city)
        city.state.unlink(missing_ok=True)
        for name in sorted(names, key=lambda name: Path(name).name == city.state.name):
            move(arrived / name, city.root / name)
        unfinished.clear(city)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, except those of editors and operating systems."""
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
