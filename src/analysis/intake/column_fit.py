"""How well a column of an inventory fits one of ours: by its heading, its cells and how full it is."""

from collections import Counter

from analysis.intake.dates import is_datelike
from analysis.intake.mapping import GROUPS, ColumnChoice
from analysis.intake.sheet_tables import Column, Table
from analysis.language.headings import is_other, match_heading
from analysis.language.synonyms import SURE, match_category
from analysis.language.terms import plain, terms, tidy
from analysis.tables.applications import CATEGORIES

HALF = 0.5
IN_DOUBT = 0.99
"""Weight of a cell whose words can mean another category, too: between equals, a clear one wins."""
SAMPLE = 50
"""Most frequent cells of a column that decide what it holds."""
SUFFICIENT = 30
"""Score from which a column is proposed if its cells count as much as its heading."""


def needed(name: str) -> int:
    """Return the score from which a column is proposed for one of ours."""
    return SUFFICIENT if name in CATEGORIES or name == "last_updated" else SURE["column"]


def fitness(table: Table, column: Column, name: str) -> int:
    """Return how well a column fits one of ours, 0 to 100."""
    heading = match_heading(column.heading, name)
    heading = heading if heading >= SURE["column"] else 0
    if name not in CATEGORIES and (name != "last_updated" or not heading):
        return heading
    if is_other(column.heading, name):
        return 0
    if not filled(table, column):
        return heading
    return round(HALF * heading + HALF * 100 * understood(table, column, name))


def filled(table: Table, column: Column) -> float:
    """Return the share of a column's cells that hold anything, 0 to 1."""
    found = texts(table, column.heading)
    return sum(map(bool, found)) / len(found) if found else 0.0


def understood(table: Table, column: Column, name: str) -> float:
    """Return the share of a column's filled cells that are understood as a column of ours, 0 to 1.

    It is 0 for a column of free text, in which anything may stand.
    """
    found = [text for text in texts(table, column.heading) if text]
    if not found or (name not in CATEGORIES and name != "last_updated"):
        return 0.0
    sample = Counter(found).most_common(SAMPLE)
    known = sum(n * _is_understood(text, name, column.heading) for text, n in sample)
    return known / sum(n for _, n in sample)


def _is_understood(text: str, name: str, heading: str) -> float:
    """Return 1 for a cell that is understood, 0 for one that is not, and something between in doubt."""
    if name not in CATEGORIES:
        return float(is_datelike(text))
    is_known = bool(match_category(text, name, heading).code)
    return IN_DOUBT if is_known and plain(text) in terms()["doubtful"] else float(is_known)


def texts(table: Table, heading: str) -> list[str]:
    """Return the cells below a heading, record by record; none if there is no such heading."""
    column = table.column(heading)
    return [tidy(cell.text) for _, cell in table.cells(column)] if column else []


def owners_of(table: Table, choice: ColumnChoice) -> dict[int, str]:
    """Return the agency of every record as far as the table says, by row."""
    if choice.always:
        return dict.fromkeys(table.rows, choice.always)
    if choice.heading == GROUPS:
        return {row: table.group_of(row) for row in table.rows}
    return dict(zip(table.rows, texts(table, choice.heading), strict=False))
