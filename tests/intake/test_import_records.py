import pytest
from spreadsheet_files import HEADINGS, RECORD, choices, csv_bytes, find, read_back, xlsx_bytes

from analysis.intake import import_records
from analysis.intake.mapping import ColumnChoice
from analysis.intake.proposing import propose
from analysis.raw_data.schemas import schemas


def read(*rows, **chosen):
    """Return the records of an inventory, of which some columns were chosen, and their problems."""
    table, _ = find(csv_bytes(rows), "t.csv")
    return import_records.read_inventory(table, propose(table, choices(**chosen)))


def problems_of(*rows):
    """Return the problems of an inventory: kind, row, column, found."""
    return [(p.kind, p.row, p.column, p.found) for p in read_back(csv_bytes(rows), "t.csv")[1]]


def sheet(name, *rows):
    """Read rows as the sheet of a raw file."""
    names = [field["name"] for field in schemas()[name]["schema"]["fields"]]
    table, _ = find(xlsx_bytes({name: [names, *rows]}), header_row=1)
    frame, problems = import_records.read_sheet(table, name)
    return frame, [(p.kind, p.row, p.column, p.found) for p in problems]


def test_the_index_is_the_row_in_the_sheet():
    assert list(read(["Judul"], HEADINGS, RECORD, [], RECORD)[0].index) == [3, 5]


def test_required_cells_must_be_filled_and_optional_ones_need_not():
    assert problems_of(HEADINGS, ("", *RECORD[1:5], "", "")) == [
        ("cell.required", 2, "A (Nama Aplikasi)", "")
    ]


def test_the_same_application_of_the_same_agency_twice_is_told_with_its_first_row():
    other = (RECORD[0], "Diskominfo", *RECORD[2:])
    assert problems_of(HEADINGS, RECORD, other, RECORD) == [("row.key", 4, "", "2")]


def test_rows_without_any_category_are_told_once_and_never_read_as_applications():
    signatures = [("Mengetahui,", "Kota X, 1 Juli", *[""] * 5), ("Ir. A", "Dr. B", *[""] * 5)]
    assert problems_of(HEADINGS, RECORD, *signatures) == [("bare_rows", 3, "", "3-4")]


def test_a_column_that_is_missing_is_told_and_its_cells_are_not():
    headings = ("Nama Apl", *HEADINGS[1:])
    got = read_back(csv_bytes([headings, RECORD]), "t.csv")[1]
    assert [(p.kind, p.row, p.expected, p.nearest) for p in got] == [
        ("column_missing", 1, "name", "Nama Apl")
    ]


def test_a_column_may_always_have_one_value():
    frame, problems = read(
        HEADINGS[:3] + HEADINGS[4:], RECORD[:3] + RECORD[4:], ownership=ColumnChoice(always="own")
    )
    assert (frame["ownership"].tolist(), problems) == (["own"], [])


@pytest.mark.parametrize(("value", "expected"), [("31/12/2023", []), ("31/02/2023", [("date", None)])])
def test_what_a_column_always_has_is_read_as_a_cell_would_be_and_told_once(value, expected):
    chosen = {"last_updated": ColumnChoice(always=value)}
    frame, problems = read(HEADINGS, RECORD, ("Lain", *RECORD[1:]), **chosen)
    assert [(p.kind, p.row) for p in problems] == expected
    assert frame["last_updated"].tolist() == (["2023-12-31"] * 2 if not expected else ["", ""])


def test_the_value_that_holds_for_every_row_wins_over_the_heading():
    chosen = {"type": ColumnChoice("Basis Aplikasi", always="web")}
    frame, problems = read(HEADINGS, (*RECORD[:2], "Umum", *RECORD[3:]), **chosen)
    assert (frame["type"].tolist(), problems) == (["web"], [])


@pytest.mark.parametrize(
    ("name", "heading", "nearest"), [("function", "Fungsii", "Fungsi"), ("status", "^", "")]
)
def test_a_heading_that_was_chosen_must_be_there_and_only_agencies_are_read_from_heading_rows(
    name, heading, nearest
):
    _, problems = read(HEADINGS, RECORD, **{name: ColumnChoice(heading)})
    assert [(p.kind, p.found, p.expected, p.nearest) for p in problems] == [
        ("mapping_column", heading, name, nearest)
    ]


def test_columns_with_persons_data_are_told_and_not_imported():
    rows = [(*HEADINGS, "No. HP"), (*RECORD, "0812")]
    assert problems_of(*rows) == [("personal", 1, "H (No. HP)", "No. HP")]


def test_a_column_of_agencies_that_may_hold_persons_is_told():
    headings = (HEADINGS[0], "Penanggung Jawab Aplikasi", *HEADINGS[2:])
    assert problems_of(headings, RECORD) == [
        ("personal_read", 1, "B (Penanggung Jawab Aplikasi)", "Penanggung Jawab Aplikasi")
    ]


def test_an_optional_column_that_is_to_be_read_from_nothing_is_empty_and_a_required_one_missing():
    nothing = {name: ColumnChoice("-") for name in ("status", "last_updated")}
    frame, problems = read(HEADINGS, (*RECORD[:6], "dulu"), **nothing)
    assert frame["last_updated"].tolist() == [""]
    assert [(p.kind, p.expected) for p in problems] == [("column_missing", "status")]


def test_other_sheets_are_checked_against_their_schema():
    good = ["officials", "Pejabat", "Officials", "snowball", "2", "T2"]

    def bad(column, value):
        return [*good[:column], value, *good[column + 1 :]]

    rows = [good, bad(0, "Officials"), good, bad(3, "snowbal"), bad(4, "-2"), bad(4, "2,5"), bad(4, "")]
    rows = [[f"{row[0]}{n}" if n not in (0, 2) else row[0], *row[1:]] for n, row in enumerate(rows)]
    assert sheet("informants", *rows)[1] == [
        ("cell.pattern", 3, "A (group)", "Officials1"),
        ("cell.unique", 4, "A (group)", "officials"),
        ("code", 5, "D (sampling)", "snowbal"),
        ("cell.minimum", 6, "E (count)", "-2"),
        ("cell.type.integer", 7, "E (count)", "2,5"),
        ("cell.required", 8, "E (count)", ""),
    ]


def test_a_metric_with_a_decimal_comma_is_read():
    frame, problems = sheet(
        "metrics", ["a.b", "98,5", "percent", "x", "y", "T"], ["a.c", 1.5, "x", "x", "y", "T"]
    )
    assert (frame["value"].tolist(), problems) == (["98.5", "1.5"], [])
