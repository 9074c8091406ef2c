"""Tables as people read them: labels, order, numbers and notes in the chosen language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from analysis.applications import TOTAL, source_name
from analysis.formats import Result, display, integer, percent
from analysis.labels import text
from analysis.problems import Problem
from analysis.raw import Package

LEFT, RIGHT = "left", "right"
HASH_DIGITS = 12
"""Digits of a SHA-256 that are shown; the whole of it is in the descriptor."""


@dataclass(frozen=True)
class Sheet:
    """A table ready to be read: texts only.

    Parameters
    ----------
    frame : pandas.DataFrame
        Cells and headings as texts, in the order to be shown.
    align : tuple of {"left", "right"}
        One a column; numbers stand right.
    widths : tuple of int
        Relative widths of the columns on paper.
    caption : str
        Markdown, without number.
    note : str
        Source of the data; "" for none.
    has_total : bool
        Whether the last row is a total.
    """

    frame: pd.DataFrame
    align: tuple[str, ...]
    widths: tuple[int, ...]
    caption: str
    note: str = ""
    has_total: bool = False

    def __repr__(self) -> str:
        """Return the table as plain text."""
        return "\n".join(filter(None, (self.caption, self.frame.to_string(index=False), self.note)))

    def _repr_html_(self) -> str:
        """Return the table as HTML for notebooks, every cell escaped."""
        cells = self.frame.to_numpy().tolist()
        body = "\n".join(self._row(row, "th" if self._is_total(n) else "td") for n, row in enumerate(cells))
        head = self._row(self.frame.columns, "th")
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        caption = escape(self.caption.replace("*", ""))
        return (
            f"<table>\n<caption>{caption}</caption>\n<thead>\n{head}\n</thead>\n"
            f"<tbody>\n{body}\n</tbody>\n</table>{note}"
        )

    def _is_total(self, position: int) -> bool:
        return self.has_total and position == len(self.frame) - 1

    def _row(self, cells: list[str] | pd.Index, tag: str) -> str:
        pairs = zip(cells, self.align, strict=True)
        inside = "".join(
            f'<{tag} style="text-align: {align}">{escape(str(cell))}</{tag}>' for cell, align in pairs
        )
        return f"<tr>{inside}</tr>"


def sheet(name: str, table: pd.DataFrame, package: Package, lang: str) -> Sheet:
    """Prepare a rebuilt table for reading.

    Parameters
    ----------
    name : str
        ``table1`` to ``table8``.
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


def raw_files(table: pd.DataFrame, package: Package, lang: str) -> Sheet:
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
    return Sheet(frame, (LEFT, LEFT, RIGHT, RIGHT, LEFT), (3, 4, 1, 1, 2), caption)


def results(table: pd.DataFrame, package: Package, lang: str) -> Sheet:
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
    return Sheet(frame, (LEFT, RIGHT, LEFT, LEFT), (4, 2, 2, 2), caption)


def problem_list(problems: Sequence[Problem], lang: str) -> Sheet:
    """Prepare a list of problems for reading: where, what was found, what to do."""
    frame = pd.DataFrame(
        {
            text("column.place", lang): [problem.place(lang) for problem in problems],
            text("column.problem", lang): [problem.message(lang) for problem in problems],
            text("column.remedy", lang): [problem.remedy(lang) for problem in problems],
        }
    )
    caption = text("caption.problems", lang, n=integer(len(problems), lang))
    return Sheet(frame, (LEFT, LEFT, LEFT), (3, 5, 5), caption)


def city_name(package: Package, lang: str) -> str:
    """Return the city's name in `lang`."""
    return str(package.descriptor["city"][f"name_{lang}"])


def framework_labels(package: Package, lang: str) -> dict[str, str]:
    """Return the label of every code of the conceptual framework in `lang`, and of no code ("")."""
    framework = package["framework"]
    return {"": "", **dict(zip(framework["code"], framework[f"label_{lang}"], strict=True))}


