"""Compare cities: bring each up to date, run the notebook, write the pages; all of it or nothing."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock

from analysis.chain.actions import kernels
from analysis.chain.city_build import BuildOptions
from analysis.chain.failures import MissingOutputError
from analysis.chain.pipeline import build
from analysis.comparing import compared, comparison, comparison_files, comparison_page
from analysis.execution.notebook_error import NotebookError
from analysis.execution.notebooks import execute
from analysis.language.labels import LANGUAGES
from analysis.project import cities
from analysis.project.atomic import write_text
from analysis.project.provenance import epoch
from analysis.tasks.running import BuildError, Made, Watcher

NOTEBOOK = "compare_cities"
NEEDED = "ledger"
"""The step up to which each city is built before it is compared."""
PAGES = {lang: f"compare.{lang}.html" for lang in LANGUAGES}


def compare_cities(names: Sequence[str], watcher: Watcher, *, lang: str = "id") -> dict[str, Path]:
    """Set cities, or all if none is named, side by side, after bringing the results of each up to date.

    The pages are returned by language.

    Raises
    ------
    UnknownCityError
        When one of the cities has no raw package; nothing is built then.
    BusyError
        When another build of one of them is running.
    BuildError
        When a task of a city failed (named ``<city>: <task>``), or the comparison itself; an earlier
        comparison stays as it was.
    """
    chosen = list(dict.fromkeys(names)) or cities.known()
    for name in chosen:
        cities.find(name)
    planned: list[str] = []
    for name in chosen:
        try:
            build(name, _OfCity(watcher, name, planned), BuildOptions(lang=lang, only=NEEDED))
        except BuildError as error:
            raise BuildError(f"{name}: {error.task}", error.others) from error.__cause__
    watcher.planned([*planned, NOTEBOOK])
    watcher.started(NOTEBOOK)
    begin = time.perf_counter()
    try:
        made = _make(chosen, lang)
    except (NotebookError, MissingOutputError) as error:
        raise BuildError(NOTEBOOK) from error
    watcher.finished(Made(NOTEBOOK, made, time.perf_counter() - begin))
    return {code: comparison_files.folder() / page for code, page in PAGES.items()}


@dataclass(frozen=True)
class _OfCity(Watcher):
    """A watcher that prefixes tasks with their city."""

    watcher: Watcher
    city: str
    before: list[str]

    def planned(self, tasks: list[str]) -> None:
        self.before.extend(f"{self.city}: {task}" for task in tasks)
        self.watcher.planned(list(self.before))

    def started(self, task: str) -> None:
        self.watcher.started(f"{self.city}: {task}")

    def finished(self, made: Made) -> None:
        self.watcher.finished(replace(made, task=f"{self.city}: {made.task}"))


def _make(names: Sequence[str], lang: str) -> tuple[Path, ...]:
    """Make everything in a sibling folder, and replace the last comparison once it is complete."""
    root, folder = cities.project_root(), comparison_files.folder()
    work = folder.with_name(f".{folder.name}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(work.with_suffix(".lock")):
        shutil.rmtree(work, ignore_errors=True)
        executed = work / f"{NOTEBOOK}.ipynb"
        asked = {"cities": " ".join(names), "lang": lang}
        outbox = {cities.OUTBOX: str(work)}
        execute(root / "notebooks" / executed.name, asked, executed, outbox, kernels("auto"))
        made = work / comparison_files.FOLDER
        missing = [name for name in comparison_files.SAVED if not (made / name).is_file()]
        if missing:
            raise MissingOutputError(NOTEBOOK, missing)
        executed.replace(made / executed.name)
        for name, page in _pages(made, names, epoch(root)).items():
            write_text(made / name, page)
        _put_in_place(made, folder, work / "before")
        shutil.rmtree(work, ignore_errors=True)
    return tuple(folder / name for name in (*PAGES.values(), *comparison_files.SAVED, executed.name))


def _pages(made: Path, names: Sequence[str], now: int) -> dict[str, str]:
    """Return the page in each language by file name, with the figures that the notebook has `made`."""
    loaded = compared.load(names)
    table = comparison.compare(loaded.results, loaded.ledgers)
    return {
        file: comparison_page.page(table, loaded.names, comparison_files.figures(made, lang), lang, now)
        for lang, file in PAGES.items()
    }


def _put_in_place(made: Path, folder: Path, before: Path) -> None:
    """Move a finished folder to its place; if that fails, what was there before is restored."""
    if folder.exists():
        folder.replace(before)
    try:
        made.replace(folder)
    except OSError:
        if before.exists():
            before.replace(folder)
        raise
