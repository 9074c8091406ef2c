"""Find the inventory in a workbook: one sheet, or several of one form, each an agency's, read together."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.intake import spreadsheets
from analysis.intake.mapping import GROUPS, NOTHING, SHEET_NAME, InventoryMapping
from analysis.intake.sheet_tables import Column, Table
from analysis.intake.sheets import LISTED, Cell, ImportProblem, Sheet, listed
from analysis.language.agencies import is_agency_name
from analysis.language.problems import Problem, rows_in, several
from analysis.language.terms import tidy


def find_inventory(sheets: list[Sheet], choices: InventoryMapping | None) -> tuple[Table, list[Problem]]:
    """Return the table of an inventory, and problems of the table and its workbook.

    Sheets of one form are read together where a mapping lists them, or says that agencies are the names of
    sheets; where no mapping says anything, if they lack a column of agencies and all are called like some.
    """
    if not choices:
        parts = _of_agencies(spreadsheets.alike(sheets))
        return _joined(parts, sheets, is_told=True) if parts else spreadsheets.find_table(sheets)
    is_said = "owner" in choices.columns and choices.columns["owner"].heading == SHEET_NAME
    is_listed = len(choices.sheets) > 1
    if not is_said and not is_listed:
        return _find_one(sheets, choices)
    wanted = choices.sheets or filter(None, [choices.sheet])
    named = [one for name in wanted for one in spreadsheets.named(sheets, name)] or sheets
    parts = [spreadsheets.find_table([one]) for one in (named if is_listed else spreadsheets.alike(named))]
    return _joined(parts, named, is_told=is_said) if parts else _find_one(sheets, choices)


def _of_agencies(sheets: Sequence[Sheet]) -> list[tuple[Table, list[Problem]]]:
    """Return the tables of sheets that are an agency's each, none if they are not."""
    if len(sheets) < 2 or not all(is_agency_name(one.name) for one in sheets):
        return []
    parts = [spreadsheets.find_table([one]) for one in sheets]
    return [] if any(table.is_owned for table, _ in parts) else parts


def _find_one(sheets: list[Sheet], choices: InventoryMapping) -> tuple[Table, list[Problem]]:
    """Find the table where the mapping says, or search again if rows above it were added or deleted since."""
    wanted = {choice.heading for choice in choices.columns.values()} - {"", NOTHING, GROUPS, SHEET_NAME}
    lengths = [len(sheet.rows) for sheet in sheets if choices.sheet in ("", tidy(sheet.name))]
    found = []
    for row in (choices.header_row, 0) if choices.header_row <= max(lengths, default=0) else (0,):
        table, odd = spreadsheets.find_table(sheets, sheet=choices.sheet, header_row=row)
        missing = len(wanted - {column.heading for column in table.columns})
        found.append((missing, table, odd))
        if not missing:
            break
    return min(found, key=lambda one: one[0])[1:]


def _joined(
    parts: Sequence[tuple[Table, list[Problem]]], sheets: list[Sheet], *, is_told: bool
) -> tuple[Table, list[Problem]]:
    """Return tables as one, with their problems; report that they were joined, and which were left out."""
    tables = [table for table, _ in parts]
    read = [table.sheet.name for table in tables]
    problems = [one for _, found in parts for one in found]
    others = [one for one in sheets if one.name not in read]
    problems += spreadsheets.tell_unread([one for one in others if not one.is_hidden])
    problems += spreadsheets.tell_hidden(others)
    names = ", ".join(f"“{tidy(name)}”" for name in read)
    told = ImportProblem("sheets_joined", tables[0].sheet.file, found=names, is_warning=True)
    return join(tables), [*([told] if is_told else []), *problems]


def join(tables: Sequence[Table]) -> Table:
    """Return the records of several sheets as one table, with one more column: the name of the sheet.

    Its rows are numbered anew; `Table.places` and `relocated` lead back to the sheets.
    """
    headings = list(dict.fromkeys(column.heading for table in tables for column in table.columns))
    columns = [Column(heading, number) for number, heading in enumerate([*headings, SHEET_NAME], start=1)]
    rows = [[Cell(column.heading) for column in columns]]
    places = {1: (tables[0].sheet.place, tables[0].header_row)}
    left_out: dict[str, list[int]] = {}
    for table in tables:
        mine = {column.heading: column.number for column in table.columns}
        for row in table.rows:
            cells = [table.sheet.cell(row, mine.get(heading, 0)) for heading in headings]
            rows.append([*cells, Cell(tidy(table.sheet.name))])
            places[len(rows)] = (table.sheet.place, row)
        for reason, left in table.left_out.items():
            left_out.setdefault(reason, []).extend(left)
    name = listed([tidy(table.sheet.name) for table in tables], LISTED)
    sheet = Sheet(tables[0].sheet.file, name, rows)
    return Table(sheet, 1, columns, list(range(2, len(rows) + 1)), left_out=left_out, places=places)


def relocated(problem: Problem, table: Table) -> list[Problem]:
    """Return a problem of a joined table as problems of its sheets, with the rows that these count."""
    if not table.places or problem.file != table.sheet.place or problem.row is None:
        return [problem]
    by_sheet: dict[str, list[int]] = {}
    for row in rows_in(problem.rows) or [problem.row]:
        place, number = table.places[row]
        by_sheet.setdefault(place, []).append(number)
    if problem.kind == "row.key":
        place, number = table.places[int(problem.found)]
        problem = replace(problem, found=str(number) if place in by_sheet else f"{place} {number}")
    return [replace(problem, file=place, row=rows[0], rows=several(rows)) for place, rows in by_sheet.items()]
