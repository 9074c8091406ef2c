"""Each problem is a comment at its cell; a first sheet lists them; the cells stay as they are."""

import io

import pytest
from openpyxl import load_workbook
from spreadsheet_files import csv_bytes, ods_bytes, xlsx_bytes

from analysis.intake import spreadsheets
from analysis.intake.annotated_copies import annotate
from analysis.intake.sheets import ImportProblem

ROWS = [["Nama Aplikasi", "OPD"], ["=1+1", "Dinas A"], ["Sapa", "#"]]


def copy_of(data, problems, lang="id", file="i.xlsx"):
    """Return the annotated copy of a file."""
    sheets = spreadsheets.read(data, file)
    return load_workbook(io.BytesIO(annotate(data, sheets, problems, lang)))


@pytest.mark.parametrize(
    ("data", "file", "place", "title"),
    [
        (xlsx_bytes({"A": ROWS}), "i.xlsx", "i.xlsx [A]", "A"),
        (ods_bytes({"A": ROWS}), "i.ods", "i.ods [A]", "A"),
        (csv_bytes(ROWS), "i.csv", "i.csv", "Data1"),
    ],
    ids=["xlsx", "ods", "csv"],
)
def test_a_copy_has_a_comment_at_the_cell_and_a_list_with_links(data, file, place, title):
    problems = [
        ImportProblem("date", place, 3, "B (OPD)", "x", rows="2-3"),
        ImportProblem("hidden_rows", place, 3, found="3", is_warning=True),
        ImportProblem("no_records", file),
    ]
    book = copy_of(data, problems, file=file)
    assert book.sheetnames == ["Temuan", title]
    sheet = book[title]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == ROWS
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row)
    assert problems[0].statement("id") in sheet["B2"].comment.text
    assert problems[0].remedy("id") in sheet["B3"].comment.text
    assert "peringatan" in sheet["A3"].comment.text
    assert sheet["A2"].comment is None
    listed = [[cell.value for cell in row] for row in book["Temuan"].iter_rows(min_row=2)]
    assert {tuple(row[2:5]) for row in listed} == {
        (title, "2-3", "B (OPD)"),
        (title, "3", None),
        (title if file == place else file, None, None),
    }
    links = {cell.hyperlink.location for cell in book["Temuan"]["D"] if cell.hyperlink}
    assert links == {f"'{title}'!B3", f"'{title}'!A3"}


def test_formats_merged_cells_and_earlier_comments_are_kept():
    def change(book):
        book["A"]["B2"].number_format = "0.00"
        book["A"].column_dimensions["B"].width = 40

    data = xlsx_bytes({"A": [["Nama", "OPD"], ["x", 1.5], ["", 2]]}, change, merge=["A2:A3"])
    sheet = copy_of(data, [ImportProblem("date", "i.xlsx [A]", 3, "A (Nama)", "x")])["A"]
    assert "x" in sheet["A2"].comment.text  # the block's first cell
    assert (sheet["B2"].value, sheet["B2"].number_format) == (1.5, "0.00")
    assert sheet.column_dimensions["B"].width == 40
