"""How well a column of an inventory fits one of ours: by its heading, its cells and how full it is."""

from collections import Counter
from collections.abc import Sequence

from analysis.intake.dates import is_datelike
from analysis.intake.mapping import GROUPS, ColumnChoice
from analysis.intake.row_words import may_be_person
from analysis.intake.sheet_tables import Column, Table
from analysis.intake.sheets import YEAR
from analysis.language.agencies import agency_key
from analysis.language.headings import BELOW, is_other, match_heading
from analysis.language.synonyms import SURE, match_category
from analysis.language.terms import EXACT, plain, terms
from analysis.tables.applications import CATEGORIES

HALF = 0.5
IN_DOUBT = 0.99
"""Weight of a cell whose words can mean another category, too: between equals, a clear one wins."""
SAMPLE = 50
"""Most frequent cells of a column that decide what it holds."""
SUFFICIENT = 30
"""Score from which a column is proposed if its cells count as much as its heading."""
CLEAR = 0.9
"""Share of the cells of a column that must be understood for it to be as good as another."""
SPECIFIC = 2
"""Words of a heading from which it says what is named."""


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
    found = table.texts(column.heading)
    return sum(map(bool, found)) / len(found) if found else 0.0


def understood(table: Table, column: Column, name: str) -> float:
    """Return the share of a column's filled cells that are understood as a column of ours, 0 to 1.

    It is 0 for a column of free text, in which anything may stand.
    """
    found = [text for text in table.texts(column.heading) if text]
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


def owners_of(table: Table, choice: ColumnChoice) -> dict[int, str]:
    """Return the agency of every record as far as the table says, by row."""
    if choice.always:
        return dict.fromkeys(table.rows, choice.always)
    if choice.heading == GROUPS:
        return {row: table.group_of(row) for row in table.rows}
    return dict(zip(table.rows, table.texts(choice.heading), strict=False))


def between(table: Table, name: str, column: Column, rivals: Sequence[Column]) -> list[str]:
    """Return the headings that one of our columns could be read from, the best first; none if it is clear.

    Of the `rivals`, which fit nearly as well as the column that fits best, one counts if its heading is
    known, too, means as much, and its cells say something else.
    """
    said = _said(table, name, column)
    alike = [one for one in rivals if _means_as_much(table, name, column, one)]
    differing = [one for one in alike if _said(table, name, one) != said]
    return [column.heading, *(one.heading for one in differing)] if differing else []


def _means_as_much(table: Table, name: str, column: Column, other: Column) -> bool:
    headings = (column.heading, other.heading)
    undated = {plain(YEAR.sub(" ", heading)) for heading in headings}
    if len(undated) == 1 and "" not in undated:  # *Status 2022*, *Status 2023*
        return name not in CATEGORIES or all(understood(table, one, name) for one in (column, other))
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
    found = table.texts(column.heading)
    if name in CATEGORIES:
        return [match_category(text, name, column.heading).code or text for text in found]
    return [agency_key(text).words if name == "owner" else text for text in found]
