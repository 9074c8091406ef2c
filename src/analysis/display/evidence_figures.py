"""The figure of the evidence: how much of it supports, and how much hinders, each aspect of study."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.display.display_table import code_labels
from analysis.display.drawing import (
    AGAINST,
    FOR,
    GROUND,
    INK,
    NEITHER,
    RULE,
    SMALL,
    Medium,
    bar_part,
    in_both_languages,
)
from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.tables.findings import POLARITIES

LABELS = 2.75
"""Inches for the labels that stand beside the bars."""
THICK, LINE, PAD, HEADING = 0.17, 0.145, 0.09, 0.3
"""Inches: a bar, a line of a label, the space around a row, a dimension's heading."""
SHARE = {"hinders": (0.0, 1.0), "mixed": (0.5, 0.5), "supports": (1.0, 0.0)}
"""What of a part lies right and left of zero."""
FILL = {"hinders": (AGAINST, INK, ""), "mixed": (NEITHER, INK, ""), "supports": (FOR, "white", "")}
PLATE = {"facecolor": GROUND, "edgecolor": "none", "pad": 0.5}
ORDER = ["hinders", "mixed", "supports"]


@in_both_languages
def evidence_balance(medium: Medium, matrix: pd.DataFrame, framework: pd.DataFrame) -> tuple[Figure, str]:
    """Draw how many codings support, are mixed on, or hinder each aspect (`findings.evidence_matrix`).

    `framework` names dimensions and aspects: columns ``code``, ``label_id``, ``label_en``.
    """
    labels = code_labels(framework, medium.lang)
    rows = matrix.to_dict(orient="records")
    left, room = (0.05, medium.width - 0.1) if medium.is_narrow else (LABELS, LABELS - 0.15)
    wrapped = [medium.fill(labels[row["aspect"]], room, SMALL) for row in rows]
    begins = matrix["dimension"].ne(matrix["dimension"].shift())
    heads, heights = begins.mul(HEADING).tolist(), [_height(words, medium) for words in wrapped]
    figure, axes = medium.sheet(HEADING + sum(map(sum, zip(heights, heads, strict=True))) + PAD / 2)
    zero, unit = _scale(matrix, left, medium.width)
    _legend(axes, zero, medium)
    top = HEADING
    for row, words, head, height in zip(rows, wrapped, heads, heights, strict=True):
        if head:
            heading = labels[row["dimension"]]
            axes.text(0.05, top + HEADING / 2 + 0.03, heading, va="center_baseline", fontweight="bold")
        look: dict[str, Any] = {"fontsize": SMALL, "linespacing": 1.1}
        if medium.is_narrow:
            middle = top + height + head - PAD / 2 - THICK / 2
            axes.text(left, middle - THICK / 2 - 0.03, words, va="bottom", bbox=PLATE, **look)
        else:
            middle = top + head + height / 2
            axes.text(left - 0.12, middle, words, ha="right", va="center", **look)
        _bar(axes, row, middle, zero, unit, medium.lang)
        top += height + head
    axes.vlines(zero, HEADING, top, color=RULE, linewidth=0.8, zorder=0)
    return figure, _in_words(matrix, labels, medium.lang)


def _height(words: str, medium: Medium) -> float:
    lines = LINE * (words.count("\n") + 1)
    return PAD + (lines + 0.05 + THICK if medium.is_narrow else max(lines, THICK))


def _scale(matrix: pd.DataFrame, left: float, width: float) -> tuple[float, float]:
    """Return where zero is, and how long one coding, both in inches."""
    longest = (matrix[ORDER].mul([SHARE[name][side] for name in ORDER]).sum(axis=1).max() for side in (1, 0))
    sides = [max(1.0, float(one)) if len(matrix) else 1.0 for one in longest]
    unit = (width - left - 0.05) / sum(sides)
    return left + unit * sides[0], unit


def _legend(axes: Axes, zero: float, medium: Medium) -> None:
    """Name the two sides above them, and what lies across zero between them."""
    for name, x, side in (
        ("hinders", zero - 0.42, "right"),
        ("mixed", zero, "center"),
        ("supports", zero + 0.42, "left"),
    ):
        words = text(f"polarity.{name}", medium.lang)
        words = {"hinders": f"← {words}", "supports": f"{words} →"}.get(name, words)
        axes.text(x, HEADING / 2, words, ha=side, va="center_baseline", fontsize=SMALL)


def _bar(axes: Axes, row: Mapping[Hashable, Any], y: float, zero: float, unit: float, lang: str) -> None:
    start = zero - unit * sum(row[name] * SHARE[name][1] for name in ORDER)
    for name in ORDER:
        bar_part(axes, start, y, (unit * row[name], THICK), integer(row[name], lang), FILL[name])
        start += unit * row[name]


def _in_words(matrix: pd.DataFrame, labels: Mapping[str, str], lang: str) -> str:
    lines = [
        f"{labels[row['aspect']]}: "
        + ", ".join(f"{text(f'polarity.{name}', lang)} {integer(row[name], lang)}" for name in POLARITIES)
        for row in matrix.to_dict(orient="records")
    ]
    return f"{text('figure.records', lang)}. {'; '.join(lines)}."
