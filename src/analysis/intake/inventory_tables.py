"""Find the inventory in a workbook: one sheet, or several of one form that are an agency's each."""

from collections.abc import Sequence

from analysis.intake import spreadsheets
from analysis.intake.joined_sheets import join
from analysis.intake.mapping import GROUPS, NOTHING, SHEET_NAME, InventoryMapping
from analysis.intake.sheet_tables import Table
from analysis.intake.sheets import ImportProblem, Sheet
from analysis.language.agencies import is_agency_name
from analysis.language.headings import recognise
from analysis.language.problems import Problem
from analysis.language.terms import tidy


def find_inventory(sheets: list[Sheet], choices: InventoryMapping | None) -> tuple[Table, list[Problem]]:
    """Return the table of an inventory, and problems of the table and its workbook.

    Sheets of one form are read together where a mapping lists them, or says that agencies are the names of
    sheets; where no mapping says anything, if they lack a column of agencies and all are called like some.
    """
    owner = choices.columns.get("owner") if choices else None
    is_said = owner is not None and owner.heading == SHEET_NAME
    is_listed = choices is not None and len(choices.sheets) > 1
    if not (is_said or is_listed or choices is None):
        return _find_one(sheets, choices)
    wanted = list(choices.sheets or filter(None, [choices.sheet])) if choices else []
    named = [one for name in wanted for one in spreadsheets.named(sheets, name)] or sheets
    parts = _parts(named if is_listed else spreadsheets.alike(named, recognise), is_said=is_said or is_listed)
    if not parts:
        return _find_one(sheets, choices)
    tables, problems = zip(*parts, strict=True)
    names = ", ".join(f"“{tidy(table.sheet.name)}”" for table in tables)
    told = [ImportProblem("sheets_joined", tables[0].sheet.file, found=names, is_warning=True)]
    joined = {table.sheet.name for table in tables}
    others = [one for one in sheets if one.name not in joined]
    found = [one for several in problems for one in several]
    return join(tables), [*(told if is_said or not choices else []), *found, *_unread(others, named)]


def _parts(sheets: Sequence[Sheet], *, is_said: bool) -> list[tuple[Table, list[Problem]]]:
    """Return the tables of sheets that are to be read together, none if they are not."""
    if not is_said and (len(sheets) < 2 or not all(is_agency_name(one.name) for one in sheets)):
        return []
    parts = [spreadsheets.find_table([one], recognise) for one in sheets]
    owned = any(recognise(column.heading) == "owner" for table, _ in parts for column in table.columns)
    return [] if owned and not is_said else parts


def _unread(others: Sequence[Sheet], known: Sequence[Sheet]) -> list[Problem]:
    """Warn of hidden sheets, which are not read."""
    hidden = [one for one in others if one.is_hidden and one in known and any(any(row) for row in one.rows)]
    return [ImportProblem("hidden_sheet", one.place, is_warning=True) for one in hidden]


def _find_one(sheets: list[Sheet], choices: InventoryMapping | None) -> tuple[Table, list[Problem]]:
    """Find the table where the mapping says, or search again if rows above it were added or deleted since."""
    if choices is None:
        return spreadsheets.find_table(sheets, recognise)
    wanted = {choice.heading for choice in choices.columns.values()} - {"", NOTHING, GROUPS, SHEET_NAME}
    lengths = [len(sheet.rows) for sheet in sheets if choices.sheet in ("", tidy(sheet.name))]
    found = []
    for row in (choices.header_row, 0) if choices.header_row <= max(lengths, default=0) else (0,):
        table, odd = spreadsheets.find_table(sheets, recognise, sheet=choices.sheet, header_row=row)
        missing = len(wanted - {column.heading for column in table.columns})
        found.append((missing, table, odd))
        if not missing:
            break
    return min(found, key=lambda one: one[0])[1:]
