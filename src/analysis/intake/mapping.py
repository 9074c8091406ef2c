"""Map the columns and spellings of an inventory onto ours: a proposal that people edit as `mapping.yaml`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from analysis.language.headings import hint_heading, match_heading
from analysis.language.synonyms import SURE

LIKELY = 75
"""Score from which a heading is worth mentioning for a column that none was found for."""
FEW = 12
"""Most distinct cells of a column that are listed."""
FIELDS = ("name", "owner", "type", "ownership", "status", "function", "last_updated")
OPTIONAL = ("function", "last_updated")
NOTHING = "-"
"""In place of a heading: the column is read from nothing."""
GROUPS: Final = "^"
"""In place of the heading of `owner`: it is read from the heading rows between the records."""
SHEET_NAME: Final = "sheet name"
"""In place of the heading of `owner`: every sheet is one agency's and called like it."""


@dataclass(frozen=True)
class ColumnChoice:
    """Which heading one of our columns is read from, or which value it always has; score 0 to 100.

    The value takes precedence. The heading may be `NOTHING`, `GROUPS` or `SHEET_NAME`; `blanks` is ``above``
    where a blank cell means what the cell above it says. `between` has headings that fit equally well, so
    that somebody has to choose.
    """

    heading: str = ""
    score: int = 0
    always: str = ""
    blanks: str = ""
    between: Sequence[str] = ()


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
    date_order : {"day_first", "month_first", ""}
        How dates such as 03/04/2024 are read; "" if unknown, which means the day first.
    columns, categories : mapping
        A choice for each of our columns and, by attribute, for every spelling found, "" being empty cells.
    unused : mapping
        Headings that nothing is read from. While a category has no column, they come with the distinct cells
        of columns that have few of them and hold no personal data.
    owners : mapping
        Spellings of agencies that are read as one name, or that may be; the code of a choice is the name.
    sheets : sequence of str
        Names of the sheets that are read together; none if it is one sheet.
    """

    source: str = ""
    sheet: str = ""
    header_row: int = 0
    date_order: str = ""
    columns: Mapping[str, ColumnChoice] = field(default_factory=dict)
    categories: Mapping[str, Mapping[str, SpellingChoice]] = field(default_factory=dict)
    unused: Mapping[str, list[str]] = field(default_factory=dict)
    owners: Mapping[str, SpellingChoice] = field(default_factory=dict)
    sheets: Sequence[str] = ()


def is_guessed(mapping: InventoryMapping, name: str) -> bool:
    """Return whether a column was chosen for its cells alone."""
    heading = mapping.columns[name].heading
    return heading not in ("", GROUPS, SHEET_NAME) and match_heading(heading, name) < SURE["column"]


def nearest_heading(mapping: InventoryMapping, name: str) -> str:
    """Return the unread heading that is probably one of our columns, and no other; "" if there is none."""
    open_ = [one for one in FIELDS if not mapping.columns[one].heading and not mapping.columns[one].always]
    best = {
        heading: max(open_, key=lambda one: hint_heading(heading, one), default="")
        for heading in mapping.unused
    }
    scores = {heading: hint_heading(heading, name) for heading, one in best.items() if one == name}
    nearest = max(scores, key=lambda heading: scores[heading], default="")
    return nearest if scores.get(nearest, 0) >= LIKELY else ""
