"""The task graph of a city: what is drawn of its steps and files, in both languages."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

import networkx as nx

from analysis.chain import explanations
from analysis.chain.city_tasks import AGAIN, FIGURES
from analysis.display.flowchart import Box, flowchart
from analysis.language.labels import LANGUAGES, text
from analysis.project import cities
from analysis.project.atomic import write_bytes
from analysis.project.cities import City
from analysis.raw_data.languages import name_of
from analysis.site import addresses
from analysis.site.study import step_title
from analysis.tasks.staleness import Standing

CHECK = "check"
REPORT = "report"
SITE = "site"
"""The pages of a city, whose files are many."""
RAW, PAPER = "data/raw/", "paper/"
WRAP = 23
"""Letters after which a line is broken."""


def write(city: City, found: dict[str, Standing]) -> list[Path]:
    """Write the drawing of how tasks stand in every language: ``graph.<lang>.svg`` beside what was built."""
    paths = []
    for lang, drawing in drawings(city, found).items():
        path = city.build / f"graph.{lang}.svg"
        write_bytes(path, drawing)
        paths.append(path)
    return paths


def drawings(city: City, found: dict[str, Standing], *, is_page: bool = False) -> dict[str, bytes]:
    """Return the drawing in every language, as SVG; parameters as for `write`.

    On a page of the site (`is_page`), boxes are links to the pages about them.
    """
    found = whole(found)
    graph = read_graph(found.values())
    drawn = {}
    for lang in LANGUAGES:
        heading = text("graph.title", lang, city=_name(city, lang)), _summary(found, lang)
        states = {state: text(f"graph.{state}", lang) for state in ("fresh", "undecided", "stale", "file")}
        boxes = _boxes(city, found, lang)
        if is_page:
            boxes = {name: replace(box, link=_page(city, name)) for name, box in boxes.items()}
        drawn[lang] = flowchart(graph, boxes, heading, states, text("graph.note", lang))
    return drawn


def whole(found: dict[str, Standing]) -> dict[str, Standing]:
    """Return how steps stand together with their figures, without those that are done once more."""
    steps = {name: one for name, one in found.items() if not name.startswith((AGAIN, FIGURES))}
    for name, step in steps.items():
        if figures := found.get(f"{FIGURES}{name}"):
            made, reasons = (*step.targets, *figures.targets), step.reasons or figures.reasons
            steps[name] = replace(step, targets=made, reasons=reasons)
    return steps


def _page(city: City, box: str) -> str:
    """Return the address of the page about a step or file, seen from the page of the graph; "" for none."""
    if box.startswith(RAW):
        return addresses.of_raw(Path(box).stem)
    if box.startswith(PAPER):
        return ""
    step, _, lang = box.partition(".")
    if lang:
        return f"../../{lang}/{city.name}/{addresses.PAPER}"
    return {REPORT: addresses.SHEET, SITE: addresses.HOME}.get(step, addresses.of_notebook(step))


def _summary(found: dict[str, Standing], lang: str) -> str:
    """Count the steps by how they stand, and say how the check stands, which goes before all others."""
    counted = explanations.summary(found, lang)
    return f"{counted} {text('graph.check', lang, state=text(f'graph.{found[CHECK].state}', lang))}"


def _name(city: City, lang: str) -> str:
    name = name_of(city.descriptor["city"], lang) or city.name
    return text("synthetic.mark", lang, words=name) if city.is_synthetic else name


def read_graph(standings: Collection[Standing]) -> nx.DiGraph[str]:
    """Return which box each step reads from, without the arrows that follow from others.

    The check is left out: it goes before every step. The sources of a paper are one box. A node's ``column``
    comes after those of all that it follows from; the sources of a paper stand just before their use.
    """
    makers = {target: one.task for one in standings for target in one.targets}
    graph: nx.DiGraph[str] = nx.DiGraph()
    for one in standings:
        if one.task != CHECK:
            graph.add_node(one.task)
            sources = (makers.get(file) or _source(file, one.task) for file in one.inputs)
            graph.add_edges_from((source, one.task) for source in sources if source)
    needed: nx.DiGraph[str] = nx.DiGraph()
    needed.add_nodes_from(graph)
    needed.add_edges_from(sorted(nx.transitive_reduction(graph).edges))
    for number, names in enumerate(nx.topological_generations(needed)):
        for name in names:
            needed.nodes[name]["column"] = number
    for name in needed:
        if name.startswith(PAPER):
            readers = [needed.nodes[reader]["column"] for reader in needed.successors(name)]
            needed.nodes[name]["column"] = min(readers) - 1
    return needed


def _source(file: str, task: str) -> str:
    """Return the box that stands for a file which no step makes; "" if it is not drawn."""
    if file.startswith(RAW) and not file.endswith(".yaml"):
        return file
    return PAPER + task if file.startswith(PAPER) and task != SITE else ""


def _boxes(city: City, found: dict[str, Standing], lang: str) -> dict[str, Box]:
    """Return the text and state of every box by name."""
    changed = {reason.name for standing in found.values() for reason in standing.reasons}
    boxes = {path: _file(title, [path], changed, lang) for path, title in _raw_files(city, lang).items()}
    for name, standing in found.items():
        if sources := [file for file in standing.inputs if name != SITE and file.startswith(PAPER)]:
            boxes[PAPER + name] = _file(text("graph.paper_source", lang), sources, changed, lang)
        if name != CHECK:
            boxes[name] = _step(standing, lang)
    return boxes


def _raw_files(city: City, lang: str) -> dict[str, str]:
    """Return the titles of the raw files by path."""
    title = "title" if lang == "id" else "title_en"
    return {
        (folder / resource["path"]).relative_to(city.root).as_posix(): str(resource.get(title, ""))
        for folder in (city.framework, city.raw)
        for resource in cities.resources(folder)
    }


def _file(title: str, paths: list[str], changed: set[str], lang: str) -> Box:
    """Return the box of a file, or of the first of several."""
    lines = _wrapped(Path(paths[0]).name)
    if len(paths) > 1:
        lines += "\n" + text("graph.more_files", lang, n=len(paths) - 1)
    if changed.isdisjoint(paths):
        return Box(_wrapped(title), lines, "file")
    return Box(_wrapped(title), lines, "changed", text("graph.changed", lang))


def _step(standing: Standing, lang: str) -> Box:
    kind, _, of_lang = standing.task.partition(".")
    title = text(f"graph.{kind}.{of_lang}", lang) if of_lang else step_title(kind, lang)
    state = f"{standing.task}: {text(f'graph.{standing.state}', lang)}"
    made = "site/" if standing.task == SITE else ", ".join(_made(standing.targets))
    return Box(_wrapped(title), _wrapped(made), standing.state, state)


def _made(targets: Iterable[str]) -> list[str]:
    """Name what a step makes in brief: ``ledger.csv/json``; without language, lineage, executed notebook."""
    kinds: dict[str, dict[str, None]] = defaultdict(dict)
    for target in map(Path, targets):
        stem, _, kind = target.name.partition(".")
        if not kind.startswith("lineage") and not kind.endswith(("ipynb", "png")):
            kinds[stem][kind.rpartition(".")[2]] = None
    return [f"{stem}.{'/'.join(of_stem)}" for stem, of_stem in kinds.items()]


def _wrapped(words: str) -> str:
    return textwrap.fill(words, WRAP, break_long_words=False, break_on_hyphens=False)
