"""The issues as a paper lists them: each claim with its places, what is seen and what would mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.display.display_table import LEFT, DisplayTable, marked
from analysis.display.places import place
from analysis.language.labels import text
from analysis.raw_data.raw import Package

MOST_PLACES = 3
"""Places named of one issue; the entries lead to the others."""


def issue_table(issues: Sequence[Mapping[str, Any]], package: Package, lang: str) -> DisplayTable:
    """Prepare the issues by weight, so that the table can be read alone.

    Parameters
    ----------
    issues : sequence of mapping
        As `issues.listed` returns them.
    """
    frame = pd.DataFrame(
        {
            text("column.claim", lang): [_claim(one, lang) for one in issues],
            text("column.weight", lang): [text(f"weight.{one['weight']}", lang) for one in issues],
            text("column.verdict", lang): [text(f"verdict.{one['verdict']}", lang) for one in issues],
            text("column.explanation", lang): [
                f"{one[f'shown_{lang}']} {one[f'mend_{lang}']}" for one in issues
            ],
        }
    )
    caption = marked(text("caption.issues", lang), package, lang)
    return DisplayTable(frame, (LEFT,) * 4, (7, 3, 3, 11), caption, text("note.issues", lang))


def _claim(one: Mapping[str, Any], lang: str) -> str:
    """Return what is claimed, where, and under which numbers the checking sheet has it."""
    places = [place(where, lang) for where in one["places"][:MOST_PLACES]]
    return f"{one[f'title_{lang}']} ({'; '.join(places)}; {', '.join(one['entries'])})"
