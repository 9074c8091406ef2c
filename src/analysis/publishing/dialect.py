"""Refuse in the sources of a paper what only one renderer understands, or what each treats in its own way.

Quarto understands much more than the papers need. What they use is listed here, so that both renderers
make the same of it; everything else is named by file and line before either of them runs.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

import yaml

from analysis.language.problems import Problem
from analysis.publishing.paper_metadata import CONDITIONS

USED_SHORTCODE = re.compile(r"\{\{< (?:var [\w.]+|include [\w./-]+) >\}\}")
FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})\s*$|^\s*(?:`{3,}|~{3,})\s*[\w-]+\s*$")
"""Beginning or end of code that is shown as it is."""
CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)(?!\{)")
ESCAPED = re.compile(r"\\[^A-Za-z0-9\s]")
REFUSED = {
    "prose.shortcode": re.compile(r"\{\{<\s*(?P<found>.*?)\s*>\}\}"),
    "prose.dialect": re.compile(
        r"(?P<found>"
        r"^---\s*$"
        r"|<(?!https?://|mailto:)[A-Za-z/!?][^>]*>?"
        r"|^\s*(?:`{3,}|~{3,}).*"
        r"|`[^`]*`\{.*?\}"
        r"|\$[^$]*\$?"
        r"|\\[A-Za-z]+"
        r"|(?<![\w@])@(?:eq|lst|thm|lem|cor|prp|cnj|def|exm|exr|sol|rem|alg|tip|nte|wrn|imp|cau)-[\w-]+"
        r"|^\s*:{3,}\s*[^\s{:].*"
        r")"
    ),
}
"""Front matter, raw HTML, cells, raw formats, TeX, references of other kinds, divisions by name."""
ATTRIBUTES = re.compile(r"(?P<division>^\s*:{3,}\s*)?(?P<all>\{(?P<inner>[^{}]*)\})")
CONDITION = re.compile(r'(?:when|unless)-meta="has\.(?P<name>\w+)"')
USED = re.compile(
    r"#(?:sec|fig|tbl)-[\w-]+|\.unnumbered|(?:fig-alt|width|lang)=(?:\"[^\"]*\"|[\w.%]+)"
    rf'|\.content-visible|{CONDITION.pattern}|on="[^"]*"'
)
USED_BY_DIVISION = re.compile(rf"#refs|\.box|\.content-visible|{CONDITION.pattern}")


def problems(sources: Mapping[str, Path]) -> list[Problem]:
    """Return what the sources of a paper, Markdown or settings whose texts are Markdown, must not hold."""
    return [
        problem
        for name, path in sources.items()
        for row, line in _without_code(_rows(path))
        for problem in _of_line(name, row, line)
    ]


def _rows(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a source that are Markdown, with their numbers."""
    document = path.read_text("utf-8")
    if path.suffix != ".yml":
        yield from enumerate(document.splitlines(), 1)
        return
    nodes = [yaml.compose(document, yaml.SafeLoader)]
    for node in nodes:
        if isinstance(node, yaml.ScalarNode):
            first = node.start_mark.line + (2 if node.style == "|" else 1)
            yield from enumerate(node.value.splitlines(), first)
        elif isinstance(node, yaml.CollectionNode):
            nodes += [part for one in node.value for part in (one if isinstance(one, tuple) else (one,))]


def _without_code(rows: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the lines that hold more than code, less what both renderers read alike."""
    is_code = False
    for row, line in rows:
        if FENCE.match(line):
            is_code = not is_code
        elif not is_code:
            yield row, ESCAPED.sub("", CODE.sub("", USED_SHORTCODE.sub("x", line)))


def _of_line(file: str, row: int, line: str) -> Iterator[Problem]:
    for kind, pattern in REFUSED.items():
        for match in pattern.finditer(line):
            # A rule between paragraphs is none; only at the top it would open front matter.
            if not (match["found"].startswith("---") and row > 1):
                yield Problem(kind, file, row, found=match["found"].strip())
        line = pattern.sub("", line)
    for match in ATTRIBUTES.finditer(line):
        used = USED_BY_DIVISION if match["division"] else USED
        if used.sub("", match["inner"]).strip():
            yield Problem("prose.dialect", file, row, found=match["all"])
        for name in CONDITION.findall(match["inner"]):
            if name not in CONDITIONS:
                near = get_close_matches(name, CONDITIONS, n=1)
                yield Problem("prose.condition", file, row, found=f"has.{name}", nearest=(near or [""])[0])
