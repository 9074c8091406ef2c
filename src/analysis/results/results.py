"""Every number that the papers' prose and the audit use, from the tables and the raw files, by key."""

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from analysis.language.problems import Problem, RawDataError
from analysis.raw_data.raw import Package
from analysis.results import derivations
from analysis.results.coding_results import PARTS
from analysis.results.derivation_form import number
from analysis.results.derivations import Row
from analysis.results.inventory_results import of_applications, of_integrations
from analysis.results.verdict_results import of_sensitivity, of_verdicts
from analysis.table_list.entries import TABLES
from analysis.tables import insights

COLUMNS = ["key", "value", "unit", "file", "rows", "rule"]


def derive(package: Package, tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Compute every result that the city's data allow.

    Parameters
    ----------
    package : Package
        The raw package; results of a file that the city does not have are left out.
    tables : mapping of str to pandas.DataFrame
        ``table4`` to ``table7`` as far as they could be rebuilt; of an inventory also ``duplicates`` and
        ``stale``.

    Returns
    -------
    pandas.DataFrame
        One row per result: ``key``, ``value`` (unrounded), ``unit``; lineage ``file``, ``rows``, ``rule``.

    Raises
    ------
    RawDataError
        When a metric is named like another result, or ``derivations.csv`` asks for what cannot be.
    """
    found, problems = gather(package, tables)
    if errors := [problem for problem in problems if not problem.is_warning]:
        raise RawDataError(package.city.name, errors)
    return found


def gather(
    package: Package, tables: Mapping[str, pd.DataFrame], unsure: Collection[str] = ()
) -> tuple[pd.DataFrame, list[Problem]]:
    """Compute what can be computed, as `derive` does, and tell what is wrong.

    Parameters
    ----------
    package, tables
        As for `derive`.
    unsure : collection of str
        Keys of results that may be there but for what is known to be wrong: none of them is missed.

    Returns
    -------
    pandas.DataFrame, list of Problem
        The results, as from `derive`; errors, and warnings of what cannot be computed.
    """
    shared = list(_of_files(package, tables))
    metrics = list(_of_metrics(package)) if "metrics" in package else []
    problems = list(_doubles(metrics, shared))
    derived = derivations.derive(package, [*shared, *metrics], unsure)
    rows = [*shared, *metrics, *derived.rows]
    return pd.DataFrame(rows, columns=COLUMNS), [*problems, *derived.problems]


def counted_tables(package: Package) -> dict[str, pd.DataFrame]:
    """Return the tables that `derive` needs, those of an inventory without rows: the keys are the same."""
    nothing = pd.DataFrame(columns=["group", "owner"])
    counted = [entry for entry in TABLES if entry.is_counted]
    tables = {entry.name: nothing for entry in counted if "applications" in entry.needs}
    rest = [entry for entry in counted if entry.name not in tables]
    return tables | {
        one.name: one.build(package) for one in rest if all(name in package for name in one.needs)
    }


def _of_files(package: Package, tables: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Yield the results that every city has as far as it has the files."""
    yield from of_applications(package, tables)
    if "table7" in tables:
        yield from of_integrations(package, tables["table7"], int(tables["table4"]["count"].iloc[-1]))
    if "applications" in package:
        yield from insights.derive(package, tables)
    for name, derive_part in PARTS.items():
        if name in package:
            yield from derive_part(package)
    if "evidence" in package and "findings" in package:
        yield from of_verdicts(package)
        yield from of_sensitivity(package)


def _of_metrics(package: Package) -> Iterator[Row]:
    metrics = package["metrics"][["metric", "value", "unit"]]
    for row, metric, value, unit in metrics.itertuples(name=None):
        is_text = unit in ("date", "name")
        yield (metric, value if is_text else number(value), unit, "metrics.csv", str(row), "copy")


def _doubles(metrics: list[Row], shared: list[Row]) -> Iterator[Problem]:
    others = [row[0] for row in shared]
    for key, _, _, file, row, _ in metrics:
        if any(f"{other}.".startswith(f"{key}.") or key.startswith(f"{other}.") for other in others):
            yield Problem("cell.derived", file, int(row), "metric", key)
