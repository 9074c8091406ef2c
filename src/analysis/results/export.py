"""Save what a notebook made: a table, results, figures; the same results give the same bytes."""

import pickle
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.display import drawing
from analysis.project import cities
from analysis.project.atomic import write_bytes, write_json, write_text
from analysis.results.rebuilt_files import MARK

NOTED = ".pickle"
"""End of the name of a file that holds how a figure is drawn."""


def save_table(frame: pd.DataFrame, lineage: pd.DataFrame, city: str, name: str) -> None:
    """Write a rebuilt table as ``<name>.csv`` and where its cells come from as ``<name>.lineage.json``.

    Where the city's data are made up, each row of both is marked ``synthetic``.
    """
    folders = cities.find(city)
    folder = folders.outbox.processed
    if folders.is_synthetic:
        lineage = lineage.assign(synthetic=True)
    write_text(folder / f"{name}.csv", as_csv(frame, is_synthetic=folders.is_synthetic))
    write_json(folder / f"{name}.lineage.json", lineage.to_dict(orient="records"))


def save_results(results: pd.DataFrame, city: str) -> None:
    """Write ``results.json`` (value and unit by key) and ``results.lineage.json`` (where each is from).

    `results` has the columns of `results.derive`; where the city's data are made up, each is marked
    ``synthetic``.
    """
    folders = cities.find(city)
    by_key, mark = results.sort_values("key").set_index("key"), []
    if folders.is_synthetic:
        by_key, mark = by_key.assign(synthetic=True), [MARK]
    folder = folders.outbox.processed
    write_json(folder / "results.json", by_key[["value", "unit", *mark]].to_dict(orient="index"))
    write_json(
        folder / "results.lineage.json", by_key[["file", "rows", "rule", *mark]].to_dict(orient="index")
    )


def as_csv(frame: pd.DataFrame, *, is_synthetic: bool) -> str:
    """Write a table as CSV; that of a made-up city says so in every row, in a last column ``synthetic``."""
    marked = frame.assign(**{MARK: "true"}) if is_synthetic else frame
    return marked.to_csv(index=False, lineterminator="\n")


def save_figures(drawn: Mapping[str, drawing.Drawing], city: str, name: str) -> None:
    """Write a figure in every language in every format, ``<name>.<lang>.<format>``.

    In a build no notebook waits for that: it notes how the figure is drawn, and `draw_noted` draws it. One
    that only the notebook can draw (by a function of its own, or changed there) is drawn at once.
    """
    outbox = cities.find(city).outbox
    if outbox.is_aside and all(one.can_be_sent for one in drawn.values()):
        write_bytes(outbox.figures / f"{name}{NOTED}", pickle.dumps(dict(drawn)))
    else:
        _draw(drawn, outbox.figures, name)


def draw_noted(folder: Path) -> None:
    """Write the figures that notebooks noted in a folder."""
    for path in folder.glob(f"*{NOTED}"):
        _draw(pickle.loads(path.read_bytes()), folder, path.name.removesuffix(NOTED))  # noqa: S301 - our own


def _draw(drawn: Mapping[str, drawing.Drawing], folder: Path, name: str) -> None:
    for lang, one in drawn.items():
        for file_format in drawing.FORMATS:
            write_bytes(folder / f"{name}.{lang}.{file_format}", drawing.encode(one, file_format))
