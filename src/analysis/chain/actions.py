"""What the tasks of a city do; each imports what it needs, as an up-to-date build runs none of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.chain.code_files import PACKAGE
from analysis.chain.steps import Step
from analysis.execution.kernels import Kernels
from analysis.language.labels import LANGUAGES, text
from analysis.project import cities
from analysis.project.atomic import move
from analysis.project.cities import City

if TYPE_CHECKING:
    from analysis.chain import preload  # noqa: F401 - the forkserver imports it, by name
    from analysis.tasks.staleness import Standing

WORK = "work"
"""Folder, of what is built of a city, that notebooks save in; a build that fails leaves it."""
PRELOAD = ("analysis.chain.preload",)
"""What the forkserver imports before it forks kernels."""


def kernels(way: str) -> Kernels:
    """Return how the kernels of our notebooks are started, `way` being one of `execution.kernels.WAYS`."""
    notice = " / ".join(text("failure.no_fork", lang, reason="{reason}") for lang in LANGUAGES)
    return Kernels(way, PRELOAD, PACKAGE, notice)


def check(city: str, way: str) -> None:
    """Validate a city's raw package, and import what runs notebooks, while the forkserver imports its own."""
    from analysis.execution.forking import warm  # noqa: PLC0415 - needed only when stale

    warm(kernels(way))
    from analysis.checking.validation import require_valid  # noqa: PLC0415 - takes a second
    from analysis.execution import notebooks  # noqa: F401, PLC0415 - for the notebooks that come next

    require_valid(city)


def run_notebook(city: City, step: Step, notebook: Path, lang: str, way: str) -> None:
    """Execute a notebook, and publish its results once all of them are there; `draw` makes its figures."""
    work, executed = _execute_first(city, step, notebook, lang, way)
    made = {work / "processed" / name: city.processed / name for name in step.processed}
    _publish(step, made | {executed: city.build / "notebooks" / notebook.name})
    shutil.rmtree(work)


def draw(city: City, step: Step, notebook: Path, lang: str, way: str) -> None:
    """Draw the figures that a notebook has noted; if it did not just do so, it is executed again."""
    notes = _notes(city, step)
    if not notes.is_dir():
        work, _ = _execute_first(city, step, notebook, lang, way)
        shutil.rmtree(work)
    in_child(way, _draw, notes)
    _publish(step, {notes / name: city.figures / name for name in step.drawn})
    shutil.rmtree(notes)


def _draw(notes: Path) -> None:
    from analysis.results import export  # noqa: PLC0415 - imports matplotlib

    export.draw_noted(notes)


def _execute_first(city: City, step: Step, notebook: Path, lang: str, way: str) -> tuple[Path, Path]:
    """Execute a notebook and keep its notes of figures; return where it saved, and the executed one."""
    work, notes = city.build / WORK / step.name, _notes(city, step)
    executed = _execute(city, notebook, lang, work, way)
    shutil.rmtree(notes, ignore_errors=True)
    if step.figures:
        (work / "figures").mkdir(exist_ok=True)  # What is not noted is missed when it is drawn.
        (work / "figures").rename(notes)
    return work, executed


def _notes(city: City, step: Step) -> Path:
    """Return the folder for what a notebook that succeeded has noted of its figures."""
    return city.build / WORK / f"{step.name}.figures"


def _publish(step: Step, made: dict[Path, Path]) -> None:
    """Move files to where they belong, once all of them are there."""
    missing = [path.name for path in made if not path.is_file() or not path.stat().st_size]
    if missing:
        from analysis.chain.failures import MissingOutputError  # noqa: PLC0415 - would import doit into each child

        raise MissingOutputError(step.name, missing)
    for path, target in made.items():
        move(path, target)


def run_again(city: City, step: Step, notebook: Path, lang: str, executed: Path, way: str) -> None:
    """Execute a notebook in another language; of what it makes only the notebook itself is kept."""
    work = city.build / WORK / f"{step.name}.{lang}"
    made = _execute(city, notebook, lang, work, way)
    move(made, executed)
    shutil.rmtree(work)


def _execute(city: City, notebook: Path, lang: str, work: Path, way: str) -> Path:
    """Execute a notebook, which saves below an empty folder, and return the executed one."""
    from analysis.execution.notebooks import execute  # noqa: PLC0415 - takes half a second, needed only when stale

    shutil.rmtree(work, ignore_errors=True)
    executed = work / notebook.name
    execute(notebook, {"city": city.name, "lang": lang}, executed, {cities.OUTBOX: str(work)}, kernels(way))
    return executed


def in_child(way: str, function: Callable[..., None], *arguments: Any) -> None:
    """Call a function of this module in a child of the forkserver; see `execution.calls.call`."""
    from analysis.execution.calls import call  # noqa: PLC0415 - needed only when stale

    call(kernels(way), function, *arguments)


def write_reports(city: str) -> None:
    """Write the pages and PDFs about a city's ledger."""
    from analysis.reporting import report  # noqa: PLC0415 - takes a second

    report.write_reports(city)


def make_paper(city: City, lang: str, renderer: str) -> None:
    """Stage and render a city's paper in one language."""
    from analysis.publishing import papers  # noqa: PLC0415 - takes a second

    papers.make(city, lang, renderer=renderer)


def write_site(city: City, epoch: int, notebooks: dict[str, dict[str, Path]], done: list[Standing]) -> None:
    """Write a city's part of the site of its notebooks by language and step, its tasks, and all else."""
    from analysis.chain import task_graph  # noqa: PLC0415 - imports networkx
    from analysis.site import writing  # noqa: PLC0415 - takes two seconds, needed only when stale

    graph = task_graph.drawings(city, {one.task: one for one in done}, is_page=True)
    writing.write_city(city, notebooks=notebooks, graph=graph, epoch=epoch)


def write_start(root: Path, cards: list[Path], shared: list[Path]) -> None:
    """Write the pages that the site begins with."""
    from analysis.site import start_pages  # noqa: PLC0415 - needed only when stale

    start_pages.write(root, cards, shared)