def _note(package: Package, file: str, lang: str) -> str:
    source = package.sources(file)[0]
    return text("note.source", lang, source=source["title" if lang == "id" else "title_en"])


def _caption(name: str, package: Package, lang: str) -> str:
    return text(f"caption.{name}", lang, city=city_name(package, lang))


def _indicators(name: str, table: pd.DataFrame, package: Package, lang: str) -> Sheet:
    labels = framework_labels(package, lang)
    shown = table.apply(lambda column: column.map(labels))
    shown = without_repeats(shown, ["dimension", "working_area"])
    shown.columns = [text(f"column.{column}", lang) for column in table.columns]
    note = _note(package, "framework", lang)
    return Sheet(shown, (LEFT, LEFT, LEFT), (3, 4, 4), _caption(name, package, lang), note)


def _aspects(name: str, table: pd.DataFrame, package: Package, lang: str) -> Sheet:
    labels = framework_labels(package, lang)
    shown = table.apply(lambda column: column.map(labels))
    shown = without_repeats(shown, ["working_area", "indicator"])
    shown.columns = [text(f"column.{key}", lang) for key in ("category", "subcategory", "aspect")]
    note = _note(package, "framework", lang)
    return Sheet(shown, (LEFT, LEFT, LEFT), (3, 4, 7), _caption(name, package, lang), note)


def _informants(name: str, table: pd.DataFrame, package: Package, lang: str) -> Sheet:
    is_total = table["group"] == TOTAL
    numbers = [integer(n, lang) for n in range(1, len(table))]
    shown = pd.DataFrame(
        {
            text("column.number", lang): [*numbers, ""],
            text("column.informant", lang): table[f"role_{lang}"].where(~is_total, text("total", lang)),
            text("column.persons", lang): [integer(n, lang) for n in table["count"]],
        }
    )
    note = _note(package, "informants", lang)
    return Sheet(shown, (RIGHT, LEFT, RIGHT), (1, 10, 3), _caption(name, package, lang), note, True)


def _categories(name: str, table: pd.DataFrame, package: Package, lang: str) -> Sheet:
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
    note = _note(package, source_name(package), lang)
    return Sheet(shown, (LEFT, RIGHT, RIGHT), (5, 2, 2), _caption(name, package, lang), note, True)


def _integrations(name: str, table: pd.DataFrame, package: Package, lang: str) -> Sheet:
    shown = table.assign(number=[integer(n, lang) for n in table["number"]])
    shown.columns = [text(f"column.{column}", lang) for column in table.columns]
    note = _note(package, "integrations", lang)
    return Sheet(shown, (RIGHT, LEFT, LEFT), (1, 5, 5), _caption(name, package, lang), note)


def _findings(name: str, table: pd.DataFrame, package: Package, lang: str) -> Sheet:
    labels = framework_labels(package, lang)
    shown = pd.DataFrame(
        {
            text("column.dimension", lang): table["dimension"].map(labels),
            text("column.finding", lang): table[f"text_{lang}"],
            text("column.polarity", lang): [text(f"polarity.{code}", lang) for code in table["polarity"]],
        }
    )
    shown = without_repeats(shown, [text("column.dimension", lang)])
    note = _note(package, "findings", lang)
    return Sheet(shown, (LEFT, LEFT, LEFT), (4, 12, 3), _caption(name, package, lang), note)


def without_repeats(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Blank a cell that repeats the one above it, as printed tables do."""
    table = table.copy()
    for n in range(len(columns), 0, -1):
        repeated = table[columns[:n]].eq(table[columns[:n]].shift()).all(axis="columns")
        table.loc[repeated, columns[n - 1]] = ""
    return table


ATTRIBUTES = {"table4": "type", "table5": "ownership", "table6": "status"}

PRESENTERS: Mapping[str, Callable[[str, pd.DataFrame, Package, str], Sheet]] = {
    "table1": _indicators,
    "table2": _informants,
    "table3": _aspects,
    "table4": _categories,
    "table5": _categories,
    "table6": _categories,
    "table7": _integrations,
    "table8": _findings,
}
