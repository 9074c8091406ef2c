"""The commands that inspect a city's steps without running any: why one is stale, and their graph."""

from __future__ import annotations

from typing import Annotated

import typer

from analysis.commands.command_options import DEFAULT_CITY, CityArgument, help_of
from analysis.commands.refusals import refusals
from analysis.commands.terminal import language, say, shown_path, stop
from analysis.language.labels import text
from analysis.project.cities import City
from analysis.raw_data.package_form import usable

LangOption = Annotated[str, typer.Option(help=help_of("message_lang"))]


def why(
    first: Annotated[str, typer.Argument(metavar="CITY", help=help_of("why_city"))] = "",
    second: Annotated[str, typer.Argument(metavar="TARGET", help=help_of("why_target"))] = "",
    lang: LangOption = "",
) -> None:
    """Report what makes outputs of a city stale."""
    words = language(lang)
    with refusals(words):
        from analysis.tasks import staleness, why  # noqa: PLC0415 - takes a tenth of a second

        city, target = why.asked(first, second, DEFAULT_CITY)
        folders = usable(city)
        found = staleness.standings(folders, _planned(folders))
        try:
            lines = why.explain(folders, found, target, words)
        except why.UnknownTargetError as error:
            stop(text("why.unknown", words, target=error.target, known=", ".join(error.known)))
        for line in lines:
            say(line)


def graph(city: CityArgument = DEFAULT_CITY, lang: LangOption = "") -> None:
    """Draw the steps of a city in both languages, with what is stale."""
    words = language(lang)
    with refusals(words):
        from analysis.tasks import staleness, task_graph  # noqa: PLC0415 - takes a quarter of a second

        folders = usable(city)
        for path in task_graph.write(folders, staleness.standings(folders, _planned(folders))):
            say(text("graph.written", words, path=shown_path(path)))


def _planned(city: City) -> list[dict[str, object]]:
    """Return the tasks of a build without options, with which the last build is compared."""
    from analysis.chain.city_tasks import tasks  # noqa: PLC0415 - takes a tenth of a second

    return list(tasks(city, "id", "auto"))
