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
)
