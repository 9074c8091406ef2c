"""Figures of counts by category: one table as bars, and all margins of one stock in one picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.display.drawing import COUNT, LETTER, RULE, SMALL, Medium, in_both_languages
from analysis.language.formats import integer, percent
from analysis.language.labels import text
from analysis.tables.applications import TOTAL, share

SHADES = (COUNT, "#8ba0b2", "#b3c1cd", "#d3dbe2", "#e6ebef")
"""Parts of a bar from left to right; they differ in nothing but their place."""
ROW, THICK = 0.29, 0.19
"""Inches: one bar to the next, thickness of a bar."""
BAR_TOP, BAND, LINE, BELOW = 0.26, 0.24, 0.155, 0.26
"""Inches: from a heading to its divided bar, thickness of the bar, a line of its labels, and below these."""
GAP = 0.12
"""Inches between two labels at least."""


@in_both_languages
def category_bars(medium: Medium, table: pd.DataFrame, attribute: str) -> tuple[Figure, str]:
    """Draw Table 4, 5 or 6, which counts by an attribute, as bars with count and share."""
    parts, words = _parts(table, attribute, medium.lang)
    left = LETTER * SMALL * max(len(part.label) for part in parts) + 0.15
    room = medium.width - left - max(len(part.value) for part in parts) * LETTER * SMALL - 0.2
    most = max(1, *(part.count for part in parts))
    figure, axes = medium.sheet(ROW * len(parts) + 0.1)
    for n, part in enumerate(parts):
        y, length = ROW * (n + 0.5) + 0.05, room * part.count / most
        axes.barh(y, length, THICK, left, color=COUNT)
        axes.text(left - 0.08, y, part.label, ha="right", va="center_baseline", fontsize=SMALL)
        axes.text(left + length + 0.07, y, part.value, ha="left", va="center_baseline", fontsize=SMALL)
    axes.vlines(left, 0.05, ROW * len(parts) + 0.05, color=RULE, linewidth=0.8)
    return figure, words


@in_both_languages
def margins(medium: Medium, tables: Mapping[str, pd.DataFrame]) -> tuple[Figure, str]:
    """Draw what each attribute divides the one stock of applications into, as divided bars.

    `tables` are Tables 4 to 6 (`applications.count_by`) by attribute.
    """
    described = {attribute: _parts(table, attribute, medium.lang) for attribute, table in tables.items()}
    size = max(1, *(int(table["count"].iloc[-1]) for table in tables.values()))
    bars = {name: _placed(parts, size, medium.width) for name, (parts, _) in described.items()}
    is_listed = any(one.label is None for bar in bars.values() for one in bar)
    lines = {name: len(bar) if is_listed else 2 for name, bar in bars.items()}
    figure, axes = medium.sheet(sum(BAR_TOP + BAND + LINE * n + BELOW for n in lines.values()) - BELOW + 0.1)
    top = 0.0
    for attribute, placed in bars.items():
        total = integer(sum(one.part.count for one in placed), medium.lang)
        heading = text("figure.stock", medium.lang, attribute=text(attribute, medium.lang), n=total)
        axes.text(0.02, top + 0.12, heading, va="center_baseline", fontweight="bold")
        _divided_bar(axes, placed, top + BAR_TOP, is_listed=is_listed)
        top += BAR_TOP + BAND + LINE * lines[attribute] + BELOW
    words = " ".join(f"{text(name, medium.lang)}. {said}" for name, (_, said) in described.items())
    return figure, words


@dataclass(frozen=True)
class Part:
    """A category with its count, and both as they are written."""

    label: str
    count: int
    value: str


@dataclass(frozen=True)
class Placed:
    """A part of a divided bar: where it begins, how wide it is, and the middle of its label below it."""

    part: Part
    left: float
    width: float
    label: float | None


def _parts(table: pd.DataFrame, attribute: str, lang: str) -> tuple[list[Part], str]:
    """Return the categories of a table, and all of it in words."""
    total = int(table["count"].iloc[-1])
    rows = table[table["category"] != TOTAL][["category", "count"]].itertuples(index=False)
    parts = [
        Part(
            text(f"{attribute}.{code}", lang),
            int(count),
            f"{integer(count, lang)} ({percent(share(count, total), lang)}%)",
        )
        for code, count in rows
    ]
    words = "; ".join(f"{part.label}: {part.value}" for part in parts)
    return parts, f"{text('figure.applications', lang)}. {words}."


def _placed(parts: Sequence[Part], size: int, width: float) -> list[Placed]:
    """Place the parts of a bar, and the labels below them where these have room side by side."""
    shown = [part for part in parts if part.count]
    inside, left = width - 0.04, 0.02
    widths = [inside * part.count / size for part in shown]
    lefts = [left + sum(widths[:n]) for n in range(len(shown))]
    needed = [LETTER * SMALL * max(len(part.label), len(part.value)) for part in shown]
    starts = [at + (long - room) / 2 for at, long, room in zip(lefts, widths, needed, strict=True)]
    edge = left
    for n, room in enumerate(needed):
        starts[n] = max(starts[n], edge)
        edge = starts[n] + room + GAP
    edge = left + inside + GAP
    for n in reversed(range(len(shown))):
        starts[n] = min(starts[n], edge - GAP - needed[n])
        edge = starts[n]
    fits = not shown or starts[0] >= left
    labels = [start + room / 2 if fits else None for start, room in zip(starts, needed, strict=True)]
    return [Placed(*one) for one in zip(shown, lefts, widths, labels, strict=True)]


def _divided_bar(axes: Axes, placed: Sequence[Placed], top: float, *, is_listed: bool) -> None:
    """Draw one divided bar with its labels below it, side by side or one a line."""
    bottom = top + BAND
    for n, one in enumerate(placed):
        colour = SHADES[n % len(SHADES)]
        axes.barh(top + BAND / 2, one.width, BAND, one.left, color=colour, edgecolor="white", linewidth=1.2)
        if is_listed or one.label is None:
            y = bottom + LINE * (n + 0.5) + 0.08
            axes.barh(y, 0.13, 0.1, 0.02, color=colour)
            axes.text(0.24, y, f"{one.part.label}: {one.part.value}", va="center_baseline", fontsize=SMALL)
            continue
        axes.plot((one.left + one.width / 2, one.label), (bottom, bottom + 0.07), color=RULE, linewidth=0.7)
        for line, words in enumerate((one.part.label, one.part.value)):
            y = bottom + LINE * (line + 0.5) + 0.08
            axes.text(one.label, y, words, ha="center", va="center_baseline", fontsize=SMALL)
