"""The commands that show what was rebuilt: a table, and the raw rows behind a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.command_options import DEFAULT_CITY, KeyArgument, LangOption, TableArgument, help_of
from analysis.commands.refusals import refusals
from analysis.commands.terminal import language, say, stop
from analysis.language.labels import text, unknown
from analysis.project import cities
from analysis.raw_data.package_form import usable

if TYPE_CHECKING:
    from analysis.raw_data.raw import Package
    from analysis.results.origins import Origin

CityFirst = Annotated[str, typer.Argument(metavar="CITY", help=help_of("city"))]


def show(first: CityFirst, second: TableArgument = "", lang: LangOption = "") -> None:
    """Print a rebuilt table."""
    words = language(lang)
    with refusals(words):
        from analysis.commands.terminal_tables import show_table  # noqa: PLC0415 - takes a second
        from analysis.raw_data import raw  # noqa: PLC0415
        from analysis.results import rebuilt_files  # noqa: PLC0415
        from analysis.table_list.formatting import format_table  # noqa: PLC0415

        city, name = city_and_name(first, second)
        package = raw.load(usable(city).name)
        tables = rebuilt_files.load_tables(city)
        if not tables:
            stop(text("cli.not_built", words, city=city))
        if name not in tables:
            stop(unknown("cli.unknown_table", name, tables, words, city=city))
        show_table(format_table(name, tables[name], package, words))


def lineage(first: CityFirst, second: KeyArgument = "", lang: LangOption = "") -> None:
    """Print what a number is: its rule, and the raw rows behind it."""
    words = language(lang)
    with refusals(words):
        from analysis.raw_data import raw  # noqa: PLC0415 - takes a second
        from analysis.results import origins, rebuilt_files  # noqa: PLC0415

        city, key = city_and_name(first, second)
        package = raw.load(usable(city).name)
        found = origins.every(rebuilt_files.load(city))
        if key not in found:
            stop(unknown("cli.unknown_key", key, origins.near(key, found), words, city=city))
        _tell(found[key], package, words)


def _tell(origin: Origin, package: Package, lang: str) -> None:
    """Print a number with its rule, then its raw rows, file by file."""
    from analysis.commands.terminal_tables import show_table  # noqa: PLC0415
    from analysis.display.listings import rows_behind  # noqa: PLC0415
    from analysis.display.rule_words import in_words  # noqa: PLC0415
    from analysis.language.formats import display  # noqa: PLC0415
    from analysis.language.units import unit_words  # noqa: PLC0415

    unit = f" ({unit_words(origin.result.unit, lang)})" if origin.result.unit else ""
    say(f"{origin.key} = {display(origin.result, lang)}{unit}")
    say(f"{text('column.rule', lang)}: {in_words(origin.rule, lang)}")
    for file, ranges in origin.places:
        if file.removesuffix(".csv") in package.frames:
            say("")
            show_table(rows_behind(package, file, ranges, lang))


def city_and_name(first: str, second: str) -> tuple[str, str]:
    """Return city and name from the words of a command; one word alone is a name, unless it is a city's."""
    if second or first in cities.known():
        return first, second
    return DEFAULT_CITY, first
