"""Formats and tables are found out; what was written in any format reads back the same."""

import datetime as dt

import pytest
from helpers import open_project
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spreadsheet_files import (
    BLOCK,
    HEADINGS,
    RECORD,
    csv_bytes,
    find,
    ods_bytes,
    read_back,
    refusal,
    told,
    xlsx_bytes,
)

from analysis.checking import validation
from analysis.intake import spreadsheets
from analysis.intake.importing import import_city
from analysis.intake.sheets import MAX_BYTES
from analysis.language.labels import LANGUAGES, text
from analysis.language.terms import tidy
from analysis.raw_data import raw
from analysis.raw_data.schemas import columns_asked
from analysis.tables.applications import CATEGORIES

ROWS = [HEADINGS, RECORD]
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Co"))


ODD = ["=1+1", "+62", "-5", "@cmd", "0012", "112", "NA", "None", "1,5", "1.000", 'a"b', "a;b,c"]
NAMES = st.text(LETTERS, min_size=1, max_size=20).map(tidy).filter(
    lambda name: any(map(str.isalnum, name)) and not (name[0].isdigit() and "e" in name.lower())
) | st.sampled_from(ODD)
"""Names as an inventory may hold them, but for mere signs and what Excel makes of long numbers."""


def inventories(latest=dt.date(2040, 1, 1)):
    """Inventories as they are imported, no key twice."""
    codes = [st.sampled_from(CATEGORIES[attribute]) for attribute in ("type", "ownership", "status")]
    dates = st.just("") | st.dates(dt.date(1990, 1, 1), latest).map(str)
    record = st.tuples(NAMES, NAMES, *codes, st.just("") | NAMES, dates)
    return st.lists(record, min_size=1, max_size=6, unique_by=lambda record: record[:2])


def in_words(records, lang):
    """Return records with a heading, categories in words, and dates the Indonesian way."""
    rows = []
    for name, owner, *codes, function, day in records:
        kinds = [text(f"{a}.{code}", lang) for a, code in zip(CATEGORIES, codes, strict=True)]
        rows.append((name, owner, *kinds, function, "/".join(reversed(day.split("-")))))
    return [HEADINGS, *rows]


def dated_workbook(rows):
    """Return a workbook in which dates are dates."""
    days = [dt.datetime.strptime(day, "%d/%m/%Y").date() if day else "" for *_, day in rows[1:]]
    return xlsx_bytes(
        {"Data": [rows[0], *((*row[:-1], day) for row, day in zip(rows[1:], days, strict=True))]}
    )


WRITERS = {
    "inventaris.csv": csv_bytes,
    "inventaris.xlsx": lambda rows: xlsx_bytes({"Data": rows}),
    "inventaris.ods": lambda rows: ods_bytes({"Data": rows}),
}


@settings(max_examples=12)
@example(
    [("Aduan", "Dinas; 'x'", "web", "own", "trial", "Aduan; 'cepat'; mudah |'y'|", "2024-01-31")],
    "inventaris.csv",
)
@given(inventories(dt.date(2024, 1, 1)), st.sampled_from(list(WRITERS)))
def test_what_an_agency_wrote_is_what_the_city_has_and_check_finds_it_valid(tmp_path_factory, records, file):
    folder = tmp_path_factory.mktemp("project")
    with pytest.MonkeyPatch.context() as patch:
        open_project(patch, folder)
        source = folder / file
        source.write_bytes(WRITERS[file](in_words(records, "id")))
        import_city("surabaya", source, city_block=BLOCK)
        assert [one.kind for one in validation.check("surabaya") if not one.is_warning] == []
        read = raw.load("surabaya")["applications"]
        asked = read[columns_asked("applications")]
        assert list(asked.itertuples(index=False, name=None)) == records
        assert read["source_row"].str.fullmatch("[0-9]+").all()


