"""Workbooks: cells that are text whatever they look like, and the same bytes whenever they are written."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

EPOCH = datetime(2020, 1, 1)
AS_TEXT = "@"
UNDERSCORE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""An underscore that Excel would read as the code of a character."""


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> bytes:
    """Return a workbook of one sheet: numbers are numbers, and text is text even if like a formula."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for number, row in enumerate((head, *rows), start=1):
        for column, value in enumerate(row, start=1):
            if isinstance(value, str):
                put(sheet, number, column, value)
            else:
                sheet.cell(number, column, value)
    sheet.freeze_panes = "A2"
    return saved(book)


def saved(book: Workbook) -> bytes:
    """Return a workbook as the bytes of its file, whose parts and properties have a fixed date."""
    stream = io.BytesIO()
    book.save(stream)
    return without_clock(stream.getvalue())


def put(sheet: Worksheet, row: int, column: int, value: str) -> Cell:
    """Write a text into a cell as text, whatever its first character."""
    cell: Cell = sheet.cell(row, column)
    cell.value = UNDERSCORE.sub("_x005F_", value)
    cell.data_type = "s"
    cell.number_format = AS_TEXT
    return cell


def without_clock(document: bytes) -> bytes:
    """Return a workbook whose parts and properties have a fixed date."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            content = old.read(part)
            if part == "docProps/core.xml":
                content = _fixed(content)
            new.writestr(zipfile.ZipInfo(part, EPOCH.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _fixed(properties: bytes) -> bytes:
    stamp = EPOCH.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    return re.sub(rb"(?<=>)\d{4}-\d\d-\d\dT[\d:]+Z(?=<)", stamp, properties)
