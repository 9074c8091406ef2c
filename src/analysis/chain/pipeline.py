"""Bring everything that is made from a city's raw package up to date, doing only what is not."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock

from analysis.chain import actions, site_tasks, unfinished
from analysis.chain.city_build import USUAL, BuildOptions
from analysis.chain.city_tasks import selected, tasks
from analysis.language.labels import LANGUAGES, UnknownNameError
from analysis.project import cities
from analysis.project.atomic import sweep
from analysis.project.cities import City
from analysis.project.locking import held
from analysis.raw_data.languages import languages, only
from analysis.site import addresses
from analysis.tasks.running import Watcher, run

SHARED = tuple(f"build/comparison/compare.{lang}.html" for lang in LANGUAGES)
"""Pages about several cities that the site takes over, where there are any."""
KEPT = ("check.", "import.", "graph.")
"""Pages that are about a city in both languages, whatever its own: messages."""


def build(city: str, watcher: Watcher, options: BuildOptions = USUAL) -> None:
    """Bring everything that is made from a city's raw package up to date, and tell `watcher` what happens.

    Raises
    ------
    UnknownCityError
        When `city` has no raw package.
    BusyError
        When another process is building or changing it.
    NoStepError
        When the city has no step `options.only`.
    BuildError
        When tasks failed; their outputs stay as they were, and what does not need them was made.
    """
    folders = cities.find(city)
    with held(folders):
        folders.build.mkdir(parents=True, exist_ok=True)
        for folder in (folders.raw, folders.processed, folders.build):
            sweep(folder)
        planned = list(tasks(folders, options))
        names = [task["basename"] for task in planned]
        if options.only and options.only not in names:
            raise NoStepError(folders, options.only, names)
        chosen = selected(planned, options.only) if options.only else []
        was_cut_off = folders.unfinished.is_file()
        marking = unfinished.Marking(watcher, folders, planned)
        run(planned, folders.root, folders.state, marking, options.jobs or os.cpu_count() or 1, chosen)
        shutil.rmtree(folders.build / actions.WORK, ignore_errors=True)
        if not (chosen and was_cut_off):
            unfinished.clear(folders)
        _remove_other_languages(folders)


class NoStepError(UnknownNameError, ValueError):
    """A city has no such step: it has no data for it, or its texts are not in that language."""

    def __init__(self, city: City, asked: str, known: Iterable[str]) -> None:
        super().__init__("build.no_step", asked, known, city=city.name)
        self.spoken = languages(city)

    def message(self, lang: str) -> str:
        """Return the sentence in one language."""
        if len(self.spoken) == 1 and self.asked.startswith("paper."):
            return only(self.values["city"], self.spoken, lang)
        return super().message(lang)


def _remove_other_languages(city: City) -> None:
    """Delete what was made in a language that the city's texts are not in any more."""
    for lang in set(LANGUAGES) - set(languages(city)):
        for folder in (city.build, city.papers, city.figures):
            for path in folder.glob(f"*.{lang}.*"):
                if not path.name.startswith(KEPT):
                    path.unlink()


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
        run([task], root, folder / ".state.sqlite3", Watcher(), 1, [])
