"""The figure of the conclusion: what each dimension scores, how firmly, and what that makes of it."""

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.display.display_table import code_labels
from analysis.display.drawing import AGAINST, FAINT, FOR, GROUND, INK, RULE, SMALL, Medium, in_both_languages
from analysis.language.formats import Result, display, integer
from analysis.language.labels import text

OVERALL = "overall"
RELATIVE = "lowest_"
"""How the name of a rule begins that only says which score is the lowest."""
ROW, HEADING, SCALE = 0.4, 0.3, 0.26
"""Inches: a row, the heading of a panel, and the numbers of the scale below it."""
LABELS, EDGE = 1.45, 0.24
"""Inches: room for what is judged, and between the ends of a scale and the edge of its panel."""
DOT, TRIANGLE = 42, 22
"""Areas of marks, in square points."""
PLATE = {"facecolor": GROUND, "edgecolor": "none", "pad": 0.6}
LEGEND = ("short", "not_short", "turns", "lowest", "range")
LEGEND_LINE = 0.19


@in_both_languages
def score_ranges(medium: Medium, steps: pd.DataFrame, framework: pd.DataFrame) -> tuple[Figure, str]:
    """Draw each score with the range that it has when one thing is coded one step differently.

    A panel holds the scores of one way of scoring. The colour tells whether a dimension falls short (its
    score is below zero; the whole: not above), a hollow mark that coding one step differently turns that, and
    a triangle which dimension has the lowest score.

    Parameters
    ----------
    steps : pandas.DataFrame
        The rows of `sensitivity.sensitivity` that move a coding by one step, one per judgement.
    framework : pandas.DataFrame
        Names the dimensions: columns ``code``, ``label_id``, ``label_en``.
    """
    words = described(medium.lang, steps, framework)
    if steps.empty:
        return medium.nothing(words)
    labels = _labels(framework, medium.lang)
    scored = steps["rule"].str.removeprefix(RELATIVE)  # alike, whatever is asked of the scores
    panels = {str(name): steps[scored == name] for name in dict.fromkeys(scored)}
    rows = max(part["judged"].nunique() for part in panels.values())
    high = HEADING + ROW * rows + SCALE
    across = 1 if medium.is_narrow else len(panels)
    legend = [text(f"figure.score.{name}", medium.lang) for name in LEGEND]
    body = high * (len(panels) if medium.is_narrow else 1)
    per_line = 1 if medium.is_narrow else 2
    figure, axes = medium.sheet(body + LEGEND_LINE * (-(-len(legend) // per_line)) + 0.12)
    wide = (medium.width - LABELS) / across
    for n, (name, part) in enumerate(panels.items()):
        left, top = LABELS + wide * (n if across > 1 else 0), high * (0 if across > 1 else n)
        heading = text(f"figure.score.of.{name}", medium.lang)
        middle = (left + wide / 2, top + HEADING / 2)
        axes.text(*middle, heading, ha="center", va="center_baseline", fontweight="bold")
        _panel(axes, part, (left + EDGE, wide - 2 * EDGE), top + HEADING, medium.lang)
        if n == 0 or across == 1:
            for row, judged in enumerate(dict.fromkeys(part["judged"])):
                label = medium.fill(labels[judged], LABELS - 0.1)
                y = top + HEADING + ROW * (row + 0.62)
                axes.text(LABELS - 0.08, y, label, ha="right", va="center", linespacing=1.05)
    _legend(axes, legend, body + 0.1, medium, per_line)
    return figure, words


def _panel(axes: Axes, part: pd.DataFrame, place: tuple[float, float], top: float, lang: str) -> None:
    """Draw the scores of one way of scoring, what is judged in rows, on a scale from -1 to 1."""
    left, wide = place
    judged = list(dict.fromkeys(part["judged"]))
    bottom = top + ROW * len(judged)

    def across(score: float) -> float:
        return left + wide * (score + 1) / 2

    axes.hlines(bottom, left, left + wide, color=RULE, linewidth=0.8)
    axes.vlines(across(0), top + 0.08, bottom, color=RULE, linewidth=0.8, zorder=0)
    for score in (-1, 0, 1):
        axes.vlines(across(score), bottom, bottom + 0.04, color=RULE, linewidth=0.8)
        look: dict[str, Any] = {"ha": "center", "va": "center_baseline", "fontsize": SMALL, "color": FAINT}
        axes.text(across(score), bottom + 0.13, integer(score, lang).replace("-", "−"), **look)
    for row in part.to_dict(orient="records"):
        y, x = top + ROW * (judged.index(row["judged"]) + 0.62), across(row["score"])
        is_whole = row["judged"] == OVERALL
        if str(row["rule"]).startswith(RELATIVE):
            if row["verdict"]:
                look = {"marker": "^", "s": TRIANGLE, "linewidth": 1, "zorder": 4}
                axes.scatter(x, y + 0.12, color="white" if row["turned"] else INK, edgecolor=INK, **look)
            continue
        colour = AGAINST if bool(row["verdict"]) != is_whole else FOR
        axes.hlines(y, across(row["low"]), across(row["high"]), color=colour, linewidth=3, alpha=0.55)
        look = {"marker": "D" if is_whole else "o", "s": DOT, "linewidth": 1.6, "zorder": 3}
        axes.scatter(x, y, color="white" if row["turned"] else colour, edgecolor=colour, **look)
        look = {"ha": "center", "va": "baseline", "fontsize": SMALL, "bbox": PLATE}
        axes.text(x, y - 0.1, display(Result(row["score"], "score"), lang), **look)


def _legend(axes: Axes, words: list[str], top: float, medium: Medium, per_line: int) -> None:
    for n, (name, said) in enumerate(zip(LEGEND, words, strict=True)):
        x = 0.14 + (medium.width / per_line) * (n % per_line)
        y = top + LEGEND_LINE * (n // per_line + 0.5)
        if name == "range":
            axes.hlines(y, x - 0.1, x + 0.1, color=FAINT, linewidth=3, alpha=0.55)
        elif name == "lowest":
            axes.scatter(x, y, marker="^", s=TRIANGLE, color=INK)
        else:
            colour = {"short": AGAINST, "not_short": FOR}.get(name, FAINT)
            face = "white" if name == "turns" else colour
            axes.scatter(x, y, s=DOT * 0.8, color=face, edgecolor=colour, linewidth=1.6)
        axes.text(x + 0.16, y, said, va="center_baseline", fontsize=SMALL)


def described(lang: str, steps: pd.DataFrame, framework: pd.DataFrame) -> str:
    """Return what `score_ranges` draws in words."""
    labels = _labels(framework, lang)
    said = []
    for row in steps.to_dict(orient="records"):
        judged, is_whole = str(row["judged"]), row["judged"] == OVERALL
        verdict = "short" if bool(row["verdict"]) != is_whole else "not_short"
        low, score, high = (display(Result(row[key], "score"), lang) for key in ("low", "score", "high"))
        tie = f", {text('sensitivity.tie', lang)}" if row["is_tie"] else ""
        turned = text("ledger.of", lang, n=integer(row["turned"], lang), all=integer(row["tried"], lang))
        words = {"verdict": text(f"figure.score.word.{verdict}", lang), "turned": turned, "tie": tie}
        words |= {"rule": text(f"ledger.rule.{row['rule']}", lang), "judged": labels[judged]}
        said.append(text("figure.score.row", lang, score=score, low=low, high=high, **words))
    heading = text("figure.score" if said else "figure.sensitivity_none", lang)
    return ". ".join(filter(None, (heading, "; ".join(said)))) + "."


def _labels(framework: pd.DataFrame, lang: str) -> dict[str, str]:
    return code_labels(framework, lang) | {OVERALL: text("sensitivity.overall", lang)}
