"""The READMEs' map from table to notebook, functions and output, written from the list of tables.

``python -m analysis.chain.readme_map`` writes it anew into both READMEs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from analysis.chain.steps import ABOUT_ALL, START, STEPS, Step
from analysis.language.labels import text
from analysis.project import cities
from analysis.project.atomic import write_text
from analysis.table_list.entries import BY_NAME
from analysis.table_list.entry import Entry

READMES = {"id": "README.id.md", "en": "README.md"}
MARKS = ("<!-- map: python -m analysis.chain.readme_map -->\n", "<!-- end of map -->")
BLOCK = re.compile(rf"{re.escape(MARKS[0])}.*?{re.escape(MARKS[1])}", re.DOTALL)
ARTICLE = re.compile(r"table(\d+)")
"""Name of a table that has a number."""


def write(root: Path) -> None:
    """Write the map anew into both READMEs of a project."""
    for lang, name in READMES.items():
        path = root / name
        write_text(path, with_map(path.read_text("utf-8"), lang))


def with_map(document: str, lang: str) -> str:
    """Return a README with the map between its marks."""
    block = "".join(f"{line}\n" for line in _lines(lang))
    return BLOCK.sub(lambda _: f"{MARKS[0]}\n{block}\n{MARKS[1]}", document)


def _lines(lang: str) -> Iterator[str]:
    yield _row([text(f"map.{key}", lang) for key in ("table", "notebook", "functions", "outputs")])
    yield "|---|---|---|---|"
    for step in (START, *STEPS, ABOUT_ALL):
        for name in step.tables:
            yield _of_table(BY_NAME[name], lang)
        if not step.tables:
            yield _of_step(step, lang)


def _of_table(entry: Entry, lang: str) -> str:
    caption = text(f"caption.{entry.name}", lang, city=text("map.city", lang))
    number = ARTICLE.fullmatch(entry.name)
    title = f"{number[1]}: {caption}" if number else caption
    functions = _code((entry.builder, entry.tracer))
    return _row([title, _link(entry.step), functions, _code((f"{entry.name}.csv",))])


def _of_step(step: Step, lang: str) -> str:
    files = tuple(name for name in step.others if not name.endswith(".lineage.json"))
    outputs = _code(files) or text(f"map.output.{step.name}", lang)
    return _row([text(f"map.{step.name}", lang), _link(step.name), _code(step.functions), outputs])


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _link(notebook: str) -> str:
    return f"[`{notebook}`](notebooks/{notebook}.ipynb)"


def _code(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    write(cities.project_root())
