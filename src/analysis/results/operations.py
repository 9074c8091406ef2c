"""The closed list of operations by which results are derived: what each takes, and what it gives."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import prod
from typing import Any

MONTHS_A_YEAR = 12
NUMBERS, DATE, ROWS, CELLS, TEXTS, CODE, SETS = "numbers", "date", "rows", "cells", "texts", "code", "sets"
"""What operations take; see `FORMS` for how it is written."""
FORMS = {
    NUMBERS: "a.key, a.group.*, 12",
    DATE: "a.key",
    ROWS: "file.csv",
    CELLS: "file.csv:column",
    TEXTS: "file.csv:column",
    CODE: "code",
    SETS: "file.csv:column, a.group.*, list:name",
}
NO_NUMBERS = ("date", "label", "name", "truth")
"""Units of results that are no quantities."""
ANY = 1_000


@dataclass(frozen=True)
class Operation:
    """One way to compute a result."""

    takes: str  # what its inputs are, see `FORMS`
    least: int  # how many inputs it takes
    most: int
    unit: str = ""  # of its results where there is only one; "" for that of any quantity
    # Takes numbers as a list, and the last parts of their keys; or sets as lists of names, each name once.
    compute: Callable[..., Any] = lambda *_: None
    condition: str = ""  # whether rows can be chosen: "" for no, "may" or "must"


def at_least(counts: Sequence[float], whole: float) -> float:
    """Return how many of `whole` things are of all kinds at least (Fréchet's lower bound)."""
    return max(0, sum(counts) - (len(counts) - 1) * whole)


def at_most(counts: Sequence[float]) -> float:
    """Return how many things are of all kinds at most (Fréchet's upper bound)."""
    return min(counts)


def _ratio(numbers: Sequence[float], _: Sequence[str]) -> float:
    return numbers[0] / numbers[1]


def _nearest_percentage(numbers: Sequence[float], _: Sequence[str]) -> float:
    """Return the percentage that a whole number of cases gives, nearest to the one given."""
    percent, whole = numbers
    return 100 * round(percent / 100 * whole) / whole


def _difference_of_sets(sets: Sequence[Sequence[str]]) -> list[str]:
    return [name for name in sets[0] if name not in sets[1]]


def _common(sets: Sequence[Sequence[str]]) -> list[str]:
    """Return the names of the first set that stand in another."""
    others = {name for names in sets[1:] for name in names}
    return [name for name in sets[0] if name in others]


OPERATIONS = {
    "sum": Operation(NUMBERS, 1, ANY, "", lambda numbers, _: sum(numbers)),
    "difference": Operation(NUMBERS, 2, ANY, "", lambda numbers, _: numbers[0] - sum(numbers[1:])),
    "product": Operation(NUMBERS, 2, ANY, "", lambda numbers, _: prod(numbers)),
    "ratio": Operation(NUMBERS, 2, 2, "", _ratio),
    "share": Operation(NUMBERS, 2, 2, "share", _ratio),
    "per_month": Operation(NUMBERS, 1, 1, "", lambda numbers, _: numbers[0] / MONTHS_A_YEAR),
    "year_of": Operation(DATE, 1, 1, "year"),
    "nearest_percentage": Operation(NUMBERS, 2, 2, "percent", _nearest_percentage),
    "overlap_at_least": Operation(
        NUMBERS, 3, ANY, "", lambda numbers, _: at_least(numbers[:-1], numbers[-1])
    ),
    "overlap_at_most": Operation(NUMBERS, 2, ANY, "", lambda numbers, _: at_most(numbers)),
    "largest_of": Operation(NUMBERS, 1, ANY, "", lambda numbers, _: max(numbers)),
    "smallest_of": Operation(NUMBERS, 1, ANY, "", lambda numbers, _: min(numbers)),
    "name_of_largest": Operation(
        NUMBERS, 1, ANY, "name", lambda numbers, names: names[numbers.index(max(numbers))]
    ),
    "is_largest": Operation(NUMBERS, 2, ANY, "truth", lambda numbers, _: numbers[0] == max(numbers)),
    "is_falling": Operation(
        NUMBERS, 1, ANY, "truth", lambda numbers, _: all(one >= next_ for one, next_ in pairwise(numbers))
    ),
    "is_under_half": Operation(NUMBERS, 2, 2, "truth", lambda numbers, _: 2 * numbers[0] < numbers[1]),
    "is_equal": Operation(NUMBERS, 2, 2, "truth", lambda numbers, _: numbers[0] == numbers[1]),
    "is_at_least": Operation(NUMBERS, 2, 2, "truth", lambda numbers, _: numbers[0] >= numbers[1]),
    "rank_of": Operation(
        NUMBERS, 2, ANY, "", lambda numbers, _: 1 + sum(other > numbers[0] for other in numbers[1:])
    ),
    "count_where": Operation(ROWS, 1, 1, "", condition="may"),
    "sum_where": Operation(CELLS, 1, 1, "", condition="may"),
    "contains_word": Operation(TEXTS, 1, ANY, "", condition="must"),
    "parent_of": Operation(CODE, 1, 1, "name"),
    "is_one_name": Operation(
        SETS, 1, ANY, "truth", lambda sets: len(set(chain.from_iterable(sets))) == 1, condition="may"
    ),
    "set_names": Operation(SETS, 1, 1, "name", lambda sets: sets[0], condition="may"),
    "set_size": Operation(SETS, 1, 1, "", lambda sets: len(sets[0]), condition="may"),
    "set_difference": Operation(SETS, 2, 2, "name", _difference_of_sets, condition="may"),
    "set_difference_size": Operation(
        SETS, 2, 2, "", lambda sets: len(_difference_of_sets(sets)), condition="may"
    ),
    "set_common_size": Operation(SETS, 2, ANY, "", lambda sets: len(_common(sets)), condition="may"),
}
"""Every operation by its code; the schema of ``derivations.csv`` lists the same."""
