"""Sheets that are an agency's each are read together, and what is wrong in one is told with its own rows."""

import csv
from pathlib import Path

from spreadsheet_files import RECORD, xlsx_bytes
from test_importing import refused

TOP = ("No", "Nama Aplikasi", "Jenis Aplikasi", "Status Kepemilikan", "Status")


def agency(letter, *, kinds=("Web", "Mobile")):
    """Return the sheet of an agency."""
    rows = [(n, f"App {letter}{n}", kind, "Milik Sendiri", "Aktif") for n, kind in enumerate(kinds, start=1)]
    return [["Daftar aplikasi"], TOP, *rows]


def test_the_name_of_a_sheet_is_its_agency(import_bytes):
    report = import_bytes(xlsx_bytes({"Dinas A": agency("A"), "Dinas B": agency("B"), "Rekap": [["A", 2]]}))
    _, *lines = (report.folder / "applications.csv").read_text("utf-8").splitlines()
    cells = [line.split(",") for line in lines]
    assert [row[:2] + row[-2:] for row in cells] == [
        ["App A1", "Dinas A", "Dinas A", "3"],
        ["App A2", "Dinas A", "Dinas A", "4"],
        ["App B1", "Dinas B", "Dinas B", "3"],
        ["App B2", "Dinas B", "Dinas B", "4"],
    ]
    mapping = (report.folder / "mapping.yaml").read_text("utf-8")
    assert "owner: {from: sheet name" in mapping and "sheets: [Dinas A, Dinas B]" in mapping
    assert [one.kind for one in report.warnings] == ["sheets_joined", "sheets_unread"]
    assert report.counts == {"applications": {"header": 4, "records": 4}}


def test_the_mapping_reads_the_same_sheets_again(import_bytes):
    data = xlsx_bytes({"Dinas A": agency("A"), "Dinas B": agency("B")})
    first = import_bytes(data)
    written = (first.folder / "applications.csv").read_text("utf-8")
    mapping = Path("m.yaml")
    mapping.write_bytes((first.folder / "mapping.yaml").read_bytes())
    again = import_bytes(data, force=True, mapping=mapping)
    assert (again.folder / "applications.csv").read_text("utf-8") == written
    mapping.write_text("sheets: [Dinas B]\ncolumns: {owner: sheet name}\n", encoding="utf-8")
    fewer = import_bytes(data, force=True, mapping=mapping)
    assert fewer.records["applications"] == 2


def test_problems_name_the_sheet_and_the_row_that_it_counts(import_bytes):
    kinds = {"Dinas A": ("Fax", "Web"), "Dinas B": ("Web", "Fax", "Fax")}
    sheets = {name: agency(name[-1], kinds=listed) for name, listed in kinds.items()}
    problems = refused(import_bytes, xlsx_bytes(sheets), "i.xlsx").problems
    found = [(one.file, one.row, one.rows) for one in problems if one.kind == "category"]
    assert found == [("i.xlsx [Dinas A]", 3, ""), ("i.xlsx [Dinas B]", 4, "4-5")]


def test_sheets_that_are_not_called_like_agencies_are_asked_about(import_bytes):
    sheets = {"Satu": agency("A"), "Dua": agency("B")}
    assert refused(import_bytes, xlsx_bytes(sheets)).read.tells("sheets_unowned")


def test_sheets_with_a_column_of_agencies_are_not_read_together(import_bytes):
    rows = [("Nama Aplikasi", "OPD", "Jenis", "Kepemilikan", "Status"), RECORD[:5]]
    refusal = refused(import_bytes, xlsx_bytes({"Dinas A": rows, "Dinas B": rows}))
    assert refusal.problems[0].kind == "sheets_alike"


def test_sheets_that_a_mapping_lists_are_read_together_with_their_column_of_agencies(import_bytes):
    headings = ("Nama Aplikasi", "OPD", "Jenis", "Kepemilikan", "Status")
    sheets = {name: [headings, (name, f"Dinas {name}", *RECORD[2:5])] for name in ("Umum", "Khusus", "Lama")}
    mapping = Path("m.yaml")
    mapping.write_text("sheets: [Umum, Khusus]\n", encoding="utf-8")
    report = import_bytes(xlsx_bytes(sheets), mapping=mapping)
    lines = (report.folder / "applications.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == ["Dinas Umum", "Dinas Khusus"]
    assert list(report.mapping.sheets) == ["Umum", "Khusus"]
    mapping.write_text("sheets: [Umum, Entah]\n", encoding="utf-8")
    refusal = refused(import_bytes, xlsx_bytes(sheets), mapping=mapping, force=True)
    assert [one.kind for one in refusal.problems] == ["no_sheet"]


def test_a_row_that_repeats_another_names_its_sheet_where_that_is_another(import_bytes):
    """Rows of one sheet are told by their numbers alone."""
    headings = ("Nama Aplikasi", "OPD", "Jenis", "Kepemilikan", "Status")
    mapping = Path("m.yaml")
    mapping.write_text("sheets: [Umum, Khusus]\n", encoding="utf-8")
    for umum, khusus, expected in (
        ("AB", "CA", ("i.xlsx [Khusus]", 3, "i.xlsx [Umum] 2")),
        ("AB", "CC", ("i.xlsx [Khusus]", 3, "2")),
    ):
        sheets = {
            name: [headings, *((app, "Dinas D", *RECORD[2:5]) for app in apps)]
            for name, apps in (("Umum", umum), ("Khusus", khusus))
        }
        problems = refused(import_bytes, xlsx_bytes(sheets), "i.xlsx", mapping=mapping).problems
        assert [(one.file, one.row, one.found) for one in problems if one.kind == "row.key"] == [expected]


def test_what_a_sheet_lacks_is_blank_and_what_is_told_of_it_keeps_its_own_rows(import_bytes):
    whole = [
        ["Daftar"],
        (*TOP, "Fungsi"),
        (1, "App A", "Web", "Milik Sendiri", "Aktif", "Antre"),
        ("Jumlah", 1),
    ]
    mapping = Path("m.yaml")
    mapping.write_text("sheets: [Dinas A, Dinas B]\ncolumns: {owner: sheet name}\n", encoding="utf-8")
    data = xlsx_bytes({"Dinas A": whole, "Dinas B": agency("B")})
    report = import_bytes(data, "i.xlsx", mapping=mapping)
    with (report.folder / "applications.csv").open(encoding="utf-8") as stream:
        assert [row["function"] for row in csv.DictReader(stream)] == ["Antre", "", ""]
    assert [(one.file, one.row) for one in report.warnings if one.kind == "no_record"] == [
        ("i.xlsx [Dinas A]", 4)
    ]
