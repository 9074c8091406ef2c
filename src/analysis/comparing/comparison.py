"""The same measures for several cities, as far as each city has them."""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import chain

import pandas as pd

from analysis.language.formats import Result
from analysis.tables.applications import CATEGORIES
from analysis.tables.findings import DIMENSIONS, POLARITIES

GROUPS: Mapping[str, tuple[str, ...]] = {
    "applications": ("applications.total",),
    **{
        attribute: tuple(f"applications.{attribute}.{category}.share" for category in categories)
        for attribute, categories in CATEGORIES.items()
    },
    "integrations": ("integrations.count", "integrations.applications", "integrations.share"),
    **{
        part: (f"{part}.total", f"{part}.balance", *(f"{part}.{name}.balance" for name in DIMENSIONS))
        for part in ("evidence", "findings")
    },
    "checks": ("checks.total", "checks.reproduced", "checks.share"),
}
"""What is compared, in order. A balance is (supports - hinders) / all codings, between -1 and +1;
checks are the distinct tests of what the article says."""

COLUMNS = ["measure", "city", "value", "unit"]


def compare(
    results: Mapping[str, Mapping[str, Result]], ledgers: Mapping[str, Mapping[str, int]]
) -> pd.DataFrame:
    """Set the measures of several cities side by side.

    Parameters
    ----------
    results : mapping of str to mapping
        The results of each city by key.
    ledgers : mapping of str to mapping
        The ledger of each city in numbers (`ledger.summarise`).

    Returns
    -------
    pandas.DataFrame
        One row per measure and city, in the order of `GROUPS` and of `results`: ``measure``, ``city``,
        ``value`` (unrounded), ``unit``; measures that a city does not have are left out.
    """
    rows = [
        (measure, city, result.value, result.unit)
        for measure in chain.from_iterable(GROUPS.values())
        for city, of_city in results.items()
        if (result := _measure(measure, of_city, ledgers.get(city, {}))) is not None
    ]
    # As objects, so that counts stay whole numbers beside shares.
    return pd.DataFrame(rows, columns=COLUMNS, dtype=object)


def lacking(table: pd.DataFrame, cities: Sequence[str]) -> dict[str, list[str]]:
    """Return what each city lacks, whole groups or single measures; cities that lack nothing are left out."""
    had = found(table)
    missing = {city: list(_missing(city, had)) for city in cities}
    return {city: names for city, names in missing.items() if names}


def found(table: pd.DataFrame) -> dict[tuple[str, str], Result]:
    """Return the values of a comparison by measure and city."""
    rows = table.itertuples(index=False, name=None)
    return {(measure, city): Result(value, unit) for measure, city, value, unit in rows}


def _missing(city: str, had: Container[tuple[str, str]]) -> Iterator[str]:
    for group, measures in GROUPS.items():
        absent = [measure for measure in measures if (measure, city) not in had]
        yield from [group] if len(absent) == len(measures) else absent


def _measure(measure: str, results: Mapping[str, Result], ledger: Mapping[str, int]) -> Result | None:
    stem, _, kind = measure.rpartition(".")
    if stem == "checks":
        return _of_checks(kind, ledger)
    if kind == "balance":
        return _balance(stem, results)
    # The share of an empty whole is 0, which would look like something to compare.
    return None if kind == "share" and not _number(_whole(measure), results) else results.get(measure)


def _of_checks(kind: str, ledger: Mapping[str, int]) -> Result | None:
    if not ledger.get("checked"):
        return None
    checked, reproduced = ledger["checked"], ledger["reproduced"]
    if kind == "share":
        return Result(reproduced / checked, "share")
    return Result(checked if kind == "total" else reproduced, "check")


def _balance(stem: str, results: Mapping[str, Result]) -> Result | None:
    supports, mixed, hinders = (_number(f"{stem}.{polarity}", results) for polarity in POLARITIES)
    total = supports + mixed + hinders
    return Result((supports - hinders) / total, "score") if total else None


def _whole(share: str) -> str:
    """Return the key of the whole of a share: the applications counted by its attribute, or all."""
    return f"{share.rsplit('.', 2)[0]}.total" if share.startswith("applications.") else "applications.total"


def _number(key: str, results: Mapping[str, Result]) -> float:
    return float(results[key].value) if key in results else 0.0
