"""Which dimensions fall short: the conclusion of the study under rules that are stated.

The article holds that infrastructure alone falls short and gives no rule. Each rule here scores a dimension
from what was coded; a dimension falls short where its score is below the rule's bound.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from statistics import fmean
from typing import NamedTuple

from analysis.raw_data.raw import Package
from analysis.tables.findings import DIMENSIONS, POLARITIES

OVERALL = "overall"
"""The city as a whole, judged beside its dimensions: supportive if the mean of their scores is above 0."""
WEIGHTS = {"supports": 1.0, "mixed": 0.0, "hinders": -1.0}
DIGITS = 12
"""Digits of a mean of scores that count: that of 0.1, 0.2 and -0.3 is 0."""


class Record(NamedTuple):
    """One coded thing: its identifier, where it belongs, and its weight (`WEIGHTS`, the mean of its coders).

    These are no rows of a frame: thousands of sums of a few records are tried.
    """

    name: str
    dimension: str
    weight: float
    indicator: str = ""


@dataclass(frozen=True)
class Rule:
    """A way to tell from coded records which dimensions fall short."""

    name: str  # key of its description in the catalogue: ``rule.<name>``
    source: str  # raw file that the records come from
    records: Callable[[Package], list[Record]]
    score: Callable[[Sequence[Record]], float]  # of the records of one dimension; between -1 and 1
    # Only the dimension with the lowest score falls short, whatever that is; else all with one below 0 do.
    is_relative: bool = False


def _finding_records(package: Package) -> list[Record]:
    coded = package["findings"][["finding_id", "dimension", "polarity"]].to_numpy().tolist()
    return [Record(name, dimension, WEIGHTS[polarity]) for name, dimension, polarity in coded]


def _evidence_records(package: Package) -> list[Record]:
    """Return one record per piece of evidence, weighted by the mean of those who coded it."""
    framework = dict(package["framework"][["code", "parent"]].to_numpy().tolist())
    codings: dict[tuple[str, str], list[float]] = defaultdict(list)
    for piece, aspect, polarity in (
        package["evidence"][["evidence_id", "aspect", "polarity"]].to_numpy().tolist()
    ):
        codings[piece, framework[aspect]].append(WEIGHTS[polarity])
    return [
        Record(piece, framework[indicator], fmean(weights), indicator)
        for (piece, indicator), weights in codings.items()
    ]


def _balance(records: Sequence[Record]) -> float:
    """Return the mean of +1 (supports), 0 (mixed) and -1 (hinders); 0 of no records."""
    return fmean(one.weight for one in records) if records else 0.0


def _attainment(records: Sequence[Record]) -> float:
    """Return the mean over indicators of +1 (attained: more support than hindrance), 0 (tie), -1 (not)."""
    weights: dict[str, list[float]] = defaultdict(list)
    for one in records:
        weights[one.indicator].append(one.weight)
    # Rounded, since thirds of several coders need not cancel out to the last bit.
    nets = [round(fsum(of_indicator), DIGITS) for of_indicator in weights.values()]
    return fmean((net > 0) - (net < 0) for net in nets) if nets else 0.0


RULES = (
    Rule("findings", "findings", _finding_records, _balance),
    Rule("evidence", "evidence", _evidence_records, _balance),
    Rule("indicators", "evidence", _evidence_records, _attainment),
    Rule("lowest_findings", "findings", _finding_records, _balance, is_relative=True),
    Rule("lowest_evidence", "evidence", _evidence_records, _balance, is_relative=True),
    Rule("lowest_indicators", "evidence", _evidence_records, _attainment, is_relative=True),
)
"""Three scores, and two readings of each: below zero, or the lowest."""


def scores_of(rule: Rule, records: Sequence[Record]) -> dict[str, float]:
    """Return the score of each dimension under `rule`."""
    return {name: rule.score([one for one in records if one.dimension == name]) for name in DIMENSIONS}


def judge(rule: Rule, scores: Mapping[str, float]) -> dict[str, bool]:
    """Judge the scores of the dimensions under `rule`.

    Returns
    -------
    dict of str to bool
        Whether each dimension falls short; and, by `OVERALL`, whether the city is supportive, unless the rule
        is relative: that one score is the lowest says nothing of the whole.
    """
    scores = {name: round(score, DIGITS) for name, score in scores.items()}
    if rule.is_relative:
        lowest = min(scores.values())
        has_lowest = any(score > lowest for score in scores.values())
        return {name: has_lowest and score == lowest for name, score in scores.items()}
    return {name: score < 0 for name, score in scores.items()} | {OVERALL: mean(scores) > 0}


def mean(scores: Mapping[str, float]) -> float:
    """Return the score of the city as a whole: the mean of those of its dimensions."""
    return round(sum(scores.values()) / len(scores), DIGITS)


assert set(WEIGHTS) == set(POLARITIES)  # noqa: S101 - a polarity without weight would score as missing
