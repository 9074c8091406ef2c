"""Read what the notebooks made: rebuilt tables and results."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import cities
from analysis.formats import Result

NUMBERS = ("count", "number")
"""Columns of the rebuilt tables that hold whole numbers; all others are text."""


def load_table(city: str, name: str) -> pd.DataFrame:
    """Return a rebuilt table of `city` with the columns and types its function gave it.

    Raises
    ------
    FileNotFoundError
        When its notebook has not been run.
    """
    return _read(cities.find(city).processed / f"{name}.csv")


def load_tables(city: str) -> dict[str, pd.DataFrame]:
    """Return every rebuilt table of `city` by name (``table1`` …)."""
    paths = sorted(cities.find(city).processed.glob("table*.csv"))
    return {path.stem: _read(path) for path in paths}


@dataclass(frozen=True)
class Processed:
    """Everything rebuilt for a city.

    Parameters
    ----------
    tables, lineages : dict of str to pandas.DataFrame
        The rebuilt tables (``table1`` …) and where their cells come from.
    results : dict of str to Result
        The derived results by key.
    origins : dict
        Where each result comes from: ``file``, ``rows``, ``rule`` by key.
    """

    tables: dict[str, pd.DataFrame]
    lineages: dict[str, pd.DataFrame]
    results: dict[str, Result]
    origins: dict[str, dict[str, str]]


def load(city: str) -> Processed:
    """Return everything that the notebooks rebuilt for `city`."""
    return Processed(load_tables(city), load_lineages(city), load_results(city), load_origins(city))


def load_lineages(city: str) -> dict[str, pd.DataFrame]:
    """Return where the cells of every rebuilt table of `city` come from, by table."""
    paths = sorted(cities.find(city).processed.glob("table*.lineage.json"))
    return {path.name.split(".")[0]: pd.DataFrame(json.loads(path.read_text("utf-8"))) for path in paths}


def load_origins(city: str) -> dict[str, dict[str, str]]:
    """Return where every result of `city` comes from: ``file``, ``rows``, ``rule`` by key."""
    path = cities.find(city).processed / "results.lineage.json"
    origins: dict[str, dict[str, str]] = json.loads(path.read_text("utf-8"))
    return origins


def load_audit(city: str) -> dict[str, Any]:
    """Return the audit of `city` as the ledger notebook wrote it (`ledger.as_json`)."""
    found: dict[str, Any] = json.loads((cities.find(city).processed / "ledger.json").read_text("utf-8"))
    return found


def load_results(city: str) -> dict[str, Result]:
    """Return the results of `city` by key, as the results notebook wrote them."""
    path = cities.find(city).processed / "results.json"
    return {key: Result(**item) for key, item in json.loads(path.read_text("utf-8")).items()}


def _read(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False, lineterminator="\n")
    return table.astype({column: "int64" for column in NUMBERS if column in table.columns})
