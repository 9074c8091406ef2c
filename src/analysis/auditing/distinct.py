"""Distinct tests: checks that compare the same raw rows by the same rule with the same value are one test."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.auditing.checks import AGREES, SAYS, TESTED, Check
from analysis.table_list.entries import COUNTS
from analysis.tables.applications import TOTAL

COLUMNS = ["test", "says", "basis", "verdict", "printed", "relation", "rebuilt", "issue", "entries"]
OUTCOMES = {"reproduced": AGREES, "inconsistent": ("inconsistent",), "ambiguous": ("ambiguous",)}
"""What the headline counts, by the verdicts that it holds."""
ATTRIBUTES = {name: attribute for attribute, name in COUNTS.items()}


def numbered(checks: Iterable[Check]) -> Iterator[Check]:
    """Give every check that compares two things the number of its test, in the order of the ledger."""
    numbers: dict[tuple[str, ...], str] = {}
    for check in checks:
        if check.basis in TESTED:
            number = numbers.setdefault(_compared(check), f"T{len(numbers) + 1:03d}")
            yield replace(check, test=number)
        else:
            yield check


def tests(checks: pd.DataFrame) -> pd.DataFrame:
    """Return the tests, one per row, each with the entries that it decides.

    Parameters
    ----------
    checks : pandas.DataFrame
        Those of `audit.verify`.

    Returns
    -------
    pandas.DataFrame
        Columns ``test`` (its number), ``says`` (who says what is tested: the article, if it says any of its
        entries), ``basis``, ``verdict``, ``printed``, ``relation``, ``rebuilt`` (as those of `Check`),
        ``issue`` (number, or ""), ``entries`` (with spaces between them).
    """
    tested = checks[checks["test"] != ""]
    groups = tested.groupby("test", sort=False)
    rows = [
        {
            **part.iloc[0][COLUMNS[2:7]].to_dict(),
            "test": number,
            "says": min(part["says"], key=SAYS.index),
            "issue": next(filter(None, part["issue"]), ""),
            "entries": " ".join(part["entry"]),
        }
        for number, part in groups
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def count(found: pd.DataFrame) -> dict[str, int]:
    """Count `tests` by who says what they test, and by outcome: ``tests.<says>.<outcome>`` and its total."""
    counts: dict[str, int] = {}
    for says in SAYS:
        part = found[found["says"] == says]
        counts[f"tests.{says}.total"] = len(part)
        for outcome, verdicts in OUTCOMES.items():
            counts[f"tests.{says}.{outcome}"] = int(part["verdict"].isin(verdicts).sum())
    return counts


def _compared(check: Check) -> tuple[str, ...]:
    """Return what a check compares: raw rows, rule, printed value and relation."""
    table, _, cell = check.entry.partition("/")
    is_total = table in ATTRIBUTES and cell == f"{TOTAL}/count"
    rule = f"{ATTRIBUTES[table]}: {TOTAL}" if is_total else check.rule
    return (check.file, check.rows, rule, check.printed, check.relation)


def as_records(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the tests as plain values, the entries of each as a list."""
    records = (dict(zip(COLUMNS, cells, strict=True)) for cells in found.to_numpy().tolist())
    return [{**one, "entries": one["entries"].split()} for one in records]
