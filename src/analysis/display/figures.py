"""Figures of the tables, each drawn in both languages at once."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from weakref import WeakKeyDictionary

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.language.formats import integer, percent
from analysis.language.labels import LANGUAGES, text
from analysis.raw_data.raw import Package
from analysis.tables.applications import TOTAL, share
from analysis.tables.findings import POLARITIES

FORMATS = ("svg", "png")
WIDTH = 6.3
"""Width of a figure in inches: the text width of an A4 page."""
DPI = 160
INK, BAR, HUB, MUTED = "#1f2933", "#33658a", "#c8553d", "#9aa5b1"
PLATE = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "svg.hashsalt": "compendium",
    "text.parse_math": False,
}

BOUNDED_STATUSES = ("operational", "inactive")

P = ParamSpec("P")


@dataclass(frozen=True)
class Drawing:
    """A figure with its content in words, for notebooks and for readers who cannot see it."""

    figure: Figure
    description: str

    def __repr__(self) -> str:
        """Return the content in words."""
        return self.description

    def _repr_png_(self) -> bytes:
        """Return the picture for notebooks."""
        return encode(self.figure, "png")


def encode(figure: Figure, file_format: str) -> bytes:
    """Return a figure as the bytes of an SVG or PNG file, the same bytes each time.

    They are kept with the figure: what a notebook shows it also saves.
    """
    kept = _encoded.setdefault(figure, {})
    if file_format not in kept:
        kept[file_format] = _encode(figure, file_format)
    return kept[file_format]


_encoded: WeakKeyDictionary[Figure, dict[str, bytes]] = WeakKeyDictionary()


def _encode(figure: Figure, file_format: str) -> bytes:
    """Draw a figure once; ``savefig`` would draw it twice, the first time for a layout that is settled."""
    stream = io.BytesIO()
    with mpl.rc_context(STYLE):
        figure.set_dpi(DPI)
        if file_format == "svg":
            FigureCanvasSVG(figure).print_svg(stream, metadata={"Date": None})  # type: ignore[no-untyped-call]
        else:
            FigureCanvasAgg(figure).print_png(stream, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return stream.getvalue()


def in_both_languages(
    draw: Callable[Concatenate[str, P], Drawing],
) -> Callable[Concatenate[Package, P], dict[str, Drawing]]:
    """Turn a function that draws in one language into one that returns the drawings in all, by language.

    Its first argument is then the package that the data are from; drawings of a made-up city are marked.
    """

    @wraps(draw)
    def draw_all(package: Package, /, *args: P.args, **kwargs: P.kwargs) -> dict[str, Drawing]:
        with mpl.rc_context(STYLE):
            drawings = {lang: draw(lang, *args, **kwargs) for lang in LANGUAGES}
            if package.is_synthetic:
                drawings = {lang: mark_synthetic(drawing, lang) for lang, drawing in drawings.items()}
            for drawing in drawings.values():
                _settle(drawing.figure)
        return drawings

    return draw_all


def mark_synthetic(drawing: Drawing, lang: str) -> Drawing:
    """Write into a figure, and into its content in words, that its data are made up."""
    words = text("synthetic.figure", lang)
    # At the left, which a phone shows first of a figure wider than its screen.
    drawing.figure.suptitle(words, x=0.005, ha="left", fontsize=8, fontweight="bold", color=HUB)
    return Drawing(drawing.figure, f"{words}. {drawing.description}")


@in_both_languages
def category_bars(lang: str, table: pd.DataFrame, attribute: str) -> Drawing:
    """Draw the counts of Table 4, 5 or 6 as bars with count and share.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns ``category`` and ``count``, last row ``total``.
    attribute : {"type", "ownership", "status"}
        What was counted by.

    Returns
    -------
    dict of str to Drawing
        The drawing by language.
    """
    total = int(table["count"].iloc[-1])
    parts = table[table["category"] != TOTAL]
    labels = [text(f"{attribute}.{code}", lang) for code in parts["category"]]
    figure, axes = canvas(0.25 * len(parts) + 0.6)
    sns.barplot(
        x=parts["count"].to_numpy(), y=labels, color=BAR, ax=axes, orient="h", width=0.68, saturation=1
    )
    written = [f"{integer(count, lang)} ({percent(share(count, total), lang)}%)" for count in parts["count"]]
    axes.bar_label(cast(BarContainer, axes.containers[0]), labels=written, padding=4)
    axes.set_xlim(0, max(1, parts["count"].max()) * 1.2)
    axes.set(xlabel=text("figure.applications", lang), ylabel="")
    axes.xaxis.set_major_locator(MaxNLocator("auto", steps=[1, 2, 2.5, 5, 10], integer=True))
    axes.xaxis.set_major_formatter(lambda value, _: integer(value, lang))
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
    words = "; ".join(f"{label}: {value}" for label, value in zip(labels, written, strict=True))
    return Drawing(figure, f"{text('figure.applications', lang)}. {words}.")


@in_both_languages
def bounds_intervals(lang: str, bounds: pd.DataFrame) -> Drawing:
    """Draw how many applications of a type or owner can be operational, and how many inactive.

    Parameters
    ----------
    bounds : pandas.DataFrame
        As `bounds.joint_bounds` returns them.

    Returns
    -------
    dict of str to Drawing
        The drawing by language.
    """
    shown = bounds[bounds["second"].isin(BOUNDED_STATUSES)].sort_values(
        "second", kind="stable", ascending=False
    )
    labels = [
        text(
            "figure.pair",
            lang,
            first=text(f"{row.first_attribute}.{row.first}", lang),
            second=text(f"word.status.{row.second}", lang),
        )
        for row in shown.itertuples()
    ]
    figure, axes = canvas(0.18 * len(shown) + 0.7)
    places = range(len(shown))
    colours = [BAR if second == BOUNDED_STATUSES[0] else HUB for second in shown["second"]]
    axes.hlines(places, shown["lower"], shown["upper"], color=colours, linewidth=5, capstyle="butt")
    axes.scatter([*shown["lower"], *shown["upper"]], [*places, *places], color=[*colours, *colours], s=18)
    written = [
        f"{integer(low, lang)}–{integer(high, lang)}"
        for low, high in zip(shown["lower"], shown["upper"], strict=True)
    ]
    for place, high, words in zip(places, shown["upper"], written, strict=True):
        axes.annotate(words, (high, place), (7, 0), textcoords="offset points", va="center", fontsize=8)
    axes.set_yticks(list(places), labels, fontsize=8)
    axes.set(xlabel=text("figure.applications", lang))
    axes.set_xlim(-0.02 * bounds["upper"].max(), 1.18 * shown["upper"].max())
    axes.invert_yaxis()
    axes.tick_params(left=False)
    words = "; ".join(f"{label}: {interval}" for label, interval in zip(labels, written, strict=True))
    return Drawing(figure, f"{text('figure.applications', lang)}. {words}.")


@in_both_languages
def evidence_heatmap(lang: str, matrix: pd.DataFrame, framework: pd.DataFrame) -> Drawing:
    """Draw how many pieces of evidence support, are mixed on, or hinder each aspect.

    Parameters
    ----------
    matrix : pandas.DataFrame
        Columns ``dimension``, ``aspect``, ``supports``, ``mixed``, ``hinders`` (records).
    framework : pandas.DataFrame
        Columns ``code``, ``label_id``, ``label_en``.

    Returns
    -------
    dict of str to Drawing
        The drawing by language.
    """
    labels = dict(zip(framework["code"], framework[f"label_{lang}"], strict=True))
    counts = matrix[list(POLARITIES)]
    figure, axes = canvas(0.28 * len(matrix) + 0.6)
    headings = [text(f"polarity.{code}", lang) for code in POLARITIES]
    sns.heatmap(
        counts.to_numpy(),
        ax=axes,
        annot=[[integer(n, lang) if n else "" for n in row] for row in counts.to_numpy()],
        fmt="",
        cmap="Blues",
        vmin=0,
        vmax=max(1, 1.3 * counts.to_numpy().max()),
        linewidths=1.5,
        linecolor="white",
        cbar=False,
        xticklabels=headings,
        yticklabels=[textwrap.fill(labels[code], 52) for code in matrix["aspect"]],
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.tick_params(axis="y", rotation=0, labelsize=8)
    boundaries = matrix.index[matrix["dimension"].ne(matrix["dimension"].shift())][1:]
    axes.hlines(boundaries, 0, len(POLARITIES), color=INK, linewidth=1)
    for dimension, rows in matrix.groupby("dimension", sort=False).groups.items():
        name, middle = textwrap.fill(labels[str(dimension)], 16), (rows[0] + rows[-1] + 1) / 2
        axes.text(len(POLARITIES) + 0.08, middle, name, rotation=270, va="center", ha="left", fontsize=8)
    lines = [
        f"{labels[aspect]}: "
        + ", ".join(f"{heading} {integer(n, lang)}" for heading, n in zip(headings, row, strict=True))
        for aspect, row in zip(matrix["aspect"], counts.to_numpy(), strict=True)
    ]
    return Drawing(figure, f"{text('figure.records', lang)}. " + "; ".join(lines) + ".")


def _settle(figure: Figure) -> None:
    """Lay the figure out once and for all: a second pass of the layout would move things slightly."""
    if engine := figure.get_layout_engine():
        engine.execute(figure)
    figure.set_layout_engine("none")


def canvas(height: float) -> tuple[Figure, Axes]:
    """Return an empty figure as wide as the text and `height` inches high, with its axes."""
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots()
