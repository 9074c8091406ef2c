"""A workbook is counted as its reader opens it: by its relationships, and as a whole."""

from pathlib import Path

import pytest
from openpyxl.styles import Font
from spreadsheet_files import (
    HEADINGS,
    RECORD,
    edited,
    ods_bytes,
    ods_of,
    parts_of,
    refusal,
    xlsx_bytes,
    zipped,
)

from analysis.intake import sheets_ods, sheets_xlsx, spreadsheets, xlsx_contents
from analysis.intake.sheets import Cell

GOOD = xlsx_bytes({"S": [HEADINGS, RECORD]})
SHEET = "xl/worksheets/sheet1.xml"


def moved(to, change=lambda sheet: sheet):
    """Return the good workbook with its sheet in another place."""
    parts = parts_of(GOOD)
    sheet = change(parts.pop(SHEET))
    parts = {name: data.replace(SHEET.encode(), to.encode()) for name, data in parts.items()}
    return zipped(parts | {to: sheet})


def why(data, read=sheets_xlsx.read):
    """Return kind and size for which a document is refused."""
    problem = refusal(read, data, "t.xlsx")
    return problem.kind, problem.found


@pytest.mark.parametrize("place", ["xl/sheets/a.xml", "lembar/satu.dat", "data"])
def test_a_workbook_of_another_layout_is_read(place):
    assert [cell.text for cell in sheets_xlsx.read(moved(place), "t.xlsx")[0].rows[1]] == list(RECORD)


@pytest.mark.parametrize("place", ["xl/sheets/a.xml", "lembar/satu.dat"])
def test_a_bomb_is_found_wherever_its_sheet_lies(place):
    merge = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    data = moved(place, lambda sheet: sheet.replace(b"</sheetData>", merge))
    assert why(data) == ("many_cells", "")


def test_a_strict_workbook_is_read():
    usual, strict = rb"http://schemas.openxmlformats.org/(\w+)/2006/", rb"http://purl.oclc.org/ooxml/\1/"
    data = edited(GOOD, (usual.replace(rb"(\w+)", b"(spreadsheetml|officeDocument)"), strict))
    assert [cell.text for cell in sheets_xlsx.read(data, "t.xlsx")[0].rows[1]] == list(RECORD)


def test_cells_far_apart_do_not_make_those_in_between():
    def change(book):
        for n in range(4):
            sheet = book.create_sheet(f"S{n}")
            sheet["A1"], sheet["SF49999"] = "a", "b"

    sheets = sheets_xlsx.read(xlsx_bytes({"S": [["x"]]}, change), "t.xlsx")
    assert sheets[3].rows[0] == [Cell("a")]
    assert len(sheets[3].rows[49998]) == 500


def test_styles_are_counted(monkeypatch):
    monkeypatch.setattr(xlsx_contents, "MAX_STYLES", 40)

    def change(book):
        for n in range(300):
            book.worksheets[0].cell(n + 1, 1, "x").font = Font(size=n + 1)

    assert why(xlsx_bytes({"S": []}, change)) == ("unsafe", "styles.xml > 40")


def test_letters_are_counted_for_a_cell_and_for_the_whole_document(monkeypatch):
    long = [["x" * 40_000]]
    for data in (ods_bytes({"S": long}), long[0][0].encode()):
        assert why(data, spreadsheets.read) == ("too_long", "40000")
    monkeypatch.setattr(spreadsheets, "MAX_LETTERS", 100)
    data = xlsx_bytes({"S": [["x" * 60]], "T": [["x" * 60]]})
    assert why(data, spreadsheets.read) == ("too_long", "120")


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row table:number-rows-repeated="40000">%s</table:table-row>',
        '<table:table-row table:number-rows-repeated="49990"/><table:table-row>%s</table:table-row>',
    ],
    ids=["filled", "blank"],
)
def test_the_repeated_rows_of_all_tables_are_counted_together(row, monkeypatch):
    monkeypatch.setattr(sheets_ods, "MAX_CELLS", 100_000)
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    table = f"<table:table>{row % cell}</table:table>"
    data = ods_of(f"<office:body><office:spreadsheet>{table * 900}</office:spreadsheet></office:body>")
    assert why(data, sheets_ods.read) == ("many_cells", "")


def test_a_device_is_no_file():
    kind = refusal(spreadsheets.load, Path("/dev/zero")).kind
    assert kind in ("no_ordinary_file", "no_file")  # Windows has none
