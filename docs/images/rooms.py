"""Draw which room of the package uses which: ``python docs/images/rooms.py`` renews ``rooms.svg``."""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

import matplotlib as mpl
import networkx as nx
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parents[1] / "src/analysis"
STYLE = {"svg.hashsalt": "rooms", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10}
INK, LINE, FILL, ENGINE = "#1f2933", "#7b8794", "#eaf1f6", "#f1ede4"
ENGINES = ("tasks", "execution")
WIDTH, FLOOR = 1.5, 0.85
"""Inches a room takes with the space beside it, and a floor is high."""


def imports() -> nx.DiGraph:
    """Return the rooms and the command line, with an edge from each to those that import it."""
    files = {path.parent.name: sorted(path.parent.glob("*.py")) for path in PACKAGE.glob("*/__init__.py")}
    files["cli"] = [PACKAGE / "cli.py"]
    graph = nx.DiGraph()
    graph.add_nodes_from(sorted(files))
    for room in sorted(files):
        used = {name for path in files[room] for name in _imported(ast.parse(path.read_text("utf-8")))}
        graph.add_edges_from((other, room) for other in sorted(used & files.keys() - {room}))
    return graph


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith("analysis."))


def draw(graph: nx.DiGraph) -> bytes:
    """Return the drawing as SVG; arrows that follow from others are left out."""
    arrows = nx.transitive_reduction(graph)
    floors = _untangled(_floors(graph), arrows)
    across = max(map(len, floors))
    places = {
        room: (WIDTH * (n + 0.5 + (across - len(floor)) / 2), FLOOR * (len(floors) - depth - 0.5))
        for depth, floor in enumerate(floors)
        for n, room in enumerate(floor)
    }
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(WIDTH * across, FLOOR * len(floors)))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set(xlim=(0, WIDTH * across), ylim=(0, FLOOR * len(floors)))
        for used, user in sorted(arrows.edges):
            (x, y), (end, low) = places[used], places[user]
            bend = 0.9 if y - low > 1.5 * FLOOR else 0.0
            axes.add_patch(
                FancyArrowPatch(
                    (x, y - 0.2),
                    (end, low + 0.2),
                    connectionstyle=f"arc3,rad={bend}",
                    arrowstyle="-|>",
                    mutation_scale=9,
                    color=LINE,
                )
            )
        for room, (x, y) in places.items():
            colour = ENGINE if room in ENGINES else FILL
            box = {"boxstyle": "round,pad=0.35", "facecolor": colour, "edgecolor": INK, "linewidth": 0.8}
            axes.text(x, y, room, ha="center", va="center", color=INK, bbox=box)
        stream = io.BytesIO()
        figure.savefig(stream, format="svg", facecolor="white", metadata={"Date": None, "Title": "Rooms"})
    return stream.getvalue()


def _floors(graph: nx.DiGraph) -> list[list[str]]:
    """Return the rooms by floor: each below all that it uses; those that use none just above their users."""
    depths = {room: n for n, floor in enumerate(nx.topological_generations(graph)) for room in floor}
    for room in [room for room, n in graph.in_degree if n == 0]:
        depths[room] = min(depths[user] for user in graph.succ[room]) - 1
    return [sorted(room for room in depths if depths[room] == n) for n in range(max(depths.values()) + 1)]


def _untangled(floors: list[list[str]], arrows: nx.DiGraph) -> list[list[str]]:
    """Order each floor by where the rooms that its rooms use stand."""
    where: dict[str, float] = {}
    ordered = []
    for floor in floors:
        means = {
            room: sum(where[used] for used in arrows.pred[room]) / max(1, arrows.in_degree(room))
            for room in floor
        }
        ordered.append(sorted(floor, key=lambda room: (means[room], room)))
        where |= {room: n - len(floor) / 2 for n, room in enumerate(ordered[-1])}
    return ordered


if __name__ == "__main__":
    (HERE / "rooms.svg").write_bytes(draw(imports()))
