"""Read what the notebooks made: rebuilt tables and results."""

import json
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.language.formats import Result
from analysis.project import cities
from analysis.results.not_built import NotBuiltError
from analysis.table_list.entries import entries
from analysis.tables.applications import CATEGORIES, TOTAL

NUMBERS = ("count", "number", "component", "row", "months", *CATEGORIES["status"], TOTAL)
FRACTIONS = ("share", "score")
SCORED = {"group": "int64"}
"""Columns of the rebuilt tables that hold numbers, also those of likely duplicates alone; others are text."""
TRACED = ["row", "column", "file", "rows", "rule"]
"""Columns of every lineage, also of one without rows."""
MARK = "synthetic"
"""Column or key that is there, and true, in every file of a made-up city; it is no part of the results."""


def load_table(city: str, name: str) -> pd.DataFrame:
    """Return a rebuilt table of `city` with the columns and types its function gave it, without the mark."""
    path = cities.find(city).processed / f"{name}.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False, lineterminator="\n")
    table = table.drop(columns=MARK, errors="ignore")
    types = dict.fromkeys(NUMBERS, "int64") | dict.fromkeys(FRACTIONS, "float64")
    types |= SCORED if "score" in table.columns else {}
    return table.astype({column: kind for column, kind in types.items() if column in table.columns})


def load_tables(city: str) -> dict[str, pd.DataFrame]:
    """Return every rebuilt table of `city` by name (``table1`` …) that its raw files still allow."""
    return {name: load_table(city, name) for name in _rebuilt(city)}


@dataclass(frozen=True)
class Processed:
    """Everything rebuilt: tables with their lineages, and results with their origins (file, rows, rule)."""

    tables: dict[str, pd.DataFrame]
    lineages: dict[str, pd.DataFrame]
    results: dict[str, Result]
    origins: dict[str, dict[str, str]]


def load(city: str) -> Processed:
    """Return everything that the notebooks rebuilt for `city`.

    Raises
    ------
    NotBuiltError
        When they have not run yet.
    """
    return Processed(load_tables(city), load_lineages(city), load_results(city), load_origins(city))


def load_lineages(city: str) -> dict[str, pd.DataFrame]:
    """Return where the cells of every rebuilt table of `city` come from, by table, in columns `TRACED`."""
    folder, found = cities.find(city).processed, {}
    for name in _rebuilt(city):
        rows = json.loads((folder / f"{name}.lineage.json").read_text("utf-8"))
        found[name] = pd.DataFrame(rows, columns=None if rows else TRACED)
    return found


def load_origins(city: str) -> dict[str, dict[str, str]]:
    """Return where every result of `city` comes from: ``file``, ``rows``, ``rule`` by key.

    Raises
    ------
    NotBuiltError
        When the results notebook has not run yet.
    """
    origins: dict[str, dict[str, str]] = _json(city, "results.lineage.json")
    return origins


def load_audit(city: str) -> dict[str, Any]:
    """Return the audit of `city` as the ledger notebook wrote it (`ledger.as_json`).

    Raises
    ------
    NotBuiltError
        When that has not run yet.
    """
    found: dict[str, Any] = _json(city, "ledger.json")
    return found


def load_results(city: str) -> dict[str, Result]:
    """Return the results of `city` by key, as the results notebook wrote them.

    Raises
    ------
    NotBuiltError
        When that has not run yet.
    """
    listed = _json(city, "results.json").items()
    return {key: Result(item["value"], item["unit"]) for key, item in listed}


def _json(city: str, name: str) -> Any:
    path = cities.find(city).processed / name
    if not path.is_file():
        raise NotBuiltError(city)
    return json.loads(path.read_text("utf-8"))


def _rebuilt(city: str) -> list[str]:
    """Name the tables that were rebuilt, without those of an earlier state of the raw files."""
    folders = cities.find(city)
    names = (entry.name for entry in entries(folders))
    return [name for name in names if (folders.processed / f"{name}.csv").is_file()]
