"""A copy of a spreadsheet in which each problem is a comment at its cell, listed on a first sheet."""

import io
import re
import warnings
from collections import defaultdict
from collections.abc import Callable, Sequence

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import column_index_from_string, get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from analysis.intake.sheets import Sheet
from analysis.language.labels import text
from analysis.language.problem_groups import arranged
from analysis.language.problems import Problem, rows_in, visible
from analysis.project.workbooks import put, saved

MAX_COMMENTS = 2_000
"""Cells that get a comment; the list names all problems."""
LETTERS = re.compile(r"[A-Z]{1,3}(?=$|[ ,])")
FILLS = {True: "FFF2CC", False: "F8CBAD"}
"""Colours of a cell by whether its weightiest problem is a warning only."""
WIDTHS = (6, 12, 24, 14, 26, 60, 60)
COMMENT_SIZE = (420, 140)
"""Width and height of a comment."""


def annotate(data: bytes, sheets: Sequence[Sheet], problems: Sequence[Problem], lang: str) -> bytes:
    """Return a workbook with the problems in it, in some language.

    Parameters
    ----------
    data : bytes
        The original file, which keeps its formats where it is a workbook.
    sheets : sequence of Sheet
        What was read of it; the copy of any other file is made of these.
    """
    book = _opened(data, sheets)
    titles = {one.place: title for one, title in zip(sheets, book.sheetnames, strict=False)}
    told = arranged(problems)
    cells = _by_cell(told, titles)
    for (title, row, column), found in list(cells.items())[:MAX_COMMENTS]:
        _comment(book[title], row, column, found, lang)
    _write_list(book, told, titles, lang)
    return saved(book)


def _opened(data: bytes, sheets: Sequence[Sheet]) -> Workbook:
    """Return the workbook itself, or one with the same cells where the file is no workbook."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(io.BytesIO(data), keep_links=False)
            if [one.title for one in book.worksheets] == [one.name for one in sheets]:
                return book
        except Exception:  # noqa: S110 - whatever it is, its cells have been read
            pass
    return as_workbook(sheets, visible)


def as_workbook(sheets: Sequence[Sheet], shown: Callable[[str], str]) -> Workbook:
    """Return a workbook with the same cells in the same places, as texts that `shown` may change."""
    book = Workbook()
    book.remove(book.active)
    for number, one in enumerate(sheets, start=1):
        title = re.sub(r"[\[\]:*?/\\]", " ", one.name)[:31].strip("' ") or f"Data{number}"
        sheet = book.create_sheet(title)
        for row, cells in enumerate(one.rows, start=1):
            for column, cell in enumerate(cells, start=1):
                if cell.text:
                    put(sheet, row, column, shown(cell.text))
    return book


def _by_cell(told: Sequence[Problem], titles: dict[str, str]) -> dict[tuple[str, int, int], list[Problem]]:
    """Return the problems by sheet, row and column; one of a whole row stands at its first cell."""
    cells: defaultdict[tuple[str, int, int], list[Problem]] = defaultdict(list)
    for one in told:
        if one.file not in titles or one.row is None:
            continue
        letters = LETTERS.match(one.column)
        column = column_index_from_string(letters[0]) if letters else 1
        for row in rows_in(one.rows) or [one.row]:
            cells[titles[one.file], row, column].append(one)
    return dict(cells)


def _comment(sheet: Worksheet, row: int, column: int, found: Sequence[Problem], lang: str) -> None:
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        block = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(block.min_row, block.min_col)
    said = [f"{_weight(one, lang)}: {one.message(lang)} {one.remedy(lang)}" for one in found]
    before = [cell.comment.text] if cell.comment else []
    width, height = COMMENT_SIZE
    cell.comment = Comment(visible("\n\n".join([*before, *said])), "compendium", height=height, width=width)
    colour = FILLS[all(one.is_warning for one in found)]
    cell.fill = PatternFill("solid", start_color=colour)


def _write_list(book: Workbook, told: Sequence[Problem], titles: dict[str, str], lang: str) -> None:
    """Put a sheet in front that lists the problems, each with a link to its place."""
    sheet = book.create_sheet(text("import.copy.title", lang), 0)
    keys = ("number", "weight", "sheet", "rows", "column", "problem", "remedy")
    for column, (key, width) in enumerate(zip(keys, WIDTHS, strict=True), start=1):
        put(sheet, 1, column, text(f"import.copy.{key}", lang)).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, one in enumerate(told, start=2):
        title = titles.get(one.file, "")
        place = (title or one.file, one.rows or (str(one.row) if one.row else ""), one.column)
        cells = (str(row - 1), _weight(one, lang), *place, one.message(lang), one.remedy(lang))
        for column, value in enumerate(cells, start=1):
            put(sheet, row, column, visible(value)).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 2).fill = PatternFill("solid", start_color=FILLS[one.is_warning])
        if title and one.row:
            letters = LETTERS.match(one.column)
            quoted = title.replace("'", "''")
            target = f"'{quoted}'!{letters[0] if letters else 'A'}{one.row}"
            sheet.cell(row, 4).hyperlink = Hyperlink(ref=f"D{row}", location=target)
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.active = 0
    for one in book.worksheets[1:]:
        one.sheet_view.tabSelected = False


def _weight(problem: Problem, lang: str) -> str:
    return text(f"checkpage.{'warning' if problem.is_warning else 'error'}", lang)
