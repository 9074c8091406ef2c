"""The figure of the integrations: a graph, its components side by side."""

from __future__ import annotations

import math

import networkx as nx
import pandas as pd

from analysis.display.figures import BAR, HUB, MUTED, PLATE, WIDTH, Drawing, canvas, in_both_languages
from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.tables import integrations

LETTER = 0.075
"""Width of a letter of a label, in inches, on average."""
LABEL_HEIGHT = 0.3
"""Room for a label above or below its application, in inches."""
PAIR = 0.3
"""Half the distance between two applications that are integrated only with each other, in inches."""
GAP = 0.2


@in_both_languages
def integration_graph(lang: str, table: pd.DataFrame) -> Drawing:
    """Draw the integrations of Table 7 as a graph, component by component, the hub marked if there is one.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns ``application`` and ``integrated_with``.

    Returns
    -------
    dict of str to Drawing
        The drawing by language.
    """
    graph, groups = integrations.graph(table), integrations.components(table)
    hub, degree = integrations.hub(table) if integrations.has_hub(table) else ("", 0)
    places, height = _arrange(graph, groups)
    figure, axes = canvas(height + 0.4)
    nx.draw_networkx_edges(graph, places, ax=axes, edge_color=MUTED, width=1.4)
    colours = [HUB if name == hub else BAR for name in graph]
    nx.draw_networkx_nodes(graph, places, ax=axes, node_color=colours, node_size=110)
    for name, (x, y) in places.items():
        middle = sum(places[other][1] for other in graph[name]) / graph.degree(name)
        side = "top" if y < middle else "bottom"
        shift = (0, 8 if side == "bottom" else -8)
        axes.annotate(
            name, (x, y), shift, textcoords="offset points", ha="center", va=side, bbox=PLATE, fontsize=8
        )
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(-height, 0)
    axes.set_axis_off()
    said = [text("figure.hub", lang, name=hub, degree=integer(degree, lang))] if degree else []
    axes.set_title("".join(said), loc="left", fontsize=9, color=HUB)
    listed = [
        text("figure.component", lang, n=n, names=", ".join(sorted(names)))
        for n, names in enumerate(groups, start=1)
    ]
    return Drawing(figure, "; ".join([*said, *listed]) + ".")


def _arrange(graph: nx.Graph[str], groups: list[set[str]]) -> tuple[dict[str, tuple[float, float]], float]:
    """Place the components in rows; return the places of all applications and the height, in inches."""
    places: dict[str, tuple[float, float]] = {}
    left, top, bottom = 0.0, 0.0, 0.0
    for group in groups:
        shape = _shape(graph, group)
        radius = max(y for _, y in shape.values())
        width = 2 * max(abs(x) + max(GAP, LETTER * len(name) / 2) for name, (x, _) in shape.items()) + GAP
        if left and left + width > WIDTH:
            left, top = 0.0, bottom
        for name, (x, y) in shape.items():
            places[name] = (left + width / 2 + x, top - LABEL_HEIGHT - radius + y)
        left, bottom = left + width, min(bottom, top - 2 * (radius + LABEL_HEIGHT))
    return places, -bottom


def _shape(graph: nx.Graph[str], group: set[str]) -> dict[str, tuple[float, float]]:
    """Place a component around its best connected application; a pair is stacked."""
    centre, *others = sorted(group, key=lambda name: (-graph.degree(name), name))
    if len(others) < 2:
        return {centre: (0.0, PAIR), **dict.fromkeys(others, (0.0, -PAIR))}
    radius = max(0.9, 0.13 * len(others))
    turn = 2 * math.pi / len(others)
    angles = [turn * n + math.pi / 4 for n in range(len(others))]
    around = [(1.4 * radius * math.cos(angle), radius * math.sin(angle)) for angle in angles]
    return {centre: (0.0, 0.0), **dict(zip(others, around, strict=True))}
