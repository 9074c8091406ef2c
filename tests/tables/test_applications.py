import pandas as pd
import pytest
from helpers import bandung, make_package, recap
from hypothesis import given
from hypothesis import strategies as st

from analysis.raw_data.csv_form import FIRST_ROW
from analysis.raw_data.row_ranges import rows_in
from analysis.tables import applications
from analysis.tables.applications import CATEGORIES, TOTAL

# Article, Online services: Tables 4, 5 and 6, column Jumlah.
PRINTED = {
    "type": (222, 14, 125, 27, 388),
    "ownership": (329, 48, 11, 388),
    "status": (44, 46, 34, 239, 25, 388),
}
ATTRIBUTES = list(CATEGORIES)

counts_by_attribute = st.fixed_dictionaries(
    {
        attribute: st.fixed_dictionaries({name: st.integers(0, 10**6) for name in names})
        for attribute, names in CATEGORIES.items()
    }
)
inventories = st.lists(
    st.fixed_dictionaries({attribute: st.sampled_from(names) for attribute, names in CATEGORIES.items()})
)


def inventory(rows):
    """Return applications as the frame `applications`."""
    frame = pd.DataFrame(rows, columns=ATTRIBUTES, dtype="str")
    frame.insert(0, "name", [f"Aplikasi {n}" for n in range(len(rows))])
    return frame.set_axis(pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(rows)))


def counted(rows):
    """Count an inventory by hand, as the frame `applications_recap`."""
    return recap(
        {
            attribute: {name: sum(row[attribute] == name for row in rows) for name in names}
            for attribute, names in CATEGORIES.items()
        }
    )


def traced_sums(package, attribute):
    """Add up the raw rows that the lineage of each cell names."""
    source = package[applications.source_name(package)]
    weight = source["count"] if "count" in source else pd.Series(1, index=source.index)
    lineage = applications.trace(package, attribute)
    return [int(weight.loc[rows_in(rows)].sum()) for rows in lineage["rows"]]


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_a_table_has_the_article_s_rows_in_its_order(attribute):
    got = applications.count_by(bandung(), attribute)
    assert got.columns.tolist() == ["category", "count", "share"]
    assert got["category"].tolist() == [*CATEGORIES[attribute], TOTAL]
    assert got["count"].tolist() == list(PRINTED[attribute])


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_the_lineage_adds_up_to_every_printed_cell(attribute):
    assert traced_sums(bandung(), attribute) == list(PRINTED[attribute])


@given(counts_by_attribute)
def test_a_total_is_the_sum_of_its_categories(counts):
    package = make_package(applications_recap=recap(counts))
    for attribute, part in counts.items():
        got = applications.count_by(package, attribute)
        assert dict(zip(got["category"], got["count"], strict=True)) == {**part, TOTAL: sum(part.values())}


@given(inventories)
def test_an_inventory_and_its_recap_give_the_same_tables(rows):
    from_rows = make_package(applications=inventory(rows), applications_recap=None)
    from_counts = make_package(applications_recap=counted(rows))
    for attribute in ATTRIBUTES:
        got, expected = (applications.count_by(package, attribute) for package in (from_rows, from_counts))
        pd.testing.assert_frame_equal(got, expected)


@given(inventories)
def test_the_lineage_of_either_source_adds_up(rows):
    sources = (
        {"applications": inventory(rows), "applications_recap": None},
        {"applications_recap": counted(rows)},
    )
    for frames in sources:
        package = make_package(**frames)
        for attribute in ATTRIBUTES:
            got = applications.count_by(package, attribute)["count"].tolist()
            assert got == traced_sums(package, attribute)


@given(counts_by_attribute, st.randoms())
def test_the_order_of_the_raw_rows_does_not_matter(counts, random):
    frame = recap(counts)
    order = random.sample(range(len(frame)), len(frame))
    shuffled = frame.iloc[order].set_axis(frame.index)
    for attribute in ATTRIBUTES:
        got = applications.count_by(make_package(applications_recap=shuffled), attribute)
        expected = applications.count_by(make_package(applications_recap=frame), attribute)
        pd.testing.assert_frame_equal(got, expected)


def test_an_inventory_is_preferred_and_its_cells_are_counts():
    package = make_package(applications=inventory([{"type": "web", "ownership": "own", "status": "trial"}]))
    assert applications.source_name(package) == "applications"
    assert set(applications.trace(package, "type")["rule"]) == {"count"}
    assert applications.count_by(package, "type")["count"].tolist() == [1, 0, 0, 0, 1]


def test_a_city_with_neither_source_is_an_error():
    with pytest.raises(KeyError):
        applications.count_by(make_package(applications_recap=None), "type")
