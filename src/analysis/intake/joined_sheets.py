"""Several sheets of one form, each an agency's, read together as one table."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.intake.mapping import SHEET_NAME
from analysis.intake.sheet_tables import Column, Table
from analysis.intake.sheets import LISTED, Cell, Sheet, several
from analysis.language.problems import Problem, rows_in
from analysis.language.terms import tidy


def join(tables: Sequence[Table]) -> Table:
    """Return the records of several sheets as one table, with one more column: the name of the sheet.

    Its rows are numbered anew; `Table.places` and `relocated` lead back to the sheets.
    """
    headings = list(dict.fromkeys(column.heading for table in tables for column in table.columns))
    columns = [Column(heading, number) for number, heading in enumerate([*headings, SHEET_NAME], start=1)]
    rows = [[Cell(column.heading) for column in columns]]
    places = {1: (tables[0].sheet.place, tables[0].header_row)}
    for table in tables:
        mine = {column.heading: column.number for column in table.columns}
        for row in table.rows:
            cells = [table.sheet.cell(row, mine.get(heading, 0)) for heading in headings]
            rows.append([*cells, Cell(tidy(table.sheet.name))])
            places[len(rows)] = (table.sheet.place, row)
    first = tables[0].sheet
    names = [tidy(table.sheet.name) for table in tables]
    listed = ", ".join([*names[:LISTED], *(["…"] if len(names) > LISTED else [])])
    left_out: dict[str, list[int]] = {}
    for table in tables:
        for reason, left in table.left_out.items():
            left_out.setdefault(reason, []).extend(left)
    sheet = Sheet(first.file, listed, rows)
    return Table(sheet, 1, columns, list(range(2, len(rows) + 1)), left_out=left_out, places=places)


def relocated(problem: Problem, table: Table) -> list[Problem]:
    """Return a problem of a joined table as problems of its sheets, with the rows that these count."""
    if not table.places or problem.file != table.sheet.place or problem.row is None:
        return [problem]
    rows = rows_in(problem.rows) if problem.rows else [problem.row]
    by_sheet: dict[str, list[int]] = {}
    for row in rows:
        place, number = table.places[row]
        by_sheet.setdefault(place, []).append(number)
    if problem.kind == "row.key":
        place, number = table.places[int(problem.found)]
        problem = replace(problem, found=str(number) if place in by_sheet else f"{place} {number}")
    return [
        replace(problem, file=place, row=where[0], rows=several(where)["rows"])
        for place, where in by_sheet.items()
    ]
