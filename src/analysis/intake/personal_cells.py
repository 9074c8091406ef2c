"""Personal data in a spreadsheet: the cells that seem to hold them, and a copy without them."""

from collections.abc import Iterator, Sequence

from openpyxl import Workbook

from analysis.intake.sheets import Sheet, letter
from analysis.language.problems import Problem
from analysis.privacy.patterns import find
from analysis.privacy.personal import heads_persons, tell
from analysis.privacy.texts import Said
from analysis.project.workbooks import put, saved

REMOVED = "[…]"
"""What stands in a copy where something personal was."""


def personal_cells(sheets: Sequence[Sheet], city: str) -> Iterator[Problem]:
    """Yield one warning for each column of a sheet and kind of personal data, with its rows."""
    for sheet in sheets:
        cells = (
            (one, Said(cell.text, row, letter(column)))
            for row, cells in enumerate(sheet.rows, 1)
            for column, cell in enumerate(cells, 1)
            for one in find(cell.text)
        )
        yield from tell(cells, sheet.place, city)


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
    return saved(book)


def _blanked(text: str) -> str:
    for one in find(text):
        text = text.replace(one.text, REMOVED)
    return text
