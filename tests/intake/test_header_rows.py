import pytest
from spreadsheet_files import HEADINGS, RECORD, csv_bytes, find, told, xlsx_bytes

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


def test_headings_of_groups_are_known_where_a_csv_has_lost_that_they_were_merged():
    top = ["No", "Nama Aplikasi", "OPD", "Jenis", "", "", "Status", "", "Kepemilikan"]
    low = ["", "", "", "Web", "Mobile", "Desktop", "Aktif", "Tidak Aktif", ""]
    table, odd = find(csv_bytes([top, low, [1, "Sapa", "Dinas A", "v", "v", "", "v", "", "Hibah"]]), "t.csv")
    assert (table.header_row, table.rows, odd) == (2, [3], [])
    headings = [column.heading for column in join_ticks(table)[0].columns]
    assert {"Jenis › Web + Mobile + Desktop", "Status › Aktif + Tidak Aktif"} < set(headings)


@pytest.mark.parametrize(
    "below", [["1", "Sapa", "Dinas A", "Web", "PWA"], ["", "", "", "", "PWA"], ["", "Sapa", "", "Web", "PWA"]]
)
def test_a_row_that_says_more_or_less_than_what_divides_a_group_is_no_heading(below):
    table, _ = find(csv_bytes([["No", "Nama Aplikasi", "OPD", "Jenis", ""], below]), "t.csv")
    assert table.header_row == 1


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
    mapping = propose(join_ticks(table)[0])
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
