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

PRELOAD = ("analysis.chain.preload",)
"""What the forkserver imports before it forks kernels."""


def kernels(way: str) -> Kernels:
    """Return how the kernels of our notebooks are started, `way` being one of `execution.kernels.WAYS`."""
    notice = " / ".join(text("failure.no_fork", lang, reason="{reason}") for lang in LANGUAGES)
    return Kernels(way, PRELOAD, PACKAGE, notice)


def check(city: str, way: str) -> None:
    """Validate a city's raw package, and import what runs the notebooks, while the forkserver imports the rest."""
    from analysis.execution.forking import warm  # noqa: PLC0415 - needed only when stale

    warm(kernels(way))
    from analysis.checking.validation import require_valid  # noqa: PLC0415 - takes a second
    from analysis.execution import notebooks  # noqa: F401, PLC0415 - for the notebooks that come next

    require_valid(city)


def run_notebook(city: City, step: Step, notebook: Path, lang: str, way: str) -> None:
    """Execute a notebook, and publish its results once all of them are there."""
    work = city.build / "work" / step.name
    executed = _execute(city, notebook, lang, work, way)
    moves = {
        **{work / "processed" / name: city.processed / name for name in step.processed},
        **{work / "figures" / name: city.figures / name for name in step.drawn},
        executed: city.build / "notebooks" / notebook.name,
    }
    missing = [made.name for made in moves if not made.is_file() or not made.stat().st_size]
    if missing:
        from analysis.chain.failures import MissingOutputError  # noqa: PLC0415 - would import doit into each child

        raise MissingOutputError(step.name, missing)
    for made, target in moves.items():
        move(made, target)
    shutil.rmtree(work)


def run_again(city: City, step: Step, notebook: Path, lang: str, executed: Path, way: str) -> None:
    """Execute a notebook in another language; of what it makes only the notebook itself is kept."""
    work = city.build / "work" / f"{step.name}.{lang}"
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
