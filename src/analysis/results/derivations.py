"""Results computed from measured quantities, wherever a city has all that they need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Derivation:
    """A result computed from metrics, with its rule in the letters a, b, … for `inputs` in their order."""

    key: str
    unit: str
    inputs: tuple[str, ...]
    compute: Callable[..., float]
    rule: str


def _monthly(total: float) -> float:
    return total / MONTHS_A_YEAR


def _year(iso: str) -> int:
    """Return the year of an ISO 8601 date."""
    return int(iso[:4])


def _nearest_percent(percent: float, whole: int) -> float:
    """Return the percentage of `whole` that a whole number of cases gives, nearest to the one printed."""
    return 100 * round(percent / 100 * whole) / whole


DERIVATIONS = (
    Derivation(
        "wifi.capacity.users",
        "person",
        ("wifi.access_points", "wifi.users_per_access_point"),
        lambda points, users: points * users,
        "a * b",
    ),
    Derivation(
        "wifi.capacity.mbps",
        "Mbps",
        ("wifi.access_points", "wifi.mbps_per_access_point"),
        lambda points, mbps: points * mbps,
        "a * b",
    ),
    Derivation(
        "bandwidth.contracted",
        "Mbps",
        ("bandwidth.ix", "bandwidth.iix"),
        lambda ix, iix: ix + iix,
        "a + b",
    ),
    Derivation(
        "bandwidth.asked",
        "Mbps",
        ("open_data.agencies_2016", "bandwidth.per_agency"),
        lambda agencies, mbps: agencies * mbps,
        "a * b",
    ),
    Derivation(
        "bandwidth.shortfall",
        "Mbps",
        ("open_data.agencies_2016", "bandwidth.per_agency", "bandwidth.ix", "bandwidth.iix"),
        lambda agencies, mbps, ix, iix: agencies * mbps - (ix + iix),
        "a * b - (c + d)",
    ),
    Derivation(
        "bandwidth.ratio",
        "ratio",
        ("open_data.agencies_2016", "bandwidth.per_agency", "bandwidth.ix", "bandwidth.iix"),
        lambda agencies, mbps, ix, iix: agencies * mbps / (ix + iix),
        "a * b / (c + d)",
    ),
    Derivation(
        "open_data.monthly.records_2016",
        "record_per_month",
        ("open_data.records_2016",),
        _monthly,
        "a / 12",
    ),
    Derivation(
        "open_data.monthly.datasets_2016",
        "dataset_per_month",
        ("open_data.datasets_2016",),
        _monthly,
        "a / 12",
    ),
    Derivation(
        "open_data.monthly.datasets_2017",
        "dataset_per_month",
        ("open_data.datasets_2017", "open_data.months_2017"),
        lambda datasets, months: datasets / months,
        "a / b",
    ),
    Derivation(
        "open_data.monthly.largest_agency_2016",
        "record_per_month",
        ("open_data.records_2016_by_agency.market",),
        _monthly,
        "a / 12",
    ),
    Derivation(
        "open_data.target_attained_2016",
        "share",
        ("open_data.records_2016", "open_data.target_2016"),
        lambda records, target: records / target,
        "a / b",
    ),
    Derivation(
        "open_data.dataset_growth.count",
        "dataset",
        ("open_data.datasets_2016", "open_data.datasets_2017"),
        lambda before, after: after - before,
        "b - a",
    ),
    Derivation(
        "open_data.dataset_growth.share",
        "share",
        ("open_data.datasets_2016", "open_data.datasets_2017"),
        lambda before, after: (after - before) / before,
        "(b - a) / a",
    ),
    Derivation(
        "budget.infrastructure_need_ratio",
        "ratio",
        ("budget.infrastructure_need_at_least", "budget.infrastructure"),
        lambda need, budget: need / budget,
        "a / b",
    ),
    Derivation(
        "budget.need_to_city_budget_ratio",
        "ratio",
        ("budget.infrastructure_need_at_least", "budget.city"),
        lambda need, budget: need / budget,
        "a / b",
    ),
    Derivation(
        "wifi.first_user_over_capacity",
        "ordinal",
        ("wifi.users_per_access_point",),
        lambda users: users + 1,
        "a + 1",
    ),
    Derivation(
        "wifi.park_example.capacity",
        "Mbps",
        ("wifi.park_example.access_points", "wifi.mbps_per_access_point"),
        lambda points, mbps: points * mbps,
        "a * b",
    ),
    Derivation(
        "smart_card.banks_accounted",
        "bank",
        ("smart_card.banks_named", "smart_card.banks_forgotten"),
        lambda named, forgotten: named + forgotten,
        "a + b",
    ),
    Derivation(
        "law.disclosure.effective_year",
        "year",
        ("law.disclosure.year", "law.disclosure.waiting_years"),
        lambda year, waiting: year + waiting,
        "a + b",
    ),
    Derivation(
        "law.government_regulation.expected_year",
        "year",
        ("law.disclosure.year", "law.government_regulation.delay_years"),
        lambda year, delay: year + delay,
        "a + b",
    ),
    Derivation(
        "ogi.founded_year",
        "year",
        ("ogi.founded",),
        _year,
        "year(a)",
    ),
    Derivation(
        "open_data.declaration_year",
        "year",
        ("open_data.declaration",),
        _year,
        "year(a)",
    ),
    Derivation(
        "open_data.datasets_2017_as_of_year",
        "year",
        ("open_data.datasets_2017_as_of",),
        _year,
        "year(a)",
    ),
    Derivation(
        "open_data.category_share_rebuilt_2016.population_labour",
        "percent",
        ("open_data.category_share_2016.population_labour", "open_data.records_2016"),
        _nearest_percent,
        "100 * round(a / 100 * b) / b",
    ),
    Derivation(
        "open_data.category_share_rebuilt_2016.economy_finance",
        "percent",
        ("open_data.category_share_2016.economy_finance", "open_data.records_2016"),
        _nearest_percent,
        "100 * round(a / 100 * b) / b",
    ),
)

DATES_USED = frozenset(key for one in DERIVATIONS if one.compute is _year for key in one.inputs)
NUMBERS_USED = frozenset(key for one in DERIVATIONS for key in one.inputs) - DATES_USED
"""Metrics that something is computed from, by what they must be for that."""
