"""Figures of the conclusion, each drawn in both languages at once."""

from __future__ import annotations

import textwrap
from math import sqrt

import pandas as pd
from matplotlib.patches import Rectangle

from analysis.display.figures import INK, MUTED, Drawing, canvas, in_both_languages
from analysis.language.formats import integer
from analysis.language.labels import text

DARKEST = 0.6
"""How dark a cell is in which every way turns the judgement, so that its words can still be read."""
HATCH = "//"
WIDE = 16


@in_both_languages
def sensitivity_cells(lang: str, steps: pd.DataFrame, framework: pd.DataFrame) -> Drawing:
    """Draw in how many ways of coding that differ by one step each judgement turns.

    Parameters
    ----------
    steps : pandas.DataFrame
        Columns ``rule``, ``judged``, ``is_tie``, ``turned``, ``tried``, one row per judgement.
    framework : pandas.DataFrame
        Columns ``code``, ``label_id``, ``label_en``.

    Returns
    -------
    dict of str to Drawing
        The drawing by language.
    """
    rules, judged = list(dict.fromkeys(steps["rule"])), list(dict.fromkeys(steps["judged"]))
    figure, axes = canvas(0.4 * max(1, len(rules)) + 0.8)
    for row in steps.to_dict(orient="records"):
        x, y = judged.index(row["judged"]), rules.index(row["rule"])
        shade = str(1 - DARKEST * sqrt(row["turned"] / row["tried"]))
        hatch = HATCH if row["is_tie"] else None
        cell = Rectangle((x + 0.03, y + 0.06), 0.94, 0.88, facecolor=shade, edgecolor=MUTED, hatch=hatch)
        axes.add_patch(cell)
        axes.text(
            x + 0.5,
            y + 0.5,
            _of(row["turned"], row["tried"], lang),
            ha="center",
            va="center",
            fontweight="bold" if row["turned"] else "normal",
            bbox={"facecolor": shade, "edgecolor": "none", "pad": 2},
        )
    labels = _labels(framework, lang)
    names = [textwrap.fill(labels[one], WIDE) for one in judged]
    axes.set(xlim=(0, max(1, len(judged))), ylim=(max(1, len(rules)), 0))
    axes.set_xticks([n + 0.5 for n in range(len(judged))], names)
    axes.set_yticks([n + 0.5 for n in range(len(rules))], [text(f"ledger.rule.{one}", lang) for one in rules])
    axes.xaxis.tick_top()
    axes.tick_params(length=0, colors=INK)
    axes.spines[:].set_visible(False)
    return Drawing(figure, described(lang, steps, framework))


def described(lang: str, steps: pd.DataFrame, framework: pd.DataFrame) -> str:
    """Return what `sensitivity_cells` draws in words."""
    labels = _labels(framework, lang)
    said = []
    for row in steps.to_dict(orient="records"):
        rule, words = text(f"ledger.rule.{row['rule']}", lang), _of(row["turned"], row["tried"], lang)
        tie = f" ({text('sensitivity.tie', lang)})" if row["is_tie"] else ""
        said.append(f"{rule}, {labels[row['judged']]}: {words}{tie}")
    heading = text("figure.sensitivity" if said else "figure.sensitivity_none", lang)
    return ". ".join(filter(None, (heading, "; ".join(said)))) + "."


def _labels(framework: pd.DataFrame, lang: str) -> dict[str, str]:
    codes = zip(framework["code"], framework[f"label_{lang}"], strict=True)
    return dict(codes) | {"overall": text("sensitivity.overall", lang)}


def _of(turned: int, tried: int, lang: str) -> str:
    return text("ledger.of", lang, n=integer(turned, lang), all=integer(tried, lang))
