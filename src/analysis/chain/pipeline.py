"""Bring everything that is made from a city's raw package up to date, doing only what is not."""

import os
from pathlib import Path

from filelock import FileLock

from analysis.chain import site_tasks, unfinished
from analysis.chain.city_tasks import tasks
from analysis.language.labels import LANGUAGES, unknown
from analysis.language.misspelt import PlainError
from analysis.project import cities
from analysis.project.atomic import sweep
from analysis.project.cities import City
from analysis.project.locking import held
from analysis.raw_data.languages import languages, only
from analysis.site import addresses
from analysis.tasks.running import Made, Watcher, run

SHARED = tuple(f"build/comparison/compare.{lang}.html" for lang in LANGUAGES)
"""Pages about several cities that the site takes over, where there are any."""
KEPT = ("check.", "import.", "graph.")
"""Pages that are about a city in both languages, whatever its own: messages."""


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
    NoStepError
        When the city has no step `only`.
    BuildError
        When tasks failed; their outputs stay as they were, and what does not need them was made.
    """
    folders = cities.find(city)
    with held(folders):
        folders.build.mkdir(parents=True, exist_ok=True)
        for folder in (folders.raw, folders.processed, folders.build):
            sweep(folder)
        planned = list(tasks(folders, lang, renderer, kernels, site=site))
        if only and only not in {task["basename"] for task in planned}:
            raise NoStepError(folders, only, [task["basename"] for task in planned])
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
        _remove_other_languages(folders)


class NoStepError(PlainError, ValueError):
    """A city has no such step: it has no data for it, or its texts are not in that language."""

    def __init__(self, city: City, asked: str, known: list[str]) -> None:
        self.city, self.asked, self.known = city, asked, known
        super().__init__("\n".join(self.message(lang) for lang in LANGUAGES))

    def message(self, lang: str) -> str:
        """Return the sentence in one language."""
        spoken = languages(self.city)
        if len(spoken) == 1 and self.asked.startswith("paper."):
            return only(self.city.name, spoken, lang)
        return unknown("build.no_step", self.asked, self.known, lang, city=self.city.name)


def _remove_other_languages(city: City) -> None:
    """Delete what was made in a language that the city's texts are not in any more."""
    for lang in set(LANGUAGES) - set(languages(city)):
        for folder in (city.build, city.papers, city.figures):
            for path in folder.glob(f"*.{lang}.*"):
                if not path.name.startswith(KEPT):
                    path.unlink()


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
