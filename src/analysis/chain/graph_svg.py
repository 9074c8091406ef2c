"""Draw boxes and arrows as SVG: text stays text, states are told by sign and word and not by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import networkx as nx

from analysis.chain.graph_layout import Arrow, Place, arrange
from analysis.language.labels import text

LINE, PAD = 17.0, 8.0
"""Height of a line of text, and margin around the text of a box, in pixels."""
LETTER, BOLD = 7.3, 8.7
"""Width of a letter of plain text and of a title, in pixels: of a wide typeface, on average."""
AISLE, GATE, FOLD = 40.0, 34.0, 9.0
"""Width between columns, of the gate that all arrows from the first column pass, and of a file's dog-ear."""
EDGE, HEAD, FOOT = 24.0, 72.0, 72.0
"""Margin of the drawing, and the room above and below the graph."""
INK, PAPER = "#1f2933", "#ffffff"
LOOKS = {
    "fresh": ("#eaf1f6", "#33658a", "1.2", ""),
    "undecided": ("#fff4d6", "#8a5a00", "2", "6 3"),
    "stale": ("#fbe6e1", "#b23a22", "2.6", ""),
    "file": ("#ffffff", "#66717d", "1.2", ""),
    "changed": ("#fbe6e1", "#b23a22", "2.6", ""),
}
"""Fill, line, width and dashes of a box by its state."""
FILES = ("file", "changed")
HEADS = ("file", "undecided", "stale")
"""Looks of arrows; the later ones are drawn above the others."""
STYLE = "font-family: 'DejaVu Sans', Verdana, 'Noto Sans', sans-serif; font-size: 12px"


