from collections import Counter
from fractions import Fraction

import pandas as pd
import pytest
from helpers import bandung, make_package
from hypothesis import given
from hypothesis import strategies as st

from analysis.raw_data.csv_form import FIRST_ROW
from analysis.results import verdicts
from analysis.tables.findings import DIMENSIONS, POLARITIES

RULES = {rule.name: rule for rule in verdicts.RULES}
ONLINE, INFRASTRUCTURE, OPEN = DIMENSIONS
SIGNS = {"+": "supports", "0": "mixed", "-": "hinders"}
SIGN = {"supports": 1, "mixed": 0, "hinders": -1}

polarities = st.sampled_from(POLARITIES)
coded = st.lists(st.tuples(st.sampled_from(DIMENSIONS), polarities, st.sampled_from("ab")), max_size=9)


def records(**coding):
    """Return one record a sign; signs of different indicators are separated by spaces."""
    rows = [
        (dimension, SIGNS[sign], f"{dimension} {n}")
        for dimension, text in coding.items()
        for n, signs in enumerate(text.split())
        for sign in signs
    ]
    return framed(rows)


def framed(rows):
    """Return coded triples as the records of a rule."""
    return [
        verdicts.Record(str(n), dimension, verdicts.WEIGHTS[polarity], indicator)
        for n, (dimension, polarity, indicator) in enumerate(rows)
    ]


def exact_scores(name, rows):
    """Score every dimension with fractions, from (dimension, polarity, indicator)."""
    scores = {}
    for dimension in DIMENSIONS:
        own = [(SIGN[polarity], indicator) for area, polarity, indicator in rows if area == dimension]
        values = [sign for sign, _ in own]
        if name.endswith("indicators"):
            sums = {one: sum(sign for sign, other in own if other == one) for _, one in own}
            values = [(net > 0) - (net < 0) for net in sums.values()]
        scores[dimension] = Fraction(sum(values), len(values)) if values else Fraction(0)
    return scores


def exact_short(name, rows):
    """Tell by brute force which dimensions fall short."""
    scores = exact_scores(name, rows)
    lowest = [area for area in DIMENSIONS if scores[area] == min(scores.values())]
    if name.startswith("lowest"):
        return tuple(lowest) if len(lowest) < len(DIMENSIONS) else ()
    return tuple(area for area in DIMENSIONS if scores[area] < 0)


def city(found, evidence):
    """Return the tiny city with other findings (dimension, polarity) and evidence (aspect, polarity)."""
    rows = range(FIRST_ROW, FIRST_ROW + max(len(found), len(evidence)))
    findings = pd.DataFrame(found, columns=["dimension", "polarity"], dtype="str", index=rows[: len(found)])
    findings["finding_id"] = [f"F{row}" for row in findings.index]
    pieces = pd.DataFrame(evidence, columns=["aspect", "polarity"], dtype="str", index=rows[: len(evidence)])
    pieces["evidence_id"] = [f"E{row:02}" for row in pieces.index]
    return make_package(findings=findings, evidence=pieces)


def falling_short(rule, records):
    """Return the dimensions that fall short under a rule."""
    judged = verdicts.judge(rule, verdicts.scores_of(rule, records))
    return tuple(name for name in DIMENSIONS if judged[name])


def is_supported(rule, records):
    """Return whether the city as a whole is supportive."""
    return verdicts.judge(rule, verdicts.scores_of(rule, records))[verdicts.OVERALL]


ABSOLUTE = ["findings", "evidence", "indicators"]


@pytest.mark.parametrize("name", ABSOLUTE)
@pytest.mark.parametrize(
    ("coding", "expected"),
    [
        ({ONLINE: "++", INFRASTRUCTURE: "--", OPEN: "+"}, (INFRASTRUCTURE,)),
        ({ONLINE: "-", INFRASTRUCTURE: "--", OPEN: "--"}, DIMENSIONS),
        ({ONLINE: "+", INFRASTRUCTURE: "+", OPEN: "+"}, ()),
        ({ONLINE: "+-", INFRASTRUCTURE: "+-", OPEN: "+-"}, ()),
        ({ONLINE: "000", INFRASTRUCTURE: "00", OPEN: "0"}, ()),
        ({ONLINE: "0-", INFRASTRUCTURE: "0+", OPEN: "0"}, (ONLINE,)),
        ({OPEN: "-"}, (OPEN,)),
        ({}, ()),
    ],
    ids=str,
)
def test_a_dimension_falls_short_when_more_hinders_than_supports(name, coding, expected):
    assert falling_short(RULES[name], records(**coding)) == tuple(expected)


