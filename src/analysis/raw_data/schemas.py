"""Title, description and Table Schema of every kind of raw file, from `schemas.yaml`."""

from functools import cache
from pathlib import Path
from typing import Any

from analysis.project import cities

PRINTED = ("published", "claims", "discrepancies", "issues")
"""Raw files that hold what a source prints, for the audit to compare with."""

ORIGIN = ("sheet", "source_row")
"""Columns of an inventory that say where in a spreadsheet a row is from: the import alone fills them."""


@cache
def schemas() -> dict[str, Any]:
    """Return title, description and Table Schema of every kind of raw file, by its name without ``.csv``."""
    return cities.read_yaml(Path(__file__).with_name("schemas.yaml"))


def columns_of(name: str) -> list[str]:
    """Return the columns of a kind of raw file, in their order."""
    return [field["name"] for field in schemas()[name]["schema"]["fields"]]


def fields_asked(name: str) -> list[dict[str, Any]]:
    """Return the fields of a kind of raw file that are there to be filled in."""
    return [field for field in schemas()[name]["schema"]["fields"] if field["name"] not in ORIGIN]


def columns_asked(name: str) -> list[str]:
    """Return the columns of a kind of raw file that are there to be filled in."""
    return [field["name"] for field in fields_asked(name)]
