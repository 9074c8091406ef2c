import json
import zipfile

from openpyxl.comments import Comment
from spreadsheet_files import xlsx_bytes

from analysis.privacy.texts import texts

PLANTED = "Dr. Rina Sari & Budi"


def said(path):
    return [one.text for one in texts(path) if "Rina" in one.text]


def test_a_cell_has_its_row_and_column(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'name,owner\n"A\nB","{PLANTED}"\n', encoding="utf-8")
    [one] = (one for one in texts(path) if "Rina" in one.text)
    assert (one.row, one.column, one.text) == (2, "owner", PLANTED)


def test_a_cell_of_a_csv_with_semicolons_has_its_column_too(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"\ufeffnama;pengelola\nA;{PLANTED}\n", encoding="utf-8")
    assert [one for one in texts(path) if "Rina" in one.text] == [(PLANTED, 2, "pengelola", "")]


def test_text_in_markup_is_read_as_a_reader_sees_it(tmp_path):
    for name in ("a.html", "a.svg"):
        path = tmp_path / name
        path.write_text("<p><b>Dr.</b> <tspan>Rina</tspan> Sari &amp; Budi</p><script>Rina</script>")
        assert said(path) == ["\nDr. Rina Sari & Budi\n"]


def test_values_of_notebooks_and_results_are_read_whole(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_text(json.dumps({"cells": [{"source": ["Dr. Rina", " Sari"], "n": 1}], "x": "<b>Rina</b>"}))
    assert said(path) == ["Dr. Rina Sari", " Rina "]


def test_every_part_of_a_packed_document_is_read(tmp_path):
    for name in ("a.xlsx", "a.ods", "a.docx"):
        with zipfile.ZipFile(tmp_path / name, "w") as parts:
            parts.writestr("word/document.xml", "<w:p><w:r><w:t>Dr. Rina Sari</w:t></w:r></w:p>")
            parts.writestr("media/a.png", b"Rina")
        assert [one.strip() for one in said(tmp_path / name)] == ["Dr. Rina Sari"]


def test_what_a_workbook_says_besides_its_cells_is_read_too(tmp_path):
    def change(book):
        book.properties.creator = "Dr. Rina Sari"
        book["S"]["A1"].comment = Comment("Dr. Rina Wati", "x")

    (tmp_path / "a.xlsx").write_bytes(xlsx_bytes({"S": [["x"]]}, change))
    assert {"Dr. Rina Sari", "Dr. Rina Wati"} <= {
        line for one in said(tmp_path / "a.xlsx") for line in one.split("\n")
    }


def test_a_line_of_any_other_text_has_its_number(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text("a: b\nc: Rina\n")
    assert [(one.row, one.text) for one in texts(path) if "Rina" in one.text] == [(2, "c: Rina")]
