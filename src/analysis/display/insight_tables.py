"""What an inventory shows, as people read it: cross-tables, likely duplicates, stale data, integration."""

from dataclasses import replace

import pandas as pd

from analysis.display.display_table import LEFT, RIGHT, DisplayTable, city_name
from analysis.language.formats import Result, display, integer, percent
from analysis.language.labels import text
from analysis.raw_data.raw import Package
from analysis.tables.duplicates import THRESHOLD
from analysis.tables.insights import latest_update, stale_months

MOST_ROWS = 40
"""Rows of a list of applications that are shown; the file has all of them."""


def cross_table(
    table: pd.DataFrame, package: Package, lang: str, first: str, second: str = "status"
) -> DisplayTable:
    """Prepare a cross-table such as ``type_by_status`` (`insights.cross_table`) for reading."""
    del package
    names = table["category"].iloc[:-1]
    labels = names if first == "owner" else [text(f"{first}.{code}", lang) for code in names]
    heading = text("insight.column.owner" if first == "owner" else first, lang)
    shown = pd.DataFrame(
        {
            heading: [*labels, text("total", lang)],
            **{text(f"{second}.{code}", lang): _integers(table[code], lang) for code in table.columns[1:-1]},
            text("total", lang): _integers(table[table.columns[-1]], lang),
        }
    )
    numbers = len(shown.columns) - 1
    return DisplayTable(shown, (LEFT, *[RIGHT] * numbers), has_total=True)


def duplicates(table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare the likely duplicates (`duplicates.likely_duplicates`) for reading."""
    group = table["group"].where(table["group"].ne(table["group"].shift()))
    shown = pd.DataFrame(
        {
            "group": ["" if pd.isna(n) else integer(n, lang) for n in group],
            "name": table["name"],
            "owner": table["owner"],
            "function": table["function"],
            "score": [percent(score / 100, lang) for score in table["score"]],
            "row": _places(table["row"], package, lang),
        }
    )
    threshold = display(Result(THRESHOLD, "average"), lang)
    note = text("insight.note.duplicates", lang, threshold=threshold)
    align = (RIGHT, LEFT, LEFT, LEFT, RIGHT, RIGHT)
    most = _whole_groups(table["group"])
    return _listed("duplicates", DisplayTable(shown, align, note=note), lang, most)


def stale(table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare the applications with stale data (`insights.stale`) for reading."""
    shown = pd.DataFrame(
        {
            "name": table["name"],
            "owner": table["owner"],
            "status": [text(f"status.{code}", lang) for code in table["status"]],
            "last_updated": [display(Result(day, "date"), lang) for day in table["last_updated"]],
            "months": _integers(table["months"], lang),
            "row": _places(table["row"], package, lang),
        }
    )
    align = (LEFT, LEFT, LEFT, LEFT, RIGHT, RIGHT)
    caption = _dated(package, lang)
    return _listed("stale", DisplayTable(shown, align, caption), lang)


def _whole_groups(groups: pd.Series) -> int:
    """Return how many rows fit into `MOST_ROWS` in whole groups; the first group is always shown."""
    ends = groups.value_counts().sort_index().cumsum().tolist()
    return max([*ends[:1], *(end for end in ends if end <= MOST_ROWS)], default=MOST_ROWS)


def _listed(name: str, whole: DisplayTable, lang: str, most: int = MOST_ROWS) -> DisplayTable:
    """Give a list of applications headings; show the beginning, `most` rows, of a long one."""
    count, frame = len(whole.frame), whole.frame.head(most)
    notes = [whole.note]
    if count > most:
        numbers = {"shown": integer(most, lang), "all": integer(count, lang)}
        notes.insert(0, text("insight.note.cut", lang, file=f"{name}.csv", **numbers))
    if not count:
        frame = pd.DataFrame({column: [""] for column in frame.columns})
        frame["name"] = text("insight.none", lang)
    frame = frame.rename(columns={one: text(f"insight.column.{one}", lang) for one in frame.columns})
    return replace(whole, frame=frame, note=" ".join(filter(None, notes)))


def _integers(numbers: pd.Series, lang: str) -> list[str]:
    return [integer(n, lang) for n in numbers]


def _places(rows: pd.Series, package: Package, lang: str) -> list[str]:
    """Return where each application stands: in the spreadsheet it is from, else in the raw file."""
    inventory = package["applications"].loc[rows]
    sheets = set(package["applications"]["sheet"])
    return [
        (f"{sheet}: " if len(sheets) > 1 and sheet else "") + integer(int(source or row), lang)
        for row, sheet, source in zip(rows, inventory["sheet"], inventory["source_row"], strict=True)
    ]


def _dated(package: Package, lang: str) -> str:
    """Return the caption of the stale applications, with the reference date and the age in months."""
    city, day = city_name(package, lang), latest_update(package["applications"])
    if day is None:
        return text("caption.stale_undated", lang, city=city)
    said, months = display(Result(day.isoformat(), "date"), lang), integer(stale_months(package), lang)
    return text("caption.stale_dated", lang, city=city, date=said, months=months)
