"""Boxes in columns with arrows between: states are told by sign, word and outline, not by colour alone."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from statistics import fmean
from typing import Any

import networkx as nx
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnnotationBbox, TextArea, VPacker
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.path import Path as Curve
from matplotlib.transforms import Bbox

from analysis.display.drawing import COUNT, own_settings

EDGE, HEAD, FOOT = 0.25, 0.75, 0.7
"""Margin of the drawing, and the room above and below the graph, in inches."""
DPI = 720
"""At which text is measured: so fine that it has no need of whole pixels, as in an SVG file."""
AISLE, LANE, GAP = 0.5, 0.03, 0.16
"""Width between columns, and more for every arrow there; the least height between boxes; in inches."""
TYPE = {"svg.fonttype": "none", "font.family": "DejaVu Sans", "font.size": 9}
"""Text that is text needs a font that readers have."""
PAD = 0.5 * 9 / 72
"""Margin around the text of a box, in inches."""
GREY, AMBER, RED = "#66717d", "#8a5a00", "#b23a22"
LOOKS: dict[str, dict[str, Any]] = {
    "fresh": {"facecolor": "#eaf1f6", "edgecolor": COUNT, "linewidth": 0.9, "linestyle": "-"},
    "undecided": {"facecolor": "#fff4d6", "edgecolor": AMBER, "linewidth": 1.4, "linestyle": "--"},
    "stale": {"facecolor": "#fbe6e1", "edgecolor": RED, "linewidth": 2.4, "linestyle": "-"},
    "file": {"facecolor": "white", "edgecolor": GREY, "linewidth": 0.9, "linestyle": "-"},
    "changed": {"facecolor": "#fbe6e1", "edgecolor": RED, "linewidth": 2.4, "linestyle": "-"},
}
"""How a box looks by its state."""
FILES = ("file", "changed")
ARROWS = {"file": GREY, "undecided": AMBER, "stale": RED}
"""Colours of arrows by the state of what they come from; the later ones lie above the others."""

LINK = re.compile(rb'<a (xlink:href="[^"]*") target="_blank"')
Stop = str | tuple[str, int]
"""A box by its name; or a passage, where arrows to a box go through a column, by that box and the column."""


@dataclass(frozen=True)
class Box:
    """A step or file: title, lines below, state (one of `LOOKS`), that in words, address that it leads to."""

    title: str
    lines: str
    state: str
    words: str = ""
    link: str = ""

    def __str__(self) -> str:
        """Return all of its text in one line."""
        return ", ".join(" ".join(part.split()) for part in (self.title, self.lines, self.words) if part)


def flowchart(
    graph: nx.DiGraph[str],
    boxes: Mapping[str, Box],
    heading: tuple[str, str],
    states: Mapping[str, str],
    note: str,
) -> bytes:
    """Draw a graph without cycles from left to right, as SVG whose text is text; the same bytes each time.

    Parameters
    ----------
    graph : networkx.DiGraph
        Its edges become arrows; the attribute ``column`` of a node says where it stands. In the column after
        the first, boxes keep the order of the nodes; in the others they stand near what they come from.
    heading : tuple of str
        Title, and a line below it.
    states : mapping of str to str
        What the legend says of each state.
    """
    with own_settings(TYPE):
        figure = Figure(dpi=DPI)
        renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        drawn = {name: _draw_box(axes, boxes[name]) for name in graph}
        pieces = _pieces(graph)
        places = _arrange(pieces, {name: _size(box, renderer) for name, box in drawn.items()})
        width = max(place.x1 for place in places.values()) + EDGE
        height = max(place.y1 for place in places.values()) + FOOT
        figure.set_size_inches(width, height)
        axes.set(xlim=(0, width), ylim=(height, 0))
        for number, (name, box) in enumerate(drawn.items()):
            box.patch.set_gid(f"box-{number}")
            box.patch.set_url(boxes[name].link or None)
            box.xy = box.xybox = places[name].x0 + PAD, (places[name].y0 + places[name].y1) / 2
        for start, end, piece in pieces.edges(data=True):
            state = _state(boxes[name] for name in piece["sources"])
            _draw_arrow(axes, places[start], places[end], state, is_last=isinstance(end, str))
        _draw_words(axes, height, heading, states, note)
        metadata = {"Title": heading[0], "Description": f"{heading[1]} {_described(graph, boxes)}"}
        stream = io.BytesIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, **metadata})
        return _named(stream.getvalue(), [boxes[name] for name in drawn])


def _named(svg: bytes, boxes: Iterable[Box]) -> bytes:
    """Say of each link what it is: its text is drawn apart from it."""
    names = iter(escape(str(box)).encode() for box in boxes if box.link)
    return LINK.sub(lambda match: b'<a role="link" aria-label="%b" %b' % (next(names), match[1]), svg)


def _size(box: AnnotationBbox, renderer: RendererAgg) -> tuple[float, float]:
    box.update_positions(renderer)
    extent = box.patch.get_window_extent(renderer)
    return extent.width / DPI, extent.height / DPI


def _described(graph: nx.DiGraph[str], boxes: Mapping[str, Box]) -> str:
    """Say what the drawing shows: every box with what it reads."""
    lines = []
    for name in graph:
        before = ", ".join(" ".join(boxes[source].title.split()) for source in graph.predecessors(name))
        lines.append(f"{boxes[name]} ← {before}" if before else str(boxes[name]))
    return "; ".join(lines) + "."


def _pieces(graph: nx.DiGraph[str]) -> nx.DiGraph[Stop]:
    """Return boxes and passages, with edges from one column to the next and what each edge comes from."""
    column: dict[str, int] = nx.get_node_attributes(graph, "column")
    found: nx.DiGraph[Stop] = nx.DiGraph()
    found.add_nodes_from(graph.nodes(data=True))
    for source, reader in graph.edges:
        passages: list[Stop] = [(reader, number) for number in range(column[source] + 1, column[reader])]
        found.add_nodes_from((stop, {"column": stop[1]}) for stop in passages)
        for start, end in pairwise((source, *passages, reader)):
            found.add_edge(start, end)
            found.edges[start, end].setdefault("sources", set()).add(source)
    return found


def _arrange(pieces: nx.DiGraph[Stop], sizes: Mapping[str, tuple[float, float]]) -> dict[Stop, Bbox]:
    """Return the place of every box and passage; each column is filled evenly, from top to bottom."""
    columns: dict[int, list[Stop]] = defaultdict(list)
    for stop, place in pieces.nodes(data=True):
        columns[place["column"]].append(stop)
    room = max(map(len, columns.values())) * (max(height for _, height in sizes.values()) + GAP)
    middles: dict[Stop, float] = {}
    # The second column keeps its order; the first, and then those after it, follow it.
    for number in sorted(columns, key=lambda number: (number != 1, number)):
        stops = sorted(columns[number], key=lambda stop: _wanted(pieces, stop, middles))
        middles |= {stop: HEAD + room * (n + 0.5) / len(stops) for n, stop in enumerate(stops)}
    found: dict[Stop, Bbox] = {}
    left = EDGE
    for _, stops in sorted(columns.items()):
        width = max(sizes[stop][0] for stop in stops if isinstance(stop, str))
        for stop in stops:
            own, height = sizes[stop] if isinstance(stop, str) else (width, 0)
            found[stop] = Bbox.from_bounds(left, middles[stop] - height / 2, own, height)
        left += width + AISLE + LANE * sum(pieces.out_degree(stop) for stop in stops)
    return found


def _wanted(pieces: nx.DiGraph[Stop], stop: Stop, middles: Mapping[Stop, float]) -> float:
    """Return the mean height of what a stop is connected with, as far as that has its place."""
    near = [middles[other] for other in nx.all_neighbors(pieces, stop) if other in middles]
    return fmean(near) if near else 0.0


def _draw_box(axes: Axes, box: Box) -> AnnotationBbox:
    """Draw a box around its text, not yet in its place."""
    colour = LOOKS[box.state]["edgecolor"]
    parts: list[Artist] = [
        TextArea(box.title, textprops={"fontweight": "bold"}),
        *([TextArea(box.lines)] if box.lines else []),
        *([TextArea(box.words, textprops={"color": colour, "fontweight": "bold"})] if box.words else []),
    ]
    style = "square,pad=0.5" if box.state in FILES else "round,pad=0.5,rounding_size=0.5"
    packed = VPacker(children=parts, pad=0, sep=3)
    outline = {"boxstyle": style, **LOOKS[box.state]}
    drawn = AnnotationBbox(packed, (0, 0), box_alignment=(0, 0.5), bboxprops=outline)
    axes.add_artist(drawn)
    return drawn


def _draw_arrow(axes: Axes, start: Bbox, end: Bbox, state: str, *, is_last: bool) -> None:
    """Draw a piece of an arrow as a curve that begins and ends level and goes straight through a column."""
    (x, y), (far, to) = (start.x1, (start.y0 + start.y1) / 2), (end.x0, (end.y0 + end.y1) / 2)
    points = [(x, y), ((x + far) / 2, y), ((x + far) / 2, to), (far, to)]
    codes = [Curve.MOVETO, Curve.CURVE4, Curve.CURVE4, Curve.CURVE4]
    if not is_last:
        points, codes = [*points, (end.x1, to)], [*codes, Curve.LINETO]
    arrow = FancyArrowPatch(
        path=Curve(points, codes),
        arrowstyle="-|>" if is_last else "-",
        mutation_scale=11,
        color=ARROWS[state],
        linewidth=1.1,
        zorder=1 + list(ARROWS).index(state) / 10,
    )
    axes.add_patch(arrow)


def _state(sources: Iterable[Box]) -> str:
    """Return the state of an arrow: that of the most changed of what it comes from."""
    states = {box.state for box in sources}
    if states & {"stale", "changed"}:
        return "stale"
    return "undecided" if "undecided" in states else "file"


def _draw_words(
    axes: Axes, height: float, heading: tuple[str, str], states: Mapping[str, str], note: str
) -> None:
    axes.text(EDGE, 0.3, heading[0], fontsize=13, fontweight="bold", va="center")
    axes.text(EDGE, 0.55, heading[1], va="center")
    axes.legend(
        handles=[Patch(label=words, **LOOKS[state]) for state, words in states.items()],
        loc="center left",
        bbox_to_anchor=(EDGE, height - 0.45),
        bbox_transform=axes.transData,
        ncols=len(states),
        frameon=False,
        borderpad=0,
        borderaxespad=0,
    )
    axes.text(EDGE, height - 0.2, note, va="center")
