from itertools import chain

import pytest
from comparisons import BARE, LEDGER, NO_LEDGER, WHOLE, applications, both, integrations, polarities
from hypothesis import given
from hypothesis import strategies as st

from analysis.comparing.comparison import COLUMNS, GROUPS, compare, found, lacking
from analysis.language.formats import Result
from analysis.tables.applications import CATEGORIES
from analysis.tables.findings import DIMENSIONS

MEASURES = list(chain.from_iterable(GROUPS.values()))
counts = st.integers(0, 500)
polarity_counts = st.fixed_dictionaries({name: st.tuples(counts, counts, counts) for name in DIMENSIONS})
cities = st.builds(
    lambda by_attribute, evidence, findings, share, parts: (
        applications(**by_attribute)
        | (polarities("evidence", **evidence) if "evidence" in parts else {})
        | (polarities("findings", **findings) if "findings" in parts else {})
        | (integrations(share) if "integrations" in parts else {})
        | {"wifi.access_points": Result(104, "access_point")}
    ),
    st.fixed_dictionaries(
        {
            attribute: st.fixed_dictionaries(dict.fromkeys(names, counts))
            for attribute, names in CATEGORIES.items()
        }
    ),
    polarity_counts,
    polarity_counts,
    st.floats(0, 1),
    st.sets(st.sampled_from(["evidence", "findings", "integrations"])),
)
ledgers = st.builds(
    lambda checked, share: {"checked": checked, "reproduced": round(checked * share)}, counts, st.floats(0, 1)
)
several = st.dictionaries(
    st.text("abc", min_size=1, max_size=3), st.tuples(cities, ledgers), min_size=1, max_size=4
)


def compare_all(drawn):
    return compare({k: v for k, (v, _) in drawn.items()}, {k: v for k, (_, v) in drawn.items()})


def test_a_city_with_everything_has_every_measure_in_order():
    table = compare({"atas": WHOLE}, {"atas": LEDGER})
    assert list(table.columns) == COLUMNS
    assert table["measure"].tolist() == MEASURES


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("applications.total", Result(4, "application")),
        ("applications.type.web.share", Result(0.75, "share")),
        ("applications.type.mobile.share", Result(0.0, "share")),
        ("integrations.share", Result(0.75, "share")),
        ("evidence.balance", Result((3 - 5) / 9, "score")),
        ("evidence.infrastructure.balance", Result(-0.75, "score")),
        ("findings.online_services.balance", Result(1.0, "score")),
        ("findings.open_government.balance", Result(0.0, "score")),
        ("checks.total", Result(8, "check")),
        ("checks.reproduced", Result(6, "check")),
        ("checks.share", Result(0.75, "share")),
    ],
)
def test_a_measure_is_what_it_says(measure, expected):
    assert found(both())[measure, "atas"] == expected


def test_counts_stay_whole_numbers_beside_shares():
    values = both().set_index(["measure", "city"])["value"]
    assert isinstance(values["applications.total", "atas"], int)
    assert isinstance(values["integrations.share", "atas"], float)


def test_a_city_without_a_part_has_no_measure_of_it():
    had = {measure for measure, city in found(both()) if city == "bawah"}
    assert had == {measure for group in ("applications", *CATEGORIES) for measure in GROUPS[group]}


def test_a_ledger_that_checks_nothing_is_no_ledger():
    for ledger in ({"atas": NO_LEDGER}, {}):
        assert not any(measure.startswith("checks") for measure in compare({"atas": BARE}, ledger)["measure"])


def test_shares_of_no_applications_are_left_out():
    empty = applications() | integrations(0.0)
    assert compare({"atas": empty}, {})["measure"].tolist() == [
        "applications.total",
        "integrations.count",
        "integrations.applications",
    ]


def test_a_dimension_without_evidence_has_no_balance():
    table = compare({"atas": BARE | polarities("evidence", infrastructure=(1, 0, 0))}, {})
    balances = {measure for measure in table["measure"] if measure.endswith("balance")}
    assert balances == {"evidence.balance", "evidence.infrastructure.balance"}


def test_what_a_city_lacks_is_told_by_group_or_by_measure():
    some = BARE | polarities("evidence", infrastructure=(1, 0, 0))
    table = compare({"atas": WHOLE, "bawah": some}, {"atas": LEDGER})
    assert lacking(table, ["atas", "bawah"]) == {
        "bawah": [
            "integrations",
            "evidence.online_services.balance",
            "evidence.open_government.balance",
            "findings",
            "checks",
        ]
    }


def test_a_city_without_any_measure_lacks_every_group():
    assert lacking(compare({"atas": {}}, {}), ["atas"]) == {"atas": list(GROUPS)}


@given(several)
def test_shares_lie_between_0_and_1_and_balances_between_minus_1_and_1(drawn):
    for result in found(compare_all(drawn)).values():
        if result.unit == "share":
            assert 0 <= result.value <= 1
        if result.unit == "score":
            assert -1 <= result.value <= 1


@given(several)
def test_the_shares_of_an_attribute_make_up_the_whole(drawn):
    values = found(compare_all(drawn))
    for city in drawn:
        for attribute in CATEGORIES:
            shares = [values[place].value for m in GROUPS[attribute] if (place := (m, city)) in values]
            assert shares == [] or sum(shares) == pytest.approx(1)


@given(several)
def test_the_order_of_cities_and_measures_is_kept_and_nothing_unknown_comes_in(drawn):
    table = compare_all(drawn)
    places = list(zip(table["measure"], table["city"], strict=True))
    order = [(measure, city) for measure in MEASURES for city in drawn]
    assert places == [place for place in order if place in set(places)]


@given(several)
def test_a_city_has_or_lacks_each_measure(drawn):
    table = compare_all(drawn)
    missing = lacking(table, list(drawn))
    for city in drawn:
        absent = {m for name in missing.get(city, []) for m in GROUPS.get(name, (name,))}
        had = {measure for measure, of in found(table) if of == city}
        assert (absent | had, absent & had) == (set(MEASURES), set())
