"""Find the header of a sheet, which may take several rows with merged cells."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from analysis.intake.sheets import EMPTY, Cell, Range, Sheet
from analysis.language.headings import BELOW, recognise
from analysis.language.terms import tidy

KNOWN = 2
"""Known headings from which a row may be a header."""
SEARCHED = 40
"""Rows in which the header is looked for."""
TABLE_LIKE = 3
"""Known headings from which a row certainly is a header."""


def fill_merged(sheet: Sheet) -> Sheet:
    """Give every cell of a merged block the value that the block shows."""
    if not sheet.merged:
        return sheet
    rows = [list(row) for row in sheet.rows]
    width = max(map(len, rows), default=0)
    for block in sheet.merged:
        value = sheet.cell(block.row, block.column)
        for row in rows[block.row - 1 : block.last_row]:
            last = min(block.last_column, width)
            row.extend([EMPTY] * (last - len(row)))
            row[block.column - 1 : last] = [value] * len(row[block.column - 1 : last])
    return replace(sheet, rows=rows)


def find_header(sheet: Sheet, given: int = 0) -> tuple[int, int]:
    """Return the last row of the header, 0 if there is none, and how many known headings the header has.

    `given` is the row if it is known.
    """
    sheet = fill_merged(_with_groups(sheet))
    if given:
        return (given, _known(sheet.rows[given - 1])) if given <= len(sheet.rows) else (0, 0)
    known = [_known(row) for row in sheet.rows[:SEARCHED]]
    most = max(known, default=0)
    if most < KNOWN:
        return _first_full_row(sheet), most
    row = known.index(most) + 1
    while row < len(sheet.rows) and _goes_on(sheet, row):
        row += 1
    return row, most


def whole_header(sheet: Sheet, row: int) -> Sheet:
    """Return a sheet with merged blocks filled, in which the last row of the header has all headings.

    A blank cell takes what the header rows above say; a heading below one that is merged over several
    columns is written after it: ``Pemutakhiran Data › Tanggal``.
    """
    sheet, first = fill_merged(_with_groups(sheet)), row
    while first > 1 and _goes_on(sheet, first - 1):
        first -= 1
    rows = list(sheet.rows)
    for lower in range(first, row):
        pairs = zip_longest(rows[lower - 1], rows[lower], fillvalue=EMPTY)
        wide = _divided(sheet, lower)
        rows[lower] = [_below(one, two, number in wide) for number, (one, two) in enumerate(pairs, start=1)]
    return replace(sheet, rows=rows)


def is_filled(sheet: Sheet, row: int) -> bool:
    """Return whether anything stands below a row."""
    return any(cell.text.strip() for cells in sheet.rows[row:] for cell in cells)


def _with_groups(sheet: Sheet) -> Sheet:
    """Return a sheet in which headings of groups are merged, as they are before a file becomes a CSV.

    Such a heading has blanks beside it, and below it and them a row of texts that has nothing else.
    """
    for row, (above, below) in enumerate(pairwise(sheet.rows[:SEARCHED]), start=1):
        if len(_texts(above)) < TABLE_LIKE or _known(above) < KNOWN:
            continue
        filled = {number for number, cell in enumerate(below, start=1) if cell.text.strip()}
        starts = [number for number, cell in enumerate(above, start=1) if cell.text.strip()]
        ends = [*(number - 1 for number in starts[1:]), max(filled, default=0)]
        groups = [
            Range(row, start, row, max(filled & set(range(start, end + 1))))
            for start, end in zip(starts, ends, strict=True)
            if len(filled & set(range(start, end + 1))) > 1 and start in filled
        ]
        if filled and filled == {n for one in groups for n in range(one.column, one.last_column + 1)}:
            return replace(sheet, merged=[*sheet.merged, *groups])
    return sheet


def _known(row: Sequence[Cell]) -> int:
    return len({target for cell in row if cell.text and (target := recognise(cell.text))})


def _goes_on(sheet: Sheet, row: int) -> bool:
    """Return whether the row below a header row also belongs to the header.

    It does if it says the same, if cells are merged over both rows, or if it only divides headings that
    are merged over several columns.
    """
    above, below = sheet.rows[row - 1], sheet.rows[row]
    if len(_texts(above)) < TABLE_LIKE:
        return False
    across = [block for block in sheet.merged if block.row <= row < block.last_row]
    is_tall = any(sheet.cell(block.row, block.column).text.strip() for block in across)
    filled = {number for number, cell in enumerate(below, start=1) if cell.text.strip()}
    is_same = [cell.text for cell in above] == [cell.text for cell in below] and bool(sheet.merged)
    return is_same or is_tall or (bool(filled) and filled <= _divided(sheet, row))


def _divided(sheet: Sheet, row: int) -> set[int]:
    """Return the columns over which headings of a row are merged, several each."""
    wide = [block for block in sheet.merged if block.last_row == row and block.last_column > block.column]
    return {column for block in wide for column in range(block.column, block.last_column + 1)}


def _below(above: Cell, cell: Cell, is_group: bool) -> Cell:
    """Return the heading of a column from what two rows of the header say."""
    group, own = tidy(above.text), tidy(cell.text)
    if not own:
        return above
    return Cell(f"{group}{BELOW}{own}") if is_group and group and group != own else cell


def _texts(row: Sequence[Cell]) -> set[str]:
    return {cell.text.strip() for cell in row} - {""}


def _first_full_row(sheet: Sheet) -> int:
    """Return the first row with at least three different texts, 0 if there is none."""
    rows = enumerate(sheet.rows[:SEARCHED], start=1)
    texts = ((number, [cell for cell in row if cell.kind == "text"]) for number, row in rows)
    return next((number for number, row in texts if len(_texts(row)) >= TABLE_LIKE), 0)
