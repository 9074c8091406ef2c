"""How much each judgement hangs on the coding: in how many ways of coding otherwise it turns.

One thing at a time is coded otherwise: a record moved by one step or left out, a finding told as two,
findings told as one; or only part of the evidence counts.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.raw_data.raw import Package
from analysis.results.verdicts import DIGITS, OVERALL, RULES, WEIGHTS, Record, Rule, judge, mean, scores_of

STEP = "step"
KINDS = (STEP, "omission", "split", "join", "interviews_only", "without_interviews")
"""Ways of coding otherwise (``sensitivity.<kind>`` in the catalogue)."""
COLUMNS = ["rule", "judged", "verdict", "score", "is_tie", "kind", "turned", "tried", "low", "high", "which"]
FARTHEST = 1.0
"""Weight of what supports, and of what hinders with the opposite sign."""


@dataclass(frozen=True)
class Variation:
    """A way of coding otherwise, one of `KINDS`, and the score that it gives each dimension.

    Each of `which` is a way of its own: to recode either of two records that are alike comes to the same,
    and is tried once.
    """

    kind: str
    which: tuple[str, ...]
    scores: dict[str, float]


def sensitivity(package: Package) -> pd.DataFrame:
    """Try every judgement under every way of coding that differs in one thing.

    Parameters
    ----------
    package : Package
        With ``framework``; with ``findings``, ``evidence`` and ``recodings`` as far as the city has them.

    Returns
    -------
    pandas.DataFrame
        One row per rule, judged thing (a dimension, or `OVERALL`) and kind of variation that was tried:
        ``rule``, ``judged``; ``verdict`` (bool: the dimension falls short, the whole is supportive),
        ``score``, ``is_tie`` (the score is at the bound, or shares the lowest place); ``kind``; ``turned``
        (ways in which the verdict is another) of ``tried``; ``low`` and ``high``, the lowest and the highest
        score that they give; and ``which`` records or findings turn the verdict.
    """
    varied: dict[object, list[Variation]] = {}
    rows: list[dict[str, object]] = []
    for rule in (rule for rule in RULES if rule.source in package):
        # Rules that differ in nothing but what they ask of the scores share what is tried.
        key = (rule.source, rule.score)
        if key not in varied:
            varied[key] = list(vary(rule, package))
        rows += _tried(rule, package, varied[key])
    return pd.DataFrame(rows, columns=COLUMNS)


def vary(rule: Rule, package: Package) -> Iterator[Variation]:
    """Yield every way of coding that differs in one thing from how the city is coded."""
    records = rule.records(package)
    scores = scores_of(rule, records)
    yield from _recoded(rule, records, scores)
    if rule.source == "findings" and "recodings" in package:
        yield from _told_otherwise(rule, records, scores, package["recodings"])
    if rule.source == "evidence":
        yield from _by_method(rule, package)


def _tried(rule: Rule, package: Package, varied: list[Variation]) -> Iterator[dict[str, object]]:
    scores = scores_of(rule, rule.records(package))
    verdicts = judge(rule, scores)
    tried = [(variation, judge(rule, variation.scores)) for variation in varied]
    for name, verdict in verdicts.items():
        score = _score(name, scores)
        for kind in KINDS:
            of_kind = [(one.which, other[name]) for one, other in tried if one.kind == kind]
            turning = [record for which, other in of_kind if other != verdict for record in which]
            given = [_score(name, one.scores) for one, _ in tried if one.kind == kind]
            if of_kind:
                yield {
                    "rule": rule.name,
                    "judged": name,
                    "verdict": verdict,
                    "score": score,
                    "is_tie": _is_tie(rule, scores, score),
                    "kind": kind,
                    "turned": len(turning),
                    "tried": sum(len(which) for which, _ in of_kind),
                    "low": min(score, *given),
                    "high": max(score, *given),
                    "which": " ".join(dict.fromkeys(turning)),
                }


def _score(judged: str, scores: dict[str, float]) -> float:
    return mean(scores) if judged == OVERALL else scores[judged]


def _is_tie(rule: Rule, scores: dict[str, float], score: float) -> bool:
    """Return whether a score is at the bound of its rule: 0, or a lowest that it shares."""
    if not rule.is_relative:
        return round(score, DIGITS) == 0
    rounded = [round(one, DIGITS) for one in scores.values()]
    return round(score, DIGITS) == min(rounded) and rounded.count(min(rounded)) > 1


def _recoded(rule: Rule, records: Sequence[Record], scores: dict[str, float]) -> Iterator[Variation]:
    """Move every record by one step up and down as far as the scale goes, and leave it out."""
    alike: dict[tuple[str, float, str], list[str]] = defaultdict(list)
    for one in records:
        alike[one.dimension, one.weight, one.indicator].append(one.name)
    for (dimension, weight, indicator), which in alike.items():
        others = [one for one in records if one.dimension == dimension and one.name != which[0]]
        for moved in (min(weight + 1, FARTHEST), max(weight - 1, -FARTHEST)):
            if moved != weight:
                score = rule.score([*others, Record(which[0], dimension, moved, indicator)])
                yield Variation(STEP, tuple(which), scores | {dimension: score})
        yield Variation("omission", tuple(which), scores | {dimension: rule.score(others)})


def _told_otherwise(
    rule: Rule, records: Sequence[Record], scores: dict[str, float], recodings: pd.DataFrame
) -> Iterator[Variation]:
    """Tell a finding that joins several things as one for each, and findings printed as one as one.

    Those that are no findings of one dimension are left out: the check of the raw data names them.
    """
    areas = {one.name: one.dimension for one in records}
    for named, polarities in recodings[["findings", "polarities"]].to_numpy().tolist():
        found = named.split()
        if len({areas.get(name) for name in found}) > 1 or found[0] not in areas:
            continue
        dimension = areas[found[0]]
        kept = [one for one in records if one.dimension == dimension and one.name not in found]
        told = [Record(named, dimension, WEIGHTS[polarity]) for polarity in polarities.split()]
        kind = "split" if len(found) == 1 else "join"
        yield Variation(kind, ("+".join(found),), scores | {dimension: rule.score([*kept, *told])})


def _by_method(rule: Rule, package: Package) -> Iterator[Variation]:
    """Count what was heard in interviews alone, and everything else alone."""
    is_heard = package["evidence"]["method"] == "interview"
    if is_heard.nunique() > 1:
        for kind, counted in (("interviews_only", is_heard), ("without_interviews", ~is_heard)):
            frames = {**package.frames, "evidence": package["evidence"][counted]}
            records = rule.records(replace(package, frames=frames))
            yield Variation(kind, (kind,), scores_of(rule, records))
