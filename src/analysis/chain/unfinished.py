"""Mark a city while a build changes its outputs, so that one that was cut off is seen before the next.

Between a kill and the next build outputs of two states may lie side by side, each complete. A text beside
the papers says so, the list of cities does, and a style sheet does on every page of the city's site.
"""

import json
from typing import Any

from analysis.language.labels import LANGUAGES, text
from analysis.project.atomic import write_text
from analysis.project.cities import City
from analysis.site import addresses
from analysis.tasks.running import Made, Watcher

STYLE = (
    "html:lang({lang}) body::before {{ content: {words}; display: block; padding: .75rem 1rem; "
    "background: #8a1c1c; color: #fff; font: 600 1rem/1.4 sans-serif; }}\n"
)


def mark(city: City) -> None:
    """Say beside a city's papers and on its pages that their states may differ."""
    said = {lang: text("build.unfinished", lang, city=city.name) for lang in LANGUAGES}
    write_text(city.unfinished, "\n\n".join(said.values()) + "\n")
    if (style := addresses.state(city)).is_file():
        quoted = {lang: json.dumps(words, ensure_ascii=False) for lang, words in said.items()}
        write_text(style, "".join(STYLE.format(lang=lang, words=words) for lang, words in quoted.items()))


def clear(city: City) -> None:
    """Say nothing any more: everything is of one state."""
    style = addresses.state(city)
    has_pages = any(home.is_dir() for home in addresses.homes(city))
    if has_pages and (city.unfinished.is_file() or not style.is_file()):
        write_text(style, "")
    city.unfinished.unlink(missing_ok=True)


class Marking(Watcher):
    """Passes what happens on to a watcher, and marks the city before the first task that makes something."""

    def __init__(self, watcher: Watcher, city: City, planned: list[dict[str, Any]]) -> None:
        self.watcher, self.city = watcher, city
        self.making = {task["basename"] for task in planned if task["targets"]}
        self.is_marked = False

    def planned(self, tasks: list[str]) -> None:
        """Pass it on."""
        self.watcher.planned(tasks)

    def started(self, task: str) -> None:
        """Mark the city, and pass it on."""
        if not self.is_marked and task in self.making:
            mark(self.city)
            self.is_marked = True
        self.watcher.started(task)

    def finished(self, made: Made) -> None:
        """Pass it on."""
        self.watcher.finished(made)
