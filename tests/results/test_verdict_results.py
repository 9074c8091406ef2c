from helpers import bandung, make_package

from analysis.results.verdict_results import of_sensitivity, of_verdicts
from analysis.tables.findings import DIMENSIONS

ONLINE, INFRASTRUCTURE, OPEN = DIMENSIONS

# What falls short under each rule follows by hand from the article's Table 8 and the coded evidence.
FALLING = {
    **dict.fromkeys(("findings", "evidence", "indicators"), (INFRASTRUCTURE, OPEN)),
    "lowest_findings": (OPEN,),
    "lowest_evidence": (INFRASTRUCTURE,),
    "lowest_indicators": (OPEN,),
}


def values_of(package):
    """Return the verdicts on a city by key."""
    return {row[0]: row[1] for row in of_verdicts(package)}


def test_each_verdict_on_bandung_is_what_follows_by_hand():
    expected = {f"verdict.overall.{rule}": False for rule in ("findings", "evidence", "indicators")}
    for rule, falling in FALLING.items():
        expected[f"verdict.{rule}.short"] = "+".join(falling)
        expected[f"verdict.{rule}.supports"] = "+".join(name for name in DIMENSIONS if name not in falling)
        expected |= {f"audit.short.{name}.{rule}": name in falling for name in DIMENSIONS}
    assert values_of(bandung()) == expected


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
        **dict(zip((f"rules.{name}.holds" for name in DIMENSIONS), (0, 4, 5), strict=True)),
        **dict(zip((f"rules.{name}.alone" for name in DIMENSIONS), (0, 1, 2), strict=True)),
        **{f"rules.{name}.count": 6 for name in DIMENSIONS},
        **{"rules.overall.holds": 0, "rules.overall.count": 3},
    }
