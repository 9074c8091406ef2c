"""Rows read, rows left out by reason, and records made add up, whatever a sheet holds."""

from hypothesis import example, given
from hypothesis import strategies as st
from spreadsheet_files import HEADINGS, RECORD, csv_bytes, xlsx_bytes

from analysis.intake import spreadsheets
from analysis.intake.absences import leave_out_absences
from analysis.intake.proposing import propose
from analysis.intake.row_counts import RowCounts, count_rows
from analysis.intake.sheets import UnreadableError
from analysis.language.headings import recognise

CELL = st.sampled_from(
    [
        "",
        "",
        "Sapa Warga",
        "Dinas A",
        "Web",
        "Aktif",
        "Jumlah",
        "3",
        "-",
        "Tidak ada",
        "Sumber: X",
        "BAGIAN UMUM",
        "A.",
    ]
)
ROW = st.one_of(
    st.just(list(RECORD)), st.just(list(HEADINGS)), st.just([]), st.lists(CELL, min_size=1, max_size=7)
)


def counted(data):
    """Return the counts of the rows of a file, and the numbers of its rows and records."""
    sheets = spreadsheets.read(data, "t", recognise)
    table, _ = spreadsheets.find_table(sheets, recognise)
    table, _ = leave_out_absences(table, propose(table))
    return count_rows(table), len(sheets[0].rows), len(table.rows)


EVERY_KIND = [RECORD, [], HEADINGS, ["Jumlah", "3"], ["Tidak ada", "Dinas A"], ["Sumber: X"], ["BAGIAN UMUM"]]
"""A row of each kind that is a record or left out."""


@example(EVERY_KIND, True)
@given(st.lists(ROW, max_size=12), st.booleans())
def test_the_numbers_add_up_for_any_sheet(rows, is_csv):
    rows = [list(HEADINGS), *rows]
    padded = [[*row, *[""] * (len(HEADINGS) - len(row))] for row in rows]
    try:
        counts, read, records = counted(csv_bytes(padded) if is_csv else xlsx_bytes({"S": rows}))
    except UnreadableError:
        return
    assert (counts.read, counts.records) == (read, records)
    assert counts.read == sum(counts.left_out.values()) + counts.records
    assert min(counts.left_out.values()) > 0


def test_the_numbers_are_told_as_a_sum():
    counts = RowCounts(1200, {"header": 3, "absent": 2}, 1195)
    assert counts.line("id") == "Baris yang dibaca: 1.200 = judul 3 + tanpa aplikasi 2 + data 1.195."
    assert "1,195" in counts.line("en")
