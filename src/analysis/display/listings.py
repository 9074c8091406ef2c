"""What notebooks list besides tables of the study, as people read it: raw files, results, problems."""

from collections.abc import Sequence

import pandas as pd
from pandas.api.types import is_numeric_dtype

from analysis.display.display_table import LEFT, RIGHT, DisplayTable, city_name, marked
from analysis.display.rule_words import in_words
from analysis.language.formats import Result, display, integer
from analysis.language.labels import known_language, text
from analysis.language.problems import Problem
from analysis.language.units import unit_words
from analysis.raw_data.raw import TITLE, Package
from analysis.raw_data.row_ranges import rows_in

HASH_DIGITS = 12
"""Digits of a SHA-256 that are shown; the descriptor has all of them."""
MOST_ROWS = 12
"""Rows of a raw file that are shown."""
MOST_LETTERS = 30
"""Length of row numbers that are shown."""
OTHER = {"id": "_en", "en": "_id"}
"""End of the names of columns in the other language."""


def raw_files(table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare the list of raw files (`raw.list_files`) for reading."""
    lang = package.language(lang)
    frame = pd.DataFrame(
        {
            text("column.file", lang): table["file"],
            text("column.title", lang): table[TITLE[lang]],
            text("column.records", lang): [integer(n, lang) for n in table["records"]],
            text("column.fields", lang): [integer(n, lang) for n in table["fields"]],
            text("column.sha256", lang): [
                digest.removeprefix("sha256:")[:HASH_DIGITS] for digest in table["hash"]
            ],
        }
    )
    caption = text("caption.raw_package", lang, city=city_name(package, lang))
    return DisplayTable(frame, (LEFT, LEFT, RIGHT, RIGHT, LEFT), caption)


def results(table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare the derived results (`results.derive`) for reading."""
    values = [
        display(Result(value, unit), lang) for value, unit in zip(table["value"], table["unit"], strict=True)
    ]
    frame = pd.DataFrame(
        {
            text("column.key", lang): table["key"],
            text("column.value", lang): values,
            text("column.unit", lang): [unit_words(unit, lang) for unit in table["unit"]],
            text("column.source", lang): table["file"],
        }
    )
    caption = text("caption.results", lang, city=city_name(package, lang))
    return DisplayTable(frame, (LEFT, RIGHT, LEFT, LEFT), caption)


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
    return DisplayTable(frame, (LEFT, LEFT, LEFT), caption)


def raw_rows(package: Package, name: str, lang: str, *, columns: Sequence[str] = ()) -> DisplayTable:
    """Prepare the first rows of a raw file for reading, all columns or some, as they stand in it.

    Of columns in both languages the other is left out, as are empty ones.
    """
    lang = package.language(lang)
    whole = package[name]
    first = whole.head(MOST_ROWS)
    return _as_they_stand(
        first[[one for one in first if one in (columns or whole.columns)]], package, name, lang
    )


def rows_behind(package: Package, file: str, ranges: str, lang: str) -> DisplayTable:
    """Prepare the rows of a raw file that a number comes from, such as ``2-5 8``, as `raw_rows` does."""
    name = file.removesuffix(".csv")
    whole = package[name]
    return _as_they_stand(whole.loc[whole.index.intersection(rows_in(ranges))], package, name, lang)


def _as_they_stand(rows: pd.DataFrame, package: Package, name: str, lang: str) -> DisplayTable:
    """Return rows of a raw file with their numbers, without what is in the other language or empty."""
    counts = {"n": integer(len(rows), lang), "all": integer(len(package[name]), lang)}
    caption = marked(text("caption.raw_rows", lang, file=f"{name}.csv", **counts), package, lang)
    cells = rows.astype("str")
    filled = [column for column in cells if (cells[column] != "").any()]
    other = OTHER[known_language(lang)]
    theirs = {f"{str(name).removesuffix(f'_{lang}')}{other}" for name in filled}
    own = [name for name in filled if name not in theirs]
    frame = cells[own].rename_axis(None)
    frame.insert(0, text("column.row", lang), [str(row) for row in cells.index])
    align = (RIGHT, *(RIGHT if is_numeric_dtype(rows[column]) else LEFT for column in own))
    return DisplayTable(frame, align, caption)


def origins(table: pd.DataFrame, lineage: pd.DataFrame, key: str, lang: str) -> DisplayTable:
    """Prepare, by its lineage, from how many raw rows and by what rule each count of a table came about.

    The table has a column ``count``; the column `key` names its rows, as ``row`` does in the lineage.
    """
    counts = dict(zip(table[key], table["count"], strict=True))
    frame = pd.DataFrame(
        {
            key: lineage["row"],
            "count": [str(counts[row]) for row in lineage["row"]],
            text("column.file", lang): lineage["file"],
            text("column.row_numbers", lang): [_shortened(ranges) for ranges in lineage["rows"]],
            text("column.rows_used", lang): [integer(len(rows_in(rows)), lang) for rows in lineage["rows"]],
            text("column.rule", lang): [in_words(rule, lang) for rule in lineage["rule"]],
        }
    )
    return DisplayTable(frame, (LEFT, RIGHT, LEFT, LEFT, RIGHT, LEFT), text("caption.origins", lang))


def _shortened(ranges: str) -> str:
    if len(ranges) <= MOST_LETTERS:
        return ranges
    return f"{ranges[:MOST_LETTERS].rpartition(' ')[0]} …"
