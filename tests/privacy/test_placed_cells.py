"""Cells of workbooks are read with their places, however hostile the file."""

import time

import pytest
from spreadsheet_files import edited, ods_bytes, ods_of, xlsx_bytes

from analysis.privacy.placed_cells import cells
from analysis.privacy.texts import texts

PLANTED = "Dr. Rina Sari & Budi"


@pytest.mark.parametrize(("name", "made"), [("a.xlsx", xlsx_bytes), ("a.ods", ods_bytes)])
def test_a_cell_of_a_workbook_is_read_once_with_its_place(tmp_path, name, made):
    (tmp_path / name).write_bytes(
        made({"Satu": [["x"]], "Dua": [["a", "b"], [], ["", "", f"oleh {PLANTED}"]]})
    )
    found = [one for one in texts(tmp_path / name) if "Rina" in one.text]
    assert found == [(f"oleh {PLANTED}", 3, "C", "Dua")]


def test_a_workbook_that_claims_or_repeats_without_end_is_read_at_once(tmp_path):
    far = b"".join(b'<row r="%d"><c r="XFD%d" t="b"><v>1</v></c></row>' % (n, n) for n in range(2, 5_000))
    claims = (b'ref="A1"', b'ref="A1:XFD1048576"'), (b"</sheetData>", far + b"</sheetData>")
    (tmp_path / "a.xlsx").write_bytes(edited(xlsx_bytes({"S": [[PLANTED]]}), *claims))
    begun = time.process_time()
    assert next(texts(tmp_path / "a.xlsx")).text == PLANTED
    assert time.process_time() - begun < 10


def test_repeated_rows_of_a_document_are_counted_and_read_once(tmp_path):
    cell = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    rows = f'<table:table-row table:number-rows-repeated="40000">{cell}</table:table-row>'
    rows += f'<table:table-row><table:table-cell table:number-columns-repeated="2"/>{cell}</table:table-row>'
    table = f'<table:table table:name="A">{rows}</table:table>'
    data = ods_of(f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>")
    (tmp_path / "a.ods").write_bytes(data)
    assert list(cells(tmp_path / "a.ods")) == [("x", 1, "A", "A"), ("x", 40001, "C", "A")]
