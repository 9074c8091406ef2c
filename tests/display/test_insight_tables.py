import pandas as pd
import pytest
from helpers import make_package
from inventories import inventory

from analysis.display import insight_tables
from analysis.display.insight_tables import MOST_ROWS
from analysis.table_list.formatting import format_table
from analysis.tables import insights
from analysis.tables.duplicates import likely_duplicates

FOUND = inventory(
    {"name": "SIMPEG", "owner": "Bappeda", "last_updated": "2020-02-01"},
    {"name": "Simpeg", "owner": "RSUD", "status": "inactive", "last_updated": "2021-03-01"},
    {"name": "Lapor", "owner": "RSUD", "type": "mobile"},
    {"name": "<b>", "owner": "=1+1", "last_updated": "2021-03-01"},
)
PACKAGE = make_package(applications=FOUND, applications_recap=None)
TABLES = {
    "type_by_status": insights.cross_table(PACKAGE, "type"),
    "owner_by_status": insights.cross_table(PACKAGE, "owner"),
    "duplicates": likely_duplicates(FOUND),
    "stale": insights.stale(FOUND),
}


def shown(name, lang, table=None, package=PACKAGE):
    return format_table(name, TABLES[name] if table is None else table, package, lang)


def test_the_number_of_a_group_is_shown_once():
    got = shown("duplicates", "id").frame
    assert got.to_numpy().tolist() == [
        ["1", "SIMPEG", "Bappeda", "", "100,0", "2"],
        ["", "Simpeg", "RSUD", "", "100,0", "3"],
    ]


def test_rows_are_those_of_the_spreadsheet_and_of_its_sheet_where_there_are_several():
    table = likely_duplicates(FOUND)
    for sheets, expected in ((["Data"] * 4, ["12", "13"]), (["A", "B", "A", "B"], ["A: 12", "B: 13"])):
        said = FOUND.assign(sheet=sheets, source_row=["12", "13", "14", "15"])
        package = make_package(applications=said, applications_recap=None)
        assert shown("duplicates", "id", table, package).frame.iloc[:, -1].tolist() == expected


def test_dates_and_categories_are_written_in_words():
    assert shown("stale", "id").frame.to_numpy().tolist() == [
        ["SIMPEG", "Bappeda", "Dioperasikan", "1 Februari 2020", "13", "2"]
    ]
    assert "1 March 2021" in shown("stale", "en").caption


def test_cells_are_escaped():
    html = shown("owner_by_status", "en")._repr_html_()
    assert "=1+1" in html
    assert "<b>" not in html


@pytest.mark.parametrize("name", ["duplicates", "stale"])
def test_where_nothing_is_found_a_row_says_so(name):
    got = shown(name, "id", TABLES[name].head(0))
    assert [cell for cell in got.frame.iloc[0] if cell] == ["tidak ditemukan"]


def test_an_inventory_without_dates_is_told_in_the_caption():
    undated = inventory(("A", "x"), ("B", "y"))
    package = make_package(applications=undated, applications_recap=None)
    assert "no dates" in shown("stale", "en", insights.stale(undated), package).caption


def test_a_long_list_of_likely_duplicates_is_never_cut_inside_a_group():
    sizes = pd.Series([1] * (MOST_ROWS - 1) + [2] * 3 + [3])
    assert insight_tables._whole_groups(sizes) == MOST_ROWS - 1
    assert insight_tables._whole_groups(sizes[MOST_ROWS - 1 :]) == 4
    assert insight_tables._whole_groups(pd.Series([1] * (MOST_ROWS + 5) + [2])) == MOST_ROWS + 5
    assert insight_tables._whole_groups(sizes[:0]) == MOST_ROWS


def test_of_a_long_list_the_beginning_is_shown_and_the_note_says_of_how_much():
    rows = [(f"A{n}", "x") for n in range(MOST_ROWS + 3)]
    listed = inventory(*rows, last_updated="2020-01-01")
    package = make_package(applications=listed, applications_recap=None)
    got = shown("stale", "en", insights.stale(listed, months=0), package)
    assert len(got.frame) == MOST_ROWS
    assert f"{MOST_ROWS} of {MOST_ROWS + 3} rows are shown" in got.note
    assert "stale.csv" in got.note
