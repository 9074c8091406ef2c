import csv
import io

import openpyxl
import pytest
from helpers import ROOT
from spreadsheet_files import HEADINGS, RECORD, saved, xlsx_bytes

from analysis.intake import spreadsheets
from analysis.intake.template_import import find_sheets
from analysis.intake.templates_xlsx import HEADER, MARKER, examples, put, write_template

FIRST = HEADER + 1


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """The template's bytes."""
    path = tmp_path_factory.mktemp("template") / "t.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        write_template(path)
    return path


BELOW = FIRST + len(examples()["integrations"])
"""The row below the examples of integrations."""


def read(template, change=lambda sheet: None):
    """Return the tables of the template after a change of its sheet of integrations, and the problems."""
    book = openpyxl.load_workbook(template)
    change(book["integrations"])
    return find_sheets(spreadsheets.read(saved(book), "t.xlsx"))


def records_in(tables):
    """Return the rows of the records, by sheet that has any."""
    return {name: table.rows for name, table in tables.items() if table.rows}


def told(problems):
    """Return problems as kind, place, row."""
    return [(problem.kind, problem.file, problem.row) for problem in problems]


def record(sheet, row=BELOW):
    """Type a record into a sheet of integrations."""
    for column, value in enumerate(("SIMDIK", "SIMPEG", "Daftar"), start=2):
        put(sheet, row, column, value)


def test_the_template_as_it_is_has_every_sheet_and_no_record(template):
    tables, problems = read(template)
    assert (tuple(tables), records_in(tables), problems) == (tuple(examples()), {}, [])


def test_a_sheet_that_is_no_part_of_the_template_is_told(template):
    _, problems = read(template, lambda sheet: put(sheet.parent.create_sheet("Catatan"), 1, 1, "SIMDIK"))
    assert [(p.kind, p.found, p.is_warning) for p in problems] == [("sheets_unread", "“Catatan” (1)", True)]


def test_rows_below_the_examples_are_records(template):
    assert records_in(read(template, lambda sheet: record(sheet, BELOW + 2))[0]) == {
        "integrations": [BELOW + 2]
    }


def test_an_example_is_left_out_even_without_its_mark(template):
    def change(sheet):
        for name in examples():
            sheet.parent[name].cell(FIRST, 1).value = None
        sheet.parent["evidence"].delete_cols(1)
        put(sheet, FIRST, 3, "SIMDIK")

    tables, problems = read(template, change)
    assert (records_in(tables), problems) == ({"integrations": [FIRST]}, [])


def test_a_marked_row_that_is_no_example_is_an_error(template):
    tables, problems = read(template, lambda sheet: put(sheet, FIRST, 2, "SIMDIK"))
    assert tables["integrations"].rows == []
    assert told(problems) == [("example_changed", "t.xlsx [integrations]", FIRST)]


def test_the_column_of_marks_may_be_deleted(template):
    def change(sheet):
        sheet.delete_rows(FIRST)
        sheet.delete_cols(1)
        put(sheet, FIRST, 1, "SIMDIK")

    tables, problems = read(template, change)
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


def copied(sheet):
    sheet.parent.copy_worksheet(sheet).title = "integrations (2)"
    sheet.delete_rows(BELOW)


def retitled(title):
    return lambda sheet: setattr(sheet, "title", title)


def hidden(sheet):
    sheet.sheet_state = "hidden"


@pytest.mark.parametrize(
    ("change", "kind", "sheet"),
    [
        (retitled("integrasi"), "template_sheet", "integrasi"),
        (retitled("Integrations "), "template_sheet", "Integrations "),
        (copied, "template_sheet", "integrations (2)"),
        (hidden, "template_unread", "integrations"),
        (lambda sheet: sheet.delete_rows(HEADER), "template_unread", "integrations"),
    ],
)
def test_a_sheet_with_records_that_is_not_read_is_an_error(template, change, kind, sheet):
    tables, problems = read(template, lambda sheet: (record(sheet), change(sheet)))
    assert "integrations" not in records_in(tables)
    assert told(problems) == [(kind, f"t.xlsx [{sheet}]", None)]
    assert not problems[0].is_warning


@pytest.mark.parametrize("change", [retitled("integrasi"), hidden])
def test_a_sheet_without_records_may_be_called_anything_or_be_hidden(template, change):
    tables, problems = read(template, change)
    assert ("integrations" in tables, problems) == (False, [])


@pytest.mark.parametrize("heading", ["sumber", None, "application"])
def test_a_sheet_that_lacks_a_column_is_an_error_that_names_it(template, heading):
    def change(sheet):
        record(sheet)
        sheet.cell(HEADER, 4).value = heading

    tables, problems = read(template, change)
    assert "integrations" not in tables
    told = [(problem.kind, problem.found) for problem in problems if not problem.is_warning]
    missing = ["application", "locator"] if heading == "application" else ["locator"]
    assert told == [("template_column", name) for name in missing]


def test_columns_of_ones_own_are_named_and_personal_ones_warned_of(template):
    def change(sheet):
        record(sheet)
        for column, heading in enumerate(("catatan", "No HP"), start=6):
            put(sheet, HEADER, column, heading)
            put(sheet, BELOW, column, "x")

    tables, problems = read(template, change)
    assert records_in(tables) == {"integrations": [BELOW]}
    told = {p.found: p.kind for p in problems if p.is_warning}
    assert told == {"catatan": "template_extra", "No HP": "personal"}
