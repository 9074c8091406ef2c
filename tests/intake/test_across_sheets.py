import pytest
from helpers import CITY, FILES, frame, open_project
from spreadsheet_files import BLOCK

from analysis.intake.across_sheets import check_sheets
from analysis.language.problems import Problem
from analysis.project.cities import City


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The tiny city."""
    return open_project(monkeypatch, tmp_path)


def sheet(name, content):
    """Return what an import read of a sheet, whose columns are called otherwise."""
    found = frame(content)
    found.attrs.update(sheet=f"t.xlsx [{name}]", columns={column: f"B ({column})" for column in found})
    return {name: found}


def told(frames, known, place):
    return [
        (p.kind, p.file, p.row, p.column, p.is_warning) for p in check_sheets(frames, known, place, BLOCK)
    ]


def test_what_is_wrong_with_a_sheet_is_told_by_sheet_and_heading(place):
    evidence = sheet("evidence", FILES["evidence"].replace("service_access", "service"))
    expected = ("cell.enum", "t.xlsx [evidence]", 2, "B (aspect)", False)
    assert expected in told(evidence, [], City("new", place.root))
    known = [Problem("cell.pattern", expected[1], 2, "B (aspect)")]
    assert expected not in told(evidence, known, City("new", place.root))


def test_what_stays_and_no_longer_fits_is_a_warning(place):
    evidence = sheet("evidence", FILES["evidence"].replace("E2", "E7"))
    assert told(evidence, [], place) == [("cell.evidence", "findings.csv", 2, "evidence_ids", True)]


def test_an_inventory_takes_the_place_of_counts_that_stay(place):
    inventory = sheet(
        "applications",
        "name,owner,type,ownership,status,function,last_updated,sheet,source_row\nSiaga,D,web,own,trial,,,,\n",
    )
    kinds = {kind for kind, *_ in told(inventory, [], City(CITY, place.root))}
    assert kinds == {"cell.unlisted"}
