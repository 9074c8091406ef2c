"""Title, description and Table Schema of every kind of raw file, from `schemas.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from analysis.project import cities

PRINTED = ("published", "claims", "discrepancies", "issues")
"""Raw files that hold what a source prints, for the audit to compare with."""


@cache
def schemas() -> dict[str, Any]:
    """Return title, description and Table Schema of every kind of raw file, by its name without ``.csv``."""
    return cities.read_yaml(Path(__file__).with_name("schemas.yaml"))


def columns_of(name: str) -> list[str]:
    """Return the columns of a kind of raw file, in their order."""
    return [field["name"] for field in schemas()[name]["schema"]["fields"]]
