"""Ditto marks: cells that say in a word or sign that they mean the same as the cell above."""

from dataclasses import replace

from analysis.intake.mapping import InventoryMapping
from analysis.intake.row_words import is_ditto
from analysis.intake.sheet_tables import Column, Table
from analysis.intake.sheets import EMPTY, LISTED, Cell, ImportProblem, listed
from analysis.language.problems import Problem


def fill_dittos(table: Table, mapping: InventoryMapping) -> tuple[Table, list[Problem]]:
    """Return a table whose ditto marks are replaced with what the cell above says, and a warning a column.

    Only columns that are read count, and not that of names: *SDA* may be what an application is called. A
    ditto mark with nothing above it becomes blank.
    """
    wanted = {choice.heading for name, choice in mapping.columns.items() if name != "name"}
    rows = [list(row) for row in table.sheet.rows]
    told: list[Problem] = []
    for column in [one for one in table.columns if one.heading in wanted]:
        found = _fill(table, column, rows)
        if found:
            said = listed(list(dict.fromkeys(found.values())), LISTED, "”, “")
            told.append(
                ImportProblem.of_rows(
                    "ditto", table.sheet.place, list(found), column.place, said, is_warning=True
                )
            )
    return (replace(table, sheet=replace(table.sheet, rows=rows)) if told else table), told


def _fill(table: Table, column: Column, rows: list[list[Cell]]) -> dict[int, str]:
    """Fill the ditto marks of a column; return what they were, by row."""
    found: dict[int, str] = {}
    above, place = EMPTY, ""
    for row, cell in table.cells(column):
        now = table.places[row][0] if row in table.places else ""
        above, place = (above if now == place else EMPTY), now
        if is_ditto(text := table.text(row, column)):
            found[row] = text
            rows[row - 1][column.number - 1] = above
        else:
            above = cell
    return found
