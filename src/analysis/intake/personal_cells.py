"""Personal data in a spreadsheet: the cells that seem to hold them, and a copy without them."""

import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook

from analysis.intake.sheets import Sheet, letter
from analysis.language.problems import Problem, as_ranges
from analysis.privacy.patterns import Found, find
from analysis.privacy.personal import heads_persons
from analysis.project.workbooks import put, without_clock

REMOVED = "[…]"
"""What stands in a copy where something personal was."""
SHOWN = 3
"""Findings of a kind in a column that a warning names."""


def personal_cells(sheets: Sequence[Sheet], city: str) -> Iterator[Problem]:
    """Yield one warning for each column of a sheet and kind of personal data, with its rows."""
    for sheet in sheets:
        together: dict[tuple[int, str], list[tuple[int, Found]]] = {}
        for row, cells in enumerate(sheet.rows, 1):
            for column, cell in enumerate(cells, 1):
                for one in find(cell.text):
                    together.setdefault((column, one.kind), []).append((row, one))
        for (column, kind), listed in together.items():
            rows = sorted({row for row, _ in listed})
            named = "”, “".join(list(dict.fromkeys(one.shown for _, one in listed))[:SHOWN])
            place = (sheet.place, rows[0], letter(column), named)
            ranges = as_ranges(rows) if len(rows) > 1 else ""
            yield Problem(f"personal.{kind}", *place, expected=city, is_warning=True, rows=ranges)


def without_personal(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook with the same cells in the same places, as text, but for what is personal.

    That is what `find` finds, and all that stands below a heading of persons, numbers or addresses.
    """
    book = Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, 1):
        copy = book.create_sheet(sheet.name or str(number))
        of_persons: set[int] = set()
        for row, cells in enumerate(sheet.rows, 1):
            for column, cell in enumerate(cells, 1):
                text = REMOVED if cell.text and column in of_persons else _blanked(cell.text)
                if text:
                    put(copy, row, column, text)
                if heads_persons(cell.text):
                    of_persons.add(column)
    stream = io.BytesIO()
    book.save(stream)
    return without_clock(stream.getvalue())


def _blanked(text: str) -> str:
    for one in find(text):
        text = text.replace(one.text, REMOVED)
    return text
