"""The ledger in numbers as people read it."""

from collections.abc import Mapping

import pandas as pd

from analysis.auditing.checks import BASES, VERDICTS
from analysis.display.display_table import LEFT, RIGHT, DisplayTable, marked
from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.raw_data.raw import Package


def ledger_counts(counts: Mapping[str, int], package: Package, lang: str) -> DisplayTable:
    """Prepare the ledger in numbers (`ledger.summarise`): bases down, verdicts across, totals last."""
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
    return DisplayTable(frame, (LEFT, *[RIGHT] * (len(VERDICTS) + 1)), caption, note, True)
