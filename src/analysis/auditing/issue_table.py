"""The issues as a paper lists them: each claim with its places, what is seen and what would mend it."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.display.display_table import LEFT, DisplayTable, marked
from analysis.display.passages import Passage, Sections
from analysis.display.places import place
from analysis.language.labels import text
from analysis.raw_data.raw import Package

MOST_PLACES = 3
"""Places named of one issue; the entries lead to the others."""


def issue_table(issues: Sequence[Mapping[str, Any]], package: Package, lang: str) -> DisplayTable:
    """Prepare the issues (`issues.listed`) by weight, so that the table can be read alone."""
    frame = pd.DataFrame(
        {
            text("column.claim", lang): [f"{one[f'title_{lang}']} ({_where(one, lang)})" for one in issues],
            text("column.weight", lang): [text(f"weight.{one['weight']}", lang) for one in issues],
            text("column.verdict", lang): [text(f"verdict.{one['verdict']}", lang) for one in issues],
            text("column.explanation", lang): [
                f"{one[f'shown_{lang}']} {one[f'mend_{lang}']}" for one in issues
            ],
        }
    )
    caption = marked(text("caption.issues", lang), package, lang)
    return DisplayTable(frame, (LEFT,) * 4, caption, text("note.issues", lang))


def issue_sections(issues: Sequence[Mapping[str, Any]], lang: str) -> Sections | Passage:
    """Prepare the issues by weight as sections: claim and verdict; what is seen; what would mend it."""
    if not issues:
        return Passage(text("ledger.no_known", lang))
    return Sections([_section(one, lang) for one in issues])


def _section(one: Mapping[str, Any], lang: str) -> tuple[str, list[str]]:
    verdict, weight = text(f"verdict.{one['verdict']}", lang), text(f"weight.{one['weight']}", lang)
    return (
        f"{one['issue']}. {one[f'title_{lang}']}",
        [
            f"{verdict} · {weight} · {_where(one, lang)}",
            one[f"shown_{lang}"],
            f"{text('ledger.mend', lang)}: {one[f'mend_{lang}']}",
        ],
    )


def _where(one: Mapping[str, Any], lang: str) -> str:
    """Return the first places of an issue, and the numbers under which the checking sheet has it."""
    places = [place(where, lang) for where in one["places"][:MOST_PLACES]]
    return f"{'; '.join(places)}; {', '.join(one['entries'])}"
