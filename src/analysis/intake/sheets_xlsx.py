"""Read the sheets of an XLSX workbook: values as last saved; macros and links are ignored."""

import io
import re
import warnings
import zipfile
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from analysis.intake.file_forms import form_of_archive
from analysis.intake.sheet_archives import open_archive
from analysis.intake.sheets import (
    EMPTY,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Range,
    Sheet,
    UnreadableError,
    refuse,
)
from analysis.intake.xlsx_contents import Content, Contents

ZEROS = re.compile(r"0{2,}")
"""A number format that shows leading zeros, such as ``0000``."""
WHOLE = 1e15
"""Beyond this a float no longer holds every whole number."""
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
"""Begins the names that a *Strict Open XML Spreadsheet* uses; openpyxl knows those of the usual one."""
USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"
TYPES = "[Content_Types].xml"


def read(data: bytes, file: str) -> list[Sheet]:
    """Return all sheets of a workbook in their order; `refuse` one that is damaged, unsafe or too large."""
    contents = Contents()
    with open_archive(data, file, contents) as members:
        names = members.namelist()
        form = form_of_archive(names)
        if TYPES not in names and any(name.startswith("xl/") for name in names):
            refuse("damaged", file, found=TYPES)
        if TYPES not in names or form.kind != "archive":
            refuse(form.kind, file, found=form.name)
        if any(STRICT.search(members.read(name)) for name in names if name.endswith(".rels")):
            data = _in_usual_words(members)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about parts that do not matter here, such as data validation
            return _read(data, file, contents)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:
        refuse("damaged", file, found=type(error).__name__)


def _in_usual_words(members: zipfile.ZipFile) -> bytes:
    """Return a strict workbook with the names of elements that the usual one has."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in members.namelist():
            archive.writestr(name, STRICT.sub(USUAL, members.read(name)))
    return stream.getvalue()


def _read(data: bytes, file: str, contents: Contents) -> list[Sheet]:
    reader = ExcelReader(io.BytesIO(data), data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_workbook()
    targets = [rel.target for _, rel in reader.parser.find_sheets() if "chartsheet" not in rel.Type]
    found = [contents.parts[target] for target in targets if target in reader.valid_files]
    if sum(content.cells for content in found) > MAX_CELLS:
        refuse("many_cells", file, expected=str(MAX_CELLS))
    rows = max((content.rows for content in found), default=0)
    columns = max((content.columns for content in found), default=0)
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        refuse("too_large", file, found=f"{rows} × {columns}", expected=f"{MAX_ROWS} × {MAX_COLUMNS}")
    reader.read()
    return [_sheet(one, file, part) for one, part in zip(reader.wb.worksheets, found, strict=True)]


def _sheet(sheet: Worksheet, file: str, content: Content) -> Sheet:
    filled: dict[int, dict[int, Cell]] = defaultdict(dict)
    struck = {number for number, font in enumerate(sheet.parent._fonts) if font.strike}
    shown: set[int] = set()
    for (row, column), cell in sheet._cells.items():  # iter_rows would make every cell in between
        read = _read_cell(cell, content.unsaved.get((row, column), ""))
        if read != EMPTY:
            filled[row][column] = read
            if cell._style.fontId not in struck:
                shown.add(row)
    widths = {row: max(cells) for row, cells in filled.items()}
    rows = [
        [filled[row].get(column, EMPTY) for column in range(1, widths[row] + 1)] if row in widths else []
        for row in range(1, max(widths, default=0) + 1)
    ]
    hiding = [how for how in sheet.column_dimensions.values() if how.hidden and how.min and how.max]
    return Sheet(
        file,
        sheet.title,
        rows,
        is_hidden=sheet.sheet_state != "visible",
        merged=[Range(r.min_row, r.min_col, r.max_row, r.max_col) for r in sheet.merged_cells.ranges],
        hidden_rows={n for n, how in sheet.row_dimensions.items() if how.hidden and n <= len(rows)},
        struck_rows=set(filled) - shown,
        hidden_columns={n for how in hiding for n in range(how.min, min(how.max, content.columns) + 1)},
    )


def _read_cell(cell: Any, formula: str) -> Cell:
    """Return a cell; `formula` is its formula if the result was not saved."""
    value = cell.value
    if value is None:
        return Cell(formula, "formula") if formula else EMPTY
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
