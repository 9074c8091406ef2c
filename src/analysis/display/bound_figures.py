"""The figure of bounds: what margins alone say of combinations of two categories."""

from collections.abc import Hashable
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from analysis.display.drawing import COUNT, LETTER, SIZE, SMALL, TRACK, Medium, in_both_languages
from analysis.language.formats import integer
from analysis.language.labels import text

ROW, THICK, LINE = 0.28, 0.12, 0.2
"""Inches: one interval to the next, its thickness, and a line for its label where that stands above."""


@in_both_languages
def bounds_intervals(medium: Medium, bounds: pd.DataFrame) -> tuple[Figure, str]:
    """Draw how many applications must and can at most belong to two categories (`bounds.joint_bounds`).

    Only pairs that must have members are drawn: of all others the margins say no more than that the number
    is not larger than the smaller category.
    """
    lang = medium.lang
    shown = bounds[bounds["lower"] > 0]
    rows = [(_pair(row, lang), row) for row in shown.to_dict(orient="records")]
    if not rows:
        return medium.nothing(text("figure.bounds_none", lang))
    left = 0.02 if medium.is_narrow else LETTER * SIZE * max(len(label) for label, _ in rows) + 0.15
    above = LINE if medium.is_narrow else 0.0
    scale = (medium.width - left - 0.4) / max(row["upper"] for _, row in rows)
    figure, axes = medium.sheet((ROW + above) * len(rows))
    said = []
    for n, (label, row) in enumerate(rows):
        y = (ROW + above) * n + above + ROW / 2
        low, high = (left + scale * row[bound] for bound in ("lower", "upper"))
        axes.barh(y, low - left, THICK, left, color=TRACK)
        axes.barh(y, high - low, THICK, low, color=COUNT)
        least, most = (integer(row[bound], lang) for bound in ("lower", "upper"))
        if least != most:
            axes.text(low - 0.05, y, least, ha="right", va="center_baseline", fontsize=SMALL)
        axes.text(high + 0.05, y, most, va="center_baseline", fontsize=SMALL)
        place = (left, y - LINE) if above else (left - 0.1, y)
        axes.text(*place, label, ha="left" if above else "right", va="center_baseline")
        said.append(f"{label}: {least}–{most}")
    return figure, f"{text('figure.applications', lang)}. {'; '.join(said)}."


def _pair(row: dict[Hashable, Any], lang: str) -> str:
    """Name two categories: the second in the middle of a phrase."""
    first = text(f"{row['first_attribute']}.{row['first']}", lang)
    second = text(f"word.{row['second_attribute']}.{row['second']}", lang)
    return text("figure.pair", lang, first=first, second=second)
