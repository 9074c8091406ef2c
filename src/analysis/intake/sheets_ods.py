"""Read the sheets of an ODS document (LibreOffice, Google Sheets), with values as last saved."""

import io
from collections.abc import Iterator
from typing import NoReturn
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


def read(data: bytes, file: str) -> list[Sheet]:
    """Return all sheets of a document in their order; `refuse` one that is damaged, unsafe or too large."""
    with open_archive(data, file) as members:
        try:
            content = io.BytesIO(members.read("content.xml"))  # known to declare no entities
            return _Document(file).read(content)
        except (KeyError, ValueError, ParseError) as error:
            refuse("damaged", file, found=type(error).__name__)


class _Document:
    """The sheets of a document as they are read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sheets: list[Sheet] = []
        self.hiding: set[str] = set()
        """Styles that hide a sheet; they stand before all sheets."""
        self.striking: set[str] = set()
        """Styles that cross out what a cell says."""
        self.cells = self.row = self.columns = 0
        """Cells of all sheets; rows, blank ones included, and columns of the last one."""

    def read(self, content: io.BytesIO) -> list[Sheet]:
        depth = 0
        for event, element in iterparse(content, ("start", "end")):  # noqa: S314
            if element.tag == f"{TABLE}table":
                depth += 1 if event == "start" else -1
                if event == "start" and depth == 1:
                    self._begin_sheet(element)
            elif event == "end" and element.tag == f"{STYLE}style":
                self._note_style(element)
            elif event == "end" and depth == 1 and element.tag == f"{TABLE}table-column":
                self._add_columns(element)
            elif event == "end" and depth == 1 and element.tag == f"{TABLE}table-row":
                self._add_rows(element)
                element.clear()
        return self.sheets

    def _note_style(self, element: Element) -> None:
        name = element.get(f"{STYLE}name", "")
        table, text = (element.find(f"{STYLE}{part}-properties") for part in ("table", "text"))
        if table is not None and table.get(f"{TABLE}display") == "false":
            self.hiding.add(name)
        if text is not None and text.get(f"{STYLE}text-line-through-style", "none") != "none":
            self.striking.add(name)

    def _begin_sheet(self, element: Element) -> None:
        is_hidden = element.get(f"{TABLE}style-name", "") in self.hiding
        self.sheets.append(Sheet(self.file, element.get(f"{TABLE}name", ""), [], is_hidden=is_hidden))
        self.row = self.columns = 0

    def _add_columns(self, element: Element) -> None:
        first, self.columns = self.columns + 1, self.columns + _count(element, "number-columns-repeated")
        if element.get(f"{TABLE}visibility") in HIDDEN:
            last = min(self.columns, MAX_COLUMNS)
            self.sheets[-1].hidden_columns.update(range(first, last + 1))

    def _add_rows(self, element: Element) -> None:
        """Append a row as often as it is repeated, unless it is blank."""
        sheet, cells = self.sheets[-1], self._read_cells(element)
        repeated = _count(element, "number-rows-repeated")
        first, self.row = self.row + 1, self.row + repeated
        if not cells:
            return
        if self.row > MAX_ROWS:
            self._refuse_size(str(self.row))
        self._count_cells(first - 1 - len(sheet.rows) + repeated * len(cells))
        sheet.rows.extend([] for _ in range(len(sheet.rows) + 1, first))
        sheet.rows.extend(list(cells) for _ in range(repeated))
        styles = {part.get(f"{TABLE}style-name", "") for part in element if _text(part)}
        if styles and styles <= self.striking:
            sheet.struck_rows.update(range(first, self.row + 1))
        if element.get(f"{TABLE}visibility") in HIDDEN:
            sheet.hidden_rows.update(range(first, self.row + 1))

    def _read_cells(self, element: Element) -> list[Cell]:
        """Return a row's cells up to the last filled one."""
        cells: list[Cell] = []
        gap = 0
        for part in element:
            if part.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
                continue
            repeated = _count(part, "number-columns-repeated")
            cell = _read_cell(part) if part.tag == f"{TABLE}table-cell" else EMPTY
            self._note_merge(part, len(cells) + gap + 1)
            if not cell.text:
                gap += repeated
            elif len(cells) + gap + repeated > MAX_COLUMNS:
                self._refuse_size(f"× {len(cells) + gap + repeated}")
            else:
                cells += [EMPTY] * gap + [cell] * repeated
                gap = 0
        return cells

    def _note_merge(self, part: Element, column: int) -> None:
        down = _count(part, "number-rows-spanned")
        across = _count(part, "number-columns-spanned")
        if down > 1 or across > 1:
            row = self.row + 1
            self._count_cells(min(down, MAX_ROWS) * min(across, MAX_COLUMNS))
            self.sheets[-1].merged.append(Range(row, column, row + down - 1, column + across - 1))

    def _count_cells(self, cells: int) -> None:
        """Count cells, blank rows and merged cells as one each; refuse to go on at too many."""
        self.cells += cells
        if self.cells > MAX_CELLS:
            refuse("many_cells", self.file, expected=str(MAX_CELLS))

    def _refuse_size(self, found: str) -> NoReturn:
        refuse("too_large", self.file, found=found, expected=f"{MAX_ROWS} × {MAX_COLUMNS}")


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
