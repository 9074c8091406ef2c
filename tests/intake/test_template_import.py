import openpyxl
import pytest
from helpers import ROOT
from spreadsheet_files import HEADINGS, RECORD, saved, xlsx_bytes

from analysis.intake import spreadsheets
from analysis.intake.synonyms import recognise
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
    return find_sheets(spreadsheets.read_bytes(saved(book), "t.xlsx", recognise))


def told(problems):
    """Return problems as kind, place, row."""
    return [(problem.kind, problem.file, problem.row) for problem in problems]


def test_the_template_as_it_is_has_every_sheet_and_no_record(template):
    tables, problems = sheets_of(template)
    assert tuple(tables) == SHEETS
    assert ({name: table.rows for name, table in tables.items() if table.rows}, problems) == ({}, [])


def test_rows_below_the_examples_are_records(template):
    def change(book):
        for column, value in enumerate(examples()["applications"][0], start=2):
            put(book["applications"], FIRST + 2, column, value)

    assert sheets_of(template, change)[0]["applications"].rows == [FIRST + 2]


def test_an_example_without_its_mark_is_a_record(template):
    def change(book):
        book["integrations"].cell(FIRST, 1).value = None

    assert sheets_of(template, change)[0]["integrations"].rows == [FIRST]


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


def test_any_other_workbook_is_no_template():
    sheets = {"Data": [HEADINGS, RECORD], "applications": [HEADINGS, RECORD]}
    assert find_sheets(spreadsheets.read_bytes(xlsx_bytes(sheets), "t.xlsx", recognise)) == ({}, [])


def test_a_hidden_sheet_of_the_template_is_left_out(template):
    def change(book):
        book["claims"].sheet_state = "hidden"

    assert "claims" not in sheets_of(template, change)[0]
