"""Every number that the papers' prose uses, derived from the tables and the raw files, by key."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.language.names import comparable
from analysis.language.problems import Problem, RawDataError
from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import row_ranges
from analysis.results.audit_results import facts
from analysis.results.derivations import DERIVATIONS
from analysis.table_list.entries import COUNTS, TABLES
from analysis.tables import findings, insights, integrations
from analysis.tables.applications import TOTAL, share, source_name, trace

COLUMNS = ["key", "value", "unit", "file", "rows", "rule"]
IN_PREPARATION = ("planned", "development", "trial")
REACHABLE = {
    "services.web_or_mobile": ("web", "mobile"),
    "services.web_mobile_or_multiplatform": ("web", "mobile", "multiplatform"),
}
Row = insights.Row


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
        When a metric is named like a derived result.
    """
    rows: list[Row] = []
    for attribute, name in COUNTS.items():
        rows.extend(_of_attribute(package, attribute, tables[name]))
    rows.extend(_of_applications(package, tables))
    if "table7" in tables:
        applications = int(tables["table4"]["count"].iloc[-1])
        rows.extend(_of_integrations(package, tables["table7"], applications))
    if "applications" in package:
        rows.extend(insights.derive(package, tables))
    for name, derive_part in PARTS.items():
        if name in package:
            rows.extend(derive_part(package))
    rows.extend(facts(package, tables))
    _refuse_doubles(package, rows)
    return pd.DataFrame(rows, columns=COLUMNS)


def counted_tables(package: Package) -> dict[str, pd.DataFrame]:
    """Return the tables that `derive` needs, those of an inventory without rows: the keys are the same."""
    nothing = pd.DataFrame(columns=["group", "owner"])
    counted = [entry for entry in TABLES if entry.is_counted]
    tables = {entry.name: nothing for entry in counted if "applications" in entry.needs}
    rest = [entry for entry in counted if entry.name not in tables]
    return tables | {
        one.name: one.build(package) for one in rest if all(name in package for name in one.needs)
    }


def _refuse_doubles(package: Package, rows: list[Row]) -> None:
    """Refuse metrics that are named like a derived result, or like a group of them."""
    derived = {row[0] for row in rows if (row[3], row[5]) != ("metrics.csv", "copy")}
    problems = [
        Problem("cell.derived", "metrics.csv", int(rows_used), "metric", key)
        for key, _, _, file, rows_used, rule in rows
        if (file, rule) == ("metrics.csv", "copy")
        and any(f"{other}.".startswith(f"{key}.") or key.startswith(f"{other}.") for other in derived)
    ]
    if problems:
        raise RawDataError(package.city.name, problems)


def _of_attribute(package: Package, attribute: str, table: pd.DataFrame) -> Iterator[Row]:
    counts = table.set_index("category")["count"].astype(int)
    rows = trace(package, attribute).set_index("row")["rows"]
    total, parts = counts[TOTAL], counts.drop(TOTAL)

    def result(key: str, value: Any, unit: str, rule: str, category: str = TOTAL) -> Row:
        key, rule = f"applications.{attribute}.{key}", f"{attribute}: {rule}"
        return (key, value, unit, f"{source_name(package)}.csv", rows[category], rule)

    yield result("total", int(total), "application", "total")
    for category in map(str, parts.index):
        fraction = share(parts[category], total)
        yield result(f"{category}.count", int(parts[category]), "application", category, category)
        yield result(f"{category}.share", fraction, "share", f"{category} / total")
    for rank, category in (("largest", str(parts.idxmax())), ("smallest", str(parts.idxmin()))):
        yield result(f"{rank}.label", f"word.{attribute}.{category}", "label", rank)
        yield result(f"{rank}.count", int(parts[category]), "application", rank)
        yield result(f"{rank}.share", share(parts[category], total), "share", f"{rank} / total")


