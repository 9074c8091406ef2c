"""Tables as people read them: labels, order, numbers and notes in the chosen language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from analysis.display import insight_tables
from analysis.display.display_table import (
    LEFT,
    RIGHT,
    DisplayTable,
    city_name,
    framework_labels,
    marked,
    source_note,
    without_repeats,
)
from analysis.language.formats import Result, display, integer, percent
from analysis.language.labels import text
from analysis.language.problems import Problem
from analysis.raw_data.raw import Package
from analysis.tables.applications import TOTAL, source_name

HASH_DIGITS = 12
"""Digits of a SHA-256 that are shown; the whole of it is in the descriptor."""


def format_table(name: str, table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare a rebuilt table for reading.

    Parameters
    ----------
    name : str
        ``table1`` to ``table8``, or a table of the inventory such as ``type_by_status``.
    table : pandas.DataFrame
        The table as its function returned it.
    package : Package
        The city's raw package: labels of the framework, name of the city, sources.
    lang : {"id", "en"}
        Language of headings, labels, numbers and notes.

    Raises
    ------
    KeyError
        When there is no such table or language.
    """
    return PRESENTERS[name](name, table, package, lang)


def raw_files(table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare the list of raw files (`raw.list_files`) for reading."""
    title = "title" if lang == "id" else "title_en"
    frame = pd.DataFrame(
        {
            text("column.file", lang): table["file"],
            text("column.title", lang): table[title],
            text("column.records", lang): [integer(n, lang) for n in table["records"]],
            text("column.fields", lang): [integer(n, lang) for n in table["fields"]],
            text("column.sha256", lang): [
                digest.removeprefix("sha256:")[:HASH_DIGITS] for digest in table["hash"]
            ],
        }
    )
    caption = text("caption.raw_package", lang, city=city_name(package, lang))
    return DisplayTable(frame, (LEFT, LEFT, RIGHT, RIGHT, LEFT), (3, 4, 1, 1, 2), caption)


def results(table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare the derived results (`results.derive`) for reading."""
    values = [
        display(Result(value, unit), lang) for value, unit in zip(table["value"], table["unit"], strict=True)
    ]
    frame = pd.DataFrame(
        {
            text("column.key", lang): table["key"],
            text("column.value", lang): values,
            text("column.unit", lang): table["unit"],
            text("column.source", lang): table["file"],
        }
    )
    caption = text("caption.results", lang, city=city_name(package, lang))
    return DisplayTable(frame, (LEFT, RIGHT, LEFT, LEFT), (4, 2, 2, 2), caption)


def problem_list(problems: Sequence[Problem], lang: str) -> DisplayTable:
    """Prepare a list of problems for reading: where, what was found, what to do."""
    frame = pd.DataFrame(
        {
            text("column.place", lang): [problem.place(lang) for problem in problems],
            text("column.problem", lang): [problem.message(lang) for problem in problems],
            text("column.remedy", lang): [problem.remedy(lang) for problem in problems],
        }
    )
    caption = text("caption.problems", lang, n=integer(len(problems), lang))
    return DisplayTable(frame, (LEFT, LEFT, LEFT), (3, 5, 5), caption)


def _caption(name: str, package: Package, lang: str) -> str:
    return text(f"caption.{name}", lang, city=city_name(package, lang))


def _indicators(name: str, table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    labels = framework_labels(package, lang)
    shown = table.apply(lambda column: column.map(labels))
    shown = without_repeats(shown, ["dimension", "working_area"])
    shown.columns = [text(f"column.{column}", lang) for column in table.columns]
    note = source_note(package, "framework", lang)
    return DisplayTable(shown, (LEFT, LEFT, LEFT), (3, 4, 4), _caption(name, package, lang), note)


def _aspects(name: str, table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    labels = framework_labels(package, lang)
    shown = table.apply(lambda column: column.map(labels))
    shown = without_repeats(shown, ["working_area", "indicator"])
    shown.columns = [text(f"column.{key}", lang) for key in ("category", "subcategory", "aspect")]
    note = source_note(package, "framework", lang)
    return DisplayTable(shown, (LEFT, LEFT, LEFT), (3, 4, 7), _caption(name, package, lang), note)


def _informants(name: str, table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    is_total = table["group"] == TOTAL
    numbers = [integer(n, lang) for n in range(1, len(table))]
    shown = pd.DataFrame(
        {
            text("column.number", lang): [*numbers, ""],
            text("column.informant", lang): table[f"role_{lang}"].where(~is_total, text("total", lang)),
            text("column.persons", lang): [integer(n, lang) for n in table["count"]],
        }
    )
    note = source_note(package, "informants", lang)
    caption = marked(_caption(name, package, lang), package, lang)
    return DisplayTable(shown, (RIGHT, LEFT, RIGHT), (1, 10, 3), caption, note, True)


def _categories(name: str, table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    attribute = ATTRIBUTES[name]
    total = table["count"].iloc[-1]
    labels = [text(f"{attribute}.{code}", lang) for code in table["category"].iloc[:-1]]
    shown = pd.DataFrame(
        {
            text(attribute, lang): [*labels, text("total", lang)],
            text("column.count", lang): [integer(n, lang) for n in table["count"]],
            text("column.percent", lang): [
                percent(n / total if total else 0.0, lang) for n in table["count"]
            ],
        }
    )
    note = source_note(package, source_name(package), lang)
    return DisplayTable(shown, (LEFT, RIGHT, RIGHT), (5, 2, 2), _caption(name, package, lang), note, True)


def _integrations(name: str, table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    shown = table[["number", "application", "integrated_with"]]
    shown = shown.assign(number=[integer(n, lang) for n in shown["number"]])
    shown.columns = [text(f"column.{column}", lang) for column in shown.columns]
    note = source_note(package, "integrations", lang)
    return DisplayTable(shown, (RIGHT, LEFT, LEFT), (1, 5, 5), _caption(name, package, lang), note)


def _findings(name: str, table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    labels = framework_labels(package, lang)
    shown = pd.DataFrame(
        {
            text("column.dimension", lang): table["dimension"].map(labels),
            text("column.finding", lang): table[f"text_{lang}"],
            text("column.polarity", lang): [text(f"polarity.{code}", lang) for code in table["polarity"]],
        }
    )
    shown = without_repeats(shown, [text("column.dimension", lang)])
    note = source_note(package, "findings", lang)
    return DisplayTable(shown, (LEFT, LEFT, LEFT), (4, 12, 3), _caption(name, package, lang), note)


ATTRIBUTES = {"table4": "type", "table5": "ownership", "table6": "status"}

PRESENTERS: Mapping[str, Callable[[str, pd.DataFrame, Package, str], DisplayTable]] = {
    "table1": _indicators,
    "table2": _informants,
    "table3": _aspects,
    "table4": _categories,
    "table5": _categories,
    "table6": _categories,
    "table7": _integrations,
    "table8": _findings,
    "type_by_status": insight_tables.cross_table,
    "owner_by_status": insight_tables.cross_table,
    "duplicates": insight_tables.duplicates,
    "stale": insight_tables.stale,
}
