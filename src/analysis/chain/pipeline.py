"""Bring everything that is made from a city's raw package up to date, doing only what is not."""

import os
from pathlib import Path

from filelock import FileLock

from analysis.chain import site_tasks, unfinished
from analysis.chain.city_tasks import tasks
from analysis.language.labels import LANGUAGES
from analysis.project import cities
from analysis.project.atomic import sweep
from analysis.project.locking import held
from analysis.site import addresses
from analysis.tasks.running import Made, Watcher, run

SHARED = tuple(f"build/comparison/compare.{lang}.html" for lang in LANGUAGES)
"""Pages about several cities that the site takes over, where there are any."""


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
        When another process is building or changing it.
    BuildError
        When tasks failed; their outputs stay as they were, and what does not need them was made.
    """
    folders = cities.find(city)
    with held(folders):
        folders.build.mkdir(parents=True, exist_ok=True)
        for folder in (folders.raw, folders.processed, folders.build):
            sweep(folder)
        planned = list(tasks(folders, lang, renderer, kernels, site=site))
        idle = frozenset(task["basename"] for task in planned if not task["targets"])
        was_cut_off = folders.unfinished.is_file()
        run(
            planned,
            folders.root,
            folders.state,
            unfinished.Marking(watcher, folders, idle),
            jobs or os.cpu_count() or 1,
            [only] if only else [],
        )
        if not (only and was_cut_off):
            unfinished.clear(folders)


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
    lock = root / "build" / ".locks" / ".site"
    lock.parent.mkdir(exist_ok=True)
    with FileLock(lock):
        task = site_tasks.start_task(root, cards, shared)
        run([task], root, folder / ".state.sqlite3", _Silent(), 1, [])
