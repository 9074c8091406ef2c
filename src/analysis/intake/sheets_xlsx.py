"""Read the sheets of an XLSX workbook: values as last saved; macros and links are ignored."""

from __future__ import annotations

import io
import re
import warnings
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from analysis.intake.sheet_archives import UnsafeError, open_archive
from analysis.intake.sheets import EMPTY, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell, Range, Sheet, refuse

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ZEROS = re.compile(r"0{2,}")
"""A number format that shows leading zeros, such as ``0000``."""
WHOLE = 1e15
"""Beyond this a float no longer holds every whole number."""


def read(data: bytes, file: str) -> list[Sheet]:
    """Return the sheets of a workbook in their order, hidden ones included.

    Raises
    ------
    UnreadableError
        When the file is not a safe, complete workbook of moderate size.
    """
    extent = _Extent()
    with open_archive(data, file, extent.observe) as members:
        if "xl/workbook.xml" not in members.namelist():
            refuse("no_spreadsheet", file)
    if extent.rows > MAX_ROWS or extent.columns > MAX_COLUMNS:
        refuse(
            "too_large",
            file,
            found=f"{extent.rows} × {extent.columns}",
            expected=f"{MAX_ROWS} × {MAX_COLUMNS}",
        )
    values = _load(data, file, data_only=True)
    formulas = _load(data, file, data_only=False) if extent.has_formulas else values
    return [_read_sheet(sheet, formulas[sheet.title], file, extent) for sheet in values.worksheets]


class _Extent:
    """The extent of a workbook's filled cells, determined before anything is kept."""

    def __init__(self) -> None:
        self.rows = self.columns = self.cells = self.row = self.column = 0
        self.has_formulas = False

    def observe(self, part: str, tag: str, attributes: dict[str, str]) -> None:
        if not part.lower().startswith("xl/worksheets/"):
            return
        if tag == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif tag == "sheetData":
            self.row = 0
        elif tag == "c":
            self._meet(attributes.get("r", ""))
        elif tag in ("v", "is", "f"):
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
            self.has_formulas |= tag == "f"
        elif tag == "mergeCell":
            self._count(_area(attributes.get("ref", "")))

    def _meet(self, reference: str) -> None:
        self.column += 1
        if match := REFERENCE.fullmatch(reference):
            self.column, self.row = column_index_from_string(match[1]), int(match[2])
        self._count(1)

    def _count(self, cells: int) -> None:
        self.cells += cells
        if self.cells > MAX_CELLS:
            raise UnsafeError(f"> {MAX_CELLS:,} cells")


def _area(reference: str) -> int:
    corners = [REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) != 2 or not corners[0] or not corners[1]:
        return 1
    (left, top), (right, bottom) = ((column_index_from_string(c[1]), int(c[2])) for c in corners if c)
    return int(abs(right - left + 1) * abs(bottom - top + 1))


def _load(data: bytes, file: str, *, data_only: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts that do not matter here, such as data validation
        try:
            return load_workbook(io.BytesIO(data), data_only=data_only, keep_links=False)
        except Exception as error:
            refuse("damaged", file, found=f"{type(error).__name__}: {error}"[:200])


def _read_sheet(sheet: Worksheet, formulas: Worksheet, file: str, extent: _Extent) -> Sheet:
    rows, columns = min(sheet.max_row, extent.rows), min(sheet.max_column, extent.columns)
    cells = [
        [_read_cell(value, formula) for value, formula in zip(*pair, strict=True)]
        for pair in zip(_block(sheet, rows, columns), _block(formulas, rows, columns), strict=True)
    ]
    return Sheet(
        file,
        sheet.title,
        cells,
        is_hidden=sheet.sheet_state != "visible",
        merged=[Range(r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges],
        hidden_rows=frozenset(row for row, how in sheet.row_dimensions.items() if how.hidden and row <= rows),
        hidden_columns=_hidden_columns(sheet, columns),
    )


def _block(sheet: Worksheet, rows: int, columns: int) -> Any:
    return sheet.iter_rows(max_row=rows, max_col=columns) if rows and columns else ()


def _hidden_columns(sheet: Worksheet, columns: int) -> frozenset[int]:
    spans = [how for how in sheet.column_dimensions.values() if how.hidden and how.min and how.max]
    return frozenset(n for span in spans for n in range(span.min, min(span.max, columns) + 1))


def _read_cell(cell: Any, formula: Any) -> Cell:
    value = cell.value
    if value is None:
        is_unsaved = formula.data_type == "f" and cell.data_type != "str"  # "str": the formula gives ""
        written = getattr(formula.value, "text", formula.value)  # of an array formula
        return Cell(str(written), "formula") if is_unsaved else EMPTY
    if cell.data_type == "e":
        return Cell(str(value), "error")
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, (int, float)):
        return Cell(_number(value, cell.number_format), "number")
    if isinstance(value, datetime):
        return Cell(value.date().isoformat(), "date")
    if isinstance(value, (date, time)):
        return Cell(value.isoformat(), "date")
    return Cell(str(value), "date") if isinstance(value, timedelta) else Cell(unescape(str(value)))


def _number(value: float, shown: str) -> str:
    """Return a number with a decimal point, and with the leading zeros that its cell shows."""
    if isinstance(value, float) and value.is_integer() and abs(value) < WHOLE:
        value = int(value)
    text = str(value)
    return text.zfill(len(shown)) if ZEROS.fullmatch(shown) and text.isdigit() else text
