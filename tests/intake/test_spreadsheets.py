"""Formats and tables are found out; what was written in any format reads back the same."""

import datetime as dt
from contextlib import suppress

import pytest
from helpers import open_project
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spreadsheet_files import BLOCK, HEADINGS, RECORD, csv_bytes, find, ods_bytes, read_back, told, xlsx_bytes

from analysis.checking import validation
from analysis.intake import spreadsheets
from analysis.intake.importing import import_city
from analysis.intake.row_words import DASHES
from analysis.intake.sheets import MAX_BYTES, UnreadableError
from analysis.language.labels import LANGUAGES, text
from analysis.language.terms import tidy
from analysis.raw_data import raw
from analysis.raw_data.schemas import columns_asked
from analysis.tables.applications import CATEGORIES

ROWS = [HEADINGS, RECORD]
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co"))
LATIN = st.characters(codec="cp1252", exclude_categories=("Cc", "Cf"))


def names(letters):
    """Texts as an inventory may hold them: with delimiters, quotes, signs; digits and dates are names too."""
    odd = st.sampled_from(
        ["=1+1", "+62", "-5", "@cmd", "0012", "112", "NA", "None", "1,5", "1.000", 'a"b', "a;b,c"]
    )
    return st.text(letters, min_size=1, max_size=20).map(tidy).filter(is_plain) | odd


def is_plain(name):
    """Tell whether a name is neither empty, a dash, nor what Excel makes of long numbers."""
    return name not in DASHES and not (name[0].isdigit() and "e" in name.lower())


def inventories(letters, latest=dt.date(2040, 1, 1)):
    """Inventories as they are imported, no key twice."""
    codes = [st.sampled_from(CATEGORIES[attribute]) for attribute in ("type", "ownership", "status")]
    dates = st.just("") | st.dates(dt.date(1990, 1, 1), latest).map(str)
    functions = st.just("") | names(letters)
    record = st.tuples(names(letters), names(letters), *codes, functions, dates)
    return st.lists(record, min_size=1, max_size=6, unique_by=lambda record: record[:2])


def in_words(records, lang, written=lambda day: day):
    """Return records with a heading, categories in words, and dates as `written` says."""
    rows = [
        (
            *record[:2],
            *(text(f"{a}.{code}", lang) for a, code in zip(CATEGORIES, record[2:5], strict=True)),
            record[5],
            written(record[6]) if record[6] else "",
        )
        for record in records
    ]
    return [HEADINGS, *rows]


def indonesian(day):
    """Write a date the Indonesian way."""
    return dt.date.fromisoformat(day).strftime("%d/%m/%Y")


@given(inventories(LETTERS), st.sampled_from(LANGUAGES), st.sampled_from(["utf-8-sig", "utf-8", "utf-16"]))
def test_an_indonesian_csv_reads_back_the_same(records, lang, encoding):
    rows = in_words(records, lang, indonesian)
    got, problems = read_back(csv_bytes(rows, ";", encoding), "inventaris.csv")
    assert got == records
    assert [problem.kind for problem in problems if not problem.is_warning] == []


@given(inventories(LATIN), st.sampled_from(";,\t"))
def test_a_csv_of_plain_windows_reads_back_the_same(records, delimiter):
    data = csv_bytes(in_words(records, "id", indonesian), delimiter, "cp1252")
    with suppress(UnicodeDecodeError):
        if not data.decode("utf-8").isascii():
            return  # no reader can tell: these letters of Windows-1252 are letters of UTF-8 as well
    assert read_back(data, "inventaris.csv")[0] == records


WRITERS = {
    "inventaris.csv": lambda rows: csv_bytes(rows, ";", "utf-8-sig"),
    "inventaris.xlsx": lambda rows: xlsx_bytes({"Data": rows}),
    "inventaris.ods": lambda rows: ods_bytes({"Data": rows}),
}


@settings(max_examples=12)
@example(
    [("Aduan", "Dinas; 'x'", "web", "own", "trial", "Aduan; 'cepat'; mudah |'y'|", "2024-01-31")],
    "inventaris.csv",
)
@given(inventories(LETTERS, dt.date(2024, 1, 1)), st.sampled_from(list(WRITERS)))
def test_what_an_agency_wrote_is_what_the_city_has_and_check_finds_it_valid(tmp_path_factory, records, file):
    folder = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        open_project(patch, folder)
        source = folder / file
        source.write_bytes(WRITERS[file](in_words(records, "id", indonesian)))
        import_city("surabaya", source, city_block=BLOCK)
        assert [one.kind for one in validation.check("surabaya") if not one.is_warning] == []
        read = raw.load("surabaya")["applications"]
        asked = read[columns_asked("applications")]
        assert list(asked.itertuples(index=False, name=None)) == records
        assert read["source_row"].str.fullmatch("[0-9]+").all()


@settings(max_examples=25)
@given(inventories(LETTERS), st.sampled_from(LANGUAGES), st.sampled_from([xlsx_bytes, ods_bytes]))
def test_a_workbook_reads_back_the_same(records, lang, write):
    rows = in_words(records, lang, dt.date.fromisoformat)
    got, problems = read_back(write({"Data": rows}))
    assert got == records
    assert [problem.kind for problem in problems if not problem.is_warning] == []


