"""Drawings are well-formed, say everything in words, and are the same every time."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import networkx as nx
import pytest

from analysis.chain.graph_layout import columns
from analysis.chain.graph_svg import LOOKS, Box, draw
from analysis.language.labels import LANGUAGES, text

SVG = "{http://www.w3.org/2000/svg}"
GATE = Box(["Check"], ["fine"], "fresh")


def drawn(states, names="abc", lang="en", more=""):
    """Draw a → b → c with the given states."""
    graph = nx.DiGraph()
    nx.add_path(graph, names)
    boxes = {
        name: Box([f"Box {name}"], [f"{name}.csv"], state, more)
        for name, state in zip(names, states, strict=True)
    }
    return draw(graph, columns(graph), boxes, GATE, ("The title", "A line."), lang)


def read(svg):
    return ET.fromstring(svg)  # noqa: S314 - our own


def words(svg):
    return [line.text for line in read(svg).iter(f"{SVG}text")]


def test_all_text_is_text():
    shown = words(drawn(["file", "fresh", "stale"]))
    assert {"The title", "A line.", "Check · fine", "Box a", "a.csv", "Box c"} <= set(shown)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_legend_explains_every_state_of_a_step_with_a_sign_and_a_word(lang):
    shown = words(drawn(["file", "fresh", "stale"], lang=lang))
    legend = [text(f"graph.{state}", lang) for state in ("fresh", "undecided", "stale")]
    assert set(legend) <= set(shown)
    assert len({sign for sign, *_ in legend}) == 3
    assert all(len(entry.split(" ", 1)[1]) > 3 for entry in legend)


def test_states_look_different_without_colour():
    looks = {state: (width, dashes) for state, (_, _, width, dashes) in LOOKS.items()}
    assert len({looks[state] for state in ("fresh", "undecided", "stale")}) == 3


def test_a_screen_reader_gets_title_and_content():
    root = read(drawn(["file", "fresh", "stale"]))
    assert root.get("role") == "img" and root.get("lang") == "en"
    described = {root.find(f"{SVG}*[@id='{name}']").text for name in root.get("aria-labelledby").split()}
    assert described == {
        "The title",
        "A line. Check, fine; Box a, a.csv; Box b, b.csv ← Box a; Box c, c.csv ← Box b.",
    }


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["file", "fresh", "fresh"], ["file", "file"]),
        (["changed", "stale", "undecided"], ["stale", "stale"]),
        (["file", "undecided", "undecided"], ["file", "undecided"]),
    ],
)
def test_arrows_show_what_they_come_from(states, expected):
    root = read(drawn(states))
    heads = [path.get("marker-end") for path in root.iter(f"{SVG}path") if path.get("marker-end")]
    assert sorted(heads) == sorted(f"url(#head-{state})" for state in expected)


def test_names_are_text_whatever_they_hold():
    hostile = "</text><script>alert(1)</script>&\"'"
    svg = drawn(["file", "fresh", "stale"], [hostile, "b", "c"], more=hostile)
    assert f"Box {hostile}" in words(svg)
    assert "<script" not in svg


def test_what_more_there_is_to_tell_is_shown_when_pointed_at():
    root = read(drawn(["file", "fresh", "stale"], more="the reason"))
    assert [title.text for title in root.findall(f".//{SVG}g/{SVG}title")] == ["the reason"] * 3


def test_the_same_drawing_has_the_same_bytes():
    assert drawn(["file", "fresh", "stale"]) == drawn(["file", "fresh", "stale"])
