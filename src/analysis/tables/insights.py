"""What an inventory shows and a recap cannot: cross-tables, stale data, the share that is integrated."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from analysis.language.names import comparable
from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import row_ranges
from analysis.tables.applications import CATEGORIES, TOTAL, share

MONTHS = 12
"""Default age from which the data of an application count as stale."""
REACHABLE = ("web", "mobile")
FILE = "applications.csv"
Row = tuple[str, Any, str, str, str, str]
"""A result: key, value, unit, and lineage (file, rows, rule)."""


def cross_table(package: Package, first: str, second: str = "status") -> pd.DataFrame:
    """Count a city's applications by two attributes, with totals last both ways.

    Parameters
    ----------
    package : Package
        With ``applications`` (one row per application).
    first, second : {"type", "ownership", "status", "owner"}
        Down and across.

    Returns
    -------
    pandas.DataFrame
        Column ``category`` (codes of `first`, or agencies; then ``total``), one column per code of `second`,
        and ``total``; codes in the article's order, agencies in that of the alphabet.

    Raises
    ------
    KeyError
        When an attribute is unknown, or `package` does not hold an inventory. One that was loaded holds every
        kind of file: where the city has no records, all counts are 0.
    """
    applications = package["applications"]
    down, across = _categories(applications, first), _categories(applications, second)
    counts = pd.crosstab(applications[first], applications[second])
    counts = counts.reindex(index=down, columns=across, fill_value=0).astype("int64")
    counts[TOTAL] = counts.sum(axis=1)
    counts.loc[TOTAL] = counts.sum()
    return counts.rename_axis(index="category", columns=None).reset_index()


def trace_cross(package: Package, first: str, second: str = "status") -> pd.DataFrame:
    """Say which raw rows each count of `cross_table` comes from; columns as those of `applications.trace`."""
    applications = package["applications"]
    down, across = (
        {name: applications[attribute] == name for name in _categories(applications, attribute)}
        | {TOTAL: applications[attribute].notna()}
        for attribute in (first, second)
    )
    cells = [
        (row, column, FILE, row_ranges(applications.index[is_row & is_column]), "count")
        for row, is_row in down.items()
        for column, is_column in across.items()
    ]
    return pd.DataFrame(cells, columns=["row", "column", "file", "rows", "rule"])


def trace_rows(table: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Say which raw row each row of a table with a column ``row`` comes from, and by what rule.

    Columns as those of `applications.trace`; ``row`` is the position in the table, from 1, and ``column`` has
    the names of all, with spaces between them.
    """
    return pd.DataFrame(
        {
            "row": range(1, len(table) + 1),
            "column": " ".join(table.columns),
            "file": FILE,
            "rows": table["row"].astype(str),
            "rule": rule,
        }
    )


def latest_update(applications: pd.DataFrame) -> date | None:
    """Return the latest ``last_updated`` of an inventory, the default reference date; None without any."""
    return max((date.fromisoformat(cell) for cell in applications["last_updated"] if cell), default=None)


def stale(
    applications: pd.DataFrame, reference_date: date | None = None, months: int = MONTHS
) -> pd.DataFrame:
    """List the applications whose data have not been updated for at least `months` months.

    An application without a date is not listed: whether its data are stale is unknown.

    Parameters
    ----------
    applications : pandas.DataFrame
        Columns ``name``, ``owner``, ``status``, ``last_updated`` (ISO 8601, "" for unknown); index: row
        numbers. Leave out what should not count, such as applications that are only planned.
    reference_date : datetime.date, optional
        Day to count back from; the latest update in `applications` if left out.
    months : int
        Full calendar months: from 31 January to 28 February is none yet.

    Returns
    -------
    pandas.DataFrame
        Columns ``row``, ``name``, ``owner``, ``status``, ``last_updated``, ``months`` (since then), the
        longest neglected first.
    """
    listed = applications[["name", "owner", "status", "last_updated"]].reset_index(names="row")
    listed["months"] = _ages(listed["last_updated"], reference_date or latest_update(applications))
    listed = listed[listed["months"].ge(months).fillna(False).astype(bool)].astype({"months": "int64"})
    return listed.sort_values(["last_updated", "owner", "name", "row"], ignore_index=True)


def neglected(package: Package) -> pd.DataFrame:
    """List the applications of a city's inventory that are `stale` from the age that the city sets."""
    return stale(package["applications"], months=stale_months(package))


