import csv
from contextlib import suppress

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from spreadsheet_files import HEADINGS, RECORD, csv_bytes, refusal

from analysis.intake import sheets_csv
from analysis.intake.sheets import UnreadableError

CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from(';,\t|"\n'))
ROWS = st.lists(st.lists(CELL, min_size=7, max_size=7), max_size=5)


def texts(data):
    """Return the texts of a file row by row."""
    return [[cell.text for cell in row] for row in sheets_csv.read(data, "t.csv").rows]


@given(
    ROWS,
    st.sampled_from(sheets_csv.DELIMITERS),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_whatever_was_written_is_read_back(rows, delimiter, encoding, quoting):
    written = [list(HEADINGS), *rows]
    assert texts(csv_bytes(written, delimiter, encoding, quoting)) == written


@given(st.lists(st.text(st.characters(codec="cp1252", exclude_categories=("Cc",))), min_size=7, max_size=7))
def test_windows_1252_is_read_back_unless_it_passes_for_utf_8(row):
    data = csv_bytes([HEADINGS, row], encoding="cp1252")
    with suppress(UnicodeDecodeError):
        assume(data.decode("utf-8").isascii())
    assert texts(data)[1] == row


def test_a_guessed_encoding_is_told_with_an_example():
    sheet = sheets_csv.read(csv_bytes([HEADINGS, ["Séhat"]], encoding="cp1252"), "t.csv")
    assert [(p.kind, p.found, p.is_warning) for p in sheet.problems] == [("encoding_guessed", "Séhat", True)]
    assert sheets_csv.read(csv_bytes([HEADINGS, ["Séhat"]]), "t.csv").problems == []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_a_mark(encoding):
    assert texts(csv_bytes([HEADINGS, RECORD], encoding=encoding)) == [list(HEADINGS), list(RECORD)]


def test_the_delimiter_of_unknown_headings_is_the_one_that_makes_even_rows():
    assert texts(b"a;b;c\nd,e;f;g\nh;i,j;k\n")[1] == ["d,e", "f", "g"]


def test_excels_separator_line_is_obeyed_and_not_counted():
    assert texts(b"sep=|\r\na;b|c\r\n") == [["a;b", "c"]]


def test_blank_lines_count_as_rows_and_line_breaks_in_cells_do_not():
    assert texts(b'Nama;OPD\n\n"a\nb";c\n')[1:] == [[], ["a\nb", "c"]]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"Nama;OPD\n\x81\x8d;x\n", "encoding"),
        (b"Nama;OPD\n\x01;x\n", "no_spreadsheet"),
        (b"<html><table>", "other_table"),
        (b"a;" * 600, "too_large"),
    ],
)
def test_what_is_no_csv_is_refused_by_name(data, kind):
    assert refusal(texts, data).kind == kind


@pytest.mark.parametrize(
    ("data", "cells"),
    [
        (b'Nama;OPD\na;b\n"c;d\ne;f\n', [["a", "b"], ['"c', "d"], ["e", "f"]]),
        (b'Nama;OPD\na;b\n"c"x;d\ne;f\n', [["a", "b"], ['"c"x', "d"], ["e", "f"]]),
        (b'Nama;OPD\na;b\n"c;d\ne;f\n"g;h";i\n', [["a", "b"], ['"c', "d"], ["e", "f"], ["g;h", "i"]]),
        (b'Nama;OPD\na;b\n"c;d\ne;f"\n', [["a", "b"], ['"c', "d"], ["e", 'f"']]),
    ],
    ids=["never closed", "closed early", "closed by another", "closed at the end"],
)
def test_an_unpaired_quotation_mark_is_told_with_its_row_and_hides_no_other_row(data, cells):
    sheet = sheets_csv.read(data, "t.csv")
    assert [[cell.text for cell in row] for row in sheet.rows[1:]] == cells
    assert [(p.kind, p.row, p.is_warning) for p in sheet.problems] == [("csv", 3, False)]


def test_a_file_full_of_unpaired_quotation_marks_is_refused():
    assert refusal(texts, b"Nama;OPD\n" + b'"a;b\n' * 60).kind == "csv"


@given(st.binary(max_size=300))
@example(b"<!")
@example(b"[{}]")
def test_any_bytes_are_read_or_refused(data):
    try:
        sheets_csv.read(data, "t.csv")
    except UnreadableError as error:
        forms = ("document", "json", "other_table")
        assert error.problem.kind in ("csv", "encoding", "no_spreadsheet", "too_large", *forms)


def test_lines_that_excel_has_wrapped_in_quotation_marks_are_unwrapped():
    rows = [["Nama Aplikasi", "OPD"], ['Kata "Kunci"', "Dinas A"]]
    lines = csv_bytes(rows, ",", "utf-8").decode().splitlines()
    assert texts(csv_bytes([[line] for line in lines], "|", "utf-8", csv.QUOTE_ALL)) == rows
    assert texts(b'"Nama;1"\n"A";b\n') == [["Nama;1"], ["A", "b"]]
