import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spreadsheet_files import ods_bytes, ods_of, refusal, zipped

from analysis.intake import sheets_ods
from analysis.intake.sheets import Cell, Range

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), min_size=1)


def table(rows, columns=""):
    """Return a document with one table of this markup."""
    body = f'<table:table table:name="S">{columns}{rows}</table:table>'
    return ods_of(f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>")


def string(text, more=""):
    """Return the markup of a text cell."""
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def first(data):
    """Return the first sheet of a document."""
    return sheets_ods.read(data, "t.ods")[0]


def cell(markup):
    """Return the one cell of this markup as it is read."""
    return first(table(f"<table:table-row>{markup}</table:table-row>")).cell(1, 1)


@given(st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=4))
def test_texts_are_read_back(rows):
    assert first(ods_bytes({"S": rows})).rows == [[Cell(text) for text in row] for row in rows]


def test_numbers_and_dates_say_what_they_are():
    got = first(ods_bytes({"S": [[1.5, 12, dt.date(2024, 3, 31)]]})).rows[0]
    assert got == [Cell("1.5", "number"), Cell("12", "number"), Cell("2024-03-31", "date")]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('office:value-type="float" office:value="12"><text:p>0012</text:p>', Cell("0012", "number")),
        ('office:value-type="percentage" office:value="0.5"><text:p>50%</text:p>', Cell("0.5", "number")),
        ('office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>', Cell("TRUE")),
        ('office:value-type="time" office:time-value="PT10H"><text:p>10.00</text:p>', Cell("10.00", "date")),
        ('table:formula="of:=NA()" office:value-type="string"><text:p>#N/A</text:p>', Cell("#N/A", "error")),
        ('table:formula="of:=1+1">', Cell("=1+1", "formula")),
        (
            'table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p>',
            Cell("2", "number"),
        ),
        ('office:value-type="string"><text:p>a<text:s text:c="2"/>b<text:tab/>c</text:p>', Cell("a  b\tc")),
        (
            'office:value-type="string"><text:p>a<text:line-break/>b</text:p><text:p>c</text:p>',
            Cell("a\nb\nc"),
        ),
        ('office:value-type="string"><text:p><text:span>a</text:span>b</text:p>', Cell("ab")),
        (
            'office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><text:p>a</text:p>',
            Cell("a"),
        ),
    ],
)
def test_a_cell_holds_what_libreoffice_shows_or_means(markup, expected):
    assert cell(f"<table:table-cell {markup}</table:table-cell>") == expected


def test_repeated_rows_and_cells_are_all_there():
    a = string("a", 'table:number-columns-repeated="2"')
    gap = '<table:table-cell table:number-columns-repeated="3"/>'
    blank = f'<table:table-row table:number-rows-repeated="2">{gap}</table:table-row>'
    got = first(table(f'{blank}<table:table-row table:number-rows-repeated="2">{gap}{a}</table:table-row>'))
    assert [[c.text for c in row] for row in got.rows] == [[], [], *[["", "", "", "a", "a"]] * 2]


def test_merged_and_hidden_parts_are_noted():
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    a = string("a", 'table:number-rows-spanned="2"')
    covered = "<table:covered-table-cell><text:p>old</text:p></table:covered-table-cell>"
    b = string("b")
    rows = f"<table:table-row>{a}</table:table-row>"
    rows += f'<table:table-row table:visibility="filter">{covered}{b}</table:table-row>'
    got = first(table(rows, columns))
    assert (got.merged, got.hidden_rows, got.hidden_columns) == ([Range(1, 1, 2, 1)], {2}, {2})
    assert got.cell(2, 1).text == ""


def test_a_hidden_sheet_is_noted():
    sheets = sheets_ods.read(ods_bytes({"S": [["a"]], "T": [["b"]]}, hidden=("T",)), "t.ods")
    assert [(sheet.name, sheet.is_hidden) for sheet in sheets] == [("S", False), ("T", True)]


@pytest.mark.parametrize(
    ("rows", "columns", "kind"),
    [
        ("1000000", "1", "too_large"),
        ("1", "9000", "too_large"),
        ("40000", "400", "many_cells"),
        ("x", "1", "damaged"),
    ],
)
def test_a_cell_repeated_without_end_is_refused(rows, columns, kind):
    a = f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
    row = f'<table:table-row table:number-rows-repeated="{rows}">{a}<text:p>a</text:p></table:table-cell>'
    assert refusal(first, table(f"{row}</table:table-row>")).kind == kind


def test_a_document_without_content_is_damaged():
    assert refusal(first, zipped({"mimetype": "x"})).kind == "damaged"
