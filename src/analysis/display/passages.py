"""What notebooks show besides tables and figures: sentences, and the source of the functions they call."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from inspect import getsource
from typing import Any


@dataclass(frozen=True)
class Passage:
    """Running text, a paragraph a line; whatever it quotes of a city's data is shown literally."""

    words: str

    def __repr__(self) -> str:
        """Return the text as it is."""
        return self.words

    def _repr_html_(self) -> str:
        return as_paragraphs(self.words.splitlines())


@dataclass(frozen=True)
class Sections:
    """Short sections below each other: a heading and its paragraphs."""

    parts: Sequence[tuple[str, Sequence[str]]]

    def __repr__(self) -> str:
        """Return the sections with blank lines between them."""
        return "\n\n".join("\n".join((heading, *lines)) for heading, lines in self.parts)

    def _repr_html_(self) -> str:
        parts = (f"<h4>{escape(heading)}</h4>\n{as_paragraphs(lines)}" for heading, lines in self.parts)
        return "\n".join(parts)


@dataclass(frozen=True)
class Source:
    """Python code to be read."""

    code: str

    def __repr__(self) -> str:
        """Return the code as it is."""
        return self.code

    def _repr_markdown_(self) -> str:
        return f"```python\n{self.code}\n```"


def as_paragraphs(lines: Iterable[str]) -> str:
    """Return lines as paragraphs of HTML, without the empty ones."""
    return "\n".join(f"<p>{escape(line)}</p>" for line in lines if line)


def source(*functions: Callable[..., Any]) -> Source:
    """Return the source of functions as it stands in their modules, without a copy that could differ."""
    return Source("\n\n".join(getsource(function).rstrip() for function in functions))
