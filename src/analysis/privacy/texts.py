"""The texts in any file of a city: cells with their place, or all that a reader of the file would see."""

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

MOST = 30_000_000
"""Bytes of a file, and of what a packed one holds, that are looked through."""
TAG = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|</?(?:b|i|em|strong|span|a|sup|sub|r|t|tspan)\b[^>]*>",
    re.S | re.I,
)
"""Markup inside a run of text, and what is no text at all."""
OTHER_TAG = re.compile(r"<[^>]+>")
WORKBOOKS = (".xlsx", ".ods")
PACKED = (*WORKBOOKS, ".docx")


class Said(NamedTuple):
    """A text of a file, with row and column where it is a cell, and its sheet where there are several."""

    text: str
    row: int | None = None
    column: str = ""
    sheet: str = ""


def texts(path: Path) -> Iterator[Said]:
    """Yield the texts of a file: CSV by cell, JSON by value, packed documents and pages without markup.

    A PDF has no text that can be read here; what it says stands in the page beside it.
    """
    suffix = path.suffix.lower()
    if suffix in (".pdf", ".png", ".jpg") or path.stat().st_size > MOST:
        return
    if suffix in PACKED:
        yield from _packed(path, _placed(path) if suffix in WORKBOOKS else [])
        return
    written = path.read_bytes().decode("utf-8", "replace")
    if suffix == ".csv":
        yield from _cells(written)
    elif suffix in (".json", ".ipynb"):
        yield from map(Said, _values(json.loads(written)))
    elif suffix in (".html", ".svg", ".xml"):
        yield Said(_visible(written))
    else:
        yield from (Said(line, number) for number, line in enumerate(written.splitlines(), 1))


def _cells(written: str) -> Iterator[Said]:
    delimiter = max(",;\t|", key=written.partition("\n")[0].count)  # A source may be of any locale.
    rows = csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    head = next(rows, [])
    for number, row in enumerate(rows, 2):
        for place, cell in enumerate(row):
            yield Said(cell, number, head[place] if place < len(head) else "")


def _values(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield OTHER_TAG.sub(" ", node)
    elif isinstance(node, dict):
        for value in node.values():
            yield from _values(value)
    elif isinstance(node, list):
        if node and all(isinstance(one, str) for one in node):
            yield OTHER_TAG.sub(" ", "".join(node))
        else:
            for value in node:
                yield from _values(value)


def _placed(path: Path) -> list[Said]:
    """Return the cells of a workbook; none if it cannot be read as one."""
    from analysis.privacy import placed_cells  # noqa: PLC0415 - its reader takes long to import

    with zipfile.ZipFile(path) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST:
            return []
    with suppress(Exception):  # What is wrong with it is told elsewhere; its parts are read as they are.
        return [Said(*cell) for cell in placed_cells.cells(path)]
    return []


def _packed(path: Path, placed: list[Said]) -> Iterator[Said]:
    """Yield the cells of a packed document, and what its parts say besides, as far as it is not too large."""
    yield from placed
    known = {line.strip() for one in placed for line in one.text.splitlines()}
    left = MOST
    with zipfile.ZipFile(path) as parts:
        for part in parts.infolist():
            left -= part.file_size
            if part.filename.endswith(".xml") and left > 0:
                lines = _visible(parts.read(part).decode("utf-8", "replace")).splitlines()
                yield Said("\n".join(line for line in lines if line.strip() not in known))


def _visible(markup: str) -> str:
    return html.unescape(OTHER_TAG.sub("\n", TAG.sub("", markup)))
