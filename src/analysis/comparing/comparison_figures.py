"""Figures of a comparison: one bar per category and city, on a common scale, with its value beside it."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.comparing.compared import Names
from analysis.comparing.comparison import GROUPS, found
from analysis.comparing.comparison_tables import ABSENT, dimension, heading, label, name_and_mark
from analysis.display.drawing import COUNT, INK, TRACK, WIDTH, Drawing, own_settings
from analysis.language.formats import Result, display
from analysis.language.labels import LANGUAGES, text
from analysis.tables.applications import CATEGORIES

MARGIN, NAMES, GAP = 0.06, 1.25, 0.14
"""Inches: left margin, room for the names of the cities, gap between two panels."""
LINE, HEAD, SPACE = 0.15, 0.22, 0.2
"""Inches for a line of text, for the heading of a band, and below a band."""
VALUE = 0.45
"""Inches for the value that stands right of a bar."""
THICK, BETWEEN = 0.14, 0.06
"""Inches: thickness of a bar, gap between two cities."""
EDGE, POINTS = 0.9, 72
"""Points: thickness of an edge, and points in an inch."""
HATCH = "/////"
CITY_LETTERS, PANEL_LETTERS, LEGEND_LETTERS = 16, 14, 52
SMALL = 8
SIDE_BY_SIDE = 2
"""Panels in a row on a narrow screen."""


@dataclass(frozen=True)
class Band:
    """A row of panels: its heading, if any, and the measure of each panel by its title."""

    heading: str
    panels: Mapping[str, str]

    @property
    def head(self) -> float:
        """Inches above the panels."""
        return (HEAD if self.heading else 0) + LINE * max(len(_wrapped(title)) for title in self.panels)

    def split(self, most: int) -> list["Band"]:
        """Return rows of so many panels at most, of which the first has the heading."""
        panels = list(self.panels.items())
        starts = range(0, len(panels), most)
        return [Band("" if n else self.heading, dict(panels[n : n + most])) for n in starts]


def draw(table: pd.DataFrame, names: Names) -> dict[str, dict[str, Drawing]]:
    """Draw the ``shares`` of each city, and the ``balances`` of evidence and findings, by language."""
    return {name: {lang: drawn(table, names, lang) for lang in LANGUAGES} for name, drawn in FIGURES.items()}


def _shares(table: pd.DataFrame, names: Names, lang: str) -> Drawing:
    """Draw shares by type, ownership and status, the share integrated, and the share reproduced."""
    bands = [
        Band(heading(group, lang), {label(measure, names, lang): measure for measure in GROUPS[group]})
        for group in CATEGORIES
    ]
    rates = {text(f"compare.rate.{group}", lang): f"{group}.share" for group in ("integrations", "checks")}
    bands.append(Band(text("compare.rates", lang), rates))
    return Chart(bands, found(table), names, lang, (0.0, 1.0)).drawn(text("compare.scale.share", lang))


def _balances(table: pd.DataFrame, names: Names, lang: str) -> Drawing:
    bands = []
    for group in ("evidence", "findings"):
        measures = [measure for measure in GROUPS[group] if measure.endswith(".balance")]
        panels = {dimension(measure, names, lang): measure for measure in measures}
        bands.append(Band(text(f"compare.balance_of.{group}", lang), panels))
    return Chart(bands, found(table), names, lang, (-1.0, 1.0)).drawn(text("compare.scale.balance", lang))


FIGURES = {"shares": _shares, "balances": _balances}


@dataclass(frozen=True)
class Chart:
    """Bands of panels below each other, with a bar for each city on one scale."""

    bands: Sequence[Band]
    values: Mapping[tuple[str, str], Result]
    names: Names
    lang: str
    scale: tuple[float, float]

    def drawn(self, legend: str) -> Drawing:
        """Return the drawing for a page and for a narrow screen."""
        rows = [row for band in self.bands for row in band.split(SIDE_BY_SIDE)]
        narrow = replace(self, bands=rows), textwrap.fill(legend, LEGEND_LETTERS)

        def draw(width: float) -> tuple[Figure, str]:
            chart, words = (self, legend) if width == WIDTH else narrow
            return chart._figure(words, width), self._in_words()

        return Drawing(draw)

    def _figure(self, legend: str, across: float) -> Figure:
        """Draw a figure so many inches wide; all of its panels are equally wide."""
        if self.names.synthetic:
            legend = f"{legend}\n{text('compare.scale.synthetic', self.lang)}"
        labels = [_city(title) for title in self.names.cities[self.lang].values()]
        rows = [LINE * len(lines) + BETWEEN for lines in labels]
        heights = [band.head + sum(rows) + SPACE for band in self.bands]
        full = sum(heights) + LINE * (legend.count("\n") + 1.4)
        wide = (across - NAMES) / max(len(band.panels) for band in self.bands)
        with own_settings():
            figure = Figure(figsize=(across, full))
            figure.text(MARGIN / across, 0.4 * LINE / full, legend, fontsize=SMALL, va="bottom")
            top = full
            for band, height in zip(self.bands, heights, strict=True):
                figure.text(MARGIN / across, (top - 0.04) / full, band.heading, fontweight="bold", va="top")
                bottom, high = (top - height + SPACE) / full, sum(rows) / full
                for n, (title, measure) in enumerate(band.panels.items()):
                    left, width = (NAMES + n * wide) / across, (wide - GAP) / across
                    axes = figure.add_axes((left, bottom, width, high))
                    places = self._panel(axes, measure, rows, across)
                    axes.set_title("\n".join(_wrapped(title)), loc="left", fontsize=SMALL, pad=2)
                    if n == 0:
                        axes.set_yticks(places, ["\n".join(lines) for lines in labels])
                top -= height
        return figure

    def _panel(self, axes: Axes, measure: str, rows: Sequence[float], across: float) -> list[float]:
        """Draw one measure: the whole scale, a bar a city (hollow where made up), and the value written.

        The figure is so many inches `across`, and the vertical axis counts inches; returns the places of the
        cities on it.
        """
        low, high = self.scale
        width = axes.get_position().width * across
        right = low + (high - low) * width / (width - VALUE)
        places = [end - row / 2 for end, row in zip(accumulate(rows), rows, strict=True)]
        for place, city in zip(places, self.names.cities[self.lang], strict=True):
            result = self.values.get((measure, city))
            axes.text(right, place, self._written(measure, city), ha="right", va="center", fontsize=SMALL)
            if result is None:
                continue
            axes.barh(place, high - low, THICK, low, color=TRACK)
            length = min(float(result.value), high)
            if city in self.names.synthetic:
                # The edge lies inside and thins out with the bar, so that it does not fill a short one.
                edge = min(EDGE, abs(length) * POINTS * width / (right - low) / 4)
                axes.barh(place, length, THICK, color="white", edgecolor=COUNT, linewidth=edge)
                axes.barh(place, length, THICK, fill=False, edgecolor=COUNT, linewidth=0, hatch=HATCH)
            else:
                axes.barh(place, length, THICK, color=COUNT, edgecolor=COUNT, linewidth=EDGE)
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.set_xlim(low, right)
        axes.set_ylim(sum(rows), 0)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.tick_params(left=False, labelsize=SMALL)
        axes.spines[:].set_visible(False)
        return places

    def _written(self, measure: str, city: str) -> str:
        result = self.values.get((measure, city))
        return ABSENT if result is None else display(result, self.lang)

    def _in_words(self) -> str:
        """Return every value of the figure in words."""
        sentences = []
        for band in self.bands:
            parts = [
                f"{title}: "
                + ", ".join(
                    f"{name} {self._written(measure, city)}"
                    for city, name in self.names.cities[self.lang].items()
                )
                for title, measure in band.panels.items()
            ]
            sentences.append(f"{band.heading}. {'; '.join(parts)}.")
        return " ".join(sentences)


def _wrapped(title: str) -> list[str]:
    return textwrap.wrap(title, PANEL_LETTERS)


def _city(title: str) -> list[str]:
    """Break a city's name into lines; a mark in brackets begins a new one."""
    return [line for part in name_and_mark(title) for line in textwrap.wrap(part, CITY_LETTERS)]
