"""The figure of the audit: how the statements of a source come out, by the section that makes them."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.display.drawing import (
    AGAINST,
    FOR,
    GROUND,
    INK,
    LETTER,
    NEITHER,
    RULE,
    SMALL,
    Medium,
    bar_part,
    in_both_languages,
)
from analysis.display.places import place
from analysis.language.formats import integer
from analysis.language.labels import text

OUTCOMES = ("reproduced", "inconsistent", "ambiguous", "undecided")
"""How a statement comes out, in the order of a bar."""
FILL = {
    "reproduced": (FOR, "white", ""),
    "inconsistent": (AGAINST, INK, ""),
    "ambiguous": (NEITHER, INK, ""),
    "undecided": (GROUND, INK, "////"),
}
NUMBERED = ("table", "figure")
"""What the audit counts like a section."""
ROW, THICK, LEGEND = 0.31, 0.21, 0.22
"""Inches: one bar to the next, thickness of a bar, a line of the legend."""
LONGEST = 2.1
"""Inches that names of sections take at most."""


@in_both_languages
def section_verdicts(medium: Medium, sections: pd.DataFrame) -> tuple[Figure, str]:
    """Draw how the statements of each section (`sections.by_section`) come out, a bar a section."""
    lang = medium.lang
    words = {name: text(f"figure.outcome.{name}", lang) for name in OUTCOMES}
    rows = [(_named(str(row["section"]), lang), row) for row in sections.to_dict(orient="records")]
    if not rows:
        return medium.nothing(text("figure.sections_none", lang))
    limit = LONGEST if not medium.is_narrow else 1.2
    names = [medium.fill(name, limit, SMALL) for name, _ in rows]
    left = min(limit, LETTER * SMALL * max(len(line) for name in names for line in name.split("\n"))) + 0.15
    most = max(sum(int(row[name]) for name in OUTCOMES) for _, row in rows)
    scale = (medium.width - left - 0.4) / max(1, most)
    lines = _legend_lines(words, medium)
    body = LEGEND * (max(lines.values())[0] + 1) + 0.08
    figure, axes = medium.sheet(body + ROW * len(rows))
    for name, (line, x) in lines.items():
        (colour, _, hatch), y = FILL[name], LEGEND * (line + 0.5)
        axes.barh(y, 0.2, 0.12, x, color=colour, edgecolor=RULE, hatch=hatch, linewidth=0.6)
        axes.text(x + 0.27, y, words[name], va="center_baseline", fontsize=SMALL)
    said = []
    for n, (name, (full, row)) in enumerate(zip(names, rows, strict=True)):
        y = body + ROW * (n + 0.5)
        axes.text(left - 0.1, y, name, ha="right", va="center", fontsize=SMALL, linespacing=1.0)
        _bar(axes, {outcome: int(row[outcome]) for outcome in OUTCOMES}, left, y, scale, lang)
        counts = ", ".join(f"{words[outcome]} {integer(row[outcome], lang)}" for outcome in OUTCOMES)
        said.append(f"{full}: {counts}")
    axes.vlines(left, body, body + ROW * len(rows), color=RULE, linewidth=0.8)
    return figure, f"{text('figure.sections', lang)}. {'; '.join(said)}."


def _named(section: str, lang: str) -> str:
    return text(f"figure.section.{section}", lang) if section in NUMBERED else place(section, lang)


def _legend_lines(words: Mapping[str, str], medium: Medium) -> dict[str, tuple[int, float]]:
    """Return the line and the left edge of each outcome in the legend."""
    places, line, x = {}, 0, 0.02
    for name, said in words.items():
        needed = 0.28 + LETTER * SMALL * len(said) + 0.18
        if x > 0.02 and x + needed > medium.width:
            line, x = line + 1, 0.02
        places[name] = (line, x)
        x += needed
    return places


def _bar(axes: Axes, counts: Mapping[str, int], left: float, y: float, scale: float, lang: str) -> None:
    for outcome, count in counts.items():
        bar_part(axes, left, y, (scale * count, THICK), integer(count, lang), FILL[outcome])
        left += scale * count
    total = integer(sum(counts.values()), lang)
    axes.text(left + 0.06, y, total, va="center", fontsize=SMALL, fontweight="bold")
