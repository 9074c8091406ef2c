import pandas as pd
import pytest
from helpers import bandung, make_package, recap

from analysis.raw_data.row_ranges import rows_in
from analysis.results import audit_results
from analysis.tables import applications, integrations
from analysis.tables.applications import CATEGORIES
from analysis.tables.findings import DIMENSIONS, POLARITIES

TABLES = dict(zip(("table4", "table5", "table6"), CATEGORIES, strict=True))
ONLINE, INFRASTRUCTURE, OPEN = DIMENSIONS
SHORT = "infrastructure+open_government"

# What follows by hand from the article's Tables 1 to 8.
EXPECTED = {
    "audit.applications.built": 298,  # 388 without 44 planned and 46 being built
    "audit.applications.built_or_underway": 344,  # 388 without 44 planned
    "audit.applications.desktop_only": 125,
    "audit.applications.all_reachable": False,
    "audit.totals_agree": True,  # 388 in Tables 4, 5 and 6
    "audit.integrations.health": 0,
    "audit.integrations.simda": 1,  # Table 7, row 6
    "audit.framework.government_areas": 3,
    "audit.framework.indicators.online_services": 2,
    "audit.framework.indicators.infrastructure": 4,
    "audit.framework.indicators.open_government": 3,
    "audit.framework.dimensions_with_indicators": 1,
    "audit.framework.cohen_component": "government",
    "audit.framework.payment_indicator": "electronic_benefit_payments",
    "audit.framework.privacy_aspects_added": 2,
    "audit.framework.aspects_from_source": 10,  # 13 without 1 on open data and 2 on privacy
    "audit.open_data.largest_agency_is_market": True,  # 169 against 98, 59, 47 and 41
    "audit.informants.citizens_listed": 13,
    "audit.informants.random_listed": 16,  # 13 citizens and 3 officers of community organisations
    "audit.informants.random_outside_snowball": 0,
    "verdict.findings.short": SHORT,
    "verdict.evidence.short": SHORT,
    "verdict.indicators.short": SHORT,
    "verdict.lowest.short": "infrastructure",
    "verdict.findings.supports": "online_services",
    "verdict.evidence.supports": "online_services",
    "verdict.indicators.supports": "online_services",
    "verdict.lowest.supports": "online_services+open_government",
    "verdict.overall.findings": False,
    "verdict.overall.evidence": False,
    "verdict.overall.indicators": False,
    "verdict.overall.lowest": False,
}
FALLS_SHORT = {
    (name, rule) for name in (INFRASTRUCTURE, OPEN) for rule in ("findings", "evidence", "indicators")
}
FALLS_SHORT |= {(INFRASTRUCTURE, "lowest")}


def facts_of(package):
    """Return every fact of a package by key: value, unit, file, rows, rule."""
    tables = {name: applications.count_by(package, attribute) for name, attribute in TABLES.items()}
    if "integrations" in package:
        tables["table7"] = integrations.list_integrations(package)
    listed = list(audit_results.facts(package, tables))
    found = {row[0]: row[1:] for row in listed}
    assert len(found) == len(listed), "a key appears twice"
    return found


def values_of(**frames):
    """Return the values of the facts of the tiny city with other frames."""
    return {key: row[0] for key, row in facts_of(make_package(**frames)).items()}


def rest(found, *starts):
    """Return the keys that begin with none of these."""
    return {key for key in found if not key.startswith(starts)}


@pytest.mark.parametrize(("key", "expected"), EXPECTED.items(), ids=str)
def test_each_fact_about_bandung_is_what_the_article_gives_by_hand(key, expected):
    got = facts_of(bandung())[key][0]
    assert got == expected
    assert type(got) is type(expected)


def test_no_other_facts_about_bandung_than_those_checked_here():
    assert rest(facts_of(bandung()), "audit.evidence.", "audit.short.") == set(EXPECTED)


def test_whether_each_dimension_falls_short_under_each_rule():
    got = {key: row[0] for key, row in facts_of(bandung()).items() if key.startswith("audit.short.")}
    rules = ("findings", "evidence", "indicators", "lowest")
    expected = {
        f"audit.short.{name}.{rule}": (name, rule) in FALLS_SHORT for name in DIMENSIONS for rule in rules
    }
    assert got == expected


def test_the_evidence_of_every_aspect_and_polarity_is_counted():
    package = bandung()
    aspects = [row.code for row in package["framework"].itertuples() if row.level == "aspect"]
    pairs = [(row.aspect, row.polarity) for row in package["evidence"].itertuples()]
    expected = {
        f"audit.evidence.{aspect}.{polarity}": pairs.count((aspect, polarity))
        for aspect in aspects
        for polarity in POLARITIES
    }
    got = {key: row[0] for key, row in facts_of(package).items() if key.startswith("audit.evidence.")}
    assert got == expected
    assert sum(got.values()) == len(pairs)


