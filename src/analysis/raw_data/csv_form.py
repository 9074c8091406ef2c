"""Check that the bytes of a raw file are CSV with its columns, and each row has one cell per column."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from analysis.language.problems import Problem

FIRST_ROW = 2
"""Row number of the first record as a spreadsheet shows it: the header is row 1."""
DELIMITERS = (";", "\t", "|")
"""Delimiters of other programs; raw files have commas."""
NEITHER_COMMA_NOR_NEWLINE = bytes(set(range(256)) - set(b",\n"))


def malformed(content: bytes, names: list[str], file: str) -> list[Problem]:
    """Return why a file cannot be read by row: it is not CSV in UTF-8 with the columns `names`."""
    if not content.strip():
        return [Problem("file.empty", file)]
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return [Problem("file.encoding", file, content.count(b"\n", 0, error.start) + 1)]
    if b"\0" in content:
        row = content.count(b"\n", 0, content.index(b"\0")) + 1
        return [Problem("file.unreadable", file, row, found="NUL")]
    records = _records(content)
    row = 1
    try:
        header = next(records, [])
        if b'"' in content:
            for row, _ in enumerate(records, start=FIRST_ROW):  # noqa: B007 - read to its end, or an error
                pass
    except csv.Error:
        return [Problem("file.quote", file, row + 1)]
    for mark in DELIMITERS:
        if len(names) > 1 and mark.join(header).split(mark) == names != header:
            return [Problem("file.delimiter", file, 1, found=mark)]
    return list(_misnamed(header, names, file))


def _misnamed(header: list[str], names: list[str], file: str) -> Iterator[Problem]:
    """Report columns that differ from those expected: misspelt, missing, surplus, or in another order."""
    missing = [name for name in names if name not in header]
    odd = [n for n, found in enumerate(header) if found not in names or found in header[:n]]
    if len(missing) == len(names):
        yield Problem("file.columns", file, 1, found=", ".join(header), expected=", ".join(names))
        return
    for n in odd:
        if n < len(names) and names[n] in missing:
            missing.remove(names[n])
            yield Problem("file.header", file, 1, names[n], header[n], names[n])
        else:
            yield Problem("file.column_extra", file, 1, header[n], header[n])
    for name in missing:
        yield Problem("file.column_missing", file, 1, name, expected=name)
    if not odd and sorted(header) == sorted(names) and header != names:
        yield Problem("file.columns", file, 1, found=", ".join(header), expected=", ".join(names))


def uneven_rows(content: bytes, names: list[str], file: str) -> Iterator[Problem]:
    """Report the records that do not have one cell per column."""
    if _is_plain(content, len(names)):
        return
    for row, record in numbered(content):
        if not record:
            yield Problem("row.blank", file, row)
        elif len(record) < len(names):
            yield Problem("row.missing_cell", file, row, names[len(record)])
        elif len(record) > len(names):
            yield Problem("row.extra_cell", file, row, found=", ".join(record[len(names) :]))


def numbered(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield row and cells of every record below the header."""
    return islice(enumerate(_records(content), start=FIRST_ROW - 1), 1, None)


def _records(content: bytes) -> Iterator[list[str]]:
    return csv.reader(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline=""), strict=True)


def _is_plain(content: bytes, width: int) -> bool:
    """Return whether every line holds `width` cells, none quoted, without parsing the cells."""
    if width < 2 or b'"' in content or b"\r" in content or not content.endswith(b"\n"):
        return False
    shape = content.translate(None, delete=NEITHER_COMMA_NOR_NEWLINE)
    return shape == (b"," * (width - 1) + b"\n") * shape.count(b"\n")
