import csv
import io

import openpyxl
import pytest
from helpers import ROOT
from spreadsheet_files import HEADINGS, RECORD, saved, xlsx_bytes

from analysis.intake import spreadsheets
from analysis.intake.template_import import find_sheets
from analysis.intake.templates_xlsx import HEADER, MARKER, SHEETS, examples, put, write_template

FIRST = HEADER + 1


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The template's bytes."""
    path = tmp_path_factory.mktemp("template") / "t.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        write_template(path)
    return path


def sheets_of(template, change=lambda book: None):
    """Return tables and problems of the template after a change."""
    book = openpyxl.load_workbook(template)
    change(book)
    return find_sheets(spreadsheets.read(saved(book), "t.xlsx"))


def told(problems):
    """Return problems as kind, place, row."""
    return [(problem.kind, problem.file, problem.row) for problem in problems]


def test_the_template_as_it_is_has_every_sheet_and_no_record(template):
    tables, problems = sheets_of(template)
    assert tuple(tables) == SHEETS
    assert ({name: table.rows for name, table in tables.items() if table.rows}, problems) == ({}, [])


def test_rows_below_the_examples_are_records(template):
    def change(book):
        for column, value in enumerate(("Siaga", *examples()["applications"][0][1:]), start=2):
            put(book["applications"], FIRST + 2, column, value)

    assert sheets_of(template, change)[0]["applications"].rows == [FIRST + 2]


def test_an_example_is_left_out_even_without_its_mark(template):
    def change(book):
        for name in SHEETS:
            book[name].cell(FIRST, 1).value = None
        book["evidence"].delete_cols(1)
        put(book["integrations"], FIRST, 3, "SIMDIK")

    tables, problems = sheets_of(template, change)
    filled = {name: table.rows for name, table in tables.items() if table.rows}
    assert (filled, problems) == ({"integrations": [FIRST]}, [])


def test_a_marked_row_that_is_no_example_is_an_error(template):
    def change(book):
        book["integrations"].cell(FIRST, 2).value = "SIMDIK"

    tables, problems = sheets_of(template, change)
    assert tables["integrations"].rows == []
    assert told(problems) == [("example_changed", "t.xlsx [integrations]", FIRST)]


def test_the_column_of_marks_may_be_deleted(template):
    def change(book):
        book["integrations"].delete_rows(FIRST)
        book["integrations"].delete_cols(1)
        put(book["integrations"], FIRST, 1, "SIMDIK")

    tables, problems = sheets_of(template, change)
    assert told(problems) == [("lone_cell", "t.xlsx [integrations]", FIRST)]
    assert MARKER not in [column.heading for column in tables["integrations"].columns]


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_sheet_saved_as_csv_is_read_like_the_sheet(template, delimiter):
    book = openpyxl.load_workbook(template)
    record(book["integrations"])
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows(book["integrations"].iter_rows(values_only=True))
    sheets = spreadsheets.read(stream.getvalue().encode(), "integrations.csv")
    tables, problems = find_sheets(sheets)
    assert ({name: table.rows for name, table in tables.items()}, problems) == ({"integrations": [BELOW]}, [])


def test_any_other_workbook_is_no_template():
    sheets = {"Data": [HEADINGS, RECORD], "applications": [HEADINGS, RECORD]}
    assert find_sheets(spreadsheets.read(xlsx_bytes(sheets), "t.xlsx")) == ({}, [])


BELOW = FIRST + len(examples()["integrations"])


def record(sheet):
    """Type a record into a sheet of integrations, below the examples."""
    for column, value in enumerate(("SIMDIK", "SIMPEG", "Daftar"), start=2):
        put(sheet, BELOW, column, value)


def retitled(book, title="integrasi"):
    book["integrations"].title = title


def copied(book):
    book.copy_worksheet(book["integrations"]).title = "integrations (2)"
    book["integrations"].delete_rows(BELOW)


def hidden(book):
    book["integrations"].sheet_state = "hidden"


@pytest.mark.parametrize(
    ("change", "kind", "sheet"),
    [
        (retitled, "template_sheet", "integrasi"),
        (lambda book: retitled(book, "Integrations "), "template_sheet", "Integrations "),
        (copied, "template_sheet", "integrations (2)"),
        (hidden, "template_unread", "integrations"),
        (lambda book: book["integrations"].delete_rows(HEADER), "template_unread", "integrations"),
    ],
)
def test_a_sheet_with_records_that_is_not_read_is_an_error(template, change, kind, sheet):
    def fill(book):
        record(book["integrations"])
        change(book)

    tables, problems = sheets_of(template, fill)
    assert "integrations" not in tables or tables["integrations"].rows == []
    assert told(problems) == [(kind, f"t.xlsx [{sheet}]", None)]
    assert not problems[0].is_warning


@pytest.mark.parametrize("change", [retitled, hidden])
def test_a_sheet_without_records_may_be_called_anything_or_be_hidden(template, change):
    tables, problems = sheets_of(template, change)
    assert ("integrations" in tables, problems) == (False, [])


@pytest.mark.parametrize("heading", ["sumber", None, "application"])
def test_a_sheet_that_lacks_a_column_is_an_error_that_names_it(template, heading):
    def change(book):
        record(book["integrations"])
        book["integrations"].cell(HEADER, 4).value = heading

    tables, problems = sheets_of(template, change)
    assert "integrations" not in tables
    told = [(problem.kind, problem.found) for problem in problems if not problem.is_warning]
    missing = ["application", "locator"] if heading == "application" else ["locator"]
    assert told == [("template_column", name) for name in missing]


def test_columns_of_ones_own_are_named_and_personal_ones_warned_of(template):
    def change(book):
        for column, heading in enumerate(("catatan", "No HP"), start=6):
            put(book["integrations"], HEADER, column, heading)
            put(book["integrations"], BELOW, column, "x")
        record(book["integrations"])

    tables, problems = sheets_of(template, change)
    assert tables["integrations"].rows == [BELOW]
    assert [(p.kind, p.found, p.is_warning) for p in problems] == [
        ("template_extra", "catatan", True),
        ("personal", "No HP", True),
    ]
