"""The audit as people read it: counts, discrepancies and the conclusion as tables of texts."""

from collections.abc import Mapping

import pandas as pd

from analysis.auditing.checks import BASES, EXPLAINED, SEPARATOR, VERDICTS
from analysis.auditing.words import Words
from analysis.display.display_table import LEFT, RIGHT, DisplayTable, marked
from analysis.display.places import place
from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.raw_data.raw import Package


def ledger_counts(counts: Mapping[str, int], package: Package, lang: str) -> DisplayTable:
    """Prepare the ledger in numbers: bases down, verdicts across, totals last."""
    headings = [text(f"verdict.{verdict}", lang) for verdict in VERDICTS]
    rows = [
        [text(f"basis.{basis}", lang)]
        + [integer(counts[f"{basis}.{verdict}"], lang) for verdict in VERDICTS]
        + [integer(counts[f"basis.{basis}"], lang)]
        for basis in BASES
    ]
    totals = [integer(counts[f"verdict.{verdict}"], lang) for verdict in VERDICTS]
    rows.append([text("total", lang), *totals, integer(counts["total"], lang)])
    frame = pd.DataFrame(rows, columns=[text("column.basis", lang), *headings, text("total", lang)])
    caption = marked(text("caption.ledger", lang), package, lang)
    note = text(
        "note.ledger",
        lang,
        checked=integer(counts["checked"], lang),
        reproduced=integer(counts["reproduced"], lang),
    )
    return DisplayTable(frame, (LEFT, *[RIGHT] * (len(VERDICTS) + 1)), (4, *[2] * 7), caption, note, True)


def discrepancies(checks: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare the checks that do not agree: what is at issue, where, and what may be cited all the same."""
    shown = checks[checks["verdict"].isin([*EXPLAINED, "failed"])]
    words = Words(package, lang)
    records = [dict(zip(map(str, shown.columns), cells, strict=True)) for cells in shown.to_numpy().tolist()]
    values = [[words.value(value, one) for value in one["rebuilt"].split(SEPARATOR)] for one in records]
    frame = pd.DataFrame(
        {
            text("column.entry", lang): shown["entry"],
            text("column.claim", lang): [
                f"{words.statement(one)} ({place(one['locator'], lang)})" for one in records
            ],
            text("column.printed", lang): [words.value(one["printed"], one) for one in records],
            text("column.rebuilt", lang): [SEPARATOR.join(listed) for listed in values],
            text("column.verdict", lang): [text(f"verdict.{verdict}", lang) for verdict in shown["verdict"]],
            text("column.explanation", lang): shown[f"explanation_{lang}"],
        }
    )
    caption = marked(text("caption.discrepancies", lang), package, lang)
    return DisplayTable(frame, (LEFT,) * 6, (2, 6, 3, 3, 3, 12), caption)
