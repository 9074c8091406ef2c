"""Which dimensions fall short: the conclusion of the study under rules that are stated.

The article holds that infrastructure alone falls short and gives no rule. Each rule here scores a dimension
from what was coded; a dimension falls short where its score is below the rule's bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from analysis.raw_data.raw import Package
from analysis.tables.findings import DIMENSIONS, POLARITIES

COLUMNS = ["rule", "dimension", "records", "score", "falls_short", "turned", "tried"]
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
        Takes the package; returns one row per record with ``dimension`` and ``weight`` (`WEIGHTS`, the mean
        of its coders), and ``indicator`` where the rule needs it.
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
    coded = package["findings"]
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
    return pieces.reset_index().drop(columns="evidence_id")


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


def conclude(package: Package) -> pd.DataFrame:
    """Judge every dimension under every rule, and how easily that judgement turns.

    Parameters
    ----------
    package : Package
        With ``framework``, and with ``findings`` and ``evidence`` as far as the city has them.

    Returns
    -------
    pandas.DataFrame
        One row per rule and dimension: ``rule``, ``dimension``, ``records`` (how many), ``score`` (-1 to 1),
        ``falls_short`` (bool), ``turned`` (how many single records of the city turn this judgement when left
        out) and ``tried`` (how many were left out in turn). A record is a finding or a piece of evidence,
        however many coded it.
    """
    rules = [rule for rule in RULES if rule.source in package]
    return pd.DataFrame(
        [row for rule in rules for row in _judge(rule, rule.records(package))], columns=COLUMNS
    )


def falling_short(rule: Rule, records: pd.DataFrame) -> tuple[str, ...]:
    """Return the dimensions that fall short under `rule`, in the framework's order."""
    scores = {name: round(score, DIGITS) for name, score in _scores(rule, records).items()}
    if rule.is_relative:
        lowest = min(scores.values())
        short = [name for name, score in scores.items() if score == lowest]
        return tuple(short) if len(short) < len(scores) else ()
    return tuple(name for name, score in scores.items() if score < 0)


def is_supported(rule: Rule, records: pd.DataFrame) -> bool:
    """Return whether the city as a whole is supported: the mean of its dimensions' scores is above 0.

    The lowest of scores says nothing of the whole: it is asked of rules that are not relative only.
    """
    scores = _scores(rule, records)
    return round(sum(scores.values()) / len(scores), DIGITS) > 0


def _scores(rule: Rule, records: pd.DataFrame) -> dict[str, float]:
    return {name: rule.score(records[records["dimension"] == name]) for name in DIMENSIONS}


def _judge(rule: Rule, records: pd.DataFrame) -> Iterator[dict[str, object]]:
    short, scores = falling_short(rule, records), _scores(rule, records)
    # Leaving out either of two records that are alike comes to the same.
    alike = records.groupby(records.columns.tolist(), dropna=False).groups.values()
    left_out = {rows: falling_short(rule, records.drop(index=rows[0])) for rows in map(tuple, alike)}
    for name in DIMENSIONS:
        yield {
            "rule": rule.name,
            "dimension": name,
            "records": int((records["dimension"] == name).sum()),
            "score": scores[name],
            "falls_short": name in short,
            "turned": sum(
                len(rows) for rows, other in left_out.items() if (name in other) != (name in short)
            ),
            "tried": len(records),
        }


assert set(WEIGHTS) == set(POLARITIES)  # noqa: S101 - a polarity without weight would score as missing
