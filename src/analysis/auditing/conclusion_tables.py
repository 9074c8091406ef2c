"""The conclusion as people read it: what falls short under each rule, and what turns that."""

from collections.abc import Iterator

import pandas as pd

from analysis.display.display_table import (
    LEFT,
    RIGHT,
    DisplayTable,
    framework_labels,
    marked,
    without_repeats,
)
from analysis.language.formats import Result, display, integer
from analysis.language.labels import text
from analysis.raw_data.raw import Package
from analysis.results.sensitivity import STEP
from analysis.results.verdicts import OVERALL

RECODED = ((STEP,), ("omission",), ("split", "join"))
"""Kinds of variation that are counted together, in the order of the columns."""
PARTIAL = ("interviews_only", "without_interviews")
"""Kinds of variation of which there is one each: the judgement turns, or it does not."""
TIE, NONE = " †", "–"


def conclusion(tried: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare what falls short under each rule (`sensitivity.sensitivity`), and how often a step turns it."""
    steps = tried[tried["kind"] == STEP].reset_index(drop=True)
    frame = pd.DataFrame(
        {
            **_judged(steps, package, lang),
            text("column.score", lang): [display(Result(score, "score"), lang) for score in steps["score"]],
            text("column.falls_short", lang): [
                display(Result(falls_short(judged, verdict), "truth"), lang)
                for judged, verdict in zip(steps["judged"], steps["verdict"], strict=True)
            ],
            text("column.turned", lang): [_of(steps.loc[[n]], lang) for n in steps.index],
        }
    )
    return _sheet("conclusion", frame, (LEFT, LEFT, RIGHT, LEFT, RIGHT), package, lang)


def sensitivity(tried: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare in how many ways of coding otherwise each judgement turns, and which records do that."""
    steps = tried[tried["kind"] == STEP].reset_index(drop=True)
    parts = [part for _, part in tried.groupby(["rule", "judged"], sort=False)]
    columns = {
        text(f"sensitivity.{kinds[0]}", lang): [_of(part[part["kind"].isin(kinds)], lang) for part in parts]
        for kinds in RECODED
    }
    columns |= {
        text(f"sensitivity.{kind}", lang): [_turns(part[part["kind"] == kind], lang) for part in parts]
        for kind in PARTIAL
    }
    turning = [" ".join(_turning(part)) or NONE for part in parts]
    frame = pd.DataFrame({**_judged(steps, package, lang), **columns, text("column.turning", lang): turning})
    align = (LEFT, LEFT, *[RIGHT] * len(RECODED), LEFT, LEFT, LEFT)
    return _sheet("sensitivity", frame, align, package, lang)


def falls_short(judged: str, verdict: bool) -> bool:
    """Return whether what is judged falls short: the city as a whole does if it is not supportive."""
    return bool(verdict) != (judged == OVERALL)


def _judged(steps: pd.DataFrame, package: Package, lang: str) -> dict[str, list[str]]:
    """Return the columns that name rule and judged thing, with a mark where the score is at its bound."""
    labels = framework_labels(package, lang) | {OVERALL: text("sensitivity.overall", lang)}
    named = zip(steps["judged"], steps["is_tie"], strict=True)
    return {
        text("column.rule", lang): [text(f"rule.{rule}", lang) for rule in steps["rule"]],
        text("column.judged", lang): [labels[judged] + (TIE if is_tie else "") for judged, is_tie in named],
    }


def _sheet(
    name: str,
    frame: pd.DataFrame,
    align: tuple[str, ...],
    package: Package,
    lang: str,
) -> DisplayTable:
    shown = without_repeats(frame, [text("column.rule", lang)])
    caption = marked(text(f"caption.{name}", lang), package, lang)
    return DisplayTable(shown, align, caption, text(f"note.{name}", lang))


def _of(part: pd.DataFrame, lang: str) -> str:
    """Say in how many of all ways a judgement turns; a dash where none was tried."""
    turned, tried = int(part["turned"].sum()), int(part["tried"].sum())
    return text("ledger.of", lang, n=integer(turned, lang), all=integer(tried, lang)) if tried else NONE


def _turns(part: pd.DataFrame, lang: str) -> str:
    if part.empty:
        return NONE
    return text("sensitivity.turns" if part["turned"].sum() else "sensitivity.stays", lang)


def _turning(part: pd.DataFrame) -> Iterator[str]:
    """Yield the records that turn a judgement when coded otherwise, each once."""
    counted = part[part["kind"].isin([kind for kinds in RECODED for kind in kinds])]
    yield from dict.fromkeys(" ".join(counted["which"]).split())
