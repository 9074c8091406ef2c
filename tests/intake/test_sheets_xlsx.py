import datetime as dt
import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula
from spreadsheet_files import xlsx_bytes, zipped

from analysis.intake import sheets_xlsx
from analysis.intake.sheets import EMPTY, Cell, Range, UnreadableError

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1)


def first(data):
    """Return the first sheet of a workbook."""
    return sheets_xlsx.read(data, "t.xlsx")[0]


def cell_of(value, shown=None):
    """Return a value as it is read from a cell, shown in some number format."""

    def change(book):
        if shown:
            book.worksheets[0]["A1"].number_format = shown

    return first(xlsx_bytes({"S": [[value]]}, change)).cell(1, 1)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=4))
def test_texts_are_read_back_whatever_they_begin_with(rows):
    got = first(xlsx_bytes({"S": rows})).rows
    assert got == [[Cell(text) for text in row] for row in rows]


@pytest.mark.parametrize(
    "text", ["=1+1", "+62", "-5", "@cmd", "0012", "NA", "None", "TRUE", " x ", "a\nb", "_x0041_"]
)
def test_texts_stay_texts(text):
    assert cell_of(text) == Cell(text)


def test_the_escapes_of_excel_are_undone():
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes({"S": [["aQb"]]}))) as old:
        parts = {name: old.read(name).replace(b"aQb", b"a_x000D_b") for name in old.namelist()}
    assert first(zipped(parts)).cell(1, 1).text == "a\rb"


@pytest.mark.parametrize(
    ("value", "shown", "expected"),
    [
        (12, None, Cell("12", "number")),
        (12.0, None, Cell("12", "number")),
        (1.5, None, Cell("1.5", "number")),
        (12, "0000", Cell("0012", "number")),
        (12, "0.00", Cell("12", "number")),
        (1e20, None, Cell("1e+20", "number")),
        (True, None, Cell("TRUE")),
        (dt.date(2024, 3, 31), None, Cell("2024-03-31", "date")),
        (dt.datetime(2024, 3, 31, 10, 15), None, Cell("2024-03-31", "date")),
        (dt.time(10, 15), None, Cell("10:15:00", "date")),
        (45382, "dd/mm/yyyy", Cell("2024-03-31", "date")),
    ],
)
def test_numbers_and_dates_say_what_they_are(value, shown, expected):
    assert cell_of(value, shown) == expected


def test_errors_and_formulas_without_a_result_are_told_apart_from_empty_cells():
    def change(book):
        sheet = book.worksheets[0]
        sheet["A1"] = "#N/A"
        sheet["B1"] = "=1+1"
        sheet["D1"] = "x"

    kinds = [cell.kind for cell in first(xlsx_bytes({"S": []}, change)).rows[0]]
    assert kinds == ["error", "formula", "text", "text"]


def test_the_saved_result_of_a_formula_is_its_value():
    data = xlsx_bytes({"S": [["x"]]}, lambda book: book.worksheets[0].__setitem__("A2", "=1+1"))
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb"(<f>1\+1</f>)<v.*?(/>|</v>)", rb"\1<v>2</v>", parts[sheet])
    assert b"<v>2</v>" in parts[sheet]
    assert first(zipped(parts)).cell(2, 1) == Cell("2", "number")


def test_a_formula_that_gives_nothing_is_an_empty_cell_and_an_array_formula_is_quoted():
    def change(book):
        sheet = book.worksheets[0]
        sheet["A2"] = '=IF(TRUE,"","x")'
        sheet["B2"] = ArrayFormula("B2:B2", "=SUM(A1:A1)")

    data = xlsx_bytes({"S": [["x", "y", "z"]]}, change)
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(
        rb'<c r="A2">(<f>[^<]*</f>)<v.*?(/>|</v>)', rb'<c r="A2" t="str">\1<v></v>', parts[sheet]
    )
    assert b't="str"' in parts[sheet]
    got = first(zipped(parts))
    assert (got.cell(2, 1), got.cell(2, 2)) == (EMPTY, Cell("=SUM(A1:A1)", "formula"))


def test_merged_hidden_and_far_cells_are_seen_without_being_made():
    def change(book):
        sheet = book.worksheets[0]
        sheet.merge_cells("A1:A2")
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet["XFD1048576"].number_format = "0"  # LibreOffice leaves such cells behind
        book.create_sheet("Rahasia").sheet_state = "veryHidden"

    sheets = sheets_xlsx.read(xlsx_bytes({"S": [["a", "b"], [None, "c"]]}, change), "t.xlsx")
    assert [sheet.is_hidden for sheet in sheets] == [False, True]
    got = sheets[0]
    assert (got.merged, got.hidden_rows, got.hidden_columns) == ([Range(1, 1, 2, 1)], {2}, {2})
    assert len(got.rows) == 2


@pytest.mark.parametrize(("place", "kind"), [("A60000", "too_large"), ("AAA1", "too_large")])
def test_a_table_that_reaches_too_far_is_refused(place, kind):
    with pytest.raises(UnreadableError) as caught:
        first(xlsx_bytes({"S": []}, lambda book: book.worksheets[0].__setitem__(place, 1)))
    assert caught.value.problem.kind == kind


def test_a_block_merged_over_the_whole_sheet_is_refused():
    data = xlsx_bytes({"S": [["QQQ"]]}, lambda book: book.worksheets[0].merge_cells("A1:B2"))
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name).replace(b'"A1:B2"', b'"A1:XFD1048576"') for name in old.namelist()}
    with pytest.raises(UnreadableError) as caught:
        first(zipped(parts))
    assert caught.value.problem.kind == "many_cells"


def test_macros_are_left_alone():
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes({"S": [["a"]]}))) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    assert first(zipped(parts | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"})).rows == [[Cell("a")]]


def test_an_archive_of_something_else_is_no_spreadsheet():
    with pytest.raises(UnreadableError) as caught:
        sheets_xlsx.read(zipped({"word/document.xml": "<a/>"}), "t.docx")
    assert caught.value.problem.kind == "document"
    with pytest.raises(UnreadableError) as caught:
        sheets_xlsx.read(zipped({"xl/workbook.xml": "<a/>"}), "t.xlsx")
    assert caught.value.problem.kind == "damaged"
