"""What a report says first: the issues by weight, each with its arithmetic, its mending and its entries."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from analysis.auditing.checks import SAYS, WEIGHTS
from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.reporting.report_entries import SIGNS

OPEN = "conclusion"
"""Weight of the issues that are shown unfolded: those that touch the conclusion."""
READ_INTO = "imputed"
LIGHTEST = WEIGHTS[-1]
TOLD = ("title", "shown", "mend", "cite")

Entry = Mapping[str, Any]


def issues(found: Mapping[str, Any], entries: Sequence[Entry], lang: str) -> list[dict[str, Any]]:
    """Return the issues of an audit in groups, what changes a conclusion first.

    What we read into the article stands apart from what it says; misprints come last, whoever reads them.
    """
    by_number = {entry["entry"]: entry for entry in entries}
    told = [_issue(one, by_number, lang) for one in found["issues"]]
    groups = [_group(name, told, lang) for name in (*WEIGHTS[:-1], READ_INTO, LIGHTEST)]
    return [group for group in groups if group["items"]]


def _group(name: str, told: Sequence[Entry], lang: str) -> dict[str, Any]:
    items = [one for one in told if one["group"] == name]
    return {
        "name": name,
        "label": text(f"weight.{name}", lang),
        "n": integer(len(items), lang),
        "is_folded": name in (READ_INTO, LIGHTEST),
        "items": items,
    }


def _issue(one: Entry, entries: Mapping[str, Entry], lang: str) -> dict[str, Any]:
    is_read_into = one["says"] == READ_INTO and one["weight"] != LIGHTEST
    return {
        "issue": one["issue"],
        "group": READ_INTO if is_read_into else one["weight"],
        "is_open": one["weight"] == OPEN,
        "verdict": one["verdict"],
        "verdict_label": text(f"verdict.{one['verdict']}", lang),
        "sign": SIGNS[one["verdict"]],
        **{part: one.get(f"{part}_{lang}", "") for part in TOLD},
        "entries": [_compared(entries[number]) for number in one["entries"] if number in entries],
    }


def _compared(entry: Entry) -> dict[str, Any]:
    """Return an entry with its rebuilt values, each once with the number of readings that give it."""
    times = Counter((reading["value"], reading["outcome"]) for reading in entry["readings"])
    first = {(reading["value"], reading["outcome"]): reading for reading in entry["readings"]}
    return {**entry, "readings": [{**first[key], "times": n} for key, n in times.items()]}


assert READ_INTO in SAYS  # noqa: S101 - a group of that name would stay empty
