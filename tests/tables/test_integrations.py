import itertools

import pandas as pd
import pytest
from helpers import bandung, make_package
from hypothesis import given
from hypothesis import strategies as st

from analysis.raw_data.row_ranges import rows_in
from analysis.tables import integrations

# Article, Infrastructure: Table 7, column by column.
APPLICATIONS = ["POROS", "e-Musrenbang", "e-Reses", "BIRMS", "e-Remunerasi Kinerja", "e-Remunerasi Kinerja"]
PARTNERS = ["SIMDIK", "e-Budgeting", "e-Budgeting", "SIRUP", "e-Budgeting", "SIMDA Keuangan"]
PRINTED = list(zip(range(1, 7), APPLICATIONS, PARTNERS, strict=True))

pairs = st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")).filter(
    lambda pair: pair[0] != pair[1]
)
edges = st.lists(pairs, min_size=1, max_size=9)


def table(listed):
    """Return pairs as Table 7."""
    return pd.DataFrame(listed, columns=["application", "integrated_with"])


def reachable(listed):
    """Return, by brute force, the set of all that each application can be reached from."""
    nodes = set(itertools.chain(*listed))
    near = {a: {a, *(y for pair in listed if a in pair for y in pair)} for a in nodes}
    for _ in nodes:
        near = {a: set().union(*(near[b] for b in near[a])) for a in nodes}
    return near


@pytest.mark.parametrize("expected", PRINTED, ids=lambda row: f"Table 7, {row[0]}")
def test_each_integration_is_as_printed(expected):
    got = integrations.list_integrations(bandung())
    assert tuple(got.iloc[expected[0] - 1].drop("component")) == expected
    assert len(got) == len(PRINTED)


@pytest.mark.parametrize(("number", "application", "partner"), PRINTED, ids=str)
def test_the_lineage_points_at_the_row_that_names_both(number, application, partner):
    traced = integrations.trace(bandung()).set_index("row").loc[number]
    [row] = rows_in(traced["rows"])
    got = bandung()[traced["file"].removesuffix(".csv")].loc[row]
    assert (got["application"], got["integrated_with"]) == (application, partner)


def test_bandung_has_nine_applications_in_three_components_around_e_budgeting():
    table7 = integrations.list_integrations(bandung())
    assert integrations.components(table7) == [
        {"e-Musrenbang", "e-Reses", "e-Budgeting", "e-Remunerasi Kinerja", "SIMDA Keuangan"},
        {"BIRMS", "SIRUP"},
        {"POROS", "SIMDIK"},
    ]
    assert integrations.graph(table7).number_of_nodes() == 9
    assert integrations.hub(table7) == ("e-Budgeting", 3)


@given(edges)
def test_components_are_what_can_be_reached(listed):
    got = integrations.components(table(listed))
    assert {frozenset(names) for names in got} == {frozenset(names) for names in reachable(listed).values()}


@given(edges)
def test_components_come_largest_first_then_by_name(listed):
    got = [(-len(names), min(names)) for names in integrations.components(table(listed))]
    assert got == sorted(got)


@given(edges)
def test_the_hub_has_the_most_partners_and_the_first_name(listed):
    partners = {a: {y for pair in listed if a in pair for y in pair} - {a} for pair in listed for a in pair}
    most = max(map(len, partners.values()))
    expected = min(name for name, others in partners.items() if len(others) == most)
    assert integrations.hub(table(listed)) == (expected, most)


@given(edges)
def test_integrations_are_numbered_in_the_order_of_the_file(listed):
    package = make_package(integrations=table(listed))
    got = integrations.list_integrations(package)
    assert list(got.drop(columns="component").itertuples(index=False, name=None)) == [
        (n, *pair) for n, pair in enumerate(listed, 1)
    ]
