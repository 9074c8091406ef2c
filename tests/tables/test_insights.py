from dataclasses import replace
from datetime import date

import pytest
from helpers import LANGUAGES, frame, make_package
from hypothesis import assume, given
from hypothesis import strategies as st
from inventories import inventories, inventory

from analysis.language.formats import Result, display
from analysis.raw_data.row_ranges import rows_in
from analysis.tables import applications, insights
from analysis.tables.applications import CATEGORIES, TOTAL
from analysis.tables.duplicates import likely_duplicates

DAY = date(2024, 12, 31)
attributes = st.permutations(list(CATEGORIES)).map(lambda names: names[:2])


def city(found, **files):
    """Return a package with an inventory."""
    return make_package(applications=found, applications_recap=None, **files)


def updated(*days, **cells):
    """Return an inventory with one application a date."""
    return inventory(
        *({"name": f"A{n}", "last_updated": day} for n, day in enumerate(days)), owner="x", **cells
    )


def integrations(*pairs):
    return frame("\n".join(["application,integrated_with", *map(",".join, pairs)]))


@given(inventories, attributes)
def test_the_totals_of_a_cross_table_are_tables_4_to_6(found, pair):
    assume(len(found) > 0)
    package, (first, second) = city(found), pair
    table = insights.cross_table(package, first, second)
    down, across = applications.count_by(package, first), applications.count_by(package, second)
    assert table["category"].tolist() == down["category"].tolist()
    assert table[TOTAL].tolist() == down["count"].tolist()
    assert table.columns.tolist()[1:] == across["category"].tolist()
    assert table.iloc[-1, 1:].tolist() == across["count"].tolist()
    assert table.iloc[:-1, 1:-1].to_numpy().sum() == len(found)


@given(inventories)
def test_every_cell_of_a_cross_table_leads_to_the_rows_it_counts(found):
    package = city(found)
    table = insights.cross_table(package, "type", "status").set_index("category")
    trace = insights.trace_cross(package, "type", "status")
    assert len(trace) == table.size
    for cell in trace.itertuples():
        rows = found.loc[rows_in(cell.rows)]
        assert len(rows) == table.loc[cell.row, cell.column]
        assert cell.row == TOTAL or (rows["type"] == cell.row).all()
        assert cell.column == TOTAL or (rows["status"] == cell.column).all()


def test_a_recap_has_no_cross_table():
    with pytest.raises(KeyError):
        insights.cross_table(make_package(), "type", "status")


@pytest.mark.parametrize(
    ("day", "months"),
    [
        ("2023-12-31", 12),
        ("2024-01-01", None),
        ("2023-12-30", 12),
        ("2023-11-30", 13),
        ("2024-12-31", None),
        ("2025-06-01", None),
        ("", None),
    ],
)
def test_data_are_stale_from_the_day_on_which_the_months_are_full(day, months):
    found = insights.stale(updated(day), DAY, 12)
    assert found["months"].tolist() == ([] if months is None else [months])


def test_the_longest_neglected_stand_first_with_their_rows():
    found = insights.stale(updated("2020-05-05", "2024-12-01", "2019-01-01"), DAY)
    assert found["row"].tolist() == [4, 2]


def test_without_a_reference_date_the_latest_update_counts():
    found = updated("2020-05-05", "2021-05-05")
    assert insights.latest_update(found) == date(2021, 5, 5)
    assert insights.stale(found)["row"].tolist() == [2]
    assert insights.stale(found, months=13).empty


def test_without_any_date_everything_is_unknown():
    found = updated("", "")
    assert insights.latest_update(found) is None
    assert insights.stale(found).empty
    assert insights.stale_by_owner(found).to_numpy().tolist() == [["x", 2, 0, 2], [TOTAL, 2, 0, 2]]


