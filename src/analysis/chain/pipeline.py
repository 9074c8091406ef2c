"""Bring everything that is made from a city's raw package up to date, doing only what is not."""

from __future__ import annotations

import os
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.chain import site_tasks
from analysis.chain.city_tasks import tasks
from analysis.language.labels import LANGUAGES
from analysis.project import cities
from analysis.site import addresses
from analysis.tasks.running import Made, Watcher, run

SHARED = tuple(f"build/comparison/compare.{lang}.html" for lang in LANGUAGES)
"""Pages about several cities that the site takes over, where there are any."""


class BusyError(RuntimeError):
    """Another build of the same city is running."""


def build(
    city: str,
    watcher: Watcher,
    *,
    lang: str = "id",
    renderer: str = "auto",
    jobs: int = 0,
    only: str = "",
    kernels: str = "auto",
    site: bool = True,
) -> None:
    """Bring everything that is made from a city's raw package up to date.

    Parameters
    ----------
    city : str
        Name of a folder below ``data/raw``.
    watcher : Watcher
        Is told what happens.
    lang : {"id", "en"}
        Language of the executed notebooks; tables, figures and papers come in both.
    renderer : {"auto", "quarto", "embedded"}
        What renders the papers.
    jobs : int
        Tasks at once; 0 for one per core.
    only : str
        A task that is brought up to date with what it needs; "" for all tasks.
    kernels : {"auto", "fork", "spawn"}
        How the notebooks' kernels are started (`kernels.forking.choose`).
    site : bool
        Whether the pages of the site are made, too.

    Raises
    ------
    UnknownCityError
        When `city` has no raw package.
    BusyError
        When another build of it is running.
    BuildError
        When tasks failed; their outputs stay as they were, and what does not need them was made.
    """
    folders = cities.find(city)
    folders.build.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(folders.build / ".lock", timeout=0):
            planned = list(tasks(folders, lang, renderer, kernels, site=site))
            run(
                planned,
                folders.root,
                folders.state,
                watcher,
                jobs or os.cpu_count() or 1,
                [only] if only else [],
            )
    except Timeout as error:
        raise BusyError(city) from error


class _Silent:
    """A watcher that says nothing."""

    def planned(self, tasks: list[str]) -> None:
        """Ignore it."""

    def started(self, task: str) -> None:
        """Ignore it."""

    def finished(self, made: Made) -> None:
        """Ignore it."""


def refresh_start(root: Path) -> None:
    """Bring the pages that the site of a project begins with up to date, with the cities that have pages."""
    cards = [card for name in cities.known() if (card := addresses.card(cities.find(name))).is_file()]
    shared = [path for name in SHARED if (path := root / name).is_file()]
    folder = addresses.site(root)
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"):
        task = site_tasks.start_task(root, cards, shared)
        run([task], root, folder / ".state.sqlite3", _Silent(), 1, [])
