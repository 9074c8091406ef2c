import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.styles import Font
from spreadsheet_files import HEADINGS, RECORD, csv_bytes, find, ods_cell, ods_of, read_back, told, xlsx_bytes

from analysis.intake.absences import leave_out_absences
from analysis.intake.proposing import propose
from analysis.intake.sheets import UnreadableError

OTHER = ("Lapor", "Diskominfo", "Web", "Milik Sendiri", "Aktif", "Aduan", "30/12/2023")


def table_of(*rows, **options):
    """Return row numbers of records and problems of a sheet with these rows below the header."""
    table, odd = find(xlsx_bytes({"S": [HEADINGS, *rows]}, **options))
    return table.rows, [(*told([p])[0], p.found, p.is_warning) for p in odd]


def test_blank_rows_inside_are_left_out_and_told_those_at_the_end_are_not():
    assert table_of(RECORD, [], [""], OTHER, [], []) == ([2, 5], [("blank_rows", 3, "", "3-4", True)])


def test_a_row_with_nothing_but_its_number_is_blank():
    table, odd = find(xlsx_bytes({"S": [["No", *HEADINGS], ["1", *RECORD], ["2"], ["3", *OTHER], ["4"]]}))
    assert (table.rows, told(odd)) == ([2, 4], [("blank_rows", 3, "")])


@pytest.mark.parametrize(
    "row",
    [
        HEADINGS,
        ["Jumlah", "1"],
        ["Jumlah Seluruhnya", "1"],
        ["Rata-rata", "3,5"],
        ["Catatan", "Data 2023"],
        ["", "TOTAL", "1"],
        ["Keterangan: * sementara"],
        ["Sumber: Diskominfo"],
    ],
)
def test_a_row_that_is_no_record_is_left_out_and_told(row):
    found = next(cell for cell in row if cell)
    assert table_of(RECORD, row, OTHER) == ([2, 4], [("no_record", 3, "", found, True)])


@pytest.mark.parametrize(
    ("total", "kind"),
    [
        (["Jumlah", "3"], "total_differs"),
        (["TOTAL", "", "3 aplikasi"], "total_differs"),
        (["Jumlah", "2"], "no_record"),
        (["Jumlah", "1"], "no_record"),
        (["Jumlah", "3", "4"], "no_record"),
        (["Jumlah", "", "", "", "", "", "", "500"], "no_record"),
    ],
)
def test_a_total_of_more_than_there_are_is_told(total, kind):
    rows = [[*HEADINGS, "Anggaran"], [*RECORD, "100"], [*OTHER, "400"], total]
    table, odd = find(xlsx_bytes({"S": rows}))
    assert (table.rows, told(odd)) == ([2, 3], [(kind, 4, "")])


def test_a_row_that_numbers_the_columns_is_no_record():
    assert table_of([f"({n})" for n in range(1, 8)], RECORD) == ([3], [("no_record", 2, "", "(1)", True)])


def test_what_stands_alone_below_the_table_is_no_record():
    rows, odd = table_of(RECORD, OTHER, [], ["", "", "", "", "Surabaya, 3 Januari 2024"])
    assert (rows, odd[0][:2]) == ([2, 3], ("no_record", 5))


def test_a_source_that_is_merged_below_the_table_is_no_record():
    rows, odd = table_of(RECORD, OTHER, [], ["Sumber: Diskominfo"], merge=["A5:G5"])
    assert (rows, odd[0][:2], odd[0][-1]) == ([2, 3], ("no_record", 5), True)


def test_a_lone_cell_inside_the_table_is_an_error():
    assert table_of(RECORD, ["Sapa"], OTHER) == ([2, 4], [("lone_cell", 3, "", "Sapa", False)])


def test_cells_merged_downwards_count_for_every_row_and_a_column_is_told_once():
    rows = [(f"A{n}", f"Dinas {n}" if n % 2 else "", *RECORD[2:]) for n in range(1, 11)]
    blocks = [f"B{row}:B{row + 1}" for row in range(2, 12, 2)]
    found, problems = read_back(xlsx_bytes({"S": [HEADINGS, *rows]}, merge=blocks))
    assert [record[1] for record in found] == [f"Dinas {n - n % 2 + 1}" for n in range(10)]
    assert [(p.kind, p.row, p.column, p.found) for p in problems] == [
        ("merged", 2, "B", "Dinas 1 (B2:B3), Dinas 3 (B4:B5), Dinas 5 (B6:B7), …")
    ]


