import pytest
from helpers import bandung, make_package

from analysis.results import results
from analysis.results.derivations import DERIVATIONS

# Worked out by hand from the article's figures; see METRICS in test_raw.py for their places.
EXPECTED = {
    "wifi.capacity.users": 1040,  # 104 access points, 10 users each
    "wifi.capacity.mbps": 208,  # 104 access points, 2 Mbps each
    "bandwidth.contracted": 700,  # 200 IX and 500 IIX
    "bandwidth.asked": 1020,  # 68 agencies, 15 Mbps each
    "bandwidth.shortfall": 320,  # 1020 less 700
    "bandwidth.ratio": 1020 / 700,
    "open_data.monthly.records_2016": 1081 / 12,
    "open_data.monthly.datasets_2016": 843 / 12,
    "open_data.monthly.datasets_2017": 929 / 9,
    "open_data.monthly.largest_agency_2016": 169 / 12,
    "open_data.target_attained_2016": 1.081,  # 1081 of 1000
    "open_data.dataset_growth.count": 86,  # 929 less 843
    "open_data.dataset_growth.share": 86 / 843,
    "budget.infrastructure_need_ratio": 2000,  # 10 trillion to 5 billion
    "budget.need_to_city_budget_ratio": 10 / 6,  # 10 trillion to 6 trillion
    "wifi.first_user_over_capacity": 11,  # 10 users fit
    "wifi.park_example.capacity": 6,  # 3 access points, 2 Mbps each
    "smart_card.banks_accounted": 5,  # 4 named, 1 forgotten
    "law.disclosure.effective_year": 2010,  # 2008, two years later
    "law.government_regulation.expected_year": 2010,  # 2008, two years later
    "ogi.founded_year": 2011,  # 20 September 2011
    "open_data.declaration_year": 2014,  # 5 December 2014
    "open_data.datasets_2017_as_of_year": 2017,  # September 2017
    "open_data.category_share_rebuilt_2016.population_labour": 100 * 209 / 1081,  # 19.33% is 208.96 of 1081
    "open_data.category_share_rebuilt_2016.economy_finance": 100 * 146 / 1081,  # 13.51% is 146.04 of 1081
}
FUNCTIONS = {"year": lambda date: int(date[:4])}
# Article, Open government, “Pada tahun 2016”: averages printed without decimals.
PRINTED_AVERAGES = {"open_data.monthly.records_2016": 90, "open_data.monthly.largest_agency_2016": 14}


def values(package):
    """Return the results of a city's metrics by key."""
    return {key: value for key, value, *_ in results.PARTS["metrics"](package)}


@pytest.mark.parametrize(("key", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_a_derivation_gives_what_a_hand_calculation_gives(key, expected):
    assert values(bandung())[key] == pytest.approx(expected, rel=1e-12)


def test_every_derivation_is_calculated_by_hand_above():
    assert {derivation.key for derivation in DERIVATIONS} == set(EXPECTED)


@pytest.mark.parametrize(("key", "printed"), PRINTED_AVERAGES.items(), ids=PRINTED_AVERAGES)
def test_an_average_agrees_with_the_printed_one_within_half_a_digit(key, printed):
    assert values(bandung())[key] == pytest.approx(printed, abs=0.5)


@pytest.mark.parametrize("derivation", DERIVATIONS, ids=lambda derivation: derivation.key)
def test_the_rule_in_words_computes_the_same(derivation):
    inputs = [values(bandung())[name] for name in derivation.inputs]
    letters = dict(zip("abcde", inputs, strict=False))
    got = eval(derivation.rule, FUNCTIONS, letters)  # noqa: S307 - our own rules
    assert derivation.compute(*inputs) == got


@pytest.mark.parametrize("derivation", DERIVATIONS, ids=lambda derivation: derivation.key)
def test_the_lineage_names_the_row_of_each_input_in_order(derivation):
    row = bandung()["metrics"].reset_index().set_index("metric")["row"]
    traced = {key: (file, rows) for key, _, _, file, rows, _ in results.PARTS["metrics"](bandung())}
    expected = " ".join(str(row[name]) for name in derivation.inputs)
    assert traced[derivation.key] == ("metrics.csv", expected)


def test_derivations_have_keys_of_their_own():
    keys = [derivation.key for derivation in DERIVATIONS]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & set(bandung()["metrics"]["metric"])


def test_what_needs_a_metric_that_the_city_lacks_is_left_out():
    got = values(make_package())
    assert got["wifi.capacity.users"] == 30
    assert "wifi.capacity.mbps" not in got
    assert "bandwidth.asked" not in got


def test_what_would_divide_by_nothing_is_left_out():
    metrics = "metric,value,unit,label_id,label_en,locator\n" + "".join(
        f"open_data.{key}_2016,{value},record,x,x,x\n" for key, value in (("records", 5), ("target", 0))
    )
    got = values(make_package(metrics=metrics))
    assert "open_data.target_attained_2016" not in got
    assert got["open_data.monthly.records_2016"] == 5 / 12
