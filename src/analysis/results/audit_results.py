"""Facts that the audit needs and no prose does: sizes of groups, yes-or-no facts, verdicts by rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import row_ranges
from analysis.results import verdicts
from analysis.results.derivations import DATES_USED, NUMBERS_USED
from analysis.table_list.entries import COUNTS
from analysis.tables.applications import TOTAL, source_name
from analysis.tables.findings import DIMENSIONS, POLARITIES

Row = tuple[str, object, str, str, str, str]

RANDOM_GROUPS = ("citizens", "community_boards")
AGENCY_RECORDS = "open_data.records_2016_by_agency."
ASPECTS_ADDED = ("privacy.aspects_added", "open_data.aspects_added")
HEALTH_WORDS = ("posyandu", "puskesmas", "uks", "rumah sakit")


def facts(package: Package, tables: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Yield every fact that the city's files allow: key, value, unit, and lineage (file, rows, rule)."""
    yield from _of_applications(package, tables)
    if "table7" in tables:
        yield from _of_integrations(package, tables["table7"])
    yield from _of_framework(package)
    if "metrics" in package:
        yield from _of_open_data(package)
    if "informants" in package:
        yield from _of_informants(package)
    if "evidence" in package:
        yield from _of_evidence(package)
    if "evidence" in package and "findings" in package:
        yield from _of_verdicts(package)


def is_dated(metric: str) -> bool | None:
    """Return whether what is computed from a metric needs a date or a number; None where nothing is."""
    if metric in DATES_USED:
        return True
    is_number = metric in NUMBERS_USED or metric in ASPECTS_ADDED or metric.startswith(AGENCY_RECORDS)
    return False if is_number else None


def _of_applications(package: Package, tables: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    file = f"{source_name(package)}.csv"
    counts = {
        attribute: tables[name].set_index("category")["count"].astype(int)
        for attribute, name in COUNTS.items()
    }
    types, statuses = counts["type"], counts["status"]
    rows = row_ranges(package[source_name(package)].index)
    underway = int(types[TOTAL] - statuses["planned"])
    built = int(underway - statuses["development"])
    desktop = int(types["desktop"])
    agree = len({int(count[TOTAL]) for count in counts.values()}) == 1

    def fact(key: str, value: object, unit: str, rule: str) -> Row:
        return (f"audit.{key}", value, unit, file, rows, rule)

    yield fact("applications.built", built, "application", "total - planned - development")
    yield fact("applications.built_or_underway", underway, "application", "total - planned")
    yield fact("applications.desktop_only", desktop, "application", "type: desktop")
    yield fact("applications.all_reachable", desktop == 0, "truth", "type: desktop = 0")
    yield fact("totals_agree", agree, "truth", "totals of type, ownership, status")


def _of_integrations(package: Package, table: pd.DataFrame) -> Iterator[Row]:
    rows = row_ranges(package["integrations"].index)
    names = table["application"] + "\n" + table["integrated_with"]
    health = names.str.lower().map(lambda pair: any(word in pair for word in HEALTH_WORDS)).sum()
    simda = names.str.contains(r"(?m)^SIMDA\b").sum()
    file = "integrations.csv"
    yield (
        "audit.integrations.health",
        int(health),
        "integration",
        file,
        rows,
        "names of health applications",
    )
    yield ("audit.integrations.simda", int(simda), "integration", file, rows, "first word SIMDA")


def _of_framework(package: Package) -> Iterator[Row]:
    framework = package["framework"]
    parent = framework.set_index("code")["parent"]
    level = framework.set_index("code")["level"]
    indicators = parent[level == "indicator"]
    rows = row_ranges(framework.index)

    def fact(key: str, value: object, unit: str, rule: str) -> Row:
        return (f"audit.framework.{key}", value, unit, "framework.csv", rows, rule)

    yield fact("government_areas", int((parent == "government").sum()), "working_area", "areas of government")
    for name in DIMENSIONS:
        yield fact(
            f"indicators.{name}", int((indicators == name).sum()), "indicator", f"indicators of {name}"
        )
    dimensions = indicators.map(parent).nunique()
    yield fact("dimensions_with_indicators", int(dimensions), "dimension", "dimensions with indicators")
    yield fact("cohen_component", str(parent[DIMENSIONS[0]]), "name", "dimension of the three areas")
    if "electronic_payment_benefit" in parent:
        payment = str(parent["electronic_payment_benefit"])
        yield fact("payment_indicator", payment, "name", "indicator of the aspect")
    if privacy := int((parent == "privacy").sum()):
        yield fact("privacy_aspects_added", privacy - 1, "aspect", "aspects of privacy - 1")
    if "metrics" in package:
        metrics = package["metrics"].set_index("metric")["value"]
        if set(ASPECTS_ADDED) <= set(metrics.index):
            own = int(metrics[list(ASPECTS_ADDED)].astype(float).sum())
            aspects = int((level == "aspect").sum())
            yield fact("aspects_from_source", aspects - own, "aspect", "aspects - aspects added")


def _of_open_data(package: Package) -> Iterator[Row]:
    metrics = package["metrics"]
    agencies = metrics[metrics["metric"].str.startswith(AGENCY_RECORDS)]
    if len(agencies):
        largest = agencies.set_index("metric")["value"].astype(float).idxmax()
        is_market = str(largest).removeprefix(AGENCY_RECORDS) == "market"
        rows = row_ranges(agencies.index)
        key = "audit.open_data.largest_agency_is_market"
        yield (key, is_market, "truth", "metrics.csv", rows, "largest of the agencies")


def _of_informants(package: Package) -> Iterator[Row]:
    informants, file = package["informants"], "informants.csv"
    chosen: dict[str, pd.Series] = {
        "citizens_listed": informants["group"] == "citizens",
        "random_listed": informants["group"].isin(RANDOM_GROUPS),
        "random_outside_snowball": informants["group"].isin(RANDOM_GROUPS)
        & (informants["sampling"] != "snowball"),
    }
    for key, is_in in chosen.items():
        persons = int(informants["count"].where(is_in, 0).sum())
        used = row_ranges(informants.index[informants["group"].isin(RANDOM_GROUPS)])
        yield (f"audit.informants.{key}", persons, "person", file, used, key.replace("_", " "))


def _of_evidence(package: Package) -> Iterator[Row]:
    evidence, framework = package["evidence"], package["framework"]
    for aspect in framework.loc[framework["level"] == "aspect", "code"]:
        for polarity in POLARITIES:
            chosen = evidence.index[(evidence["aspect"] == aspect) & (evidence["polarity"] == polarity)]
            key = f"audit.evidence.{aspect}.{polarity}"
            yield (key, len(chosen), "record", "evidence.csv", row_ranges(chosen), "count")


def _of_verdicts(package: Package) -> Iterator[Row]:
    """Give the dimensions that fall short, and those that do not, under each rule."""
    for rule in verdicts.RULES:
        records = rule.records(package)
        file = f"{rule.source}.csv"
        rows = row_ranges(package[rule.source].index)
        short = verdicts.falling_short(rule, records)
        others = [name for name in DIMENSIONS if name not in short]
        supported = verdicts.is_supported(rule, records)
        yield (f"verdict.{rule.name}.short", "+".join(short) or "none", "name", file, rows, rule.name)
        yield (f"verdict.{rule.name}.supports", "+".join(others) or "none", "name", file, rows, rule.name)
        yield (f"verdict.overall.{rule.name}", supported, "truth", file, rows, rule.name)
        for name in DIMENSIONS:
            yield (f"audit.short.{name}.{rule.name}", name in short, "truth", file, rows, rule.name)
