"""One check of the ledger: what it says, and how a printed value is compared with a rebuilt one."""

import operator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from analysis.language.formats import Result
from analysis.raw_data.row_ranges import spots

BASES = ("transcribed", "repeated", "recomputed", "judged", "none")
TESTED = ("repeated", "recomputed", "judged")
"""Bases of checks that compare two things, and can therefore come out either way."""
VERDICTS = ("reproduced", "rounding", "inconsistent", "ambiguous", "not_checkable", "failed")
EXPLAINED = ("inconsistent", "ambiguous")
"""Verdicts that a city's list of known discrepancies must explain."""
AGREES = ("reproduced", "rounding")
SAYS = ("article", "imputed", "compendium")
"""Who says what is checked: the article, the article as we read it, or the compendium."""
WEIGHTS = ("conclusion", "number", "method", "source", "term", "misprint")
"""What an issue touches, from what changes a conclusion to what changes nothing."""
SEPARATOR = " | "
RELATIONS = {
    "equals": operator.eq,
    "more_than": operator.gt,
    "at_least": operator.ge,
    "less_than": operator.lt,
    "at_most": operator.le,
}


@dataclass(frozen=True)
class Check:
    """One line of the ledger."""

    entry: str  # identifier of the claim, or ``table/row/column`` of the cell
    kind: str  # ``cell``, or the kind of claim
    says: str  # one of `SAYS`
    basis: str  # one of `BASES`
    verdict: str  # one of `VERDICTS`
    printed: str  # what the article prints
    relation: str  # how the result should relate to it
    rebuilt: str  # what the raw data give; several readings are separated by `SEPARATOR`
    result: str  # keys of the results that decide it, or the table for a cell
    locator: str  # place in the article
    other_locator: str = ""  # the other place where two are compared
    # Lineage: raw file, row numbers and rule; those of several readings are separated by `SEPARATOR`.
    file: str = ""
    rows: str = ""
    rule: str = ""
    # The claim; "" for a cell, which its place describes.
    text_id: str = ""
    text_en: str = ""
    # Why it does not agree, or what data would be needed.
    explanation_id: str = ""
    explanation_en: str = ""
    # Number of its test, "" where nothing is tested; checks that compare the same rows by the same rule with
    # the same value are one test.
    test: str = ""
    issue: str = ""  # number of the issue that it belongs to
    weight: str = ""  # and its weight
    is_expected: bool = True  # came out as the list of known discrepancies says, or needs no explanation


def compare(printed: str, relation: str, tolerance: float, result: Result) -> str:
    """Return how a result compares with a printed value: ``reproduced``, ``rounding`` or ``differs``.

    Numbers are compared as the decimals they are written with, so that a tie of rounding is within the
    tolerance; ISO dates by their order; everything else as text, whatever the relation. A number within the
    tolerance of an ``equals`` is ``rounding``; `tolerance` is half of the last printed digit.
    """
    got, expected = _number(result.value), _number(printed)
    if got is None or expected is None:
        holds = RELATIONS[relation if result.unit == "date" else "equals"](written(result), printed)
        return "reproduced" if holds else "differs"
    if RELATIONS[relation](got, expected):
        return "reproduced"
    is_close = abs(got - expected) <= Decimal(str(tolerance))
    return "rounding" if relation == "equals" and is_close else "differs"


def raw_rows(file: str, rows: str) -> set[tuple[str, int]]:
    """Return file and number of every raw row behind a check; `file` and `rows` as those of `Check`."""
    readings = zip(file.split(SEPARATOR), rows.split(SEPARATOR), strict=False)
    return {spot for reading in readings for spot in spots(*reading)}


def written(result: Result) -> str:
    """Write a result as the ledger does: unrounded to ten digits, truth in lower case."""
    value = result.value
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _number(value: Any) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
