"""Personal data in a spreadsheet: the cells that seem to hold them, and a copy without them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from analysis.intake.annotated_copies import as_workbook
from analysis.intake.sheets import Cell, Sheet, letter
from analysis.language.problems import Problem
from analysis.privacy.patterns import find
from analysis.privacy.personal import heads_persons, tell
from analysis.privacy.texts import Said
from analysis.project.workbooks import saved

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
    return saved(as_workbook([replace(sheet, rows=_blanked(sheet)) for sheet in sheets], str))


def _blanked(sheet: Sheet) -> list[list[Cell]]:
    rows, of_persons = [], set()
    for row in sheet.rows:
        cells = enumerate(row)
        rows.append([Cell(_without(cell.text, is_personal=n in of_persons)) for n, cell in cells])
        of_persons |= {n for n, cell in enumerate(row) if heads_persons(cell.text)}
    return rows


def _without(text: str, *, is_personal: bool) -> str:
    for one in find(text):
        text = text.replace(one.text, REMOVED)
    return REMOVED if text and is_personal else text
