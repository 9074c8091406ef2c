"""What the tasks of a city do; each imports what it needs, as an up-to-date build runs none of them."""

from __future__ import annotations

import shutil
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.chain.code_files import PACKAGE
from analysis.chain.failures import MissingOutputError
from analysis.chain.steps import Step
from analysis.execution.kernels import Kernels
from analysis.language.labels import LANGUAGES, text
from analysis.project import cities
from analysis.project.cities import City

if TYPE_CHECKING:
    from analysis.chain import preload  # noqa: F401
    from analysis.chain.city_build import CityBuild  # The forkserver imports it, by name.

LATER = ("analysis.execution.notebooks", "analysis.publishing.papers", "analysis.reporting.report")
"""Modules that the tasks after the check need."""
PRELOAD = ("analysis.chain.preload",)
"""What the forkserver imports before it forks kernels."""


def kernels(way: str) -> Kernels:
    """Return how the kernels of our notebooks are started, `way` being one of `execution.kernels.WAYS`."""
    notice = " / ".join(text("failure.no_fork", lang, reason="{reason}") for lang in LANGUAGES)
    return Kernels(way, PRELOAD, PACKAGE, notice)


def check(city: str, way: str) -> None:
    """Validate a city's raw package, while what comes next is imported."""
    from analysis.execution.forking import warm  # noqa: PLC0415 - needed only when stale

    warm(kernels(way))  # It imports while the package is checked.
    from analysis.checking.validation import require_valid  # noqa: PLC0415 - takes a second, needed only when stale

    require_valid(city)
    for name in LATER:  # It still imports, for a second.
        import_module(name)


def run_notebook(city: City, step: Step, notebook: Path, lang: str, way: str) -> None:
    """Execute a notebook, and publish its results once all of them are there."""
    from analysis.execution.notebooks import execute  # noqa: PLC0415 - takes two seconds, needed only when stale
    from analysis.raw_data import lean_jsonschema  # noqa: F401, PLC0415

    work = city.build / "work" / step.name
    shutil.rmtree(work, ignore_errors=True)
    executed = work / notebook.name
    execute(notebook, {"city": city.name, "lang": lang}, executed, {cities.OUTBOX: str(work)}, kernels(way))
    moves = {
        **{work / "processed" / name: city.processed / name for name in step.processed},
        **{work / "figures" / name: city.figures / name for name in step.drawn},
        executed: city.build / "notebooks" / notebook.name,
    }
    missing = [made.name for made in moves if not made.is_file() or not made.stat().st_size]
    if missing:
        raise MissingOutputError(step.name, missing)
    for made, target in moves.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        made.replace(target)
    shutil.rmtree(work)


def run_again(city: City, step: Step, notebook: Path, lang: str, executed: Path, way: str) -> None:
    """Execute a notebook in another language; of what it makes only the notebook itself is kept."""
    from analysis.execution.notebooks import execute  # noqa: PLC0415 - takes two seconds, needed only when stale
    from analysis.raw_data import lean_jsonschema  # noqa: F401, PLC0415

    work = city.build / "work" / f"{step.name}.{lang}"
    shutil.rmtree(work, ignore_errors=True)
    made = work / notebook.name
    execute(notebook, {"city": city.name, "lang": lang}, made, {cities.OUTBOX: str(work)}, kernels(way))
    executed.parent.mkdir(parents=True, exist_ok=True)
    made.replace(executed)
    shutil.rmtree(work)


def write_site(build: CityBuild) -> None:
    """Write a city's part of the site."""
    from analysis.chain import city_tasks, site_tasks, task_graph  # noqa: PLC0415 - the tasks name this action
    from analysis.site import writing  # noqa: PLC0415 - takes two seconds, needed only when stale

    planned = list(city_tasks.tasks(build.city, build.lang, build.renderer, build.kernels))
    writing.write_city(
        build.city,
        notebooks={
            lang: {step.name: site_tasks.executed(build, step, lang) for step in build.steps}
            for lang in LANGUAGES
        },
        graph=task_graph.of_planned(build.city, planned),
        epoch=build.epoch,
    )


def write_start(root: Path, cards: list[Path], shared: list[Path]) -> None:
    """Write the pages that the site begins with."""
    from analysis.site import start_pages  # noqa: PLC0415 - needed only when stale

    start_pages.write(root, cards, shared)


def write_reports(city: str) -> None:
    """Write the pages and PDFs about a city's ledger."""
    from analysis.reporting import report  # noqa: PLC0415 - takes a second, needed only when stale

    report.write_reports(city)


def make_paper(city: City, lang: str, renderer: str) -> None:
    """Stage and render a city's paper in one language."""
    from analysis.publishing import papers  # noqa: PLC0415 - takes a second, needed only when stale

    papers.make(city, lang, renderer=renderer)