def test_the_rows_of_counted_evidence_are_those_that_are_counted():
    for key, (count, _, file, rows, _) in facts_of(bandung()).items():
        if key.startswith("audit.evidence."):
            chosen = bandung()["evidence"].loc[rows_in(rows)]
            assert (file, len(chosen)) == ("evidence.csv", count)
            assert set(chosen["aspect"] + "." + chosen["polarity"]) <= {key.removeprefix("audit.evidence.")}


def test_the_lineage_of_every_fact_is_in_the_raw_package():
    for key, (_, unit, file, rows, rule) in facts_of(bandung()).items():
        frame = bandung()[file.removesuffix(".csv")]
        assert set(rows_in(rows)) <= set(frame.index), key
        assert unit, key
        assert rule, key


@pytest.mark.parametrize(
    ("name", "starts"),
    [
        ("integrations", "audit.integrations."),
        ("informants", "audit.informants."),
        ("evidence", "audit.evidence."),
        ("findings", ("audit.short.", "verdict.")),
        ("evidence", ("audit.short.", "verdict.")),
    ],
)
def test_a_city_without_a_file_has_no_facts_of_it(name, starts):
    assert any(key.startswith(starts) for key in values_of())
    assert not any(key.startswith(starts) for key in values_of(**{name: None}))


def test_facts_that_need_what_a_city_does_not_measure_are_left_out():
    absent = {
        "audit.framework.payment_indicator",
        "audit.framework.privacy_aspects_added",
        "audit.framework.aspects_from_source",
        "audit.open_data.largest_agency_is_market",
    }
    assert absent.isdisjoint(values_of())
    assert absent.isdisjoint(values_of(metrics=None))


def test_the_applications_of_the_tiny_city():
    got = values_of()
    assert got["audit.applications.built"] == 7  # 10 without 1 planned and 2 being built
    assert got["audit.applications.built_or_underway"] == 9
    assert got["audit.applications.desktop_only"] == 2
    assert got["audit.totals_agree"] is True


def test_all_are_reachable_only_where_no_application_is_for_the_desktop():
    counts = {
        "type": {"web": 2, "mobile": 0, "desktop": 0, "multiplatform": 1},
        "ownership": {"own": 2, "central": 0, "grant": 0},
        "status": {"planned": 0, "development": 0, "trial": 0, "operational": 3, "inactive": 0},
    }
    got = values_of(applications_recap=recap(counts))
    assert got["audit.applications.all_reachable"] is True
    assert got["audit.totals_agree"] is False  # 2 by ownership, 3 otherwise


def test_integrations_are_told_by_their_names():
    pairs = [("ePuskesmas", "SIMDA Keuangan"), ("SIMDA", "X"), ("eSIMDA", "SIMDAKU"), ("RUMAH SAKIT", "Y")]
    table = pd.DataFrame(pairs, columns=["application", "integrated_with"], index=range(2, 6))
    got = values_of(integrations=table.assign(locator="T7"))
    assert got["audit.integrations.simda"] == 2
    assert got["audit.integrations.health"] == 2


def test_citizens_outside_the_snowball_are_counted():
    informants = """\
group,role_id,role_en,sampling,count,locator
officials,Pejabat,Officials,snowball,2,T2
citizens,Warga,Citizens,purposive,3,T2
community_boards,Pengurus,Officers,snowball,4,T2
"""
    got = values_of(informants=informants)
    assert got["audit.informants.citizens_listed"] == 3
    assert got["audit.informants.random_listed"] == 7
    assert got["audit.informants.random_outside_snowball"] == 3


@pytest.mark.parametrize(("health", "expected"), [(97, True), (99, False)])
def test_the_largest_agency_is_found_by_number_and_not_by_order_of_digits(health, expected):
    metrics = f"""\
metric,value,unit,label_id,label_en,locator
open_data.records_2016_by_agency.health,{health},record,a,a,P
open_data.records_2016_by_agency.market,98,record,a,a,P
open_data.records_2016_by_agency.licensing,9,record,a,a,P
"""
    assert values_of(metrics=metrics)["audit.open_data.largest_agency_is_market"] is expected


def test_no_dimension_falling_short_is_written_as_none():
    findings = """\
finding_id,dimension,polarity,evidence_ids,text_id,text_en,locator
OS1,online_services,mixed,E1,a,a,T8
"""
    got = values_of(findings=findings)
    assert got["verdict.findings.short"] == "none"
    assert got["verdict.findings.supports"] == "+".join(DIMENSIONS)
    assert got["verdict.overall.findings"] is False
