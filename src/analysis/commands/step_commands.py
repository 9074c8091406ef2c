"""The commands that inspect a city's steps without running any: why one is stale, and their graph."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.command_options import CityArgument, JsonOption, help_of
from analysis.commands.terminal import DEFAULT_CITY, asked, language, say, say_json, shown_path, stop
from analysis.language.labels import text, unknown
from analysis.project.cities import City
from analysis.raw_data.package_form import usable

if TYPE_CHECKING:
    from analysis.tasks.staleness import Standing

LangOption = Annotated[str, typer.Option(help=help_of("message_lang"), callback=language)]


def why(
    first: Annotated[str, typer.Argument(metavar="CITY", help=help_of("why_city"))] = "",
    second: Annotated[str, typer.Argument(metavar="TARGET", help=help_of("why_target"))] = "",
    lang: LangOption = "",
    as_json: JsonOption = False,
) -> None:
    """Report what makes outputs of a city stale."""
    from analysis.chain.explanations import explain  # noqa: PLC0415 - takes a tenth of a second
    from analysis.tasks.why import UnknownTargetError, concerned  # noqa: PLC0415

    city, target = asked(first, second)
    folders = usable(city)
    try:
        standings = _standings(folders)
        names = concerned(folders.root, standings, target)
        lines = explain(folders.root, standings, target, lang)
    except UnknownTargetError as error:
        stop(unknown("why.unknown", error.target, error.known, lang))
    if as_json:
        say_json([{"task": name, **asdict(standings[name])} for name in names])
        return
    for line in lines:
        say(line)


def graph(city: CityArgument = DEFAULT_CITY, lang: LangOption = "") -> None:
    """Draw the steps of a city in both languages, with what is stale."""
    from analysis.chain import task_graph  # noqa: PLC0415 - takes a second

    folders = usable(city)
    for path in task_graph.write(folders, _standings(folders)):
        say(text("graph.written", lang, path=shown_path(path)))


def _standings(city: City) -> dict[str, Standing]:
    """Return how the tasks stand, compared with a build without options."""
    from analysis.chain.city_tasks import tasks  # noqa: PLC0415 - takes a tenth of a second
    from analysis.tasks.staleness import standings  # noqa: PLC0415

    return standings(city.root, city.state, list(tasks(city)))
