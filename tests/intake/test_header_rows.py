import pytest
from spreadsheet_files import HEADINGS, RECORD, find, told, xlsx_bytes

from analysis.intake.proposing import propose
from analysis.intake.tick_columns import join_ticks

SPLIT = [[*HEADINGS, "Anggaran", ""], ["", "", "", "", "", "", "", "2022", "2023"], [*RECORD, "1", "2"]]


@pytest.mark.parametrize("is_tall", [False, True])
@pytest.mark.parametrize("given", [0, 2])
def test_a_row_that_divides_a_heading_is_of_the_header_whether_or_not_the_others_are_merged(is_tall, given):
    tall = [f"{column}1:{column}2" for column in "ABCDEFG"] if is_tall else []
    table, odd = find(xlsx_bytes({"S": SPLIT}, merge=["H1:I1", *tall]), header_row=given)
    assert (table.header_row, table.rows, odd) == (2, [3], [])
    assert [column.heading for column in table.columns] == [*HEADINGS, "Anggaran › 2022", "Anggaran › 2023"]


def test_a_title_that_is_merged_over_the_table_is_no_part_of_its_header():
    rows = [["DAFTAR APLIKASI"], [*HEADINGS, ""], [*RECORD, "x"]]
    table, odd = find(xlsx_bytes({"S": rows}, merge=["A1:H1"]))
    assert (table.header_row, table.columns[-1].heading) == (2, "[H]")
    assert told(odd) == [("blank_header", 2, "H")]


def test_a_heading_below_that_of_a_group_means_what_both_say():
    blocks = ("A1:A2", "B1:B2", "C1:E1", "F1:G1", "H1:I1", "J1:K1", "L1:M1")
    top = ["Nama Aplikasi", "OPD", "Jenis Aplikasi", "", "", "Kepemilikan", "", "Status", ""]
    low = ["", "", "Web", "Mobile", "Desktop", "Status", "Keterangan", "Aktif", "Tidak Aktif"]
    rows = [
        [*top, "Pemutakhiran Data", "", "Pembuatan"],
        [*low, "Tanggal", "Petugas", "Tanggal"],
        ["Sapa", "Dinas A", "v", "v", "", "Hibah", "-", "v", "", "31/12/2023", "x", "1/1/2015"],
    ]

    table, _ = find(xlsx_bytes({"S": rows}, merge=blocks))
    mapping = propose(join_ticks(table))
    assert {name: choice.heading for name, choice in mapping.columns.items()} == {
        "name": "Nama Aplikasi",
        "owner": "OPD",
        "type": "Jenis Aplikasi › Web + Mobile + Desktop",
        "ownership": "Kepemilikan › Status",
        "status": "Status › Aktif + Tidak Aktif",
        "function": "",
        "last_updated": "Pemutakhiran Data › Tanggal",
    }
    assert mapping.columns["type"].score == 100
    assert {text: one.code for text, one in mapping.categories["type"].items()} == {
        "Web, Mobile": "multiplatform"
    }
