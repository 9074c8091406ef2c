"""Whatever the graph, nothing overlaps, and every arrow arrives."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.chain.graph_layout import GAP, SLOT, Arrow, Place, arrange, columns


@st.composite
def graphs(draw):
    """Graphs without cycles, with the sizes of their boxes."""
    names = [f"n{number}" for number in range(draw(st.integers(1, 9)))]
    pairs = [(a, b) for n, a in enumerate(names) for b in names[n + 1 :]]
    graph = nx.DiGraph()
    graph.add_nodes_from(draw(st.permutations(names)))
    graph.add_edges_from(draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else [])
    length = st.integers(10, 200)
    return graph, {name: (float(draw(length)), float(draw(length))) for name in names}


def laid_out(graph, sizes):
    column = columns(graph)
    return column, arrange(graph, column, sizes, [40.0] * (max(column.values()) + 1))


def places(layout):
    """Return every rectangle that something is drawn in: boxes, and where arrows pass."""
    ends = {end for arrow in layout.arrows for end in (arrow.start, arrow.end)}
    return list(ends | set(layout.boxes.values()))


@given(graphs())
def test_nothing_overlaps_or_leaves_the_drawing(case):
    _, layout = laid_out(*case)
    found = places(layout)
    for n, one in enumerate(found):
        assert one.x >= 0 and one.right <= layout.width + 1e-6
        assert one.y >= -1e-6 and one.y + one.height <= layout.height + 1e-6
        for other in found[n + 1 :]:
            above, below = sorted((one, other), key=lambda place: place.y)
            beside = one.right < other.x or other.right < one.x
            assert beside or below.y - (above.y + above.height) >= GAP - 1e-6


@given(graphs())
def test_arrows_lead_to_the_right_from_every_source_to_its_reader(case):
    graph, _ = case
    column, layout = laid_out(*case)
    assert all(column[source] < column[reader] for source, reader in graph.edges)
    assert all(arrow.start.right < arrow.end.x for arrow in layout.arrows)
    for source, reader in graph.edges:
        ways = nx.Graph((arrow.start, arrow.end) for arrow in layout.arrows if source in arrow.sources)
        assert nx.has_path(ways, layout.boxes[source], layout.boxes[reader])
    for reader in graph:
        heads = [arrow for arrow in layout.arrows if arrow.has_head and arrow.end == layout.boxes[reader]]
        assert {source for arrow in heads for source in arrow.sources} == set(graph.predecessors(reader))


@given(graphs())
def test_the_order_in_which_arrows_are_given_makes_no_difference(case):
    graph, sizes = case
    other = nx.DiGraph()
    other.add_nodes_from(graph)
    other.add_edges_from(sorted(graph.edges, reverse=True))
    boxes = [laid_out(each, sizes)[1].boxes for each in (graph, other)]
    for name, place in boxes[0].items():
        assert place.y == pytest.approx(boxes[1][name].y)


def test_arrows_to_the_same_box_run_together():
    graph = nx.DiGraph([("a", "m"), ("m", "z"), ("a2", "z"), ("a3", "z")])
    _, layout = laid_out(graph, dict.fromkeys(graph, (50.0, 20.0)))
    passing = [arrow for arrow in layout.arrows if arrow.start.height == SLOT]
    assert [arrow.sources for arrow in passing] == [{"a2", "a3"}]
    assert passing[0] == Arrow(passing[0].start, layout.boxes["z"], passing[0].sources, True)


def test_late_boxes_stand_just_before_their_reader():
    graph = nx.DiGraph([("a", "b"), ("b", "c"), ("source", "c")])
    assert columns(graph)["source"] == 0
    assert columns(graph, frozenset({"source"}))["source"] == 1


def test_one_box_alone_is_a_drawing_of_its_size():
    graph = nx.DiGraph()
    graph.add_node("a")
    _, layout = laid_out(graph, {"a": (50.0, 20.0)})
    assert layout.boxes == {"a": Place(0, 0, 50, 20)}
    assert (layout.width, layout.height) == (50, 20)
