"""The article's tables as people read them; caption and source are added by `formatting.format_table`."""

import pandas as pd

from analysis.display.display_table import LEFT, RIGHT, DisplayTable, framework_labels, without_repeats
from analysis.display.labelled_tables import labelled
from analysis.language.formats import integer, percent
from analysis.language.labels import text
from analysis.raw_data.raw import Package
from analysis.tables.applications import TOTAL, share


def indicators(table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare Table 1 (`context.smart_city_indicators`) for reading."""
    return _of_framework(table, package, lang, list(table.columns))


def aspects(table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare Table 3 (`context.research_aspects`) for reading."""
    return _of_framework(table, package, lang, ["category", "subcategory", "aspect"])


def _of_framework(table: pd.DataFrame, package: Package, lang: str, headings: list[str]) -> DisplayTable:
    """Return codes of the framework by their labels, each group named once."""
    labels = framework_labels(package, lang)
    shown = table.apply(lambda column: column.map(labels))
    shown = without_repeats(shown, [str(column) for column in table.columns[:2]])
    shown.columns = [text(f"column.{heading}", lang) for heading in headings]
    return DisplayTable(shown, (LEFT, LEFT, LEFT))


def informants(table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare Table 2 (`context.snowball_informants`) for reading."""
    del package
    is_total = table["group"] == TOTAL
    numbers = [integer(n, lang) for n in range(1, len(table))]
    shown = pd.DataFrame(
        {
            text("column.number", lang): [*numbers, ""],
            text("column.informant", lang): table[f"role_{lang}"].where(~is_total, text("total", lang)),
            text("column.persons", lang): [integer(n, lang) for n in table["count"]],
        }
    )
    return DisplayTable(shown, (RIGHT, LEFT, RIGHT), has_total=True)


def categories(table: pd.DataFrame, package: Package, lang: str, attribute: str) -> DisplayTable:
    """Prepare Table 4, 5 or 6 (`applications.count_by`) for reading."""
    del package
    total = table["count"].iloc[-1]
    labels = [text(f"{attribute}.{code}", lang) for code in table["category"].iloc[:-1]]
    shown = pd.DataFrame(
        {
            text(attribute, lang): [*labels, text("total", lang)],
            text("column.count", lang): [integer(n, lang) for n in table["count"]],
            text("column.percent", lang): [percent(share(n, total), lang) for n in table["count"]],
        }
    )
    return DisplayTable(shown, (LEFT, RIGHT, RIGHT), has_total=True)


def integrations(table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare Table 7 (`integrations.list_integrations`) for reading."""
    return labelled(table[["number", "application", "integrated_with"]], package, lang)


def findings(table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare Table 8 (`findings.summarise`) for reading."""
    labels = framework_labels(package, lang)
    shown = pd.DataFrame(
        {
            text("column.dimension", lang): table["dimension"].map(labels),
            text("column.finding", lang): table[f"text_{lang}"],
            text("column.polarity", lang): [text(f"polarity.{code}", lang) for code in table["polarity"]],
        }
    )
    shown = without_repeats(shown, [text("column.dimension", lang)])
    return DisplayTable(shown, (LEFT, LEFT, LEFT))
