"""A rebuilt table beside the printed one, cell by cell."""

import pandas as pd

from analysis.auditing import audit
from analysis.auditing.checks import AGREES
from analysis.auditing.words import Words
from analysis.display.display_table import LEFT, RIGHT, DisplayTable, city_name
from analysis.display.passages import Passage
from analysis.language.formats import Result, integer
from analysis.language.labels import text
from analysis.raw_data.raw import Package
from analysis.results.rebuilt_files import Processed


def beside(
    package: Package,
    name: str,
    table: pd.DataFrame,
    lineage: pd.DataFrame,
    lang: str,
    results: dict[str, Result] | None = None,
    origins: dict[str, dict[str, str]] | None = None,
) -> DisplayTable | Passage:
    """Set each printed cell of a table beside the rebuilt one; a sentence where nothing is printed.

    Parameters
    ----------
    table, lineage : pandas.DataFrame
        The table called `name`, and where its cells come from.
    results, origins : mapping, optional
        The derived results and where each comes from, where printed cells are results (Table 8).
    """
    checks = audit.cells(package, Processed({name: table}, {name: lineage}, results or {}, origins or {}))
    if not checks:
        return Passage(text("printed.none", lang, city=city_name(package, lang)))
    words = Words(package, lang)
    frame = pd.DataFrame(
        {
            text("column.cell", lang): [words.cell(one.entry) for one in checks],
            text("column.printed", lang): [words.value(one.printed, vars(one)) for one in checks],
            text("column.rebuilt", lang): [words.value(one.rebuilt, vars(one)) for one in checks],
            text("column.basis", lang): [text(f"basis.{one.basis}", lang) for one in checks],
            text("column.verdict", lang): [text(f"verdict.{one.verdict}", lang) for one in checks],
        }
    )
    align = RIGHT if all(check.printed.isdigit() for check in checks) else LEFT
    same = sum(check.verdict in AGREES for check in checks)
    copied = sum(check.basis == "transcribed" for check in checks)
    numbers = {"same": same, "all": len(checks), "copied": copied, "tested": len(checks) - copied}
    note = text("note.printed", lang, **{name: integer(n, lang) for name, n in numbers.items()})
    title = f"{text('paper.table', lang)} {name.removeprefix('table')}"
    caption = text("caption.printed", lang, table=title)
    return DisplayTable(frame, (LEFT, align, align, LEFT, LEFT), caption, note)
