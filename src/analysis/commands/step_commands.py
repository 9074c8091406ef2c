"""The commands that inspect a city's steps without running any: why one is stale, and their graph."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.command_options import DEFAULT_CITY, CityArgument, JsonOption, help_of
from analysis.commands.refusals import refusals
from analysis.commands.terminal import language, say, say_json, shown_path, stop
from analysis.language.labels import text, unknown
from analysis.project import cities
from analysis.project.cities import City
from analysis.raw_data.package_form import usable

if TYPE_CHECKING:
    from analysis.tasks.staleness import Standing

LangOption = Annotated[str, typer.Option(help=help_of("message_lang"))]


def why(
    first: Annotated[str, typer.Argument(metavar="CITY", help=help_of("why_city"))] = "",
    second: Annotated[str, typer.Argument(metavar="TARGET", help=help_of("why_target"))] = "",
    lang: LangOption = "",
    as_json: JsonOption = False,
) -> None:
    """Report what makes outputs of a city stale."""
    words = language(lang)
    with refusals(words):
        from analysis.chain.explanations import explain  # noqa: PLC0415 - takes a tenth of a second
        from analysis.tasks.why import UnknownTargetError, concerned  # noqa: PLC0415

        city, target = asked(first, second, DEFAULT_CITY)
        folders = usable(city)
        try:
            standings = _standings(folders)
            names = concerned(folders.root, standings, target)
            lines = explain(folders.root, standings, target, words)
        except UnknownTargetError as error:
            stop(unknown("why.unknown", error.target, error.known, words))
        if as_json:
            say_json([{"task": name, **asdict(standings[name])} for name in names])
            return
        for line in lines:
            say(line)


def graph(city: CityArgument = DEFAULT_CITY, lang: LangOption = "") -> None:
    """Draw the steps of a city in both languages, with what is stale."""
    words = language(lang)
    with refusals(words):
        from analysis.chain import task_graph  # noqa: PLC0415 - takes a second

        folders = usable(city)
        for path in task_graph.write(folders, _standings(folders)):
            say(text("graph.written", words, path=shown_path(path)))


def asked(first: str, second: str, default: str) -> tuple[str, str]:
    """Return city and target from the words of a command: either may be left out.

    One word alone is a city if it names one; else a target, and where that is a path, of the city that it
    belongs to.
    """
    if second or not first or first in cities.known():
        return first or default, second
    from analysis.tasks.why import below  # noqa: PLC0415

    parts = Path(below(cities.project_root(), first)).parts
    city = next((name for name in parts[1:3] if name in cities.known()), default)
    return city, first


def _standings(city: City) -> dict[str, Standing]:
    """Return how the tasks stand, compared with a build without options."""
    from analysis.chain.city_tasks import tasks  # noqa: PLC0415 - takes a tenth of a second
    from analysis.tasks.staleness import standings  # noqa: PLC0415

    return standings(city.root, city.state, list(tasks(city, "id", "auto")))
