"""Issues: the matters that keep entries of the ledger from agreeing, each told once for all of its places."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.auditing.checks import SAYS, WEIGHTS
from analysis.language.formats import Result
from analysis.language.labels import LANGUAGES
from analysis.raw_data.raw import Package
from analysis.tables.findings import PLACEHOLDER, fill

TOLD = ("title", "shown", "cite", "mend")
"""What is told of an issue: its title, what is seen, what may be cited, and what would mend it."""
EXPLAINING = TOLD[1:]


def texts(package: Package, results: Mapping[str, Result]) -> dict[str, dict[str, str]]:
    """Return the city's issues by number: weight, and texts with their numbers filled in.

    A text that names a result which there is not keeps its ``{key}``.
    """
    if "issues" not in package:
        return {}
    return {
        record["issue"]: {"weight": record["weight"]}
        | {
            f"{part}_{lang}": _filled(record[f"{part}_{lang}"], results, lang)
            for part in TOLD
            for lang in LANGUAGES
        }
        for record in records(package["issues"])
    }


def known(package: Package, results: Mapping[str, Result]) -> dict[str, dict[str, str]]:
    """Return the city's known discrepancies by entry, with the issue of each and what is told of it."""
    if "discrepancies" not in package:
        return {}
    told = texts(package, results)
    return {
        record["entry"]: record | _of_entry(told.get(record["issue"], {}))
        for record in records(package["discrepancies"])
    }


def listed(checks: pd.DataFrame, package: Package, results: Mapping[str, Result]) -> list[dict[str, Any]]:
    """Return the issues by weight, each with its verdict, who says it, its texts, entries and places."""
    told = texts(package, results)
    found = [
        {
            "issue": str(number),
            "weight": part["weight"].iloc[0],
            "verdict": part["verdict"].iloc[0],
            "says": min(part["says"], key=SAYS.index),
            **{key: text for key, text in told.get(str(number), {}).items() if key != "weight"},
            "entries": part["entry"].tolist(),
            "places": list(dict.fromkeys(part["locator"])),
        }
        for number, part in checks[checks["issue"] != ""].groupby("issue", sort=True)
    ]
    return sorted(found, key=lambda one: (WEIGHTS.index(one["weight"]), one["issue"]))


def count(found: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Count issues (`listed`) by who says them, and by weight: ``issues.<says>.<weight>`` and its total."""
    counts = {}
    for says in SAYS:
        weights = [one["weight"] for one in found if one["says"] == says]
        counts[f"issues.{says}.total"] = len(weights)
        counts |= {f"issues.{says}.{weight}": weights.count(weight) for weight in WEIGHTS}
    return counts


def _of_entry(told: Mapping[str, str]) -> dict[str, str]:
    explained = {
        f"explanation_{lang}": " ".join(told[f"{part}_{lang}"] for part in EXPLAINING) if told else ""
        for lang in LANGUAGES
    }
    return {**explained, "weight": told.get("weight", "")}


def records(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Return the rows of a frame, their cells as texts by column."""
    columns = [str(column) for column in frame.columns]
    return [dict(zip(columns, map(str, cells), strict=True)) for cells in frame.to_numpy().tolist()]


def _filled(text: str, results: Mapping[str, Result], lang: str) -> str:
    is_known = all(key in results for key in PLACEHOLDER.findall(text))
    return fill(text, results, lang) if is_known else text
