"""Drawn boxes and arrows: that they fit and do not overlap, what they say, and the same bytes each time."""

from itertools import pairwise
from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from analysis.display import flowchart
from analysis.display.flowchart import ARROWS, LOOKS, Box

SVG = "{http://www.w3.org/2000/svg}"
WORDS = {state: f"sign of {state}" for state in ("fresh", "undecided", "stale", "file")}


def a_graph(*edges):
    graph = nx.DiGraph(edges)
    for number, names in enumerate(nx.topological_generations(graph)):
        for name in names:
            graph.nodes[name]["column"] = number
    return graph


def drawn(graph, states, title="Box"):
    boxes = {
        name: Box(f"{title} {name}", f"{name}.csv", state, f"{name}: {state}")
        for name, state in zip(graph, states, strict=True)
    }
    return flowchart.flowchart(graph, boxes, ("The title", "A line."), WORDS, "The note.")


def texts(svg):
    return [element.text for element in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314 - our own


CHAIN = a_graph(*pairwise("abc"))


def test_every_box_says_its_title_its_lines_and_its_state_and_the_legend_every_state():
    shown = texts(drawn(CHAIN, ["file", "fresh", "stale"]))
    for name, state in zip("abc", ("file", "fresh", "stale"), strict=True):
        assert {f"Box {name}", f"{name}.csv", f"{name}: {state}"} <= set(shown)
    assert {"The title", "A line.", "The note.", *WORDS.values()} <= set(shown)


def test_the_drawing_is_described_in_words():
    root = ET.fromstring(drawn(CHAIN, ["file", "fresh", "stale"]))  # noqa: S314
    assert root.find(f"{SVG}title").text == "The title"
    (described,) = root.iter("{http://purl.org/dc/elements/1.1/}description")
    assert described.text == (
        "A line. Box a, a.csv, a: file; Box b, b.csv, b: fresh ← Box a; Box c, c.csv, c: stale ← Box b."
    )


def test_a_box_that_leads_somewhere_is_one_link_that_says_what_it_is():
    boxes = {"a": Box('A "b"', "a.csv", "file", link="raw/a.html"), "b": Box("B", "", "fresh")}
    svg = flowchart.flowchart(a_graph(("a", "b")), boxes, ("", ""), WORDS, "")
    (link,) = ET.fromstring(svg).iter(f"{SVG}a")  # noqa: S314 - our own
    assert link.attrib == {
        "{http://www.w3.org/1999/xlink}href": "raw/a.html",
        "role": "link",
        "aria-label": 'A "b", a.csv',
    }


def test_the_same_drawing_has_the_same_bytes():
    assert drawn(CHAIN, ["file", "fresh", "stale"]) == drawn(CHAIN, ["file", "fresh", "stale"])


def test_names_are_text_whatever_they_hold():
    hostile = "</text><script>alert(1)</script>&$x_1$"
    svg = drawn(CHAIN, ["file", "fresh", "stale"], hostile)
    assert f"{hostile} a" in texts(svg)
    assert b"<script" not in svg


def test_states_differ_in_more_than_their_colour():
    steps = [LOOKS[state] for state in ("fresh", "undecided", "stale")]
    assert len({(look["linewidth"], look["linestyle"]) for look in steps}) == 3
    assert LOOKS["file"]["linewidth"] != LOOKS["changed"]["linewidth"]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["file", "fresh", "fresh"], ["file", "file"]),
        (["changed", "stale", "undecided"], ["stale", "stale"]),
        (["file", "undecided", "undecided"], ["file", "undecided"]),
    ],
)
def test_arrows_show_what_they_come_from(monkeypatch, states, expected):
    got = []
    true = flowchart._draw_arrow
    monkeypatch.setattr(
        flowchart, "_draw_arrow", lambda *args, **kwargs: (got.append(args[3]), true(*args, **kwargs))
    )
    svg = drawn(CHAIN, states)
    assert got == expected
    assert all(ARROWS[state].encode() in svg for state in expected)


def test_an_arrow_over_several_columns_passes_each_of_them_beside_its_boxes():
    graph = a_graph(*pairwise("abcd"), ("a", "d"))
    pieces = flowchart._pieces(graph)
    assert list(nx.all_simple_paths(pieces, "a", "d")) == [
        ["a", "b", "c", "d"],
        ["a", ("d", 1), ("d", 2), "d"],
    ]
    assert pieces.edges["a", ("d", 1)]["sources"] == {"a"}


@pytest.mark.parametrize(
    "edges",
    [
        [*pairwise("abcd"), ("a", "d")],
        [(source, reader) for source in "abcdefgh" for reader in ("x", "y", "z")],
        [*((source, "x") for source in "abc"), ("x", "y"), ("a", "y")],
    ],
)
def test_no_two_places_overlap_and_arrows_point_to_the_right(edges):
    graph = a_graph(*edges)
    pieces = flowchart._pieces(graph)
    places = flowchart._arrange(pieces, {name: (1 + n / 10, 0.5 + n / 10) for n, name in enumerate(graph)})
    assert set(places) == set(pieces)
    for one in places:
        for other in places:
            assert one == other or not places[one].overlaps(places[other])
    assert all(places[start].x1 < places[end].x0 for start, end in pieces.edges)
