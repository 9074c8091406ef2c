"""The executed notebooks as pages: what ran and what came out, without times and random names."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, partial
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any

from analysis.execution import lean_jsonschema  # noqa: F401 - before nbformat, which imports jsonschema

# isort: split
import nbformat
from nbconvert.exporters import HTMLExporter

from analysis.site.addresses import HOME

INJECTED, PARAMETERS = "injected-parameters", "parameters"
ENGLISH = re.compile(r"\*(?![\s*]).*(?<!\s)\*", re.DOTALL)
"""A paragraph in English: all of it is in italics."""
NEUTRAL = ("|", "`", "!", "<")
"""How tables, code and pictures begin, which belong to both languages."""
NEIGHBOUR = re.compile(r"\[(?P<words>[^]]*)\]\((?P<stem>\w+)\.ipynb\)")
ONWARD = "← "
"""How the links to the notebooks before and after begin, for which a page has its own."""
ELSEWHERE = ("start", "compare_cities")
"""Notebooks that are no step of a city."""
RANDOM = re.compile(r' id="cell-id=[^"]*"')
OBSOLETE = re.compile(r' (?:border="1"|scoped="?\w*"?)')
STYLE = re.compile(r"<style\b.*?</style>", re.DOTALL)
CODE = re.compile(r'<div class="highlight[^"]*"(?=>)')
OUTPUT = re.compile(r'<div class="output_area"(?=>)')
PICTURE = re.compile(r'<img alt="No description has been provided for this image"')


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="basic",
        exclude_anchor_links=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )


def body(notebook: Path, lang: str, code: str, output: str, others: Collection[str]) -> str:
    """Return an executed notebook as HTML, its texts in one language.

    Parameters
    ----------
    code, output : str
        How boxes with code and with what came of it are named: they can be scrolled.
    others : collection of str
        The notebooks of the city; links to any others are left out.
    """
    led = partial(_led, others)
    shown = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    shown.cells = [cell for cell in _as_run(shown.cells) if not cell.source.startswith(ONWARD)]
    for cell in shown.cells:
        if cell.cell_type == "markdown":
            cell.source = NEIGHBOUR.sub(led, in_language(cell.source, lang))
    html, _ = _exporter().from_notebook_node(shown)
    html = STYLE.sub("", RANDOM.sub("", html))
    html = OBSOLETE.sub("", html)
    html = PICTURE.sub(f'<img alt="{escape(output)}"', html)
    for pattern, name in ((CODE, code), (OUTPUT, output)):
        html = pattern.sub(rf'\g<0> tabindex="0" role="region" aria-label="{escape(name)}"', html)
    return html


def _as_run(cells: Sequence[Any]) -> Iterator[Any]:
    """Yield the cells with the parameters that they ran with, instead of those that are usual."""
    tags = [cell.metadata.get("tags", []) for cell in cells]
    is_injected = any(INJECTED in of_cell for of_cell in tags)
    for cell, of_cell in zip(cells, tags, strict=True):
        if INJECTED in of_cell:
            cell.source = cell.source.removeprefix("# Parameters\n")
        if not (is_injected and PARAMETERS in of_cell):
            yield cell


def in_language(source: str, lang: str) -> str:
    """Return what a text says in one language: paragraphs in Indonesian, then in English, in italics."""
    runs = [list(blocks) for _, blocks in groupby(source.split("\n\n"), _is_english)]
    kept: list[str] = []
    for run, after in zip(runs, [*runs[1:], []], strict=True):
        if _is_english(run[0]):
            kept += [block.strip()[1:-1] for block in run] if lang == "en" else []
        elif lang == "en" and after:
            kept += [block for block in run if block.startswith(NEUTRAL)]
            if run[-1].startswith("#"):
                after[0] = f"*{run[-1].partition(' ')[0]} {after[0].strip()[1:]}"
        else:
            kept += run
    return "\n\n".join(kept)


def _is_english(block: str) -> bool:
    return ENGLISH.fullmatch(block.strip()) is not None


def _led(others: Collection[str], match: re.Match[str]) -> str:
    """Return a link to another notebook as one to its page; the first one is the city's own page."""
    if match["stem"] in ELSEWHERE:
        return f"[{match['words']}](../{HOME})"
    return f"[{match['words']}]({match['stem']}.html)" if match["stem"] in others else match["words"]
