"""Results of judging the conclusion: the dimensions that fall short under each rule, and the others."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import row_ranges
from analysis.results import verdicts
from analysis.results.derivations import AND, NOTHING, Row
from analysis.tables.findings import DIMENSIONS


def of_verdicts(package: Package) -> Iterator[Row]:
    """Yield which dimensions fall short under each rule, and whether the city as a whole is supported."""
    for rule in verdicts.RULES:
        records = rule.records(package)
        file = f"{rule.source}.csv"
        rows = row_ranges(package[rule.source].index)
        short = verdicts.falling_short(rule, records)
        others = [name for name in DIMENSIONS if name not in short]
        supported = verdicts.is_supported(rule, records)
        yield (f"verdict.{rule.name}.short", AND.join(short) or NOTHING, "name", file, rows, rule.name)
        yield (f"verdict.{rule.name}.supports", AND.join(others) or NOTHING, "name", file, rows, rule.name)
        if not rule.is_relative:
            yield (f"verdict.overall.{rule.name}", supported, "truth", file, rows, rule.name)
        for name in DIMENSIONS:
            yield (f"audit.short.{name}.{rule.name}", name in short, "truth", file, rows, rule.name)
