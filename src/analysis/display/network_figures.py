"""The figure of the integrations: a graph, its components side by side."""

from __future__ import annotations

import math

import networkx as nx
import pandas as pd
from matplotlib.figure import Figure

from analysis.display.drawing import COUNT, INK, RULE, SMALL, Medium, in_both_languages, reach
from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.tables import integrations

LABEL_HEIGHT, LINE = 0.26, 0.14
"""Room for a label of one line above or below its application, and for each line more, in inches."""
LONGEST = 0.42
"""Part of the figure's width that a name may take before it is broken."""
PAIR = 0.24
"""Half the distance between two applications that are integrated only with each other, in inches."""
GAP = 0.2
CROWDED = 2
"""Partners from which on an application among them has its name at its right."""


@in_both_languages
def integration_graph(medium: Medium, table: pd.DataFrame) -> tuple[Figure, str]:
    """Draw the integrations of Table 7 as a graph, component by component; the hub, if any, in bold."""
    graph, groups = integrations.graph(table), integrations.components(table)
    hub, degree = integrations.hub(table) if integrations.has_hub(table) else ("", 0)
    names = {name: medium.fill(name, LONGEST * medium.width, SMALL) for name in graph}
    places, height = _arrange(graph, groups, names, medium.width)
    figure, axes = medium.sheet(height)
    for one, other in graph.edges:
        (x, y), (to_x, to_y) = places[one], places[other]
        axes.plot((x, to_x), (-y, -to_y), color=RULE, linewidth=0.9, zorder=1)
    for name, (x, y) in places.items():
        is_hub = name == hub
        axes.scatter(x, -y, s=26, color=INK if is_hub else COUNT, zorder=2)
        weight = "bold" if is_hub else "normal"
        across, down, side, upright = _beside(name, graph, places)
        axes.text(
            x + across,
            down - y,
            names[name],
            ha=side,
            va=upright,
            fontsize=SMALL,
            fontweight=weight,
            linespacing=1.0,
        )
    said = [text("figure.hub", medium.lang, name=hub, degree=integer(degree, medium.lang))] if degree else []
    listed = [
        text("figure.component", medium.lang, n=n, names=", ".join(sorted(names)))
        for n, names in enumerate(groups, start=1)
    ]
    return figure, "; ".join([*said, *listed]) + "."


def _beside(
    name: str, graph: nx.Graph[str], places: dict[str, tuple[float, float]]
) -> tuple[float, float, str, str]:
    """Return where a name stands beside its application, free of lines: shift across and down, alignments."""
    y = places[name][1]
    middle = sum(places[other][1] for other in graph[name]) / graph.degree(name)
    if graph.degree(name) > CROWDED and abs(y - middle) < LABEL_HEIGHT:
        return 0.1, 0.0, "left", "center_baseline"
    return (0.0, 0.08, "center", "top") if y < middle else (0.0, -0.08, "center", "bottom")


def _arrange(
    graph: nx.Graph[str], groups: list[set[str]], names: dict[str, str], wide: float
) -> tuple[dict[str, tuple[float, float]], float]:
    """Place the components in rows; return the places of all applications and the height, in inches."""
    places: dict[str, tuple[float, float]] = {}
    left, top, bottom = 0.0, 0.0, 0.0
    for group in groups:
        halves = {name: max(GAP, reach(names[name], SMALL) / 2) for name in group}
        shape = _fitting(_shape(graph, group), max(halves.values()), wide)
        label = LABEL_HEIGHT + LINE * max(names[name].count("\n") for name in group)
        high, low = (one(y for _, y in shape.values()) for one in (max, min))
        width = 2 * max(abs(x) + halves[name] for name, (x, _) in shape.items()) + GAP
        if left and left + width > wide:
            left, top = 0.0, bottom
        for name, (x, y) in shape.items():
            places[name] = (left + width / 2 + x, top - label - high + y)
        left, bottom = left + width, min(bottom, top - 2 * label - (high - low))
    return places, -bottom


def _fitting(
    shape: dict[str, tuple[float, float]], half: float, wide: float
) -> dict[str, tuple[float, float]]:
    """Make a component no wider than the figure; `half` of its widest name stands beyond its applications."""
    across = max(abs(x) for x, _ in shape.values())
    most = max(GAP, (wide - GAP) / 2 - half)
    if across <= most:
        return shape
    return {name: (x * most / across, y * min(2.0, across / most)) for name, (x, y) in shape.items()}


def _shape(graph: nx.Graph[str], group: set[str]) -> dict[str, tuple[float, float]]:
    """Place a component around its best connected application; a pair is stacked."""
    centre, *others = sorted(group, key=lambda name: (-graph.degree(name), name))
    if len(others) < 2:
        return {centre: (0.0, PAIR), **dict.fromkeys(others, (0.0, -PAIR))}
    radius = max(0.62, 0.13 * len(others))
    turn = 2 * math.pi / len(others)
    angles = [turn * n + math.pi / 4 for n in range(len(others))]
    around = [(1.4 * radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]
    return {centre: (0.0, 0.0), **dict(zip(others, around, strict=True))}
