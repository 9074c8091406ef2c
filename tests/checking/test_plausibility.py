from datetime import date, timedelta

import pytest
from helpers import frame

from analysis.checking.plausibility import check_plausible
from analysis.project.cities import City
from analysis.raw_data.raw import Package

HEADER = "name,owner,type,ownership,status,function,last_updated,sheet,source_row\n"


def told(**files):
    """Return what is told of some files, each without its header: kind, row, column, found, nearest."""
    frames = {name: frame(content) for name, content in files.items()}
    problems = check_plausible(Package(City("x", None), {}, {}, frames))
    return [(one.kind, one.row, one.column, one.found, one.nearest) for one in problems]


def inventory(*rows):
    return told(applications=HEADER + "".join(f"{row},,\n" for row in rows))


def test_an_inventory_in_order_has_no_problem():
    assert inventory("Siaga,Dinas A,web,own,trial,,2024-01-31", "Siaga,Dinas B,web,own,trial,,") == []


@pytest.mark.parametrize(("days", "is_told"), [(0, False), (1, False), (2, True), (4000, True)])
def test_data_cannot_have_been_updated_in_the_future(days, is_told):
    day = (date.today() + timedelta(days=days)).isoformat()
    expected = [("cell.future", 2, "last_updated", day, "")] if is_told else []
    assert inventory(f"Siaga,Dinas,web,own,trial,,{day}") == expected


@pytest.mark.parametrize(
    ("day", "is_told"), [("1900-01-01", True), ("1979-12-31", True), ("1980-01-01", False)]
)
def test_a_date_before_cities_had_computers_is_of_something_else(day, is_told):
    expected = [("cell.past", 2, "last_updated", day, "")] if is_told else []
    assert inventory(f"Siaga,Dinas,web,own,trial,,{day}") == expected


def test_a_rarer_spelling_of_an_agency_is_told_once_with_the_usual_one():
    owners = enumerate(["DINAS", "Dinas", "Dinas", "DINAS", "Dinas"])
    got = inventory(*(f"{n},{owner},web,own,trial,," for n, owner in owners))
    assert got == [("cell.variant", 2, "owner", "DINAS", "Dinas")]


def test_the_same_application_of_another_agency_is_another_application():
    assert inventory("Siaga,Dinas A,web,own,trial,,", "SIAGA,Dinas B,web,own,trial,,") == []
    got = inventory("Siaga,Dinas A,web,own,trial,,", "SIAGA ,Dinas A,web,own,trial,,")
    assert got == [("row.alike", 3, "", "2", "")]


@pytest.mark.parametrize(
    ("cell", "kind"), [("a\x1bb", "cell.control"), ("\u200b\u00a0", "cell.required"), ("a\u00a0b", "")]
)
def test_what_cannot_be_seen_is_told(cell, kind):
    got = inventory(f"{cell},Dinas,web,own,trial,,")
    assert [(found, row, column) for found, row, column, *_ in got] == ([(kind, 2, "name")] if kind else [])


@pytest.mark.parametrize(
    ("value", "unit", "kind"),
    [
        ("12", "person", ""),
        ("12.5", "person", ""),
        ("1.250", "Mbps", "cell.thousands"),
        ("0.250", "Mbps", ""),
        ("-1.5", "Mbps", ""),
        ("9" * 15, "person", ""),
        ("9" * 16, "person", "cell.type.number"),
        ("3", "name", "cell.unit"),
        ("1", "truth", "cell.unit"),
        ("-0.1", "share", "cell.percentage"),
        ("0.45", "share", ""),
        ("45", "percent", ""),
        ("100.1", "percent", "cell.percentage"),
        ("0000-05", "date", "cell.type.date"),
        ("1.000", "person", "cell.thousands"),
        ("12.000.000", "IDR", "cell.type.number"),
        ("1,5", "person", "cell.type.number"),
        ("12 Mbps", "Mbps", "cell.type.number"),
        ("2024-02-30", "date", "cell.type.date"),
        ("2024-13", "date", "cell.type.date"),
        ("2024-12", "date", ""),
    ],
)
def test_a_metric_is_what_its_unit_says(value, unit, kind):
    got = told(metrics=f'metric,value,unit,label_id,label_en,locator\na.b,"{value}",{unit},x,y,T\n')
    assert [found for found, *_ in got] == ([kind] if kind else [])


def test_totals_are_compared_only_where_every_category_is_there():
    recap = "attribute,category,count,locator\n" + "".join(
        f"{attribute},{category},1,T\n"
        for attribute, categories in {
            "type": ("web", "mobile", "desktop", "multiplatfrm"),
            "ownership": ("own", "central", "grant"),
            "status": ("planned", "development", "trial", "operational"),
        }.items()
        for category in categories
    )
    assert told(applications_recap=recap) == [
        ("cell.enum", 5, "category", "multiplatfrm", "multiplatform"),
        ("row.category_missing", None, "", "inactive", ""),
    ]
