"""Save what a notebook made: a table, results, figures; the same results give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis import cities, figures
from analysis.atomic import write_bytes, write_json, write_text


def save_table(frame: pd.DataFrame, lineage: pd.DataFrame, city: str, name: str) -> None:
    """Write a rebuilt table as ``<name>.csv`` and where its cells come from as ``<name>.lineage.json``.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table, with language-neutral codes and unrounded numbers.
    lineage : pandas.DataFrame
        One row an output cell or group of cells; columns ``row``, ``column``, ``file``, ``rows``, ``rule``.
        Where the city's data are made up, each is marked ``synthetic``.
    city, name : str
        Whose table it is, and its name such as ``table4``.
    """
    place = cities.find(city)
    folder = place.outbox.processed
    if place.is_synthetic:
        lineage = lineage.assign(synthetic=True)
    write_text(folder / f"{name}.csv", frame.to_csv(index=False, lineterminator="\n"))
    write_json(folder / f"{name}.lineage.json", lineage.to_dict(orient="records"))


def save_results(results: pd.DataFrame, city: str) -> None:
    """Write ``results.json`` (value and unit by key) and ``results.lineage.json`` (where each is from).

    Parameters
    ----------
    results : pandas.DataFrame
        One row a result; columns ``key``, ``value``, ``unit``, ``file``, ``rows``, ``rule``.
    city : str
        Whose results they are.
    """
    folder = cities.find(city).outbox.processed
    by_key = results.sort_values("key").set_index("key")
    write_json(folder / "results.json", by_key[["value", "unit"]].to_dict(orient="index"))
    write_json(folder / "results.lineage.json", by_key[["file", "rows", "rule"]].to_dict(orient="index"))


def save_figures(drawn: Mapping[str, figures.Drawing], city: str, name: str) -> None:
    """Write a figure in every language as SVG (pages and PDF) and PNG (Word), ``<name>.<lang>.<format>``."""
    folder = cities.find(city).outbox.figures
    for lang, drawing in drawn.items():
        for file_format in figures.FORMATS:
            write_bytes(folder / f"{name}.{lang}.{file_format}", figures.encode(drawing.figure, file_format))
