"""Find the sheets of the compendium's template in a workbook, and leave out its example rows."""

from collections.abc import Iterator
from dataclasses import replace

from analysis.intake.header_rows import SEARCHED
from analysis.intake.sheet_tables import Table
from analysis.intake.sheets import ImportProblem, Sheet
from analysis.intake.spreadsheets import find_table, tell_unread
from analysis.intake.templates_xlsx import CODES, GUIDE, MARKER, examples
from analysis.language.headings import is_personal
from analysis.language.problems import Problem
from analysis.language.synonyms import nearest
from analysis.language.terms import plain, tidy
from analysis.raw_data.schemas import columns_asked

HALF = 0.5
"""Share of a raw file's columns from which a row counts as the header of its sheet."""


def find_sheets(sheets: list[Sheet]) -> tuple[dict[str, Table], list[Problem]]:
    """Return the tables of the sheets that are named for a raw file and have its columns.

    Returns
    -------
    dict, list of Problem
        The records by raw file, without the examples; empty for any other workbook. In one made of the
        template, a sheet that cannot be read is an error, and so is an example row that was changed: it may
        or may not be meant.
    """
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    if not any(_is_ours(sheet) for sheet in sheets):
        return tables, problems
    others = [one for one in sheets if one.name not in (GUIDE, CODES) and not _recognise(one)[0]]
    problems += tell_unread([one for one in others if not one.is_hidden])
    for sheet in sheets:
        name, row = _recognise(sheet)
        if name and not row:
            problems.append(ImportProblem("template_unread", sheet.place, expected=name))
        elif name:
            table, odd = find_table([replace(sheet, is_hidden=False)], header_row=row)
            misnamed = list(_misnamed(table, name))
            table, changed = _without_examples(table, name)
            if sheet.is_hidden or sheet.name not in (name, ""):
                kind = "template_unread" if name == sheet.name else "template_sheet"
                problem = ImportProblem(kind, sheet.place, found=sheet.name, expected=name)
                problems += [problem] if table.rows else []
            else:
                problems += [*odd, *misnamed]
                if all(problem.is_warning for problem in misnamed):
                    tables[name] = table
                    problems += changed
    return tables, problems


def _is_ours(sheet: Sheet) -> bool:
    """Return whether a sheet comes from the template; in a CSV file it has no name."""
    name, row = _recognise(sheet)
    if sheet.name in (GUIDE, CODES) or not row:
        return sheet.name in (GUIDE, CODES)
    is_named = name == sheet.name or (not sheet.name and MARKER in sheet.texts(row))
    return is_named and _coverage(sheet, row, name) == 1


def _recognise(sheet: Sheet) -> tuple[str, int]:
    """Return the raw file that a sheet is for ("" for none) and the row of its header (0 for none)."""
    named = tidy(sheet.name).casefold()
    is_named = named in examples()
    candidates = [named] if is_named else list(examples())
    rows = range(1, min(len(sheet.rows), SEARCHED) + 1)
    fits = [(_coverage(sheet, row, name), -row, name) for row in rows for name in candidates]
    share, row, name = max(fits, default=(0.0, 0, ""))
    if share >= (HALF if is_named else 1):
        return name, -row
    return (named, 0) if is_named and any(cell.text for row in sheet.rows for cell in row) else ("", 0)


def _coverage(sheet: Sheet, row: int, name: str) -> float:
    """Return the share of a raw file's columns that a row names."""
    cells, columns = sheet.texts(row), columns_asked(name)
    return sum(column in cells for column in columns) / len(columns)


def _misnamed(table: Table, name: str) -> Iterator[Problem]:
    """Report the columns that a sheet lacks; warn of those that are not read."""
    place, columns = table.sheet.place, columns_asked(name)
    others = [
        one for one in table.columns if one.heading not in columns and plain(one.heading) != plain(MARKER)
    ]
    for column in columns:
        if table.column(column) is None:
            near = nearest(column, [one.heading for one in others])
            yield ImportProblem("template_column", place, table.header_row, "", column, nearest=near)
    for one in others:
        kind = "personal" if is_personal(one.heading) else "template_extra"
        yield ImportProblem(kind, place, table.header_row, one.place, one.heading, is_warning=True)


def _without_examples(table: Table, name: str) -> tuple[Table, list[Problem]]:
    """Leave out the shipped examples, marked or not; report marked rows that hold something else."""
    marker = next((column for column in table.columns if plain(column.heading) == plain(MARKER)), None)
    rows: list[int] = []
    problems: list[Problem] = []
    shipped = [tuple(map(tidy, example)) for example in examples()[name]]
    columns = [table.column(column) for column in columns_asked(name)]
    for row in table.rows:
        mark = table.text(row, marker)
        record = tuple(table.text(row, column) for column in columns)
        if marker and mark and any(record) and record not in shipped:
            problems.append(ImportProblem("example_changed", table.sheet.place, row, marker.place, mark))
        elif not mark and record not in shipped:
            rows.append(row)
    return table.without(set(table.rows) - set(rows), "example"), problems
