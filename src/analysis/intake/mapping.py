"""Map the columns and spellings of an inventory onto ours: a proposal that people edit as `mapping.yaml`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from analysis.intake.dates import date_order, is_datelike
from analysis.intake.row_words import is_personal, may_be_person
from analysis.intake.sheet_tables import Column, Table
from analysis.language.synonyms import (
    SURE,
    Match,
    asks,
    is_other,
    match_category,
    match_heading,
    rank_heading,
)
from analysis.language.terms import plain, terms, tidy
from analysis.tables.applications import CATEGORIES

HALF = 0.5
IN_DOUBT = 0.99
"""Weight of a cell whose words can mean another category, too: between equals, a clear one wins."""
SAMPLE = 50
"""Most frequent cells of a column that decide what it holds."""
SUFFICIENT = 30
"""Score from which a column is proposed if its cells count as much as its heading."""
LIKELY = 65
"""Score from which a heading is worth mentioning for a column that none was found for."""
LESS = 30
"""By how much the score of a heading that asks for yes or no is lessened where another competes."""
FEW = 12
"""Most distinct cells of a column that are listed."""
FIELDS = ("name", "owner", "type", "ownership", "status", "function", "last_updated")
OPTIONAL = ("function", "last_updated")
NOTHING = "-"
"""In place of a heading: the column is read from nothing."""
GROUPS: Final = "^"
"""In place of the heading of `owner`: it is read from the heading rows between the records."""


@dataclass(frozen=True)
class ColumnChoice:
    """Which heading one of our columns is read from, or which value it always has; score 0 to 100.

    The value takes precedence. The heading may be `NOTHING` or `GROUPS`; `blanks` is ``above`` where
    a blank cell means what the cell above it says.
    """

    heading: str = ""
    score: int = 0
    always: str = ""
    blanks: str = ""


@dataclass(frozen=True)
class SpellingChoice:
    """Which code a spelling means ("" if unknown), with score and number of rows.

    A score of 0 means that the code was chosen by a person.
    """

    code: str
    score: int
    rows: int


@dataclass(frozen=True)
class InventoryMapping:
    """How an inventory is read.

    Parameters
    ----------
    source, sheet, header_row : str, str, int
        File, sheet ("" for a CSV file) and row number of the header.
    date_order : {"day_first", "month_first", ""}
        How dates such as 03/04/2024 are read; "" if unknown, which means the day first.
    columns : mapping
        A choice for each of our columns.
    categories : mapping
        By attribute, a choice for every distinct spelling found; "" stands for empty cells.
    unused : mapping
        Headings that nothing is read from. While a category has no column, they come with the distinct cells
        of columns that have few of them and hold no personal data.
    """

    source: str
    sheet: str
    header_row: int
    date_order: str
    columns: Mapping[str, ColumnChoice]
    categories: Mapping[str, Mapping[str, SpellingChoice]]
    unused: Mapping[str, list[str]] = field(default_factory=dict)


def propose(table: Table, chosen: InventoryMapping | None = None) -> InventoryMapping:
    """Propose how to read a table; choices already made are kept.

    Parameters
    ----------
    table : Table
        The inventory.
    chosen : InventoryMapping, optional
        Choices read from an edited ``mapping.yaml``; columns and spellings may be missing.

    Returns
    -------
    InventoryMapping
        With each of our columns and every distinct spelling. The score of a text column is that of its
        heading; of a category or date column, the mean of its heading's and of the share of its cells that
        are understood; 0 where something else was chosen than would be proposed. No heading serves two
        columns of ours unless that was chosen.
    """
    columns = _propose_columns(table, chosen.columns if chosen else {})
    used = {choice.heading for choice in columns.values()}
    is_complete = all(columns[name].heading or columns[name].always for name in CATEGORIES)
    dates = columns["last_updated"].heading
    order = date_order(_texts(table, dates))
    return InventoryMapping(
        source=table.sheet.file,
        sheet=table.sheet.name,
        header_row=table.header_row,
        date_order=(chosen.date_order if chosen else "") or order,
        columns=columns,
        categories={
            attribute: _propose_spellings(table, attribute, columns[attribute], chosen)
            for attribute in CATEGORIES
        },
        unused={
            column.heading: []
            if is_complete or is_personal(column.heading)
            else _few(_texts(table, column.heading))
            for column in table.columns
            if column.heading not in used
        },
    )


def is_guessed(mapping: InventoryMapping, name: str) -> bool:
    """Return whether a column was chosen for its cells alone."""
    heading = mapping.columns[name].heading
    return bool(heading) and match_heading(heading, name) < SURE["column"]


def blank(source: str) -> InventoryMapping:
    """Return an empty mapping, to be filled in for a file in which no table was found."""
    nothing = {name: ColumnChoice() for name in FIELDS}
    return InventoryMapping(source, "", 0, "", nothing, {attribute: {} for attribute in CATEGORIES})


def nearest_heading(mapping: InventoryMapping, name: str) -> str:
    """Return the unread heading nearest to one of our columns, "" if none is near."""
    scores = {heading: match_heading(heading, name) for heading in mapping.unused}
    best = max(scores, key=lambda heading: scores[heading], default="")
    return best if scores.get(best, 0) >= LIKELY else ""


def _propose_columns(table: Table, chosen: Mapping[str, ColumnChoice]) -> dict[str, ColumnChoice]:
    """Assign each of our columns its best heading, the best pairs first."""
    made = {name: choice for name, choice in chosen.items() if choice.heading or choice.always}
    choices = {name: _with_score(table, name, choice) for name, choice in made.items()}
    taken = {choice.heading for choice in choices.values()}
    pairs = [(name, column) for column in table.columns for name in FIELDS if name not in choices]
    scores = {pair: _fitness(table, pair[1], pair[0]) for pair in pairs}
    filled = {column: _filled(table, column) for column in table.columns}
    # Between equal scores: the attribute whose cells were understood, then the more usual name of a column.
    # A heading that may mean a person comes last; one that asks for yes or no tells less than another, and
    # one of a column that is half blank less than one of a full column.
    pairs.sort(
        key=lambda p: (
            may_be_person(p[1].heading),
            LESS * (p[0] == "status" and asks(p[1].heading)) - scores[p] * (1 + filled[p[1]]) / 2,
            -_understood(table, p[1], p[0]),
            p[0] not in CATEGORIES,
            rank_heading(p[1].heading, p[0]),
        )
    )
    for name, column in pairs:
        score = scores[name, column]
        if name not in choices and column.heading not in taken and score >= _needed(name):
            choices[name] = ColumnChoice(column.heading, score)
            taken.add(column.heading)
    blanks = {name: choice.blanks for name, choice in chosen.items()}
    return {name: replace(choices.get(name, ColumnChoice()), blanks=blanks.get(name, "")) for name in FIELDS}


def _with_score(table: Table, name: str, choice: ColumnChoice) -> ColumnChoice:
    """Return the choice for a column, with score 0 unless it is this heading."""
    column = table.column(choice.heading)
    is_proposed = column is not None and choice.score == _fitness(table, column, name)
    return choice if is_proposed else replace(choice, score=0)


def _needed(name: str) -> int:
    return SUFFICIENT if name in CATEGORIES or name == "last_updated" else SURE["column"]


def _fitness(table: Table, column: Column, name: str) -> int:
    """Return how well a column fits one of ours, 0 to 100."""
    heading = match_heading(column.heading, name)
    heading = heading if heading >= SURE["column"] else 0
    if name not in CATEGORIES and (name != "last_updated" or not heading):
        return heading
    if is_other(column.heading, name):
        return 0
    if not _filled(table, column):
        return heading
    return round(HALF * heading + HALF * 100 * _understood(table, column, name))


def _filled(table: Table, column: Column) -> float:
    """Return the share of a column's cells that hold anything, 0 to 1."""
    texts = _texts(table, column.heading)
    return sum(map(bool, texts)) / len(texts) if texts else 0.0


