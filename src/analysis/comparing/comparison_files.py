"""Where a comparison is kept, and how a notebook saves it there."""

import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.comparing.compared import Names
from analysis.comparing.comparison_figures import FIGURES
from analysis.display.drawing import FORMATS, Drawing, encode
from analysis.language.labels import LANGUAGES, text
from analysis.project import cities
from analysis.project.atomic import write_bytes, write_text

FOLDER = "comparison"
TABLE = "comparison.csv"
SAVED = (TABLE, *(f"{name}.{lang}.{suffix}" for name in FIGURES for lang in LANGUAGES for suffix in FORMATS))
"""What `save` leaves behind."""


def folder() -> Path:
    """Return the folder of the last comparison; it need not exist."""
    return cities.project_root() / "build" / FOLDER


def outbox() -> Path:
    """Return where a notebook saves: that folder, or the one that a run has set aside."""
    aside = os.environ.get(cities.OUTBOX)
    return Path(aside) / FOLDER if aside else folder()


def figures(folder: Path, lang: str) -> dict[str, tuple[bytes, bytes]]:
    """Return the saved figures in a language by name, as SVG, wide and narrow."""
    return {
        name: (
            (folder / f"{name}.{lang}.svg").read_bytes(),
            (folder / f"{name}.{lang}.narrow.svg").read_bytes(),
        )
        for name in FIGURES
    }


def save(table: pd.DataFrame, names: Names, drawn: Mapping[str, Mapping[str, Drawing]]) -> None:
    """Write a comparison as ``comparison.csv`` and its figures as ``<name>.<lang>.<format>``.

    The codes of made-up cities carry the mark in the file, since a separate column could be dropped.
    """
    mark = " / ".join(text("synthetic.figure", lang) for lang in LANGUAGES)
    marked = {city: f"{city} ({mark})" for city in names.synthetic}
    written = table.assign(city=table["city"].replace(marked))
    write_text(outbox() / TABLE, written.to_csv(index=False, lineterminator="\n"))
    for name, drawings in drawn.items():
        for lang, drawing in drawings.items():
            for suffix in FORMATS:
                write_bytes(outbox() / f"{name}.{lang}.{suffix}", encode(drawing, suffix))
