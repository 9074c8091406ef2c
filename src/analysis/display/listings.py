"""What notebooks list besides tables of the study, as people read it: raw files, results, problems."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.display.display_table import LEFT, RIGHT, DisplayTable, city_name
from analysis.language.formats import Result, display, integer
from analysis.language.labels import text
from analysis.language.problems import Problem
from analysis.raw_data.raw import TITLE, Package

HASH_DIGITS = 12
"""Digits of a SHA-256 that are shown; the descriptor has all of them."""


def raw_files(table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare the list of raw files (`raw.list_files`) for reading."""
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
