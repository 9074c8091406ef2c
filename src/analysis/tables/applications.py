"""Tables 4, 5 and 6: applications by type, ownership and status, from an inventory or counts."""

import pandas as pd

from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import row_ranges

CATEGORIES = {
    "type": ("web", "mobile", "desktop", "multiplatform"),
    "ownership": ("own", "central", "grant"),
    "status": ("planned", "development", "trial", "operational", "inactive"),
}
"""The categories of each attribute, in the order in which the article prints them."""

EITHER = ("applications", "applications_recap")
"""Raw files of which a city has one: an inventory, or counts of one."""
TOTAL = "total"


def count_by(package: Package, attribute: str) -> pd.DataFrame:
    """Count a city's applications by one attribute, with a last row ``total``.

    Parameters
    ----------
    package : Package
        With ``applications`` (one row per application) or ``applications_recap`` (one per counted category).
    attribute : {"type", "ownership", "status"}
        What to count by.

    Returns
    -------
    pandas.DataFrame
        Columns ``category`` (code), ``count`` (applications) and ``share`` (of the total, 0 to 1), in the
        article's order.

    Raises
    ------
    KeyError
        When `attribute` is unknown, or `package` does not hold either file. One that was loaded holds every
        kind of file: where the city has no records, all counts are 0.
    """
    counts = counted_rows(package, attribute).groupby("category")["count"].sum()
    counts = counts.reindex(CATEGORIES[attribute], fill_value=0)
    counts[TOTAL] = counts.sum()
    shares = [share(count, counts[TOTAL]) for count in counts]
    return pd.DataFrame({"count": counts, "share": shares}).rename_axis("category").reset_index()


def share(part: float, whole: float) -> float:
    """Return a part of the whole as a fraction; 0 of an empty whole."""
    return float(part) / float(whole) if whole else 0.0


def trace(package: Package, attribute: str) -> pd.DataFrame:
    """Say which raw rows each count of `count_by` comes from.

    Returns
    -------
    pandas.DataFrame
        The columns of every lineage: ``row`` and ``column`` (the cell: here the category, and ``count``),
        ``file`` (of the raw data), ``rows`` (their numbers in it, such as ``2-5 8``), ``rule`` (how the cell
        follows from them: here ``count`` or ``sum``).
    """
    source = counted_rows(package, attribute)
    wanted = [*CATEGORIES[attribute], TOTAL]
    rows = [source.index[(source["category"] == name) | (name == TOTAL)] for name in wanted]
    return pd.DataFrame(
        {
            "row": wanted,
            "column": "count",
            "file": f"{source_name(package)}.csv",
            "rows": [row_ranges(numbers) for numbers in rows],
            "rule": "sum" if source_name(package) == "applications_recap" else "count",
        }
    )


def source_name(package: Package) -> str:
    """Return the name of the raw file that the counts come from."""
    has_inventory = "applications" in package or "applications_recap" not in package.frames
    return "applications" if has_inventory else "applications_recap"


def counted_rows(package: Package, attribute: str) -> pd.DataFrame:
    """Return what is counted: an application a row, or counts of a recap.

    Returns
    -------
    pandas.DataFrame
        Columns ``category`` and ``count``; the index is the row's number in the raw file.
    """
    frame = package[source_name(package)]
    if source_name(package) == "applications":
        return pd.DataFrame({"category": frame[attribute], "count": 1})
    return frame.loc[frame["attribute"] == attribute, ["category", "count"]]
