import pytest
from helpers import bandung, make_package

from analysis.results.verdict_results import of_sensitivity, of_verdicts
from analysis.tables.findings import DIMENSIONS

ONLINE, INFRASTRUCTURE, OPEN = DIMENSIONS
SHORT = "infrastructure+open_government"

# What follows by hand from the article's Table 8 and the coded evidence.
EXPECTED = {
    "verdict.findings.short": SHORT,
    "verdict.evidence.short": SHORT,
    "verdict.indicators.short": SHORT,
    "verdict.lowest_findings.short": OPEN,
    "verdict.lowest_evidence.short": INFRASTRUCTURE,
    "verdict.lowest_indicators.short": OPEN,
    "verdict.findings.supports": "online_services",
    "verdict.evidence.supports": "online_services",
    "verdict.indicators.supports": "online_services",
    "verdict.lowest_findings.supports": "online_services+infrastructure",
    "verdict.lowest_evidence.supports": "online_services+open_government",
    "verdict.lowest_indicators.supports": "online_services+infrastructure",
    "verdict.overall.findings": False,
    "verdict.overall.evidence": False,
    "verdict.overall.indicators": False,
}
FALLS_SHORT = {
    (name, rule) for name in (INFRASTRUCTURE, OPEN) for rule in ("findings", "evidence", "indicators")
}
FALLS_SHORT |= {(OPEN, "lowest_findings"), (INFRASTRUCTURE, "lowest_evidence"), (OPEN, "lowest_indicators")}


def values_of(package):
    """Return the verdicts on a city by key."""
    return {row[0]: row[1] for row in of_verdicts(package)}


@pytest.mark.parametrize(("key", "expected"), EXPECTED.items(), ids=str)
def test_each_verdict_on_bandung_is_what_follows_by_hand(key, expected):
    got = values_of(bandung())[key]
    assert got == expected
    assert type(got) is type(expected)


def test_whether_each_dimension_falls_short_under_each_rule():
    got = {key: value for key, value in values_of(bandung()).items() if key not in EXPECTED}
    scores = ("findings", "evidence", "indicators")
    rules = (*scores, *(f"lowest_{name}" for name in scores))
    assert got == {
        f"audit.short.{name}.{rule}": (name, rule) in FALLS_SHORT for name in DIMENSIONS for rule in rules
    }


def test_no_dimension_falling_short_is_written_as_none():
    findings = """\
finding_id,dimension,polarity,evidence_ids,text_id,text_en,locator
OS1,online_services,mixed,E1,a,a,T8
"""
    got = values_of(make_package(findings=findings))
    assert got["verdict.findings.short"] == "none"
    assert got["verdict.findings.supports"] == "+".join(DIMENSIONS)
    assert got["verdict.overall.findings"] is False


def test_how_many_steps_turn_each_verdict_and_how_many_rules_give_it():
    got = {row[0]: row[1] for row in of_sensitivity(bandung())}
    # Of 78 records 61 can move one way and the 17 mixed ones both; of 14 findings 13, and one both.
    assert (got["sensitivity.evidence.overall.tried"], got["sensitivity.findings.overall.tried"]) == (95, 15)
    assert got["sensitivity.evidence.online_services.turned"] == 10
    assert got["sensitivity.all.infrastructure.tried"] == 2 * 15 + 4 * 95
    assert got["sensitivity.all.overall.tried"] == 15 + 2 * 95
    rules = {key: value for key, value in got.items() if key.startswith("rules.")}
    assert rules == {
        **{
            "rules.online_services.holds": 0,
            "rules.infrastructure.holds": 4,
            "rules.open_government.holds": 5,
        },
        **{f"rules.{name}.count": 6 for name in DIMENSIONS},
        **{
            "rules.online_services.alone": 0,
            "rules.infrastructure.alone": 1,
            "rules.open_government.alone": 2,
        },
        **{"rules.overall.holds": 0, "rules.overall.count": 3},
    }
