"""Columns of an inventory that fit one of ours equally well but differ: somebody has to choose."""

from collections.abc import Sequence

from analysis.intake.column_fit import texts, understood
from analysis.intake.row_words import may_be_person
from analysis.intake.sheet_tables import Column, Table
from analysis.language.agencies import agency_key
from analysis.language.headings import BELOW, match_heading
from analysis.language.synonyms import match_category
from analysis.language.terms import EXACT, plain, terms
from analysis.tables.applications import CATEGORIES

CLEAR = 0.9
"""Share of the cells of a column that must be understood for it to be as good as another."""
SPECIFIC = 2
"""Words of a heading from which it says what is named."""


def between(table: Table, name: str, column: Column, rivals: Sequence[Column]) -> list[str]:
    """Return the headings that one of our columns could be read from, the best first; none if it is clear.

    Parameters
    ----------
    table : Table
        The inventory.
    name : str
        Our column.
    column : Column
        The column that fits best.
    rivals : sequence of Column
        Columns that fit nearly as well. One counts if its heading is known, too, means as much, and its
        cells say something else.
    """
    said = _said(table, name, column)
    alike = [one for one in rivals if _means_as_much(table, name, column, one)]
    differing = [one for one in alike if _said(table, name, one) != said]
    return [column.heading, *(one.heading for one in differing)] if differing else []


def _means_as_much(table: Table, name: str, column: Column, other: Column) -> bool:
    headings = (column.heading, other.heading)
    if any(match_heading(heading, name) < EXACT or may_be_person(heading) for heading in headings):
        return False
    if name in (*CATEGORIES, "last_updated"):
        return all(understood(table, one, name) >= CLEAR for one in (column, other))
    bare = [plain(heading.rpartition(BELOW)[2]).split() for heading in headings]
    if name == "owner":
        return _level(bare[0]) == _level(bare[1])
    return name == "name" and all(len(words) >= SPECIFIC for words in bare)


def _level(words: list[str]) -> str:
    """Return whether a heading means who made an application, a part of an agency, or an agency."""
    levels = ("developer", "subunit")
    return next((one for one in levels if not terms()[f"row.{one}"].keys().isdisjoint(words)), "agency")


def _said(table: Table, name: str, column: Column) -> list[object]:
    """Return what the cells of a column mean as one of ours."""
    found = texts(table, column.heading)
    if name in CATEGORIES:
        return [match_category(text, name, column.heading).code or text for text in found]
    return [agency_key(text).words if name == "owner" else text for text in found]
