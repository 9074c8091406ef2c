"""CSV for people who open it in a spreadsheet program: no cell of it is taken for a formula."""

import csv
import io
import re

FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]\s*(?![\d.,]+%?$)\S.*")
"""A text that Excel may take for a formula where it opens a CSV file; a number with a sign is none."""
MARK = "'"
"""Begins a text that is nothing but text."""


def inert(content: bytes) -> bytes:
    """Return a CSV file in which texts that may be taken for formulas begin with an apostrophe.

    A file without such texts stays the same, byte for byte.
    """
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    if not any(FORMULA.match(cell) for row in rows for cell in row):
        return content
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows(
        [f"{MARK}{cell}" if FORMULA.match(cell) else cell for cell in row] for row in rows
    )
    return stream.getvalue().encode("utf-8")
