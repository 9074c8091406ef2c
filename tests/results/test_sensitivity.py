from functools import cache

import pandas as pd
import pytest
from helpers import bandung, make_package

from analysis.raw_data.csv_form import FIRST_ROW
from analysis.results.sensitivity import COLUMNS, KINDS, STEP, sensitivity
from analysis.results.verdicts import OVERALL, RULES
from analysis.tables.findings import DIMENSIONS

ONLINE, INFRASTRUCTURE, OPEN = DIMENSIONS
LETTER = {ONLINE: "S", INFRASTRUCTURE: "I", OPEN: "G"}
POLARITY = {"+": "supports", "0": "mixed", "-": "hinders"}
ASPECT = {ONLINE: "service_access", INFRASTRUCTURE: "wifi_components", OPEN: "open_data_quantity"}


def city(findings="", evidence="", recodings=()):
    """Return a tiny city from signs by dimension, "+- | 0 | -": findings, and evidence (``i``: interview).

    In evidence every sign is followed by the initial of its method: ``+i`` or ``+d``.
    """
    found = [
        (f"{LETTER[name]}{n}", name, POLARITY[sign])
        for name, part in zip(DIMENSIONS, findings.split("|"), strict=False)
        for n, sign in enumerate(part.strip())
    ]
    pieces = [
        (ASPECT[name], POLARITY[piece[0]], {"i": "interview", "d": "document"}[piece[1]])
        for name, part in zip(DIMENSIONS, evidence.split("|"), strict=False)
        for piece in part.split()
    ]
    frames = {
        "findings": pd.DataFrame(found, columns=["finding_id", "dimension", "polarity"], dtype="str"),
        "evidence": pd.DataFrame(pieces, columns=["aspect", "polarity", "method"], dtype="str"),
        "recodings": pd.DataFrame(recodings, columns=["findings", "polarities"], dtype="str"),
    }
    frames["evidence"]["evidence_id"] = [f"E{n}" for n in range(len(pieces))]
    for frame in frames.values():
        frame.index = pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(frame))
    return make_package(**frames)


def turned(package, rule, kind=STEP):
    """Return by judged thing in how many ways of how many a verdict turns."""
    table = sensitivity(package)
    part = table[(table["rule"] == rule) & (table["kind"] == kind)]
    return {row.judged: (row.turned, row.tried) for row in part.itertuples()}


def which(package, rule, judged, kind=STEP):
    table = sensitivity(package).set_index(["rule", "judged", "kind"])
    return table.loc[(rule, judged, kind), "which"]


@cache
def of_bandung():
    return sensitivity(bandung())


def test_every_record_is_moved_one_step_up_and_down_as_far_as_the_scale_goes():
    # + can go down, - can go up, and 0 both ways: 1 + 1 + 2.
    assert turned(city("+ | - | 0"), "findings")[ONLINE] == (0, 4)


def test_a_score_one_step_from_its_bound_turns_by_that_step():
    # Infrastructure: 0 and -, score -1/2. Only - to 0 brings it to 0, and 0 to + does: no longer below zero.
    package = city("++ | 0- | ++")
    assert turned(package, "findings")[INFRASTRUCTURE] == (2, 7)
    assert which(package, "findings", INFRASTRUCTURE) == "I0 I1"


def test_a_score_of_zero_is_a_tie_and_turns_by_any_step_down():
    # Online services: + and -, score 0. + to 0 gives -1/2; - to 0 gives +1/2, which does not fall short.
    package = city("+- | ++ | ++")
    table = sensitivity(package).set_index(["rule", "judged", "kind"])
    assert turned(package, "findings")[ONLINE] == (1, 6)
    assert bool(table.loc[("findings", ONLINE, STEP), "is_tie"])
    assert not table.loc[("findings", INFRASTRUCTURE, STEP), "is_tie"]


