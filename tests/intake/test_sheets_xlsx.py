import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula
from spreadsheet_files import edited, parts_of, refusal, xlsx_bytes, zipped

from analysis.intake import sheets_xlsx
from analysis.intake.sheets import EMPTY, Cell, Range

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
    assert first(edited(xlsx_bytes({"S": [["aQb"]]}), (b"aQb", b"a_x000D_b"))).cell(1, 1).text == "a\rb"


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
        sheet["A1"], sheet["B1"], sheet["D1"] = "#N/A", "=1+1", "x"

    kinds = [cell.kind for cell in first(xlsx_bytes({"S": []}, change)).rows[0]]
    assert kinds == ["error", "formula", "text", "text"]


def test_the_saved_result_of_a_formula_is_its_value_and_one_that_gives_nothing_is_an_empty_cell():
    def change(book):
        sheet = book.worksheets[0]
        sheet["A1"], sheet["B1"], sheet["D1"] = "=1+1", '=IF(TRUE,"","x")', "x"
        sheet["C1"] = ArrayFormula("C1:C1", "=SUM(A1:A1)")

    two = (rb"(<f>1\+1</f>)<v.*?(/>|</v>)", rb"\1<v>2</v>")
    nothing = (rb'<c r="B1">(<f>[^<]*</f>)<v.*?(/>|</v>)', rb'<c r="B1" t="str">\1<v></v>')
    assert first(edited(xlsx_bytes({"S": []}, change), two, nothing)).rows == [
        [Cell("2", "number"), EMPTY, Cell("=SUM(A1:A1)", "formula"), Cell("x")]
    ]


def test_merged_hidden_and_far_cells_are_seen_without_being_made():
    def change(book):
        sheet = book.worksheets[0]
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet["XFD1048576"].number_format = "0"  # LibreOffice leaves such cells behind
        book.create_sheet("Rahasia").sheet_state = "veryHidden"

    data = xlsx_bytes({"S": [["a", "b"], [None, "c"]]}, change, merge=["A1:A2"])
    sheets = sheets_xlsx.read(data, "t.xlsx")
    assert [sheet.is_hidden for sheet in sheets] == [False, True]
    got = sheets[0]
    assert (got.merged, got.hidden_rows, got.hidden_columns) == ([Range(1, 1, 2, 1)], {2}, {2})
    assert len(got.rows) == 2


@pytest.mark.parametrize("place", ["A60000", "AAA1"])
def test_a_table_that_reaches_too_far_is_refused(place):
    data = xlsx_bytes({"S": []}, lambda book: book.worksheets[0].__setitem__(place, 1))
    assert refusal(first, data).kind == "too_large"


def test_a_block_merged_over_the_whole_sheet_is_refused():
    data = edited(xlsx_bytes({"S": [["QQQ"]]}, merge=["A1:B2"]), (b'"A1:B2"', b'"A1:XFD1048576"'))
    assert refusal(first, data).kind == "many_cells"


def test_macros_are_left_alone():
    parts = parts_of(xlsx_bytes({"S": [["a"]]}))
    assert first(zipped(parts | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"})).rows == [[Cell("a")]]


@pytest.mark.parametrize(
    ("part", "kind"), [("word/document.xml", "document"), ("xl/workbook.xml", "damaged")]
)
def test_an_archive_of_something_else_is_no_spreadsheet(part, kind):
    assert refusal(first, zipped({part: "<a/>"})).kind == kind