def test_an_indicator_counts_once_however_much_evidence_it_has():
    coding = records(online_services="++++++ - -", infrastructure="------ + +", open_government="+ - 0")
    assert falling_short(RULES["indicators"], coding) == (ONLINE,)
    assert falling_short(RULES["evidence"], coding) == (INFRASTRUCTURE,)


def test_an_indicator_with_as_much_support_as_hindrance_is_neither_attained_nor_missed():
    score = RULES["indicators"].score
    assert score(records(open_government="+-")) == 0
    assert score(records(open_government="+- 0 +")) == pytest.approx(1 / 3)
    assert score(records(open_government="+- -")) == pytest.approx(-1 / 2)


@pytest.mark.parametrize(
    ("coding", "expected"),
    [
        ({ONLINE: "+", INFRASTRUCTURE: "-", OPEN: "0-"}, (INFRASTRUCTURE,)),
        ({ONLINE: "+", INFRASTRUCTURE: "++", OPEN: "+0"}, (OPEN,)),  # lowest, though above 0
        ({ONLINE: "+", INFRASTRUCTURE: "--", OPEN: "-"}, (INFRASTRUCTURE, OPEN)),
        ({ONLINE: "+00", INFRASTRUCTURE: "++0000", OPEN: "+"}, (ONLINE, INFRASTRUCTURE)),  # 1/3 and 2/6
        ({ONLINE: "+", INFRASTRUCTURE: "+"}, (OPEN,)),  # no findings count as 0
        ({ONLINE: "0", INFRASTRUCTURE: "00", OPEN: "000"}, ()),
        ({ONLINE: "-", INFRASTRUCTURE: "--", OPEN: "---"}, ()),
        ({}, ()),
    ],
    ids=str,
)
def test_the_lowest_falls_short_unless_all_are_equal(coding, expected):
    assert falling_short(RULES["lowest_findings"], records(**coding)) == expected


@pytest.mark.parametrize("name", RULES)
@given(coded)
def test_each_rule_agrees_with_exact_fractions(name, rows):
    rule = RULES[name]
    assert falling_short(rule, framed(rows)) == exact_short(name, rows)
    if not rule.is_relative:
        assert is_supported(rule, framed(rows)) == (sum(exact_scores(name, rows).values()) > 0)


def test_scores_that_cancel_out_do_not_support_the_whole():
    coding = records(online_services="+000000000", infrastructure="+0000", open_government="---0000000")
    assert not is_supported(RULES["findings"], coding)  # 0.1 + 0.2 - 0.3


def test_a_piece_that_two_people_coded_counts_once():
    rows = [("wifi_components", "hinders"), ("wifi_components", "hinders"), ("service_access", "supports")]
    alone = city([], rows)
    twice = pd.concat([alone["evidence"]] * 2, ignore_index=True)
    doubled = make_package(findings=alone["findings"], evidence=twice)
    for rule in RULES.values():
        assert verdicts.scores_of(rule, rule.records(doubled)) == verdicts.scores_of(
            rule, rule.records(alone)
        )


def test_a_piece_that_its_coders_read_differently_weighs_their_mean():
    codings = city([], [("wifi_components", "hinders"), ("wifi_components", "supports")])["evidence"]
    package = make_package(evidence=codings.assign(evidence_id="E01"))
    assert RULES["evidence"].records(package) == [
        verdicts.Record("E01", INFRASTRUCTURE, 0.0, "wifi_coverage")
    ]


@pytest.mark.parametrize("name", ["findings", "lowest_findings"])
def test_the_scores_of_the_findings_of_table_8(name):
    # 2 supporting and 1 hindering; 1 supporting, 1 mixed and 3 hindering; 1 supporting and 5 hindering.
    records = RULES[name].records(bandung())
    assert list(Counter(one.dimension for one in records).values()) == [3, 5, 6]
    assert list(verdicts.scores_of(RULES[name], records).values()) == [1 / 3, -2 / 5, -2 / 3]
