"""Figures of what an inventory shows, each drawn in both languages at once."""

import pandas as pd
import seaborn as sns
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from analysis.display.drawing import COUNT, INK, LETTER, RULE, SMALL, Medium, in_both_languages, reach
from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.tables.applications import TOTAL

MOST_BARS = 15
"""Agencies shown as bars; the others are mentioned in words."""
NAMES = 0.45
"""Share of the width that the agencies' names take at most; longer ones have several lines."""
THICK, LINE, PAD = 0.18, 0.145, 0.12
"""Inches: a bar, a line of a name, and the space between two rows."""
SHADES = LinearSegmentedColormap.from_list("counts", ["#ffffff", COUNT])


@in_both_languages
def cross_heatmap(medium: Medium, table: pd.DataFrame, first: str, second: str) -> tuple[Figure, str]:
    """Draw a cross-table (`insights.cross_table`) as a heat map of counts, one attribute down, one across."""
    lang = medium.lang
    counts = table[table["category"] != TOTAL].set_index("category").drop(columns=TOTAL)
    down = [text(f"{first}.{code}", lang) for code in counts.index]
    across = [text(f"{second}.{code}", lang) for code in counts.columns]
    figure, axes = medium.canvas(0.34 * len(down) + (1.0 if medium.is_narrow else 0.55))
    cells = counts.to_numpy()
    sns.heatmap(
        cells,
        ax=axes,
        annot=[[integer(n, lang) if n else "" for n in row] for row in cells],
        fmt="",
        annot_kws={"color": INK},
        cmap=SHADES,
        vmin=0,
        vmax=max(1, 1.6 * cells.max()),
        linewidths=1.5,
        linecolor="white",
        cbar=False,
        xticklabels=[medium.fill(label, medium.width * 0.13) for label in across],
        yticklabels=[medium.fill(label, medium.width * 0.25) for label in down],
    )
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.tick_params(axis="y", rotation=0)
    axes.tick_params(axis="x", labelsize=SMALL, rotation=90 if medium.is_narrow else 0)
    lines = [
        f"{label}: " + ", ".join(f"{head} {integer(n, lang)}" for head, n in zip(across, row, strict=True))
        for label, row in zip(down, cells, strict=True)
    ]
    return figure, f"{text('figure.applications', lang)}. " + "; ".join(lines) + "."


@in_both_languages
def stale_bars(medium: Medium, table: pd.DataFrame) -> tuple[Figure, str]:
    """Draw the agencies with the most stale data (`insights.stale_by_owner`), and how much each has."""
    lang = medium.lang
    found = table.iloc[:-1].query("stale > 0")
    shown, others = found.iloc[:MOST_BARS], found.iloc[MOST_BARS:]
    written = [
        text("insight.of", lang, n=integer(n, lang), all=integer(count, lang))
        for n, count in zip(shown["stale"], shown["applications"], strict=True)
    ]
    said = [f"{owner}: {words}" for owner, words in zip(shown["owner"], written, strict=True)]
    rest = []
    if len(others):
        left_out = {"agencies": integer(len(others), lang), "n": integer(others["stale"].sum(), lang)}
        rest = [text("insight.figure.others", lang, **left_out)]
    said = [*said, *rest] or [text("insight.figure.none", lang)]
    names = [medium.fill(owner, NAMES * medium.width, SMALL) for owner in shown["owner"]]
    heights = [PAD + max(THICK, LINE * (name.count("\n") + 1)) for name in names]
    figure, axes = medium.sheet(sum(heights) + 0.1 + (LINE * 2 if rest or not names else 0))
    left = max((reach(name, SMALL) for name in names), default=0.0) + 0.15
    room = medium.width - left - LETTER * SMALL * max(map(len, written), default=0) - 0.2
    top = 0.05
    for name, height, stale, words in zip(names, heights, shown["stale"], written, strict=True):
        y, length = top + height / 2, room * stale / shown["stale"].max()
        axes.text(left - 0.08, y, name, ha="right", va="center", fontsize=SMALL, linespacing=1.05)
        axes.barh(y, length, THICK, left, color=COUNT)
        axes.text(left + length + 0.07, y, words, va="center_baseline", fontsize=SMALL)
        top += height
    if names:
        axes.vlines(left, 0.05, top, color=RULE, linewidth=0.8)
    if rest or not names:
        axes.text(left, top + LINE, said[-1], va="center_baseline", fontsize=SMALL)
    return figure, f"{text('insight.figure.stale', lang)}. " + "; ".join(said) + "."
