"""Read what the notebooks made: rebuilt tables and results."""

from __future__ import annotations

import json
from pathlib import Path

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


def load_results(city: str) -> dict[str, Result]:
    """Return the results of `city` by key, as the results notebook wrote them."""
    path = cities.find(city).processed / "results.json"
    return {key: Result(**item) for key, item in json.loads(path.read_text("utf-8")).items()}


def _read(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False, lineterminator="\n")
    return table.astype({column: "int64" for column in NUMBERS if column in table.columns})
