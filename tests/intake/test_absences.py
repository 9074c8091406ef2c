"""Rows that say that there is no application are not counted as applications."""

import pytest
from spreadsheet_files import HEADINGS, RECORD, csv_bytes, find
from terminals import squeeze

from analysis.intake.absences import leave_out_absences, says_none
from analysis.intake.proposing import propose

BLANK = ("",) * 5


def read(*rows):
    """Return the rows that are left, and the problems by kind."""
    table = find(csv_bytes([HEADINGS, *rows]), "t.csv")[0]
    left, problems = leave_out_absences(table, propose(table))
    return left.rows, {problem.kind: problem for problem in problems}


@pytest.mark.parametrize(
    "name",
    [
        *("tidak ada", "Nihil", "NIHIL.", "-", "–", "n/a", "N/A", "None", "(tidak ada)", "belum ada"),
        *("Belum ada aplikasi", "Tidak Ada Aplikasi (nihil)", "tidak memiliki aplikasi", "Tidak ada data"),
        *("tidak ada aplikasi yang dimiliki saat ini", "No applications", "blm ada aplikasi"),
    ],
)
def test_words_for_nothing_are_no_name(name):
    assert says_none(name)


@pytest.mark.parametrize(
    "name",
    [
        *("Tidak Ada Antrean", "Nihil Sampah", "Belum Ada Judul", "No Queue", "None of Us", "Tanpa Antre"),
        *("Layanan Nihil Stunting", "Kosongkan Antrean", "E-Nihil", ""),
    ],
)
def test_a_name_that_merely_begins_with_such_words_is_kept(name):
    assert not says_none(name)


def test_rows_without_an_application_are_left_out_and_told_once_with_their_agencies():
    none = [("Tidak ada", "Dinas A", *BLANK), ("-", "Dinas B", "-", *BLANK[1:]), ("Nihil", "Dinas A", *BLANK)]
    left, problems = read(RECORD, *none)
    assert left == [2]
    told = problems["no_application"]
    assert (told.is_warning, told.row, told.rows, told.count) == (True, 3, "3-5", 3)
    assert told.expected == "Dinas A; Dinas B"
    assert told.spot("id").startswith("baris 3-5, kolom A")
    assert told.spot("en").startswith("rows 3-5, column A")
    assert "3" in squeeze(told.message("en")) and told.remedy("id")


def test_a_row_that_says_none_and_has_a_category_is_an_error():
    left, problems = read(RECORD, ("Tidak ada aplikasi", "Dinas A", "Web", *BLANK[1:]))
    told = problems["none_but_filled"]
    assert left == [2] and (told.is_warning, told.row, told.rows, told.expected) == (False, 3, "", "Web")


def test_an_application_called_na_is_one():
    assert read(("NA", *RECORD[1:])) == ([2], {})
