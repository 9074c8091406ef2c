import io

import openpyxl
import pytest

from analysis.project import workbooks


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@cmd", "_x0041_"])
def test_a_text_is_written_as_text(text):
    book = openpyxl.Workbook()
    assert workbooks.put(book.active, 1, 1, text).data_type == "s"


def test_a_workbook_holds_numbers_as_numbers_and_what_looks_like_a_formula_as_text():
    document = workbooks.workbook("a", ["name", "count"], [["=HYPERLINK(0)", 3]])
    sheet = openpyxl.load_workbook(io.BytesIO(document)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["name", "count"],
        ["=HYPERLINK(0)", 3],
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "n"]


def test_the_same_workbook_is_the_same_bytes_whatever_the_clock(monkeypatch):
    first = workbooks.workbook("a", ["b"], [["c"]])
    monkeypatch.setenv("TZ", "Asia/Jakarta")
    assert workbooks.workbook("a", ["b"], [["c"]]) == first
