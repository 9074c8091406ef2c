"""What every kind of raw file holds: title, description and Table Schema, from `schemas.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def schemas() -> dict[str, Any]:
    """Return title, description and Table Schema of every kind of raw file, by its name without ``.csv``."""
    document: dict[str, Any] = yaml.safe_load(files("analysis").joinpath("schemas.yaml").read_text("utf-8"))
    return document


def columns_of(name: str) -> list[str]:
    """Return the columns of a kind of raw file, in their order."""
    return [field["name"] for field in schemas()[name]["schema"]["fields"]]