def _of_applications(package: Package, tables: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Sums over categories; the city's total is that of Table 4."""
    counts = {
        attribute: tables[COUNTS[attribute]].set_index("category")["count"].astype(int)
        for attribute in ("type", "status")
    }
    rows = {attribute: trace(package, attribute).set_index("row")["rows"][TOTAL] for attribute in counts}
    file = f"{source_name(package)}.csv"
    total = int(counts["type"][TOTAL])
    yield ("applications.total", total, "application", file, rows["type"], "type: total")
    sums = [(key, "service", "type", names) for key, names in REACHABLE.items()]
    sums.append(("applications.in_preparation", "application", "status", IN_PREPARATION))
    for key, unit, attribute, names in sums:
        count = int(counts[attribute][list(names)].sum())
        fraction = share(count, counts[attribute][TOTAL])
        rule = f"{attribute}: {' + '.join(names)}"
        yield (f"{key}.count", count, unit, file, rows[attribute], rule)
        yield (f"{key}.share", fraction, "share", file, rows[attribute], f"({rule}) / total")


def _of_integrations(package: Package, table: pd.DataFrame, applications: int) -> Iterator[Row]:
    rows, file = row_ranges(package["integrations"].index), "integrations.csv"
    named = set(map(comparable, integrations.graph(table)))
    if "applications" in package:  # those of others, such as a ministry's, are no part of the total
        named &= set(package["applications"]["name"].map(comparable))
    unique = len(named)
    groups = integrations.components(table)
    yield ("integrations.count", len(table), "integration", file, rows, "count")
    yield ("integrations.applications", unique, "application", file, rows, "unique names")
    yield ("integrations.share", share(unique, applications), "share", file, rows, "unique names / total")
    yield ("integrations.components", len(groups), "component", file, rows, "connected components")
    if not groups:
        return
    name, partners = integrations.hub(table)
    yield (
        "integrations.largest_component",
        len(groups[0]),
        "application",
        file,
        rows,
        "largest component",
    )
    yield ("integrations.hub.name", name, "name", file, rows, "most partners")
    yield ("integrations.hub.degree", partners, "application", file, rows, "partners of the hub")


def _of_framework(package: Package) -> Iterator[Row]:
    framework = package["framework"]
    for level in ("dimension", "working_area", "indicator", "aspect"):
        index = framework.index[framework["level"] == level]
        yield (f"framework.{level}s", len(index), level, "framework.csv", row_ranges(index), "count")


def _of_informants(package: Package) -> Iterator[Row]:
    informants, file = package["informants"], "informants.csv"
    rows = row_ranges(informants.index)
    yield ("informants.total", int(informants["count"].sum()), "person", file, rows, "sum")
    yield ("informants.groups", len(informants), "group", file, rows, "count")
    for sampling in ("snowball", "purposive"):
        part = informants[informants["sampling"] == sampling]
        yield (
            f"informants.{sampling}",
            int(part["count"].sum()),
            "person",
            file,
            row_ranges(part.index),
            "sum",
        )


def _of_metrics(package: Package) -> Iterator[Row]:
    metrics, file = package["metrics"].set_index("metric"), "metrics.csv"
    rows = pd.Series(package["metrics"].index, index=metrics.index)
    values = {key: _number(value, unit) for key, value, unit in metrics[["value", "unit"]].itertuples()}
    for key, value in values.items():
        yield (key, value, str(metrics.loc[key, "unit"]), file, str(rows[key]), "copy")
    for derivation in DERIVATIONS:
        if all(key in values for key in derivation.inputs):
            try:
                value = derivation.compute(*(values[key] for key in derivation.inputs))
            except ZeroDivisionError:
                continue  # of nothing there is neither share nor ratio
            used = " ".join(str(rows[key]) for key in derivation.inputs)
            yield (derivation.key, value, derivation.unit, file, used, derivation.rule)


def _of_evidence(package: Package) -> Iterator[Row]:
    """Count pieces of evidence, and by polarity codings: coders may differ on the polarity of a piece."""
    evidence, file = package["evidence"], "evidence.csv"
    matrix = findings.evidence_matrix(package)
    coded = matrix[list(findings.POLARITIES)].sum(axis=1) > 0

    def count(key: str, chosen: pd.Series, *, is_codings: bool = False) -> Row:
        found = evidence[chosen]
        pieces = found["evidence_id"].nunique()
        n, rule = (len(found), "count") if is_codings else (pieces, "unique evidence_id")
        return (
            f"evidence.{key}",
            n,
            "record",
            file,
            row_ranges(found.index),
            rule if pieces < len(found) else "count",
        )

    every = evidence["aspect"].notna()
    dimension = evidence["aspect"].map(matrix.set_index("aspect")["dimension"])
    yield count("total", every)
    yield count("codings", every, is_codings=True)
    rows = row_ranges(evidence.index)
    yield ("evidence.coders", evidence["coder"].nunique(), "coder", file, rows, "unique coders")
    yield ("evidence.aspects_covered", int(coded.sum()), "aspect", file, rows, "aspects with evidence")
    yield ("evidence.aspects_without", int((~coded).sum()), "aspect", file, rows, "aspects without evidence")
    for method in ("interview", "observation", "document"):
        yield count(method, evidence["method"] == method)
    for polarity in findings.POLARITIES:
        yield count(polarity, evidence["polarity"] == polarity, is_codings=True)
    for name in findings.DIMENSIONS:
        yield count(f"{name}.total", dimension == name)
        yield count(f"{name}.codings", dimension == name, is_codings=True)
        for polarity in findings.POLARITIES:
            is_so = (dimension == name) & (evidence["polarity"] == polarity)
            yield count(f"{name}.{polarity}", is_so, is_codings=True)


def _of_findings(package: Package) -> Iterator[Row]:
    table, file = package["findings"], "findings.csv"

    def count(key: str, chosen: pd.Series) -> Row:
        return (
            f"findings.{key}",
            int(chosen.sum()),
            "finding",
            file,
            row_ranges(table.index[chosen]),
            "count",
        )

    yield count("total", table["finding_id"].notna())
    for polarity in findings.POLARITIES:
        yield count(polarity, table["polarity"] == polarity)
    for name in findings.DIMENSIONS:
        yield count(f"{name}.total", table["dimension"] == name)
        for polarity in findings.POLARITIES:
            yield count(f"{name}.{polarity}", (table["dimension"] == name) & (table["polarity"] == polarity))


PARTS: Mapping[str, Callable[[Package], Iterator[Row]]] = {
    "framework": _of_framework,
    "informants": _of_informants,
    "metrics": _of_metrics,
    "evidence": _of_evidence,
    "findings": _of_findings,
}


def _number(value: str, unit: str) -> int | float | str:
    if unit in ("date", "name"):
        return value
    return float(value) if "." in value else int(value)
