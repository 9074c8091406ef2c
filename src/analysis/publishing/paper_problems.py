"""What is wrong with the sources of a paper: complaints of a renderer, located in the sources."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from analysis.language.problems import Problem

SAID = re.compile(
    r"unresolved (?P<kind>[a-z]+) (?P<key>.+)"
    r"|Citeproc: citation (?P<citation>\S+) not found"
    r"|Unable to resolve crossref @(?P<reference>[\w-]+)|\?@(?P<mark>[\w-]+)"
    r"|Unknown var (?P<variable>\S+) specified|\?var:(?P<value>[\w.-]+)"
)
"""How our Lua filter, pandoc and Quarto report what does not resolve."""
KINDS = {"mark": "reference", "value": "variable"}
PICTURE = re.compile(r"\.(svg|png)$")
"""The extension of a figure depends on the format; the source may omit it."""


class PaperError(Exception):
    """A paper that cannot be rendered; `problems` lists everything that is wrong, each once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(dict.fromkeys(problems))
        super().__init__("\n".join(problem.line("en") for problem in self.problems))


def problem_of(said: str) -> Problem:
    """Turn a renderer's complaint into a problem: what did not resolve, or else its words."""
    match = SAID.search(said)
    if match is None:
        return Problem("prose.renderer", "article", found=said)
    kind, key = next((name, value) for name, value in match.groupdict().items() if name != "kind" and value)
    kind = match["kind"] if kind == "key" else KINDS.get(kind, kind)
    return Problem(f"prose.{kind}", "article", found=PICTURE.sub("", key) if kind == "figure" else key)


def placed(
    problems: Iterable[Problem], sources: Mapping[str, Path], variables: Iterable[str]
) -> Iterator[Problem]:
    """Locate each problem at every place in the sources that names its subject; else in the first of them."""
    texts = {name: path.read_text("utf-8").splitlines() for name, path in sources.items()}
    known = sorted(variables)
    for problem in problems:
        near = get_close_matches(problem.found, known, n=1) if problem.kind == "prose.variable" else []
        key = re.compile(rf"(?<![\w.-]){re.escape(problem.found)}(\.svg|\.png)?(?![\w-]|\.\w)")
        spots: list[tuple[str, int | None]] = [
            (name, row)
            for name, lines in texts.items()
            for row, line in enumerate(lines, start=1)
            if key.search(line)
        ]
        for name, row in spots or [(next(iter(sources)), None)]:
            yield replace(problem, file=name, row=row, nearest="".join(near))