def stale_by_owner(
    applications: pd.DataFrame, reference_date: date | None = None, months: int = MONTHS
) -> pd.DataFrame:
    """Count each agency's applications, those `stale`, and those of unknown date; last row ``total``.

    Parameters
    ----------
    applications, reference_date, months
        As for `stale`.

    Returns
    -------
    pandas.DataFrame
        Columns ``owner``, ``applications``, ``stale``, ``unknown`` (applications), the agency with the most
        stale ones first.
    """
    ages = _ages(applications["last_updated"], reference_date or latest_update(applications))
    flags = pd.DataFrame(
        {
            "owner": applications["owner"],
            "applications": 1,
            "stale": ages.ge(months).fillna(False).astype("int64"),
            "unknown": ages.isna().astype("int64"),
        }
    )
    counts = flags.groupby("owner", as_index=False).sum()
    counts = counts.sort_values(["stale", "owner"], ascending=[False, True], ignore_index=True)
    return _with_total(counts)


def share_integrated(applications: pd.DataFrame, integrations: pd.DataFrame) -> pd.DataFrame:
    """Count each agency's applications and those named in an integration; last row ``total``.

    A name counts where it is the same but for case, spacing and Unicode form; where several agencies have an
    application of that name, each of them counts, since the integration does not say which one is meant.

    Parameters
    ----------
    applications : pandas.DataFrame
        Columns ``name``, ``owner``.
    integrations : pandas.DataFrame
        Columns ``application``, ``integrated_with``.

    Returns
    -------
    pandas.DataFrame
        Columns ``owner``, ``applications``, ``integrated`` (applications), ``share`` (0 to 1), in the order
        of the agencies' names.
    """
    pairs = [*integrations["application"], *integrations["integrated_with"]]
    named = applications["name"].map(comparable).isin(set(map(comparable, pairs)))
    flags = pd.DataFrame(
        {"owner": applications["owner"], "applications": 1, "integrated": named.astype("int64")}
    )
    counts = _with_total(flags.groupby("owner", as_index=False).sum())
    return counts.assign(share=list(map(share, counts["integrated"], counts["applications"])))


def stale_months(package: Package) -> int:
    """Return from what age in months data count as stale: ``stale_months`` of the city block, or 12."""
    months: int = package.descriptor["city"].get("stale_months", MONTHS)
    return months


def derive(package: Package, tables: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Yield the results that prose needs of an inventory and its ``duplicates`` and ``stale``."""
    applications, groups = package["applications"], tables["duplicates"]
    day, months = latest_update(applications), stale_months(package)
    rows, total = row_ranges(applications.index), len(applications)
    reachable = applications["type"].isin(REACHABLE)
    operational = int((reachable & (applications["status"] == "operational")).sum())

    def result(key: str, value: object, unit: str, rule: str) -> Row:
        return (f"insights.{key}", value, unit, FILE, rows, rule)

    def counted(key: str, count: int, rule: str, whole: int = total, name: str = "count") -> Iterator[Row]:
        yield result(f"{key}.{name}", count, "application", rule)
        yield result(f"{key}.share", share(count, whole), "share", f"{rule} / all of these")

    yield result("agencies", applications["owner"].nunique(), "agency", "unique owners")
    rule = "web or mobile: operational"
    yield from counted("reachable_operational", operational, rule, int(reachable.sum()))
    yield result("duplicates.groups", groups["group"].nunique(), "group", "likely duplicates")
    yield result("duplicates.agencies", groups["owner"].nunique(), "agency", "owners of likely duplicates")
    yield from counted("duplicates", len(groups), "likely duplicates", name="applications")
    if day:
        yield result("reference_date", day.isoformat(), "date", "latest last_updated")
        yield result("stale.months", months, "month", "stale_months of the city, or 12")
        yield from counted("stale", len(tables["stale"]), f"not updated for {months} months")
        unknown = int(applications["last_updated"].eq("").sum())
        yield result("stale.unknown", unknown, "application", "last_updated empty")
    if "integrations" in package:
        integrated = share_integrated(applications, package["integrations"])["integrated"].iloc[-1]
        yield from counted("integrated", int(integrated), "names in integrations.csv")


def _categories(applications: pd.DataFrame, attribute: str) -> list[str]:
    if attribute == "owner":
        return sorted(applications["owner"].unique())
    return list(CATEGORIES[attribute])


def _ages(cells: pd.Series, reference_date: date | None) -> pd.Series:
    """Return the full months from each date to the reference date; missing where there is no date."""
    if reference_date is None:
        return pd.Series(pd.NA, index=cells.index, dtype="Int64")
    ages = [_full_months(date.fromisoformat(cell), reference_date) if cell else None for cell in cells]
    return pd.Series(ages, index=cells.index, dtype="Int64")


def _full_months(earlier: date, later: date) -> int:
    months = 12 * (later.year - earlier.year) + later.month - earlier.month
    return months - (later.day < earlier.day)


def _with_total(counts: pd.DataFrame) -> pd.DataFrame:
    numbers = counts.drop(columns="owner").sum().astype("int64")
    total = pd.DataFrame({"owner": [TOTAL], **{name: [n] for name, n in numbers.items()}})
    return pd.concat([counts, total.astype(counts.dtypes)], ignore_index=True)
