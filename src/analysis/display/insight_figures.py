"""Figures of what an inventory shows, each drawn in both languages at once."""

from __future__ import annotations

import textwrap
from typing import cast

import pandas as pd
import seaborn as sns
from matplotlib.container import BarContainer
from matplotlib.ticker import MaxNLocator

from analysis.display.figures import HUB, Drawing, canvas, in_both_languages
from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.tables.applications import TOTAL

MOST_BARS = 15
"""Agencies shown as bars; the others are mentioned in words."""
LONGEST = 48
"""Characters of an agency's name beside its bar."""


@in_both_languages
def cross_heatmap(lang: str, table: pd.DataFrame, first: str, second: str) -> Drawing:
    """Draw a cross-table as a heat map of counts.

    Parameters
    ----------
    table : pandas.DataFrame
        As `insights.cross_table` returns it.
    first, second : {"type", "ownership", "status"}
        Down and across.

    Returns
    -------
    dict of str to Drawing
        The drawing by language.
    """
    counts = table[table["category"] != TOTAL].set_index("category").drop(columns=TOTAL)
    down = [text(f"{first}.{code}", lang) for code in counts.index]
    across = [text(f"{second}.{code}", lang) for code in counts.columns]
    figure, axes = canvas(0.36 * len(down) + 0.8)
    cells = counts.to_numpy()
    sns.heatmap(
        cells,
        ax=axes,
        annot=[[integer(n, lang) if n else "" for n in row] for row in cells],
        fmt="",
        cmap="Blues",
        vmin=0,
        vmax=max(1, 1.3 * cells.max()),
        linewidths=1.5,
        linecolor="white",
        cbar=False,
        xticklabels=[textwrap.fill(label, 14) for label in across],
        yticklabels=down,
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.tick_params(axis="y", rotation=0)
    lines = [
        f"{label}: " + ", ".join(f"{head} {integer(n, lang)}" for head, n in zip(across, row, strict=True))
        for label, row in zip(down, cells, strict=True)
    ]
    return Drawing(figure, f"{text('figure.applications', lang)}. " + "; ".join(lines) + ".")


@in_both_languages
def stale_bars(lang: str, table: pd.DataFrame) -> Drawing:
    """Draw how many applications of each agency have stale data, the agencies with the most.

    Parameters
    ----------
    table : pandas.DataFrame
        As `insights.stale_by_owner` returns it.

    Returns
    -------
    dict of str to Drawing
        The drawing by language.
    """
    found = table.iloc[:-1].query("stale > 0")
    shown, others = found.iloc[:MOST_BARS], found.iloc[MOST_BARS:]
    written = [
        text("insight.of", lang, n=integer(n, lang), all=integer(count, lang))
        for n, count in zip(shown["stale"], shown["applications"], strict=True)
    ]
    figure, axes = canvas(0.25 * max(1, len(shown)) + 0.75)
    labels = [owner if len(owner) <= LONGEST else f"{owner[: LONGEST - 1]}…" for owner in shown["owner"]]
    axes.barh(range(len(shown)), shown["stale"], color=HUB, height=0.68)
    axes.bar_label(cast(BarContainer, axes.containers[0]), labels=written, padding=4)
    axes.set_yticks(range(len(shown)), labels)
    axes.set_xlim(0, max(1, shown["stale"].max() if len(shown) else 1) * 1.25)
    axes.xaxis.set_major_locator(MaxNLocator("auto", steps=[1, 2, 2.5, 5, 10], integer=True))
    axes.xaxis.set_major_formatter(lambda value, _: integer(value, lang))
    axes.invert_yaxis()
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
    words = [f"{owner}: {said}" for owner, said in zip(shown["owner"], written, strict=True)]
    axis = text("insight.figure.stale", lang)
    if len(others):
        left_out = {"agencies": integer(len(others), lang), "n": integer(others["stale"].sum(), lang)}
        words.append(text("insight.figure.others", lang, **left_out))
        axis = f"{axis}\n({words[-1]})"
    axes.set(xlabel=axis)
    words = words or [text("insight.figure.none", lang)]
    return Drawing(figure, f"{text('insight.figure.stale', lang)}. " + "; ".join(words) + ".")
