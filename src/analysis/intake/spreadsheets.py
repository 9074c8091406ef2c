"""Read a table from a spreadsheet somebody else made: format, sheet and header row are found out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from analysis.intake import sheets_csv, sheets_ods, sheets_xlsx
from analysis.intake.sheet_tables import Table, make_table
from analysis.intake.sheets import MAX_BYTES, Cell, ImportProblem, Sheet, refuse
from analysis.problems import Problem

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SEARCHED = 40
"""Rows in which the header is looked for."""
TABLE_LIKE = 3
"""Known headings that make a row a header beyond doubt."""

Recogniser = Callable[[str], str | None]
"""Returns which of our columns a heading stands for, or None."""


def read(path: Path, recognise: Recogniser) -> list[Sheet]:
    """Return the sheets of a CSV, XLSX or ODS file, which its content tells apart, not its name.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    recognise : callable
        Returns which of our columns a heading stands for, or None.

    Raises
    ------
    UnreadableError
        When there is no such file, or it is damaged, dangerous, too large or no spreadsheet.
    """
    return read_bytes(load(path), path.name, recognise)


def load(path: Path) -> bytes:
    """Return the content of a file of moderate size.

    Raises
    ------
    UnreadableError
        When there is no such file, or it is too large.
    """
    if not path.is_file():
        refuse("no_file", path.name or str(path))
    if (size := path.stat().st_size) > MAX_BYTES:
        refuse("too_large", path.name, found=f"{size / 1e6:.0f} MB", expected=f"{MAX_BYTES / 1e6:.0f} MB")
    return path.read_bytes()


def read_bytes(data: bytes, file: str, recognise: Recogniser) -> list[Sheet]:
    """Return the sheets of a file that has been loaded already; see `read`."""
    if data.startswith(OLE):
        refuse("old_format", file)
    if data.startswith(ZIP):
        # The first part of an ODS file is its media type, stored as it is.
        is_ods = b"opendocument.spreadsheet" in data[:200]
        return sheets_ods.read(data, file) if is_ods else sheets_xlsx.read(data, file)
    return [sheets_csv.read(data, file, lambda cell: recognise(cell) is not None)]


def find_table(
    sheets: list[Sheet], recognise: Recogniser, *, sheet: str = "", header_row: int = 0
) -> tuple[Table, list[Problem]]:
    """Return the table with most known headings, and what is odd about it and its workbook.

    Parameters
    ----------
    sheets : list of Sheet
        As `read` returns them.
    recognise : callable
        Returns which of our columns a heading stands for, or None.
    sheet, header_row : str, int
        Where the table is, if that is known; else "" and 0.

    Returns
    -------
    Table, list of Problem
        Problems that are no warnings lie in single rows, which are left out of the table.

    Raises
    ------
    UnreadableError
        When no visible sheet has anything like a table, or there is no such sheet.
    """
    file = sheets[0].file if sheets else ""
    shown = [one for one in sheets if (one.name == sheet if sheet else not one.is_hidden)]
    filled = [_fill(one) for one in shown]
    found = [_header(one, recognise, header_row) for one in filled]
    if not any(row for row, _ in found):
        refuse("no_table", f"{file} [{sheet}]" if sheet else file)
    best = max(range(len(found)), key=lambda n: (found[n][0] > 0, found[n][1], len(filled[n].rows)))
    table, problems = make_table(shown[best], filled[best], found[best][0])
    if not sheet:
        others = [one for n, one in enumerate(shown) if n != best and found[n][1] >= TABLE_LIKE]
        problems += [_warning("other_sheet", other, found=table.sheet.name) for other in others]
        hidden = [
            one for one in sheets if one.is_hidden and any(any(c.text for c in row) for row in one.rows)
        ]
        problems += [_warning("hidden_sheet", other) for other in hidden]
    return table, [*table.sheet.problems, *problems]


def _warning(kind: str, sheet: Sheet, *, found: str = "") -> Problem:
    return ImportProblem(kind, sheet.place, found=found, is_warning=True)


def _fill(sheet: Sheet) -> Sheet:
    """Give every cell of a merged block the value that the block shows."""
    if not sheet.merged:
        return sheet
    rows = [list(row) for row in sheet.rows]
    width = max(map(len, rows), default=0)
    for block in sheet.merged:
        value = sheet.cell(block.row, block.column)
        for row in rows[block.row - 1 : block.last_row]:
            last = min(block.last_column, width)
            row.extend(Cell() for _ in range(len(row), last))
            row[block.column - 1 : last] = [value] * len(row[block.column - 1 : last])
    return replace(sheet, rows=rows)


def _header(sheet: Sheet, recognise: Recogniser, row: int) -> tuple[int, int]:
    """Return the row of the header and its known headings: the row given, if the sheet has it, or found."""
    return (row if row <= len(sheet.rows) else 0, 0) if row else _find_header(sheet, recognise)


def _find_header(sheet: Sheet, recognise: Recogniser) -> tuple[int, int]:
    """Return the row of the header and how many known headings it has; row 0 if there is none."""
    known = [
        len({target for cell in row if cell.text and (target := recognise(cell.text))})
        for row in sheet.rows[:SEARCHED]
    ]
    most = max(known, default=0)
    if most < 2:
        return _first_full_row(sheet), most
    row = known.index(most)
    # A header of two rows with merged cells is read from its last row, which then has every heading.
    while row + 1 < len(known) and [c.text for c in sheet.rows[row + 1]] == [c.text for c in sheet.rows[row]]:
        row += 1
    return row + 1, most


def _first_full_row(sheet: Sheet) -> int:
    """Return the first row with at least three different texts in it, 0 if there is none."""
    for number, row in enumerate(sheet.rows[:SEARCHED], start=1):
        if len({cell.text.strip() for cell in row if cell.kind == "text"} - {""}) >= TABLE_LIKE:
            return number
    return 0