def test_the_whole_turns_where_the_mean_of_the_scores_passes_zero():
    # Scores 1, -1, 0: the mean is 0, which is not supportive. A step of - up, or of 0 up, makes it so.
    package = city("+ | - | 0")
    assert turned(package, "findings")[OVERALL] == (2, 4)
    assert which(package, "findings", OVERALL) == "I0 G0"


def test_the_lowest_score_turns_where_another_becomes_as_low():
    # Scores 1, -1, -1/2. Infrastructure one step up leaves open government lowest; its own 0 one step down
    # makes it share the lowest place.
    package = city("+ | - | 0-")
    assert turned(package, "lowest_findings")[OPEN] == (2, 5)
    assert OVERALL not in turned(package, "lowest_findings")


def test_leaving_out_each_record_in_turn_is_tried_once_a_record():
    # Without the -, nothing of infrastructure is left, which counts as 0.
    assert turned(city("+ | - | +"), "findings", "omission")[INFRASTRUCTURE] == (1, 3)


def test_records_that_are_alike_count_each():
    # Two of three hinder. Either of them moved up gives 0 - 1 + 1: no longer below zero.
    assert turned(city("+ | --+ | +"), "findings")[INFRASTRUCTURE] == (2, 5)


def test_a_finding_that_joins_two_things_counts_as_two_when_split():
    # + and -, score 0; split, there are two that hinder, and the dimension falls short.
    package = city("+- | + | +", recodings=[("S1", "hinders hinders")])
    assert turned(package, "findings", "split")[ONLINE] == (1, 1)
    assert which(package, "findings", ONLINE, "split") == "S1"


def test_findings_printed_as_one_count_as_one_when_joined():
    # + and - -, score -1/3; joined, + and -, score 0.
    package = city("+-- | + | +", recodings=[("S1 S2", "hinders")])
    assert turned(package, "findings", "join")[ONLINE] == (1, 1)
    assert which(package, "findings", ONLINE, "join") == "S1+S2"


def test_interviews_alone_and_all_else_alone_are_tried_where_there_are_both():
    package = city(evidence="+i -d -d | +d | +d")
    assert turned(package, "evidence", "interviews_only")[ONLINE] == (1, 1)
    assert turned(package, "evidence", "without_interviews")[ONLINE] == (0, 1)
    assert turned(city(evidence="+i | -i | +i"), "evidence", "interviews_only") == {}


def test_a_piece_read_differently_by_its_coders_is_moved_as_a_whole():
    package = city(evidence="+i | +i | +i")
    evidence = package["evidence"]
    again = evidence.iloc[:1].assign(polarity="hinders")
    both = make_package(findings=package["findings"], evidence=pd.concat([evidence, again]))
    # The mean of + and - is 0: it goes up and down; the two others only down.
    assert turned(both, "evidence")[ONLINE] == (1, 4)


def test_a_city_without_coding_has_no_judgement():
    table = sensitivity(city())
    assert table.columns.tolist() == COLUMNS
    assert table.empty


@pytest.mark.parametrize(
    ("rule", "judged", "expected"),
    [
        ("findings", OPEN, (0, 15)),
        ("evidence", ONLINE, (10, 95)),
        ("indicators", INFRASTRUCTURE, (4, 95)),
        ("lowest_findings", OPEN, (0, 15)),
        ("lowest_indicators", OPEN, (4, 95)),
        ("indicators", OVERALL, (0, 95)),
    ],
)
def test_what_a_separate_computation_with_fractions_gave_for_bandung(rule, judged, expected):
    assert turned(bandung(), rule)[judged] == expected


def test_every_rule_judges_every_dimension_and_the_rules_of_a_bound_the_whole():
    table = of_bandung()
    steps = table[table["kind"] == STEP]
    expected = [
        (rule.name, judged)
        for rule in RULES
        for judged in (*DIMENSIONS, *(() if rule.is_relative else (OVERALL,)))
    ]
    assert list(zip(steps["rule"], steps["judged"], strict=True)) == expected
    assert set(table["kind"]) == set(KINDS)
    assert (table["turned"] <= table["tried"]).all()
