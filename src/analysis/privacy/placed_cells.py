"""The cells of XLSX and ODS files with their places; what is wrong with such a file is told elsewhere."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, iterparse

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter

Placed = tuple[str, int, str, str]
"""The text of a cell, its row, the letters of its column, and its sheet."""
MOST_CELLS = 2_000_000
"""Cells, blank ones included, after which no more are looked at."""
MOST_COLUMNS = 16_384
"""Columns of a sheet, as in Excel."""
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def cells(path: Path) -> Iterator[Placed]:
    """Yield the filled cells of a workbook, hidden sheets included; may raise whatever its reader does."""
    yield from _of_ods(path) if path.suffix.lower() == ".ods" else _of_xlsx(path)


def _of_xlsx(path: Path) -> Iterator[Placed]:
    book = load_workbook(path, read_only=True, keep_links=False)
    seen = 0
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # A file may claim any.
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            seen += len(row) + 1
            if seen > MOST_CELLS:
                return
            for column, value in enumerate(row, start=1):
                if value is not None and str(value).strip():
                    yield str(value), number, get_column_letter(column), sheet.title


def _of_ods(path: Path) -> Iterator[Placed]:
    with zipfile.ZipFile(path) as parts:
        content = io.BytesIO(parts.read("content.xml"))
    name, number = "", 0
    for event, element in iterparse(content, ("start", "end")):  # noqa: S314 - of a size that is limited
        if event == "start" and element.tag == f"{TABLE}table":
            name, number = element.get(f"{TABLE}name", ""), 0
        elif event == "end" and element.tag == f"{TABLE}table-row":
            for column, cell in _row(element):
                yield cell, number + 1, get_column_letter(column), name
            number += int(element.get(f"{TABLE}number-rows-repeated", "1"))
            element.clear()


def _row(element: Element) -> Iterator[tuple[int, str]]:
    """Yield column and text of the filled cells of a row; of repeated ones the first."""
    column = 1
    for cell in element:
        text = "\n".join("".join(part.itertext()) for part in cell)
        if text.strip() and column <= MOST_COLUMNS:
            yield column, text
        column += int(cell.get(f"{TABLE}number-columns-repeated", "1"))
