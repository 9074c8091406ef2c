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

if TYPE_CHECKING:  # The forkserver imports it, by name.
    from analysis.chain import preload  # noqa: F401

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


def write_reports(city: str) -> None:
    """Write the pages and PDFs about a city's ledger."""
    from analysis.reporting import report  # noqa: PLC0415 - takes a second, needed only when stale

    report.write_reports(city)


def make_paper(city: City, lang: str, renderer: str) -> None:
    """Stage and render a city's paper in one language."""
    from analysis.publishing import papers  # noqa: PLC0415 - takes a second, needed only when stale

    papers.make(city, lang, renderer=renderer)