def _understood(table: Table, column: Column, name: str) -> float:
    """Return the share of a column's filled cells that are understood as a column of ours, 0 to 1.

    It is 0 for a column of free text, in which anything may stand.
    """
    texts = [text for text in _texts(table, column.heading) if text]
    if not texts or (name not in CATEGORIES and name != "last_updated"):
        return 0.0
    sample = Counter(texts).most_common(SAMPLE)
    known = sum(n * _is_understood(text, name, column.heading) for text, n in sample)
    return known / sum(n for _, n in sample)


def _is_understood(text: str, name: str, heading: str) -> float:
    """Return 1 for a cell that is understood, 0 for one that is not, and something between in doubt."""
    if name not in CATEGORIES:
        return float(is_datelike(text))
    is_known = bool(match_category(text, name, heading).code)
    return IN_DOUBT if is_known and plain(text) in terms()["doubtful"] else float(is_known)


def _texts(table: Table, heading: str) -> list[str]:
    column = table.column(heading)
    return [tidy(cell.text) for _, cell in table.cells(column)] if column else []


def _few(texts: list[str]) -> list[str]:
    """Return the distinct texts of a column, none if there are many."""
    distinct = sorted({text for text in texts if text})
    return distinct if len(distinct) <= FEW else []


def _propose_spellings(
    table: Table, attribute: str, column: ColumnChoice, chosen: InventoryMapping | None
) -> dict[str, SpellingChoice]:
    """Return a choice for every distinct spelling, the most frequent first; none for a fixed value."""
    texts = [] if column.always else _texts(table, column.heading)
    made = chosen.categories.get(attribute, {}) if chosen else {}
    spellings: dict[str, SpellingChoice] = {}
    for text, rows in sorted(Counter(texts).items(), key=lambda item: (-item[1], item[0])):
        match = match_category(text, attribute, column.heading) if text else Match()
        proposed = SpellingChoice(match.code, match.score, rows)
        code = made[text].code if text in made else match.code
        spellings[text] = proposed if code == match.code else SpellingChoice(code, 0, rows)
    return spellings
