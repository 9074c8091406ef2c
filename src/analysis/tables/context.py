"""Tables 1, 2 and 3: the conceptual framework, and the informants found by snowball sampling."""

import pandas as pd

from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import row_ranges
from analysis.tables.applications import TOTAL


def smart_city_indicators(package: Package) -> pd.DataFrame:
    """Table 1: every working area with its indicators, in the framework's order.

    Parameters
    ----------
    package : Package
        With ``framework`` (columns ``level``, ``code``, ``parent``).

    Returns
    -------
    pandas.DataFrame
        Columns ``dimension``, ``working_area``, ``indicator`` (codes; "" where the article names none).
    """
    areas = _level(package, "working_area", "dimension")
    indicators = _level(package, "indicator", "working_area")
    return areas.merge(indicators, on="working_area", how="left").fillna("")


def research_aspects(package: Package) -> pd.DataFrame:
    """Table 3: the aspects studied, by working area and indicator.

    Parameters
    ----------
    package : Package
        With ``framework`` (columns ``level``, ``code``, ``parent``).

    Returns
    -------
    pandas.DataFrame
        Columns ``working_area``, ``indicator``, ``aspect`` (codes), in the framework's order.
    """
    indicators = _level(package, "indicator", "working_area")
    return indicators.merge(_level(package, "aspect", "indicator"), on="indicator")


def snowball_informants(package: Package) -> pd.DataFrame:
    """Table 2: the informants found by snowball sampling, with a last row ``total``.

    Parameters
    ----------
    package : Package
        With ``informants`` (columns ``group``, ``role_id``, ``role_en``, ``sampling``, ``count``).

    Returns
    -------
    pandas.DataFrame
        Columns ``group`` (code), ``role_id``, ``role_en`` and ``count`` (persons).
    """
    chosen = _snowball(package)[["group", "role_id", "role_en", "count"]]
    total = pd.DataFrame({"group": [TOTAL], "role_id": "", "role_en": "", "count": chosen["count"].sum()})
    return pd.concat([chosen, total], ignore_index=True)


def trace_framework(package: Package, table: pd.DataFrame) -> pd.DataFrame:
    """Say which row of the framework each code of Table 1 or 3 comes from.

    Columns as those of `applications.trace`; ``row`` is the position in the table, from 1.
    """
    row_of_code = pd.Series(package["framework"].index, index=package["framework"]["code"])
    cells = table.set_axis(range(1, len(table) + 1)).stack().reset_index()
    cells = cells.set_axis(["position", "column", "code"], axis=1)
    cells = cells[cells["code"] != ""]
    return pd.DataFrame(
        {
            "row": cells["position"],
            "column": cells["column"],
            "file": "framework.csv",
            "rows": cells["code"].map(row_of_code).astype(str),
            "rule": "copy",
        }
    )


def trace_informants(package: Package) -> pd.DataFrame:
    """Say which raw rows Table 2 comes from; columns as those of `applications.trace`."""
    chosen = _snowball(package)
    return pd.DataFrame(
        {
            "row": [*chosen["group"], TOTAL],
            "column": "count",
            "file": "informants.csv",
            "rows": [*chosen.index.astype(str), row_ranges(chosen.index)],
            "rule": ["copy"] * len(chosen) + ["sum"],
        }
    )


def _snowball(package: Package) -> pd.DataFrame:
    informants = package["informants"]
    return informants[informants["sampling"] == "snowball"]


def _level(package: Package, level: str, parent_level: str) -> pd.DataFrame:
    """Return the codes of one level with those of their parents, as columns named for the levels."""
    framework = package["framework"]
    part = framework.loc[framework["level"] == level, ["parent", "code"]]
    return part.set_axis([parent_level, level], axis=1)
