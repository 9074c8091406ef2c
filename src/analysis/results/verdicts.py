"""Which dimensions fall short: the conclusion of the study under rules that are stated.

The article holds that infrastructure alone falls short and gives no rule. Each rule here scores a dimension
from what was coded; a dimension falls short where its score is below the rule's bound.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.raw_data.raw import Package
from analysis.tables.findings import DIMENSIONS, POLARITIES

OVERALL = "overall"
"""The city as a whole, judged beside its dimensions: supportive if the mean of their scores is above 0."""
WEIGHTS = {"supports": 1.0, "mixed": 0.0, "hinders": -1.0}
DIGITS = 12
"""Digits of a mean of scores that count: that of 0.1, 0.2 and -0.3 is 0."""


@dataclass(frozen=True)
class Rule:
    """A way to tell from coded records which dimensions fall short.

    Parameters
    ----------
    name : str
        Key of its description in the catalogue: ``rule.<name>``.
    source : str
        Raw file that the records come from.
    records : callable
        Takes the package; returns one row per record, by its identifier, with ``dimension`` and ``weight``
        (`WEIGHTS`, the mean of its coders), and ``indicator`` where the rule needs it.
    score : callable
        Takes the records of one dimension; returns a number between -1 and 1.
    is_relative : bool
        Whether only the dimension with the lowest score falls short, whatever that score is; otherwise every
        dimension with a score below 0 does.
    """

    name: str
    source: str
    records: Callable[[Package], pd.DataFrame]
    score: Callable[[pd.DataFrame], float]
    is_relative: bool = False


def _finding_records(package: Package) -> pd.DataFrame:
    coded = package["findings"].set_index("finding_id")
    return coded[["dimension"]].assign(weight=coded["polarity"].map(WEIGHTS))


def _evidence_records(package: Package) -> pd.DataFrame:
    """Return one record per piece of evidence, weighted by the mean of those who coded it."""
    framework = package["framework"].set_index("code")["parent"]
    coded = package["evidence"]
    indicator = coded["aspect"].map(framework)
    codings = coded[["evidence_id"]].assign(
        indicator=indicator, dimension=indicator.map(framework), weight=coded["polarity"].map(WEIGHTS)
    )
    pieces = codings.groupby(["evidence_id", "indicator", "dimension"], sort=False)["weight"].mean()
    return pieces.reset_index(["indicator", "dimension"])


def _balance(records: pd.DataFrame) -> float:
    """Return the mean of +1 (supports), 0 (mixed) and -1 (hinders); 0 of no records."""
    return float(records["weight"].mean()) if len(records) else 0.0


def _attainment(records: pd.DataFrame) -> float:
    """Return the mean over indicators of +1 (attained: more support than hindrance), 0 (tie), -1 (not)."""
    if records.empty:
        return 0.0
    # Rounded, since thirds of several coders need not cancel out to the last bit.
    net = records["weight"].groupby(records["indicator"]).sum().round(DIGITS)
    return float((net.gt(0).astype(float) - net.lt(0).astype(float)).mean())


RULES = (
    Rule("findings", "findings", _finding_records, _balance),
    Rule("evidence", "evidence", _evidence_records, _balance),
    Rule("indicators", "evidence", _evidence_records, _attainment),
    Rule("lowest_findings", "findings", _finding_records, _balance, is_relative=True),
    Rule("lowest_evidence", "evidence", _evidence_records, _balance, is_relative=True),
    Rule("lowest_indicators", "evidence", _evidence_records, _attainment, is_relative=True),
)
"""Three scores, and two readings of each: below zero, or the lowest."""


def scores_of(rule: Rule, records: pd.DataFrame) -> dict[str, float]:
    """Return the score of each dimension under `rule`."""
    return {name: rule.score(records[records["dimension"] == name]) for name in DIMENSIONS}


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


def falling_short(rule: Rule, records: pd.DataFrame) -> tuple[str, ...]:
    """Return the dimensions that fall short under `rule`, in the framework's order."""
    judged = judge(rule, scores_of(rule, records))
    return tuple(name for name in DIMENSIONS if judged[name])


assert set(WEIGHTS) == set(POLARITIES)  # noqa: S101 - a polarity without weight would score as missing