@given(inventories, st.integers(0, 80))
def test_the_counts_by_agency_agree_with_the_list(found, months):
    counts, listed = insights.stale_by_owner(found, DAY, months), insights.stale(found, DAY, months)
    by_owner, total = counts.iloc[:-1], counts.iloc[-1]
    assert dict(zip(by_owner["owner"], by_owner["applications"], strict=True)) == dict(
        found["owner"].value_counts()
    )
    stale = by_owner[by_owner["stale"] > 0].set_index("owner")["stale"]
    assert stale.to_dict() == listed["owner"].value_counts().to_dict()
    assert total[["applications", "stale", "unknown"]].tolist() == [
        len(found),
        len(listed),
        (found["last_updated"] == "").sum(),
    ]
    assert by_owner["stale"].is_monotonic_decreasing


def test_names_are_matched_but_for_case_and_spacing():
    found = inventory(("e-Surat", "x"), ("SIMPEG", "x"), ("SIM PEG", "y"), ("e-SURAT", "y"))
    pairs = integrations((" E-surat", "Simpeg"))
    got = insights.share_integrated(found, pairs)
    assert got.to_numpy().tolist() == [["x", 2, 2, 1.0], ["y", 2, 1, 0.5], [TOTAL, 4, 3, 0.75]]


@given(inventories)
def test_nothing_is_integrated_without_integrations(found):
    got = insights.share_integrated(found, integrations())
    assert set(got["integrated"]) == set(got["share"]) == {0}
    assert got["applications"].iloc[-1] == len(found)


def test_every_row_of_a_list_leads_to_its_raw_row():
    found = insights.stale(updated("2020-05-05", "2024-12-01", "2019-01-01"), DAY)
    trace = insights.trace_rows(found, "stale")
    assert trace[["row", "rows"]].to_numpy().tolist() == [[1, "4"], [2, "2"]]


def derived(found, **files):
    package = city(found, **files)
    tables = {"duplicates": likely_duplicates(found), "stale": insights.stale(found)}
    return list(insights.derive(package, tables))


@given(inventories)
def test_results_agree_with_the_tables_and_can_be_written(found):
    rows = {row[0]: row for row in derived(found)}
    for _, value, unit, _, _, _ in rows.values():
        assert all(display(Result(value, unit), lang) for lang in LANGUAGES)
    if "insights.stale.count" in rows:
        assert rows["insights.stale.count"][1] == len(insights.stale(found))
    assert ("insights.stale.count" in rows) == found["last_updated"].ne("").any()
    if len(found):
        share = rows["insights.duplicates.applications"][1] / len(found)
        assert rows["insights.duplicates.share"][1] == share


def test_what_the_city_lacks_is_left_out_of_the_results():
    rows = {row[0]: row for row in derived(updated(""), integrations=None)}
    assert not any(key.startswith("insights.integrated") for key in rows)
    assert not any(key.startswith(("insights.stale", "insights.reference_date")) for key in rows)


def test_a_city_can_set_the_age_from_which_data_are_stale():
    package = city(updated("2020-01-01", "2020-09-01"))
    package = replace(package, descriptor={"city": {"stale_months": 6}})
    assert insights.stale_months(package) == 6
    assert len(insights.stale(package["applications"], months=6)) == 1


def test_reachable_applications_in_operation_are_a_share_of_the_reachable():
    found = inventory(
        ("A", "x"),
        {"name": "B", "owner": "x", "type": "mobile", "status": "trial"},
        {"name": "C", "owner": "y", "type": "desktop"},
    )
    rows = {row[0]: row[1] for row in derived(found)}
    assert rows["insights.reachable_operational.count"] == 1
    assert rows["insights.reachable_operational.share"] == 0.5


@given(inventories)
def test_agencies_can_be_crossed_with_status(found):
    table = insights.cross_table(city(found), "owner").set_index("category")
    assert table.index.tolist() == [*sorted(found["owner"].unique()), TOTAL]
    assert table[TOTAL].drop(TOTAL).to_dict() == found["owner"].value_counts().to_dict()
    trace = insights.trace_cross(city(found), "owner").set_index(["row", "column"])["rows"]
    for owner in found["owner"].unique():
        assert rows_in(trace[owner, TOTAL]) == found.index[found["owner"] == owner].tolist()
