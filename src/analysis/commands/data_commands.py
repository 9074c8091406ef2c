"""The commands that show what was rebuilt: a table, and the raw rows behind a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from analysis.commands.command_options import KeyArgument, LangOption, TableArgument, help_of
from analysis.commands.terminal import asked, say, stop
from analysis.language.labels import text, unknown
from analysis.raw_data.package_form import usable

if TYPE_CHECKING:
    from analysis.raw_data.raw import Package
    from analysis.results.origins import Origin

CityFirst = Annotated[str, typer.Argument(metavar="CITY", help=help_of("why_city"))]


def show(first: CityFirst = "", second: TableArgument = "", lang: LangOption = "") -> None:
    """Print a rebuilt table."""
    from analysis.commands.terminal_tables import show_table  # noqa: PLC0415 - takes a second
    from analysis.raw_data import raw  # noqa: PLC0415
    from analysis.results import rebuilt_files  # noqa: PLC0415
    from analysis.table_list.formatting import format_table  # noqa: PLC0415

    city, name = asked(first, second)
    package = raw.load(usable(city).name)
    tables = rebuilt_files.load_tables(city)
    if not tables:
        stop(text("cli.not_built", lang, city=city))
    if not name:
        stop(text("cli.which_table", lang, city=city, known=", ".join(tables)))
    if name not in tables:
        stop(unknown("cli.unknown_table", name, tables, lang, city=city))
    spoken = lang if lang in package.languages else package.languages[0]
    show_table(format_table(name, tables[name], package, spoken))


def lineage(first: CityFirst = "", second: KeyArgument = "", lang: LangOption = "") -> None:
    """Print what a number is: its rule, and the raw rows behind it."""
    from analysis.raw_data import raw  # noqa: PLC0415 - takes a second
    from analysis.results import origins, rebuilt_files  # noqa: PLC0415

    city, key = asked(first, second)
    package = raw.load(usable(city).name)
    found = origins.every(rebuilt_files.load(city))
    named = [found[key]] if key in found else origins.printed_as(key, found) if key else []
    if not named:
        stop(_no_number(key, origins.near(key, found), city, lang))
    if len(named) > 1:
        _tell_all(key, named, city, lang)
    else:
        _tell(named[0], package, lang)


def _no_number(key: str, near: list[str], city: str, lang: str) -> str:
    """Return what to type instead of a key that there is none of."""
    if near:
        return unknown("cli.unknown_key", key, near, lang, city=city)
    said = f"{text('cli.no_number', lang, city=city, asked=key)} " if key else ""
    return f"{said}{text('cli.which_number', lang)}"


def _tell_all(printed: str, origins: list[Origin], city: str, lang: str) -> None:
    """Print the keys of the numbers that are printed alike, with what each is."""
    from analysis.commands.terminal_tables import show_rows  # noqa: PLC0415
    from analysis.display.rule_words import in_words  # noqa: PLC0415
    from analysis.language.formats import display  # noqa: PLC0415

    say(text("cli.printed_as", lang, printed=printed))
    headings = [text(f"column.{name}", lang) for name in ("key", "value", "rule")]
    show_rows(headings, [[one.key, display(one.result, lang), in_words(one.rule, lang)] for one in origins])
    say(text("cli.lineage_of_one", lang, city=city, example=origins[0].key))


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