@dataclass(frozen=True)
class Box:
    """A step or file: lines of its name, lines below, its state (one of `LOOKS`), and what more to tell."""

    title: list[str]
    lines: list[str]
    state: str
    more: str = ""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height that its text needs."""
        widths = [*(BOLD * len(line) for line in self.title), *(LETTER * len(line) for line in self.lines)]
        return max(widths) + 2 * PAD, LINE * len(widths) + 2 * PAD

    @property
    def words(self) -> str:
        """All of its text."""
        return ", ".join([" ".join(self.title), *self.lines])


def draw(
    graph: nx.DiGraph[str],
    column: Mapping[str, int],
    boxes: Mapping[str, Box],
    gate: Box,
    heading: tuple[str, str],
    lang: str,
) -> str:
    """Draw a graph.

    Parameters
    ----------
    graph, column
        As for `graph_layout.arrange`.
    boxes : mapping of str to Box
        What stands in the box of every node.
    gate : Box
        What every arrow from the first column passes through.
    heading : tuple of str
        Title, and a line below it.
    lang : {"id", "en"}
        Language of the legend.

    Returns
    -------
    str
        An SVG file: the same for the same arguments.
    """
    aisles = [AISLE / 2 + GATE + 1.8 * AISLE, *([AISLE] * max(column.values()))]
    layout = arrange(graph, column, {name: boxes[name].size for name in graph}, aisles)
    width, height = layout.width + 2 * EDGE, layout.height + HEAD + FOOT
    root = _root(width, height, heading, _described(graph, boxes, gate), lang)
    ET.SubElement(root, "rect", width=_px(width), height=_px(height), fill=PAPER)
    _write(root, EDGE, 30, heading[0], size="17px", weight="bold")
    _write(root, EDGE, 52, heading[1])
    inner = ET.SubElement(root, "g", transform=f"translate({_px(EDGE)} {_px(HEAD)})")
    through = min(place.right for name, place in layout.boxes.items() if column[name] == 0) + AISLE / 2
    for arrow in sorted(layout.arrows, key=lambda arrow: HEADS.index(_state(arrow, boxes))):
        _draw_arrow(inner, arrow, _state(arrow, boxes), through + GATE)
    _draw_gate(inner, Place(through, 0, GATE, layout.height), gate)
    for name, place in layout.boxes.items():
        _draw_box(inner, place, boxes[name])
    _draw_legend(root, height - FOOT + 26, lang)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _root(width: float, height: float, heading: tuple[str, str], description: str, lang: str) -> ET.Element:
    root = ET.Element(
        "svg",
        xmlns="http://www.w3.org/2000/svg",
        width=_px(width),
        height=_px(height),
        viewBox=f"0 0 {_px(width)} {_px(height)}",
        role="img",
        style=STYLE,
    )
    root.attrib |= {"aria-labelledby": "title desc", "lang": lang}
    ET.SubElement(root, "title", id="title").text = heading[0]
    ET.SubElement(root, "desc", id="desc").text = f"{heading[1]} {description}"
    definitions = ET.SubElement(root, "defs")
    for state in HEADS:
        head = ET.SubElement(definitions, "marker", id=f"head-{state}", viewBox="0 0 8 8", refX="7", refY="4")
        head.attrib |= {"markerWidth": "8", "markerHeight": "8", "markerUnits": "userSpaceOnUse"}
        head.set("orient", "auto")
        ET.SubElement(head, "path", d="M0 0L8 4L0 8Z", fill=LOOKS[state][1])
    return root


def _described(graph: nx.DiGraph[str], boxes: Mapping[str, Box], gate: Box) -> str:
    """Say what the drawing shows: every box with what it reads."""
    lines = [gate.words]
    for name in graph:
        before = ", ".join(" ".join(boxes[source].title) for source in graph.predecessors(name))
        lines.append(boxes[name].words + (f" ← {before}" if before else ""))
    return "; ".join(lines) + "."


def _state(arrow: Arrow, boxes: Mapping[str, Box]) -> str:
    """Return the look of an arrow: that of the most changed of what it comes from."""
    states = {boxes[name].state for name in arrow.sources}
    if states & {"stale", "changed"}:
        return "stale"
    return "undecided" if "undecided" in states else "file"


def _draw_arrow(parent: ET.Element, arrow: Arrow, state: str, after_gate: float) -> None:
    """Draw a piece of an arrow as a curve that begins and ends level; the gate it passes straight."""
    begin = after_gate if arrow.start.x == 0 else arrow.start.right
    bend = (arrow.end.x - begin) / 2
    points = [
        f"M{_px(arrow.start.right)} {_px(arrow.start.middle)}H{_px(begin)}",
        f"C{_px(begin + bend)} {_px(arrow.start.middle)} {_px(arrow.end.x - bend)} {_px(arrow.end.middle)}",
        f"{_px(arrow.end.x)} {_px(arrow.end.middle)}",
    ]
    path = ET.SubElement(parent, "path", d=" ".join(points), fill="none")
    _look(path, state)
    path.set("stroke-width", "1.4")
    if arrow.has_head:
        path.set("marker-end", f"url(#head-{state})")
    else:
        path.set("d", f"{path.get('d')}H{_px(arrow.end.right)}")


def _draw_gate(parent: ET.Element, place: Place, gate: Box) -> None:
    group = _group(parent, gate)
    shape = ET.SubElement(group, "rect", x=_px(place.x), y="0", width=_px(place.width), rx="4")
    shape.set("height", _px(place.height))
    _look(shape, gate.state)
    x, y = place.x + place.width / 2, place.middle
    words = _write(
        group, x, y, " · ".join([" ".join(gate.title), *gate.lines]), weight="bold", fill=_ink(gate)
    )
    words.attrib |= {"text-anchor": "middle", "dominant-baseline": "central"}
    words.set("transform", f"rotate(-90 {_px(x)} {_px(y)})")


def _draw_box(parent: ET.Element, place: Place, box: Box) -> None:
    group = _group(parent, box)
    left, top, right, bottom = place.x, place.y, place.right, place.y + place.height
    if box.state in FILES:
        outline = (
            f"M{_px(left)} {_px(top)}H{_px(right - FOLD)}l{_px(FOLD)} {_px(FOLD)}V{_px(bottom)}H{_px(left)}Z"
        )
        shape = ET.SubElement(group, "path", d=outline)
    else:
        shape = ET.SubElement(group, "rect", x=_px(left), y=_px(top), width=_px(place.width), rx="4")
        shape.set("height", _px(place.height))
    _look(shape, box.state)
    looks = [("13px", "bold", INK)] * len(box.title) + [("12px", "normal", INK)] * len(box.lines)
    if box.state != "file":
        looks[-1:] = [("12px", "normal", _ink(box))] * min(1, len(looks))
    lines = zip(looks, [*box.title, *box.lines], strict=True)
    for number, ((size, weight, fill), line) in enumerate(lines):
        _write(
            group,
            left + PAD,
            top + PAD + LINE * (number + 0.76),
            line,
            size=size,
            weight=weight,
            fill=fill,
        )


def _draw_legend(parent: ET.Element, y: float, lang: str) -> None:
    x = EDGE
    for state in ("fresh", "undecided", "stale", "file"):
        words = text(f"graph.{state}", lang)
        _draw_box(parent, Place(x, y - 15, 26, 20), Box([], [], state))
        _write(parent, x + 34, y, words, fill=LOOKS[state][1] if state != "file" else INK)
        x += 34 + LETTER * len(words) + 26
    _write(parent, EDGE, y + 24, text("graph.note", lang))


def _group(parent: ET.Element, box: Box) -> ET.Element:
    """Return what holds a box: pointing at it shows what more there is to tell."""
    group = ET.SubElement(parent, "g")
    if box.more:
        ET.SubElement(group, "title").text = box.more
    return group


def _look(shape: ET.Element, state: str) -> None:
    fill, line, width, dashes = LOOKS[state]
    shape.attrib |= {"stroke": line, "stroke-width": width} | ({"stroke-dasharray": dashes} if dashes else {})
    if shape.get("fill") is None:
        shape.set("fill", fill)


def _ink(box: Box) -> str:
    return LOOKS[box.state][1]


def _write(
    parent: ET.Element,
    x: float,
    y: float,
    words: str,
    *,
    size: str = "12px",
    weight: str = "normal",
    fill: str = INK,
) -> ET.Element:
    line = ET.SubElement(parent, "text", x=_px(x), y=_px(y), fill=fill)
    line.attrib |= {"font-size": size, "font-weight": weight}
    line.text = words
    return line


def _px(number: float) -> str:
    """Write a length: to a tenth of a pixel."""
    return f"{number:.1f}".removesuffix(".0")
