"""Results from what a city knows of its applications: shares of categories, sums, integrations."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.language.names import comparable
from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import row_ranges
from analysis.results.derivations import Row
from analysis.table_list.entries import COUNTS
from analysis.tables import integrations
from analysis.tables.applications import TOTAL, counted_rows, share, source_name, trace

IN_PREPARATION = ("planned", "development", "trial")
REACHABLE = {
    "services.web_or_mobile": ("web", "mobile"),
    "services.web_mobile_or_multiplatform": ("web", "mobile", "multiplatform"),
}


def of_applications(package: Package, tables: Mapping[str, pd.DataFrame]) -> Iterator[Row]:
    """Yield counts and shares by attribute, sums over categories, and how far the totals agree.

    `tables` are those of `applications.count_by`, by name (``table4`` to ``table6``).
    """
    counts = {
        attribute: tables[name].set_index("category")["count"].astype(int)
        for attribute, name in COUNTS.items()
    }
    for attribute, of_attribute in counts.items():
        yield from _of_attribute(package, attribute, of_attribute)
    yield from _sums(package, counts)
    yield from _stages(package, counts)


def of_integrations(package: Package, table: pd.DataFrame, applications: int) -> Iterator[Row]:
    """Yield how many applications are integrated, of all `applications`, and how.

    `table` is that of `integrations.list_integrations`.
    """
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
    yield ("integrations.largest_component", len(groups[0]), "application", file, rows, "largest component")
    yield ("integrations.hub.name", name, "name", file, rows, "most partners")
    yield ("integrations.hub.degree", partners, "application", file, rows, "partners of the hub")


def _of_attribute(package: Package, attribute: str, counts: pd.Series) -> Iterator[Row]:
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


def _sums(package: Package, counts: Mapping[str, pd.Series]) -> Iterator[Row]:
    """Sums over categories; the city's total is that of Table 4."""
    file, rows = f"{source_name(package)}.csv", row_ranges(_counted(package, "type"))
    yield ("applications.total", int(counts["type"][TOTAL]), "application", file, rows, "type: total")
    sums = [(key, "service", "type", names) for key, names in REACHABLE.items()]
    sums.append(("applications.in_preparation", "application", "status", IN_PREPARATION))
    for key, unit, attribute, names in sums:
        count = int(counts[attribute][list(names)].sum())
        fraction = share(count, counts[attribute][TOTAL])
        rule, rows = f"{attribute}: {' + '.join(names)}", row_ranges(_counted(package, attribute, names))
        yield (f"{key}.count", count, unit, file, rows, rule)
        rows = row_ranges(_counted(package, attribute))
        yield (f"{key}.share", fraction, "share", file, rows, f"({rule}) / total")


def _counted(package: Package, attribute: str, names: Sequence[str] = ()) -> pd.Index:
    """Return the raw rows counted in some categories; where there are none, or none is named, in all."""
    source = counted_rows(package, attribute)
    chosen = source[source["category"].isin(names)]
    return chosen.index if len(chosen) else source.index


def _stages(package: Package, counts: Mapping[str, pd.Series]) -> Iterator[Row]:
    """What was built, is out of reach, and whether all attributes count the same applications."""
    file = f"{source_name(package)}.csv"
    types, statuses = counts["type"], counts["status"]
    underway = int(types[TOTAL] - statuses["planned"])
    built = int(underway - statuses["development"])
    desktop = int(types["desktop"])
    agree = len({int(count[TOTAL]) for count in counts.values()}) == 1

    def result(key: str, value: object, unit: str, rule: str, rows: pd.Index) -> Row:
        return (f"audit.{key}", value, unit, file, row_ranges(rows), rule)

    def less(*stages: str) -> tuple[str, pd.Index]:
        rows = _counted(package, "type").union(_counted(package, "status", stages))
        return " - ".join(["total", *stages]), rows

    desktops, every = _counted(package, "type", ["desktop"]), package[source_name(package)].index
    yield result("applications.built", built, "application", *less("planned", "development"))
    yield result("applications.built_or_underway", underway, "application", *less("planned"))
    yield result("applications.desktop_only", desktop, "application", "type: desktop", desktops)
    yield result("applications.all_reachable", desktop == 0, "truth", "type: desktop = 0", desktops)
    yield result("totals_agree", agree, "truth", "totals of type, ownership, status", every)
