"""Read a table from somebody else's spreadsheet: format, sheet and header row are detected."""

from collections.abc import Iterator
from pathlib import Path

from analysis.intake import sheets_csv, sheets_ods, sheets_xlsx
from analysis.intake.confined import confined
from analysis.intake.file_forms import form_of_bytes
from analysis.intake.header_rows import TABLE_LIKE, find_header, is_filled
from analysis.intake.sheet_tables import Table, make_table
from analysis.intake.sheets import MAX_BYTES, YEAR, ImportProblem, Sheet, refuse
from analysis.language.problems import Problem
from analysis.language.terms import tidy

ZIP = b"PK\x03\x04"
MAX_LETTERS = 10_000_000
"""Most letters that the cells of a document may hold together."""
LONGEST = 32_767
"""Most letters of a cell, as in Excel."""


def load(path: Path) -> bytes:
    """Return the content of a file; `refuse` one that is not there, or no file of moderate size."""
    if path.is_dir():
        refuse("folder", path.name or str(path))
    if path.exists() and not path.is_file():
        refuse("no_ordinary_file", path.name)
    if not path.is_file():
        refuse("no_file", path.name or str(path))
    if (size := path.stat().st_size) > MAX_BYTES:
        refuse("too_large", path.name, found=f"{size / 1e6:.0f} MB", expected=f"{MAX_BYTES / 1e6:.0f} MB")
    return path.read_bytes()


def read(data: bytes, file: str) -> list[Sheet]:
    """Return the sheets of a CSV, XLSX or ODS file, identified by content and not by name.

    Raises
    ------
    UnreadableError
        When the file is damaged, dangerous or not a spreadsheet.
    """
    if form := form_of_bytes(data):
        refuse(form.kind, file, found=form.name)
    if data.startswith(ZIP):
        # The first part of an ODS file is its media type, stored as it is.
        is_ods = b"opendocument.spreadsheet" in data[:200]
        return _moderate(confined(sheets_ods.read if is_ods else sheets_xlsx.read, data, file, file=file))
    return _moderate([sheets_csv.read(data, file)])


def _moderate(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets unless their cells hold more letters than those of any inventory."""
    letters = 0
    for sheet in sheets:
        for number, row in enumerate(sheet.rows, start=1):
            longest = max((len(cell.text) for cell in row), default=0)
            letters += sum(len(cell.text) for cell in row)
            if longest > LONGEST or letters > MAX_LETTERS:
                found, most = (longest, LONGEST) if longest > LONGEST else (letters, MAX_LETTERS)
                refuse("too_long", sheet.place, row=number, found=str(found), expected=str(most))
    return sheets


def find_table(sheets: list[Sheet], *, sheet: str = "", header_row: int = 0) -> tuple[Table, list[Problem]]:
    """Return the table with most known headings, and problems of the table and its workbook.

    Errors concern single rows, which are left out of the table, or say that another sheet has an equally good
    table. Of sheets that are called alike but for a year, the newest is taken, with a warning.

    Parameters
    ----------
    sheet, header_row : str, int
        Where the table is, if known; else "" and 0.

    Raises
    ------
    UnreadableError
        When no visible sheet has a table, or there is no such sheet.
    """
    file = sheets[0].file if sheets else ""
    shown = named(sheets, sheet) if sheet else [one for one in sheets if not one.is_hidden]
    found = [(one, *find_header(one, header_row)) for one in shown]
    if not any(row for _, row, _ in found):
        hidden = [one for one in sheets if one.is_hidden and not sheet and find_header(one)[1] >= TABLE_LIKE]
        if hidden:
            refuse("hidden_sheet", hidden[0].place)
        refuse("no_table", f"{file} [{sheet}]" if sheet else file)
    best, row, known = max(found, key=lambda one: (one[1] > 0, one[2], _year(one[0].name), len(one[0].rows)))
    table, problems = make_table(best, row)
    others = [one for one in sheets if one.name != best.name]
    return table, [*best.problems, *problems, *_others(table, others, known, is_chosen=bool(sheet))]


def named(sheets: list[Sheet], name: str) -> list[Sheet]:
    """Return the sheets with a name, however it is spaced; `refuse` one that no sheet has."""
    found = [one for one in sheets if tidy(one.name) == tidy(name)]
    if sheets and not found:
        names = ", ".join(f"“{tidy(one.name)}”" for one in sheets if one.name)
        refuse("no_sheet", sheets[0].file, found=name, expected=names or "–")
    return found


def alike(sheets: list[Sheet]) -> list[Sheet]:
    """Return the visible sheets that have the most known headings, and anything below them."""
    counted = [(one, *find_header(one)) for one in sheets if not one.is_hidden]
    most = max((TABLE_LIKE, *(known for _, _, known in counted)))
    return [one for one, row, known in counted if known == most and is_filled(one, row)]


def tell_hidden(sheets: list[Sheet]) -> Iterator[Problem]:
    """Warn of hidden sheets that hold anything, since they are not read."""
    for one in sheets:
        if one.is_hidden and is_filled(one, 0):
            yield ImportProblem("hidden_sheet", one.place, is_warning=True)


def tell_unread(sheets: list[Sheet]) -> Iterator[Problem]:
    """Warn once of visible sheets without the headings of an inventory that hold anything."""
    rows = {one.name: sum(bool(one.texts(n)) for n in range(1, len(one.rows) + 1)) for one in sheets}
    found = ", ".join(f"“{tidy(name)}” ({n})" for name, n in rows.items() if n)
    if found:
        yield ImportProblem("sheets_unread", sheets[0].file, found=found, is_warning=True)


def _others(table: Table, others: list[Sheet], known: int, *, is_chosen: bool) -> Iterator[Problem]:
    """Report the sheets that were not imported: an error if one is equally good and nothing says which."""
    counted = [(one, *find_header(one)) for one in others if not one.is_hidden]
    as_good = [one for one, row, n in counted if n >= max(known, TABLE_LIKE) and is_filled(one, row)]
    if as_good and not is_chosen:
        yield _alike(table, [table.sheet, *as_good])
    for one, _, n in counted:
        if one in as_good if is_chosen else n >= TABLE_LIKE and one not in as_good:
            yield ImportProblem("other_sheet", one.place, found=table.sheet.name, is_warning=True)
    yield from tell_unread([one for one, _, n in counted if n < TABLE_LIKE])
    if not is_chosen:
        yield from tell_hidden(others)


def _alike(table: Table, sheets: list[Sheet]) -> Problem:
    """Report sheets that are equally good; only warn where they are one table of several years."""
    names = [tidy(one.name) for one in sheets]
    listed = ", ".join(f"“{name}”" for name in names)
    place, newest = table.sheet.file, names[0]
    if all(map(_year, names)) and len({YEAR.sub("", name).casefold() for name in names}) == 1:
        return ImportProblem("sheets_by_year", place, found=listed, expected=newest, is_warning=True)
    return ImportProblem("sheets_alike" if table.is_owned else "sheets_unowned", place, found=listed)


def _year(name: str) -> str:
    """Return the year in the name of a sheet, "" if it has none."""
    return match[0] if (match := YEAR.search(name)) else ""
