"""Read the sheets of an ODS document (LibreOffice, Google Sheets), with values as last saved."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError, iterparse

from analysis.intake.sheet_archives import open_archive
from analysis.intake.sheets import EMPTY, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell, Range, Sheet, refuse

OFFICE, STYLE, TABLE, TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "style", "table", "text")
)
BREAKS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
NOTES = {f"{OFFICE}annotation", f"{TEXT}note"}
HIDDEN = ("collapse", "filter")
SHOWN_ERRORS = ("#", "Err:")


@dataclass
class _Document:
    """What has been read of a document, all of its tables together."""

    file: str
    tables: list[_Table] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    """Styles that hide a table."""
    cells: int = 0

    def count(self, cells: int) -> None:
        """Count cells, blank rows and merged cells as one each; refuse to go on at too many."""
        self.cells += cells
        if self.cells > MAX_CELLS:
            refuse("many_cells", self.file, expected=str(MAX_CELLS))


@dataclass
class _Table:
    """A sheet, as far as it has been read."""

    name: str
    style: str
    rows: list[list[Cell]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    columns: int = 0
    row: int = 0
    """Number of the last row seen, blank ones included."""


def read(data: bytes, file: str) -> list[Sheet]:
    """Return the sheets of a document in their order, hidden ones included.

    Raises
    ------
    UnreadableError
        When the file is not a safe, complete document of moderate size.
    """
    with open_archive(data, file) as members:
        try:
            document = _read_content(members, file)
        except (KeyError, ValueError, ParseError) as error:
            refuse("damaged", file, found=type(error).__name__)
    return [
        Sheet(
            file,
            table.name,
            table.rows,
            is_hidden=table.style in document.hidden,
            merged=table.merged,
            hidden_rows=frozenset(table.hidden_rows),
            hidden_columns=frozenset(table.hidden_columns),
        )
        for table in document.tables
    ]


def _read_content(members: zipfile.ZipFile, file: str) -> _Document:
    document = _Document(file)
    tables = document.tables
    depth = 0
    content = io.BytesIO(members.read("content.xml"))  # known to declare no entities
    for event, element in iterparse(content, ("start", "end")):  # noqa: S314
        if element.tag == f"{TABLE}table":
            depth += 1 if event == "start" else -1
            if event == "start" and depth == 1:
                tables.append(_Table(element.get(f"{TABLE}name", ""), element.get(f"{TABLE}style-name", "")))
        elif event == "end" and element.tag == f"{STYLE}style":
            properties = element.find(f"{STYLE}table-properties")
            if properties is not None and properties.get(f"{TABLE}display") == "false":
                document.hidden.add(element.get(f"{STYLE}name", ""))
        elif event == "end" and depth == 1 and element.tag == f"{TABLE}table-column":
            _read_column(tables[-1], element)
        elif event == "end" and depth == 1 and element.tag == f"{TABLE}table-row":
            _read_row(document, element)
            element.clear()
    return document


def _read_column(table: _Table, element: Element) -> None:
    repeated = _count(element, "number-columns-repeated")
    if element.get(f"{TABLE}visibility") in HIDDEN:
        last = min(table.columns + repeated, MAX_COLUMNS)
        table.hidden_columns.update(range(table.columns + 1, last + 1))
    table.columns += repeated


def _read_row(document: _Document, element: Element) -> None:
    """Append a row as often as it is repeated, unless it is blank."""
    table = document.tables[-1]
    cells = _read_cells(document, element)
    repeated = _count(element, "number-rows-repeated")
    first, table.row = table.row + 1, table.row + repeated
    if not cells:
        return
    if table.row > MAX_ROWS:
        refuse("too_large", document.file, found=str(table.row), expected=f"{MAX_ROWS} × {MAX_COLUMNS}")
    document.count(first - 1 - len(table.rows) + repeated * len(cells))
    table.rows.extend([] for _ in range(len(table.rows) + 1, first))
    table.rows.extend(list(cells) for _ in range(repeated))
    if element.get(f"{TABLE}visibility") in HIDDEN:
        table.hidden_rows.update(range(first, table.row + 1))


def _read_cells(document: _Document, element: Element) -> list[Cell]:
    """Return a row's cells up to the last filled one."""
    cells: list[Cell] = []
    gap = 0
    for part in element:
        if part.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        repeated = _count(part, "number-columns-repeated")
        cell = _read_cell(part) if part.tag == f"{TABLE}table-cell" else EMPTY
        _note_merge(document, part, len(cells) + gap + 1)
        if not cell.text:
            gap += repeated
        elif len(cells) + gap + repeated > MAX_COLUMNS:
            refuse(
                "too_large",
                document.file,
                found=f"× {len(cells) + gap + repeated}",
                expected=f"{MAX_ROWS} × {MAX_COLUMNS}",
            )
        else:
            cells += [EMPTY] * gap + [cell] * repeated
            gap = 0
    return cells


def _note_merge(document: _Document, part: Element, column: int) -> None:
    down = _count(part, "number-rows-spanned")
    across = _count(part, "number-columns-spanned")
    if down > 1 or across > 1:
        table = document.tables[-1]
        row = table.row + 1
        document.count(min(down, MAX_ROWS) * min(across, MAX_COLUMNS))
        table.merged.append(Range(row, column, row + down - 1, column + across - 1))


def _read_cell(part: Element) -> Cell:
    kind = part.get(f"{OFFICE}value-type", "")
    shown = "\n".join(_text(paragraph) for paragraph in part if paragraph.tag == f"{TEXT}p")
    formula = part.get(f"{TABLE}formula", "")
    if formula and shown.startswith(SHOWN_ERRORS):
        return Cell(shown, "error")
    if formula and not kind and not shown:
        return Cell(formula.partition(":")[2] or formula, "formula")
    if kind == "date":
        return Cell(part.get(f"{OFFICE}date-value", shown)[:10], "date")
    if kind == "time":
        return Cell(shown, "date")
    if kind in ("float", "percentage", "currency"):
        return Cell(_number(part.get(f"{OFFICE}value", ""), shown), "number")
    return Cell(part.get(f"{OFFICE}string-value", "") if kind == "string" and not shown else shown)


def _number(value: str, shown: str) -> str:
    """Return a number with a decimal point, and with the leading zeros that its cell shows."""
    number = float(value)
    text = str(int(number)) if number.is_integer() and "e" not in value.lower() else value
    return shown if shown.isdigit() and shown.lstrip("0") == text else text


def _count(element: Element, attribute: str) -> int:
    return max(int(element.get(f"{TABLE}{attribute}", "1")), 1)


def _text(element: Element) -> str:
    """Return the text of a paragraph; spaces, tabs and line breaks are elements of their own."""
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    if element.tag in NOTES:
        return
    if element.tag == f"{TEXT}s":
        yield " " * min(int(element.get(f"{TEXT}c", "1")), 1000)
    yield BREAKS.get(element.tag, "")
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
