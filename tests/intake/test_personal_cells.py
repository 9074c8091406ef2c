import io

import openpyxl
from spreadsheet_files import xlsx_bytes

from analysis.intake import spreadsheets
from analysis.intake.personal_cells import REMOVED, personal_cells, without_personal

ROWS = [
    ["Nama Aplikasi", "OPD", "Nama PIC", "Keterangan"],
    ["Lapor", "Bappeda", "Rina", "hubungi 0812-3456-7890"],
    ["Siaga", "RSUD", "Budi", "hubungi 0812-3456-7891, NIK 3273014107900003"],
    ["=1+1", "RSUD", "", "007"],
]


def sheets():
    return spreadsheets.read(xlsx_bytes({"Data": ROWS}), "daftar.xlsx")


def test_a_column_is_told_once_for_each_kind_with_its_rows_and_cell():
    got = [(one.kind, one.file, one.row, one.column, one.rows) for one in personal_cells(sheets(), "x")]
    assert got == [
        ("personal.phone", "daftar.xlsx [Data]", 2, "D", "2-3"),
        ("personal.nik", "daftar.xlsx [Data]", 3, "D", ""),
    ]


def test_the_copy_has_every_cell_in_its_place_but_what_is_personal():
    made = without_personal(sheets())
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Data"]
    got = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert got == [
        ROWS[0],
        ["Lapor", "Bappeda", REMOVED, f"hubungi {REMOVED}"],
        ["Siaga", "RSUD", REMOVED, f"hubungi {REMOVED}, NIK {REMOVED}"],
        ROWS[3],
    ]
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value)
    again = spreadsheets.read(made, "daftar.xlsx")
    assert list(personal_cells(again, "x")) == []


def test_a_device_or_a_long_text_with_the_word_of_a_heading_takes_nothing_from_the_cells_below():
    about = "Warga membuka layanan ini dari situs atau telepon"
    rows = [["Nama Aplikasi", "Jenis", "Fungsi"], ["Lapor", "HP", about], ["Siaga", "Web", "Aduan warga"]]
    made = without_personal(spreadsheets.read(xlsx_bytes({"Data": rows}), "daftar.xlsx"))
    sheet = openpyxl.load_workbook(io.BytesIO(made))["Data"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == rows
