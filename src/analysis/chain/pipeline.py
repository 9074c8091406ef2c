"""Bring everything that is made from a city's raw package up to date, doing only what is not."""

from __future__ import annotations

import os

from filelock import FileLock, Timeout

from analysis.chain.city_tasks import tasks
from analysis.project import cities
from analysis.tasks.running import Watcher, run


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
            planned = list(tasks(folders, lang, renderer, kernels))
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