@given(inventories(), st.sampled_from(LANGUAGES), st.sampled_from([*WRITERS.values(), dated_workbook]))
def test_what_was_written_in_any_format_reads_back_the_same(records, lang, write):
    got, problems = read_back(write(in_words(records, lang)))
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


def test_a_file_is_read_from_disk_unless_it_is_none_or_huge(tmp_path):
    path = tmp_path / "inventaris.csv"
    assert refusal(spreadsheets.load, path).kind == "no_file"
    assert refusal(spreadsheets.load, tmp_path).kind == "folder"
    path.write_bytes(csv_bytes(ROWS))
    assert spreadsheets.load(path) == csv_bytes(ROWS)
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    assert refusal(spreadsheets.load, path).kind == "too_large"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"satu\ndua\n", xlsx_bytes({"S": []})])
def test_a_file_without_a_table_is_refused(data):
    assert refusal(find, data).kind == "no_table"


def test_the_sheet_with_most_known_headings_is_taken_and_others_are_told():
    sheets = {"Sampul": [["Inventaris"]], "Lama": ROWS, "2023": [HEADINGS[:5], RECORD[:5]], "2024": ROWS}
    table, odd = find(xlsx_bytes(sheets, hidden=["Lama"]))
    assert table.sheet.name == "2024"
    assert [(p.kind, p.file) for p in odd] == [
        ("other_sheet", "inventaris.xlsx [2023]"),
        ("sheets_unread", "inventaris.xlsx"),
        ("hidden_sheet", "inventaris.xlsx [Lama]"),
    ]


def test_a_sheet_and_a_header_row_that_are_given_are_taken_even_if_hidden():
    data = xlsx_bytes({"Lama": [HEADINGS, HEADINGS, RECORD], "Baru": ROWS}, hidden=["Lama"])
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
    problem = refusal(find, xlsx_bytes({"Data ": ROWS, "Rekap": [["x"]]}), sheet="Entah")
    assert (problem.kind, problem.found, problem.expected) == ("no_sheet", "Entah", "“Data”, “Rekap”")


def test_the_header_is_found_below_a_title_and_above_repetitions():
    rows = [["DAFTAR APLIKASI"], ["Kota Surabaya"], [], HEADINGS, RECORD, HEADINGS, RECORD]
    assert find(xlsx_bytes({"S": rows}))[0].header_row == 4


def test_a_header_of_two_rows_is_read_from_its_merged_cells():
    blocks = ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2", "G1:G2")
    top = [*HEADINGS[:3], "Status", "", *HEADINGS[5:]]
    rows = [top, ["", "", "", "Kepemilikan", "Status Penggunaan"], RECORD]
    records, problems = read_back(xlsx_bytes({"S": rows}, merge=blocks))
    assert records == [("Sapa Warga", "Dinas Kesehatan", "web", "own", "operational", "Aduan", "2023-12-31")]
    assert told(problems) == []


def test_headings_nobody_knows_are_still_a_header():
    table, _ = find(csv_bytes([["judul"], ["aa", "bb", "cc"], ["1", "2", "3"]]))
    assert (table.header_row, [column.heading for column in table.columns]) == (2, ["aa", "bb", "cc"])


def test_sheets_without_headings_are_told_with_how_much_they_hold():
    rows = [[n, f"Aplikasi {n}", "Dinas A", "Web"] for n in range(1, 4)]
    _, odd = find(xlsx_bytes({"Hal 1": ROWS, "Hal 2": [*rows, []], "Kosong": []}))
    assert [(p.kind, p.found, p.is_warning) for p in odd] == [("sheets_unread", "“Hal 2” (3)", True)]


def test_a_table_that_only_a_hidden_sheet_has_is_told_as_hidden():
    sheets = spreadsheets.read(xlsx_bytes({"Sampul": [["x"]], "Data": ROWS}, hidden=["Data"]), "t.xlsx")
    problem = refusal(spreadsheets.find_table, sheets)
    assert (problem.kind, problem.file, problem.is_warning) == ("hidden_sheet", "t.xlsx [Data]", False)
