"""Results from the framework and from what was asked, found and coded.

Their keys begin with the name of the raw file, ``framework.``, ``informants.``, ``evidence.``, ``findings.``;
those that serve the audit alone with ``audit.``.
"""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import joined, row_ranges
from analysis.results.derivations import Row
from analysis.tables import findings

SAMPLINGS = ("snowball", "purposive")
METHODS = ("interview", "observation", "document", "report")
LEVELS = ("dimension", "working_area", "indicator", "aspect")


def of_framework(package: Package) -> Iterator[Row]:
    """Count the elements of the framework at each level, and its indicators by dimension."""
    framework = package["framework"]
    for level in LEVELS:
        index = framework.index[framework["level"] == level]
        yield (f"framework.{level}s", len(index), level, "framework.csv", row_ranges(index), "count")
    yield from _indicators(framework)


def _indicators(framework: pd.DataFrame) -> Iterator[Row]:
    """Count the indicators of the dimensions studied, and the dimensions that have any."""
    parent = framework.set_index("code")["parent"]
    indicators = parent[framework.set_index("code")["level"] == "indicator"]
    rows = row_ranges(framework.index)

    def result(key: str, value: int, unit: str, rule: str) -> Row:
        return (f"audit.framework.{key}", value, unit, "framework.csv", rows, rule)

    areas = int((parent == parent[findings.DIMENSIONS[0]]).sum())
    yield result("government_areas", areas, "working_area", "areas of government")
    for name in findings.DIMENSIONS:
        count = int((indicators == name).sum())
        yield result(f"indicators.{name}", count, "indicator", f"indicators of {name}")
    dimensions = indicators.map(parent).nunique()
    yield result("dimensions_with_indicators", int(dimensions), "dimension", "dimensions with indicators")


def of_informants(package: Package) -> Iterator[Row]:
    """Count persons and groups, by how they were chosen."""
    informants, file = package["informants"], "informants.csv"
    rows = row_ranges(informants.index)
    yield ("informants.total", int(informants["count"].sum()), "person", file, rows, "sum")
    yield ("informants.groups", len(informants), "group", file, rows, "count")
    for sampling in SAMPLINGS:
        part = informants[informants["sampling"] == sampling]
        persons = int(part["count"].sum())
        yield (f"informants.{sampling}", persons, "person", file, row_ranges(part.index), "sum")


def of_evidence(package: Package) -> Iterator[Row]:
    """Count pieces of evidence, and by polarity codings: coders may differ on the polarity of a piece."""
    evidence, file = package["evidence"], "evidence.csv"
    matrix = findings.evidence_matrix(package)
    coded = matrix[list(findings.POLARITIES)].sum(axis=1) > 0

    def count(key: str, chosen: pd.Series, *, is_codings: bool = False) -> Row:
        found = evidence[chosen]
        pieces = found["evidence_id"].nunique()
        n = len(found) if is_codings else pieces
        rule = "count" if n == len(found) else "unique evidence_id"
        return (f"evidence.{key}", n, "record", file, row_ranges(found.index), rule)

    every = evidence["aspect"].notna()
    dimension = evidence["aspect"].map(matrix.set_index("aspect")["dimension"])
    yield count("total", every)
    yield count("codings", every, is_codings=True)
    rows = row_ranges(evidence.index)
    yield ("evidence.coders", evidence["coder"].nunique(), "coder", file, rows, "unique coders")
    yield ("evidence.aspects_covered", int(coded.sum()), "aspect", file, rows, "aspects with evidence")
    yield ("evidence.aspects_without", int((~coded).sum()), "aspect", file, rows, "aspects without evidence")
    for method in METHODS:
        yield count(method, evidence["method"] == method)
    for polarity in findings.POLARITIES:
        yield count(polarity, evidence["polarity"] == polarity, is_codings=True)
    for name in findings.DIMENSIONS:
        yield count(f"{name}.total", dimension == name)
        yield count(f"{name}.codings", dimension == name, is_codings=True)
        for polarity in findings.POLARITIES:
            is_so = (dimension == name) & (evidence["polarity"] == polarity)
            yield count(f"{name}.{polarity}", is_so, is_codings=True)


def of_findings(package: Package) -> Iterator[Row]:
    """Count findings, by dimension and polarity."""
    table, file = package["findings"], "findings.csv"

    def count(key: str, chosen: pd.Series) -> Row:
        rows = row_ranges(table.index[chosen])
        return (f"findings.{key}", int(chosen.sum()), "finding", file, rows, "count")

    yield count("total", table["finding_id"].notna())
    for polarity in findings.POLARITIES:
        yield count(polarity, table["polarity"] == polarity)
    for name in findings.DIMENSIONS:
        yield count(f"{name}.total", table["dimension"] == name)
        for polarity in findings.POLARITIES:
            yield count(f"{name}.{polarity}", (table["dimension"] == name) & (table["polarity"] == polarity))
    if "evidence" in package:
        yield _aspects_covered(package)


def _aspects_covered(package: Package) -> Row:
    """Count the aspects of the evidence that the findings rest on."""
    table, evidence = package["findings"], package["evidence"]
    named = {name for cell in table["evidence_ids"] for name in cell.split()}
    behind = evidence[evidence["evidence_id"].isin(named)]
    places = [("findings.csv", row_ranges(table.index)), ("evidence.csv", row_ranges(behind.index))]
    aspects = behind["aspect"].nunique()
    return ("findings.aspects_covered", aspects, "aspect", *joined(places), "aspects of the evidence named")


PARTS: Mapping[str, Callable[[Package], Iterator[Row]]] = {
    "framework": of_framework,
    "informants": of_informants,
    "evidence": of_evidence,
    "findings": of_findings,
}
"""Results by the raw file that they need."""