@pytest.mark.parametrize(
    "data",
    [
        csv_bytes(ROWS),
        csv_bytes(ROWS, ",", "utf-16"),
        csv_bytes(ROWS, "\t", "cp1252"),
        b"sep=;\r\n" + csv_bytes(ROWS, encoding="utf-8"),
        xlsx_bytes({"S": ROWS}),
        ods_bytes({"S": ROWS}),
    ],
    ids=["BOM", "UTF-16", "tab", "sep", "XLSX", "ODS"],
)
def test_the_same_inventory_is_read_from_any_format_whatever_the_file_is_called(data):
    records, problems = read_back(data, "inventaris.bin")
    assert records == [("Sapa Warga", "Dinas Kesehatan", "web", "own", "operational", "Aduan", "2023-12-31")]
    assert problems == []


def test_a_file_is_read_from_disk(tmp_path):
    path = tmp_path / "inventaris.csv"
    path.write_bytes(csv_bytes(ROWS))
    assert spreadsheets.load(path) == csv_bytes(ROWS)


@pytest.mark.parametrize(
    ("make", "kind"), [(lambda path: None, "no_file"), (lambda path: path.mkdir(), "folder")]
)
def test_a_file_that_is_none_is_refused(tmp_path, make, kind):
    make(tmp_path / "x.csv")
    with pytest.raises(UnreadableError) as caught:
        spreadsheets.load(tmp_path / "x.csv")
    assert caught.value.problem.kind == kind


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "x.csv"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(UnreadableError) as caught:
        spreadsheets.load(path)
    assert caught.value.problem.kind == "too_large"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_format"),
        (b"", "no_table"),
        (b"\n\n", "no_table"),
        (b"satu\ndua\n", "no_table"),
        (xlsx_bytes({"S": []}), "no_table"),
    ],
)
def test_a_file_without_a_table_is_refused(data, kind):
    with pytest.raises(UnreadableError) as caught:
        find(data)
    assert caught.value.problem.kind == kind


def test_the_sheet_with_most_known_headings_is_taken_and_others_are_told():
    def change(book):
        book["Lama"].sheet_state = "hidden"

    sheets = {"Sampul": [["Inventaris"]], "Lama": ROWS, "2023": [HEADINGS[:5], RECORD[:5]], "2024": ROWS}
    table, odd = find(xlsx_bytes(sheets, change))
    assert table.sheet.name == "2024"
    assert [(p.kind, p.file) for p in odd] == [
        ("other_sheet", "inventaris.xlsx [2023]"),
        ("hidden_sheet", "inventaris.xlsx [Lama]"),
    ]


def test_a_sheet_and_a_header_row_that_are_given_are_taken_even_if_hidden():
    def change(book):
        book["Lama"].sheet_state = "hidden"

    data = xlsx_bytes({"Lama": [HEADINGS, HEADINGS, RECORD], "Baru": ROWS}, change)
    table, odd = find(data, sheet="Lama", header_row=2)
    assert (table.sheet.name, table.header_row, table.rows) == ("Lama", 2, [3])
    assert [(p.kind, p.file) for p in odd] == [("other_sheet", "inventaris.xlsx [Baru]")]


def test_sheets_that_are_equally_complete_are_an_error_until_one_is_chosen():
    few = [HEADINGS[:5], RECORD[:5]]
    data = xlsx_bytes({"Satu": ROWS, "Dua": [["Judul"], *ROWS], "Rekap": few, "Kosong": [HEADINGS]})
    _, odd = find(data)
    assert [(p.kind, p.file, p.found, p.is_warning) for p in odd] == [
        ("sheets_alike", "inventaris.xlsx", "“Dua”, “Satu”", False),
        ("other_sheet", "inventaris.xlsx [Rekap]", "Dua", True),
        ("other_sheet", "inventaris.xlsx [Kosong]", "Dua", True),
    ]
    table, odd = find(data, sheet="Satu")
    assert table.sheet.name == "Satu"
    assert [(p.kind, p.file) for p in odd] == [("other_sheet", "inventaris.xlsx [Dua]")]


def test_spaces_in_the_name_of_a_sheet_make_no_difference():
    data = xlsx_bytes({"Data  2023 ": ROWS, "Lain": [["x"]]})
    assert find(data, sheet="Data 2023")[0].sheet.name == "Data  2023 "


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(UnreadableError) as caught:
        find(xlsx_bytes({"Data ": ROWS, "Rekap": [["x"]]}), sheet="Entah")
    problem = caught.value.problem
    assert (problem.kind, problem.found, problem.expected) == ("no_sheet", "Entah", "“Data”, “Rekap”")


def test_the_header_is_found_below_a_title_and_above_repetitions():
    rows = [["DAFTAR APLIKASI"], ["Kota Surabaya"], [], HEADINGS, RECORD, HEADINGS, RECORD]
    assert find(xlsx_bytes({"S": rows}))[0].header_row == 4


def test_a_header_of_two_rows_is_read_from_its_merged_cells():
    def change(book):
        for block in ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "G1:G2"):
            book["S"].merge_cells(block)

    top = [*HEADINGS[:3], "Status", "", *HEADINGS[5:]]
    rows = [top, ["", "", "", "Kepemilikan", "Penggunaan"], RECORD]
    rows[1][4] = "Status Penggunaan"
    records, problems = read_back(xlsx_bytes({"S": rows}, change))
    assert records == [("Sapa Warga", "Dinas Kesehatan", "web", "own", "operational", "Aduan", "2023-12-31")]
    assert told(problems) == []


def test_headings_nobody_knows_are_still_a_header():
    table, _ = find(csv_bytes([["judul"], ["aa", "bb", "cc"], ["1", "2", "3"]]))
    assert (table.header_row, [column.heading for column in table.columns]) == (2, ["aa", "bb", "cc"])
