"""Find the sheets of the compendium's template in a workbook, and leave out its example rows."""

from __future__ import annotations

from dataclasses import replace

from analysis.intake.sheet_tables import Table
from analysis.intake.sheets import ImportProblem, Sheet
from analysis.intake.spreadsheets import find_table
from analysis.intake.synonyms import plain, tidy
from analysis.intake.templates_xlsx import MARKER, SHEETS, examples
from analysis.problems import Problem
from analysis.schemas import columns_of


def find_sheets(sheets: list[Sheet]) -> tuple[dict[str, Table], list[Problem]]:
    """Return the tables of the sheets that are named for a raw file and have exactly its columns.

    Parameters
    ----------
    sheets : list of Sheet
        A workbook's; none of them need be of the template.

    Returns
    -------
    dict, list of Problem
        The records by raw file, without those that are marked as examples; empty for any other workbook. A
        marked row that was changed is an error: nobody knows whether it is meant.
    """
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    for sheet in sheets:
        names = _names(sheet.name)
        row = _header_row(sheet, names) if names and not sheet.is_hidden else 0
        if row:
            known = {name: name for name in (*names, MARKER)}
            found, odd = find_table([sheet], known.get, header_row=row)
            tables[sheet.name], changed = _without_examples(found, names)
            problems += [*odd, *changed]
    return tables, problems


def _names(name: str) -> list[str]:
    return columns_of(name) if name in SHEETS else []


def _header_row(sheet: Sheet, names: list[str]) -> int:
    """Return the row that has every column name, 0 if there is none."""
    for number, row in enumerate(sheet.rows, start=1):
        if set(names) <= {cell.text.strip() for cell in row}:
            return number
    return 0


def _without_examples(table: Table, names: list[str]) -> tuple[Table, list[Problem]]:
    marker = next((column for column in table.columns if plain(column.heading) == plain(MARKER)), None)
    if marker is None:
        return table, []
    rows: list[int] = []
    problems: list[Problem] = []
    shipped = [tuple(map(tidy, example)) for example in examples()[table.sheet.name]]
    columns = [table.column(name) for name in names]
    for row, mark in table.cells(marker):
        record = tuple(tidy(table.sheet.cell(row, column.number).text) for column in columns if column)
        if not mark.text.strip():
            rows.append(row)
        elif any(record) and record not in shipped:
            problems.append(ImportProblem("example_changed", table.sheet.place, row, marker.place, mark.text))
    return replace(table, rows=rows), problems
