"""The figure of a capacity: what is at hand beside what its takers were promised, read in two ways."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.display.drawing import AGAINST, COUNT, GROUND, INK, SMALL, Drawing, Medium, in_both_languages
from analysis.language.formats import Result, display, integer
from analysis.language.labels import text
from analysis.raw_data.raw import Package

LEFT, THICK, LINE = 0.04, 0.22, 0.17
"""Inches: where bars begin, their thickness, a line of text."""
SHADES = (COUNT, "#8ba0b2", "#b3c1cd", "#d3dbe2")


def of_city(package: Package) -> dict[str, Drawing]:
    """Draw the capacity that a city's descriptor speaks of, from its metrics; nothing where there is none."""
    named = package.descriptor["city"].get("capacity")
    if not named:
        return {}
    metrics = package["metrics"].set_index("metric")
    return capacity_bars(
        package, metrics.loc[named["parts"]], metrics.loc[named["takers"]], metrics.loc[named["each"]]
    )


@in_both_languages
def capacity_bars(
    medium: Medium, parts: pd.DataFrame, takers: pd.Series, each: pd.Series
) -> tuple[Figure, str]:
    """Draw a capacity beside what it has to serve: what each taker gets is guaranteed, or it is a limit.

    Parameters
    ----------
    parts : pandas.DataFrame
        Metrics that make up the capacity at hand: ``value``, ``unit``, ``label_id``, ``label_en``.
    takers, each : pandas.Series
        Metrics that say how many share it, and what each of them gets.
    """
    lang, unit = medium.lang, str(each["unit"])
    amounts = [float(value) for value in parts["value"]]
    at_hand, asked = sum(amounts), float(takers["value"]) * float(each["value"])
    served = min(int(at_hand // float(each["value"])), int(takers["value"]))

    def written(value: float) -> str:
        return f"{display(Result(value, unit), lang)} {unit}"

    numbers = {
        "at_hand": written(at_hand),
        "asked": written(asked),
        "gap": written(abs(asked - at_hand)),
        "takers": integer(float(takers["value"]), lang),
        "taking": str(takers[f"label_{lang}"]),
        "each": written(float(each["value"])),
        "served": integer(served, lang),
        "parts": "; ".join(
            f"{name} {written(n)}" for name, n in zip(parts[f"label_{lang}"], amounts, strict=True)
        ),
    }
    guaranteed = "short" if asked > at_hand else "enough"
    labels = [text(f"figure.capacity.{key}", lang, **numbers) for key in ("at_hand", guaranteed, "limit")]
    scale = (medium.width - 0.08) / max(at_hand, asked)
    wrapped = [medium.fill(label, medium.width - 0.1) for label in labels]
    tops, top = [], 0.0
    for label in wrapped:
        top += 0.02 + LINE * (label.count("\n") + 1) + 0.05
        tops.append(top)
        top += THICK + 0.16
    figure, axes = medium.sheet(top)
    for label, y in zip(wrapped, tops, strict=True):
        axes.text(LEFT, y - 0.05, label, va="bottom", linespacing=1.15)
    fits, gap = min(asked, at_hand) * scale, max(0.0, asked - at_hand) * scale
    left = LEFT
    for n, amount in enumerate(amounts):
        _part(axes, left, tops[0], amount * scale, SHADES[n % len(SHADES)], written(amount))
        left += amount * scale
    _part(axes, LEFT, tops[1], fits, COUNT)
    _part(axes, LEFT + fits, tops[1], gap, AGAINST, numbers["gap"])
    _part(axes, LEFT, tops[2], fits, COUNT, is_open=True)
    _part(axes, LEFT + fits, tops[2], gap, AGAINST, is_open=True)
    for y in tops:
        place = LEFT + at_hand * scale
        axes.vlines(place, y - 0.04, y + THICK + 0.04, color=INK, linewidth=1.2)
    return figure, " ".join([text("figure.capacity", lang), *(f"{label}." for label in labels)])


def _part(
    axes: Axes, left: float, top: float, long: float, colour: str, words: str = "", *, is_open: bool = False
) -> None:
    """Draw a part of a bar with its amount; one that may or may not be used is hatched."""
    if not long:
        return
    face, hatch = (GROUND, "////") if is_open else (colour, None)
    y = top + THICK / 2
    axes.barh(y, long, THICK, left, facecolor=face, edgecolor=colour, hatch=hatch, linewidth=0.8)
    ink = GROUND if colour == COUNT else INK
    axes.text(left + long / 2, y, words, ha="center", va="center", fontsize=SMALL, color=ink)
