"""Lay out a graph without cycles in columns from left to right, so that nothing overlaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

import networkx as nx

SLOT = 14.0
"""Height kept free for an arrow that passes through a column."""
GAP = 14.0
"""Height between the boxes of a column."""

Stop = tuple[str, int]
"""A box, by its name and column; or, with a column before, where the arrows to that box pass through."""


@dataclass(frozen=True)
class Place:
    """A rectangle: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width


@dataclass(frozen=True)
class Arrow:
    """A piece of an arrow, from one column to the next.

    Parameters
    ----------
    start, end : Place
        The boxes, or the places kept free, that it connects.
    sources : frozenset of str
        The boxes that it comes from: arrows to the same box run together.
    has_head : bool
        Whether it ends at a box.
    """

    start: Place
    end: Place
    sources: frozenset[str]
    has_head: bool


@dataclass(frozen=True)
class Layout:
    """Where everything is drawn: boxes by name, arrows, and the size of it all."""

    boxes: dict[str, Place]
    arrows: list[Arrow]
    width: float
    height: float


def columns(graph: nx.DiGraph[str], late: frozenset[str] = frozenset()) -> dict[str, int]:
    """Number the column of every node: after all that it follows from; `late` ones just before their use."""
    found = {name: number for number, names in enumerate(nx.topological_generations(graph)) for name in names}
    return found | {name: min(found[after] for after in graph.successors(name)) - 1 for name in late}


def arrange(
    graph: nx.DiGraph[str],
    column: Mapping[str, int],
    sizes: Mapping[str, tuple[float, float]],
    aisles: Sequence[float],
) -> Layout:
    """Place boxes in their columns.

    Parameters
    ----------
    graph : networkx.DiGraph
        Its edges become arrows. In the column after the first, boxes keep the order of its nodes; in the
        others they stand near those that they are connected with.
    column : mapping of str to int
        The column of every node; none from 0 to the last is empty.
    sizes : mapping of str to tuple of float
        Width and height of every box; all boxes of a column get the width of the widest.
    aisles : sequence of float
        Width of the room after each column.
    """
    pieces = _pieces(graph, column)
    boxes = [(name, column[name]) for name in graph]
    passages = {stop for piece in pieces for stop in piece}.difference(boxes)
    stops = boxes + sorted(passages, key=lambda stop: (column[stop[0]], stop))
    members = [[stop for stop in stops if stop[1] == n] for n in range(max(column.values()) + 1)]
    widths = [max(sizes[name][0] for name, n in boxes if n == number) for number in range(len(members))]
    lefts = [sum(widths[:n]) + sum(aisles[:n]) for n in range(len(members))]
    heights = {(name, n): sizes[name][1] if n == column[name] else SLOT for name, n in stops}
    tops = _tops(members, heights, list(pieces))
    places = {stop: Place(lefts[stop[1]], tops[stop], widths[stop[1]], heights[stop]) for stop in stops}
    return Layout(
        {name: places[name, column[name]] for name in graph},
        [Arrow(places[a], places[b], frozenset(from_), b in boxes) for (a, b), from_ in pieces.items()],
        lefts[-1] + widths[-1],
        max(place.y + place.height for place in places.values()),
    )


def _pieces(graph: nx.DiGraph[str], column: Mapping[str, int]) -> dict[tuple[Stop, Stop], set[str]]:
    """Return the pieces that arrows are made of, with the nodes that each comes from."""
    found: dict[tuple[Stop, Stop], set[str]] = defaultdict(set)
    for source, reader in graph.edges:
        between = range(column[source] + 1, column[reader] + 1)
        for piece in pairwise([(source, column[source]), *((reader, number) for number in between)]):
            found[piece].add(source)
    return found


def _tops(
    members: list[list[Stop]], heights: Mapping[Stop, float], pieces: list[tuple[Stop, Stop]]
) -> dict[Stop, float]:
    """Return the upper edge of everything: the column after the first is filled evenly, then the others."""
    needed = [sum(heights[stop] + GAP for stop in stops) - GAP for stops in members]
    room = max(needed)
    begin = min(1, len(members) - 1)
    spare = (room - needed[begin]) / len(members[begin])
    tops: dict[Stop, float] = {}
    top = spare / 2
    for stop in members[begin]:
        tops[stop] = top
        top += heights[stop] + GAP + spare
    for number in (n for n in range(len(members)) if n != begin):
        near: dict[Stop, list[float]] = defaultdict(list)
        for ends in pieces:
            stop, other = ends if number == 0 else ends[::-1]
            if stop[1] == number and other in tops:
                near[stop].append(tops[other] + heights[other] / 2)
        wanted = {stop: fmean(near[stop]) if near[stop] else room for stop in members[number]}
        tops |= _stack(sorted(members[number], key=wanted.__getitem__), heights, wanted, room)
    return tops


def _stack(
    stops: list[Stop], heights: Mapping[Stop, float], wanted: Mapping[Stop, float], room: float
) -> dict[Stop, float]:
    """Place the members of a column in order, each with its middle near to where it is wanted."""
    tops: dict[Stop, float] = {}
    bottom = 0.0
    for stop in stops:
        tops[stop] = max(bottom, wanted[stop] - heights[stop] / 2)
        bottom = tops[stop] + heights[stop] + GAP
    shift = fmean(wanted[stop] - tops[stop] - heights[stop] / 2 for stop in stops)
    shift = max(shift, -min(tops.values()))
    limit = room
    for stop in reversed(stops):
        tops[stop] = min(tops[stop] + shift, limit - heights[stop])
        limit = tops[stop] - GAP
    return tops
