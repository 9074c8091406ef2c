"""Make a city's paper in one language: stage its Quarto project with all that it includes, and render."""

import shutil
from pathlib import Path

from analysis.project import cities, paper_sources
from analysis.project.cities import City
from analysis.project.provenance import epoch
from analysis.publishing import dialect, preparing, rendering
from analysis.publishing.paper_problems import PaperError, placed
from analysis.results import rebuilt_files


def make(city: City, lang: str, *, renderer: str) -> None:
    """Stage a city's paper in one language and render it.

    Raises
    ------
    PaperError
        Naming everything in the sources that does not resolve or that only one renderer understands, and
        where in them it stands.
    """
    sources = _sources(city, lang)
    if refused := dialect.problems(sources):
        raise PaperError(refused)
    preparing.make_room(city, city.root / "paper" / lang)
    folder = city.build / "stage" / lang
    try:
        stage(city.name, lang, folder)
        rendering.render(folder / lang, city.papers, lang, renderer=renderer, epoch=epoch(city.root))
    except PaperError as error:
        known = rebuilt_files.load_results(city.name)
        raise PaperError(placed(error.problems, sources, known)) from error


def _sources(city: City, lang: str) -> dict[str, Path]:
    """Return the texts of a city's paper by the name that people know: the article first."""
    written = [*paper_sources.project(city, lang)[:2], *paper_sources.own(city, lang)]
    return {path.relative_to(city.root).as_posix(): path for path in written}


def stage(city: str, lang: str, folder: Path) -> None:
    """Fill a folder, emptied first, with a copy of the project of a city's paper and all that it includes."""
    place = cities.find(city)
    texts = paper_sources.project(place, lang)
    if folder.exists():
        shutil.rmtree(folder)
    for source in (*paper_sources.shared(place.root), *texts):
        copy = folder / source.relative_to(place.root / "paper")
        copy = copy.with_name(paper_sources.STAGED) if source is texts[0] else copy
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, copy)
    preparing.prepare(city, lang, folder / lang)