def test_cells_merged_over_several_columns_are_an_error():
    got = table_of(RECORD, ["DINAS KESEHATAN"], OTHER, merge=["A3:G3"])
    assert got == ([2, 4], [("merged_across", 3, "A", "DINAS KESEHATAN (A3:G3)", False)])


def test_hidden_rows_and_columns_are_read_and_told():
    def change(book):
        book["S"].row_dimensions[3].hidden = True
        book["S"].column_dimensions["F"].hidden = True

    rows, odd = table_of(RECORD, OTHER, change=change)
    assert rows == [2, 3]
    assert odd == [("hidden_rows", 3, "", "3", True), ("hidden_column", None, "F (Fungsi)", "Fungsi", True)]


@pytest.mark.parametrize("as_ods", [False, True])
def test_rows_that_are_crossed_out_are_read_and_told(as_ods):
    def strike(book):
        for cell in book["S"][3]:
            cell.font = Font(strike=True)

    data = xlsx_bytes({"S": [HEADINGS, RECORD, OTHER]}, strike)
    if as_ods:
        struck = "".join(map(ods_cell, OTHER)).replace(
            "<table:table-cell", '<table:table-cell table:style-name="s"'
        )
        rows = [
            f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in (HEADINGS, RECORD)
        ]
        style = '<style:style style:name="s"><style:text-properties style:text-line-through-style="solid"/>'
        data = ods_of(
            f"<office:automatic-styles>{style}</style:style></office:automatic-styles>"
            f'<office:body><office:spreadsheet><table:table table:name="S">{"".join(rows)}'
            f"<table:table-row>{struck}</table:table-row></table:table></office:spreadsheet></office:body>"
        )
    table, odd = find(data)
    assert (table.rows, told(odd)) == ([2, 3], [("struck_rows", 3, "")])


def test_columns_with_the_same_heading_or_none_are_told_apart_by_their_letter():
    headings = [*HEADINGS, "Status Aplikasi", "", "Kosong", "Kosong"]
    table, odd = find(xlsx_bytes({"S": [headings, [*RECORD, "x", "y"]]}))
    names = [column.heading for column in table.columns if "[" in column.heading]
    assert names == ["Status Aplikasi [E]", "Status Aplikasi [H]", "[I]"]
    assert told(odd) == [("duplicate_header", 1, "H"), ("blank_header", 1, "I")]
    assert [column.place for column in table.columns][-2:] == ["H (Status Aplikasi [H])", "I"]
    assert table.column("nothing") is None


def test_rows_of_a_csv_with_too_many_or_too_few_cells_are_errors():
    data = csv_bytes([HEADINGS, RECORD, [*OTHER, "x", "y"], OTHER[:5], [*OTHER, "", ""]])
    table, odd = find(data, "t.csv")
    assert table.rows == [2, 5]
    assert [(p.kind, p.file, p.row, p.column, p.found) for p in odd] == [
        ("row.extra_cell", "t.csv", 3, "", "x, y"),
        ("row.missing_cell", "t.csv", 4, "F", ""),
    ]


WORDS = ("", "", "Sapa Warga", "Dinas A", "Web", "Aktif", "Jumlah", "3", "-", "Tidak ada", "Sumber: X", "A.")
ROW = st.sampled_from([RECORD, HEADINGS, []]) | st.lists(st.sampled_from(WORDS), min_size=1, max_size=7)
EVERY_KIND = [RECORD, [], HEADINGS, ["Jumlah", "3"], ["Tidak ada", "Dinas A"], ["Sumber: X"], ["BAGIAN UMUM"]]
"""A row of each kind that is a record or left out."""


@example(EVERY_KIND, True)
@given(st.lists(ROW, max_size=12), st.booleans())
def test_rows_left_out_by_reason_and_records_are_all_rows_of_any_sheet(rows, is_csv):
    padded = [[*row, *[""] * (len(HEADINGS) - len(row))] for row in (HEADINGS, *rows)]
    try:
        table, _ = find(csv_bytes(padded) if is_csv else xlsx_bytes({"S": padded}), "t")
    except UnreadableError:
        return
    rows = len(table.sheet.rows)
    table, _ = leave_out_absences(table, propose(table))
    assert sum(table.counts.values()) == rows
    assert table.counts["records"] == len(table.rows)
    assert min(len(left) for left in table.left_out.values()) > 0
