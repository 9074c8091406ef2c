"""What an inventory tells, as people read it: cross-tables, likely duplicates, stale data, integration."""

from __future__ import annotations

from datetime import date

import pandas as pd

from analysis.formats import Result, display, integer, percent
from analysis.inventory.duplicates import THRESHOLD
from analysis.inventory.insights import MONTHS
from analysis.labels import text
from analysis.presentation import LEFT, RIGHT, Sheet, city_name
from analysis.raw import Package


def cross_table(
    table: pd.DataFrame, package: Package, lang: str, first: str, second: str = "status"
) -> Sheet:
    """Prepare a cross-table (`insights.cross_table`: type, ownership or owner by status) for reading."""
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
    caption = text(f"insight.caption.{first}_{second}", lang, city=city_name(package, lang))
    numbers = len(shown.columns) - 1
    align, widths = (LEFT, *[RIGHT] * numbers), (4, *[2] * numbers)
    return Sheet(shown, align, widths, caption, _source(package, lang), True)


def duplicates(table: pd.DataFrame, package: Package, lang: str, threshold: float = THRESHOLD) -> Sheet:
    """Prepare the likely duplicates (`duplicates.likely_duplicates`) for reading."""
    group = table["group"].where(table["group"].ne(table["group"].shift()))
    shown = pd.DataFrame(
        {
            "group": ["" if pd.isna(n) else integer(n, lang) for n in group],
            "name": table["name"],
            "owner": table["owner"],
            "function": table["function"],
            "score": [percent(score / 100, lang) for score in table["score"]],
            "row": _integers(table["row"], lang),
        }
    )
    caption = text("insight.caption.duplicates", lang, city=city_name(package, lang))
    note = text("insight.note.duplicates", lang, threshold=display(Result(threshold, "average"), lang))
    align, widths = (RIGHT, LEFT, LEFT, LEFT, RIGHT, RIGHT), (2, 6, 6, 8, 2, 2)
    return Sheet(_headed(shown, lang), align, widths, caption, f"{note} {_source(package, lang)}")


def stale(
    table: pd.DataFrame, package: Package, lang: str, reference_date: date, months: int = MONTHS
) -> Sheet:
    """Prepare the applications with stale data (`insights.stale`) for reading."""
    shown = pd.DataFrame(
        {
            "name": table["name"],
            "owner": table["owner"],
            "status": [text(f"status.{code}", lang) for code in table["status"]],
            "last_updated": [display(Result(day, "date"), lang) for day in table["last_updated"]],
            "months": _integers(table["months"], lang),
            "row": _integers(table["row"], lang),
        }
    )
    align, widths = (LEFT, LEFT, LEFT, LEFT, RIGHT, RIGHT), (6, 6, 4, 4, 2, 2)
    caption = _dated("stale", package, lang, reference_date, months)
    return Sheet(_headed(shown, lang), align, widths, caption, _source(package, lang))


def stale_by_owner(
    table: pd.DataFrame, package: Package, lang: str, reference_date: date, months: int = MONTHS
) -> Sheet:
    """Prepare the counts of stale data by agency (`insights.stale_by_owner`) for reading."""
    numbers = {column: _integers(table[column], lang) for column in ("applications", "stale", "unknown")}
    shown = pd.DataFrame({"owner": _owners(table, lang), **numbers})
    caption = _dated("stale_by_owner", package, lang, reference_date, months)
    align, widths = (LEFT, RIGHT, RIGHT, RIGHT), (6, 2, 2, 2)
    return Sheet(_headed(shown, lang), align, widths, caption, _source(package, lang), True)


def integrated(table: pd.DataFrame, package: Package, lang: str) -> Sheet:
    """Prepare the share of integrated applications (`insights.share_integrated`) for reading."""
    shown = pd.DataFrame(
        {
            "owner": _owners(table, lang),
            "applications": _integers(table["applications"], lang),
            "integrated": _integers(table["integrated"], lang),
            "share": [percent(share, lang) for share in table["share"]],
        }
    )
    caption = text("insight.caption.integrated", lang, city=city_name(package, lang))
    align, widths = (LEFT, RIGHT, RIGHT, RIGHT), (6, 2, 2, 2)
    return Sheet(_headed(shown, lang), align, widths, caption, _source(package, lang), True)


def _headed(shown: pd.DataFrame, lang: str) -> pd.DataFrame:
    return shown.rename(columns={column: text(f"insight.column.{column}", lang) for column in shown.columns})


def _integers(numbers: pd.Series, lang: str) -> list[str]:
    return [integer(n, lang) for n in numbers]


def _owners(table: pd.DataFrame, lang: str) -> list[str]:
    return [*table["owner"].iloc[:-1], text("total", lang)]


def _dated(name: str, package: Package, lang: str, reference_date: date, months: int) -> str:
    day = display(Result(reference_date.isoformat(), "date"), lang)
    city = city_name(package, lang)
    return text(f"insight.caption.{name}", lang, city=city, date=day, months=integer(months, lang))


def _source(package: Package, lang: str) -> str:
    source = package.sources("applications")[0]
    return text("note.source", lang, source=source["title" if lang == "id" else "title_en"])
