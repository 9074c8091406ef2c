"""The page on the architecture knows every room, by list and by picture."""

import re
import runpy
import tomllib

import networkx as nx
from conftest import ROOT

PAGE = (ROOT / "docs/architecture.md").read_text("utf-8")
LISTED = dict(re.findall(r"^- \[`(\w+)`\]\(.*?\): (.*)$", PAGE, re.MULTILINE))
ROOMS = {path.parent.name: path.read_text("utf-8") for path in (ROOT / "src/analysis").glob("*/__init__.py")}
DRAWING = runpy.run_path(str(ROOT / "docs/images/rooms.py"))


def test_every_room_is_listed_with_what_its_package_says():
    assert {room: said.splitlines()[0].strip('"') for room, said in ROOMS.items()} == LISTED


def test_the_rooms_are_listed_in_the_order_of_the_contract_on_imports():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    depths = {room: n for n, layer in enumerate(reversed(layers)) for room in layer.split(" | ")}
    assert sorted(LISTED, key=depths.__getitem__) == list(LISTED)


def test_every_room_says_what_comes_in_and_what_goes_out():
    for room, said in ROOMS.items():
        assert re.search(r"^In: .+ Out: .+\.$", said, re.MULTILINE), room


def test_the_picture_shows_every_room():
    drawn = (ROOT / "docs/images/rooms.svg").read_text("utf-8")
    assert set(re.findall(r"<text[^>]*>(\w+)</text>", drawn)) == {*ROOMS, "cli"}


def test_the_drawing_leaves_out_what_follows_and_is_the_same_each_time():
    chain = nx.DiGraph([("raw", "tables"), ("tables", "papers")])
    shortcut = nx.DiGraph([*chain.edges, ("raw", "papers")])
    assert DRAWING["draw"](shortcut) == DRAWING["draw"](chain)
    assert DRAWING["draw"](chain) != DRAWING["draw"](nx.DiGraph([("raw", "tables"), ("raw", "papers")]))
