"""Rules between raw files: codes and names that one file uses are those that another one has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from rapidfuzz import fuzz, process

from analysis import applications, raw, results
from analysis.auditing.grim import half_unit
from analysis.findings import PLACEHOLDER
from analysis.intake.synonyms import nearest, nearest_code
from analysis.inventory.duplicates import comparable
from analysis.labels import LANGUAGES
from analysis.problems import Problem, RawDataError
from analysis.raw import Package
from analysis.schemas import schemas

NUMBER = re.compile(r"-?\d+(\.\d+)?")
ALIKE = 85
"""Similarity, 0 to 100, from which the name of an application is taken for another one misspelt."""
LINKS = (("evidence", "aspect", "aspect"), ("findings", "dimension", "working_area"))
"""Columns that hold codes of the framework: file, column, level of the framework."""


def check_across(package: Package, told: Sequence[Problem] = ()) -> list[Problem]:
    """Return what is wrong between files, as far as the cells concerned can be used.

    Parameters
    ----------
    package : Package
        The files that could be read; cells may be text or numbers, and "" where they could not be used.
    told : sequence of Problem
        What is known to be wrong: nothing is told of those cells again, and nothing that only follows from
        the loss of their rows.
    """
    cells = {(problem.file, problem.row, problem.column) for problem in told}
    found = [
        *_check_categories(package),
        *_check_integrations(package),
        *_check_links(package),
        *_check_evidence_ids(package),
        *_check_metric_names(package),
        *_check_claims(package),
        *_check_results(package, told),
    ]
    return [problem for problem in found if (problem.file, problem.row, problem.column) not in cells]


def not_allowed(
    file: str,
    row: int | None,
    column: str,
    found: str,
    allowed: list[str],
    labels: Mapping[str, Sequence[str]] | None = None,
) -> Problem:
    """Tell of a code that is none of those allowed; `labels` are other words for the codes."""
    near = nearest_code(found, column, allowed, labels)
    return Problem("cell.enum", file, row, column, found, ", ".join(allowed), nearest=near)


def _check_categories(package: Package) -> Iterator[Problem]:
    """Every category of an attribute is there and none of another's; the attributes' totals agree."""
    if "applications_recap" not in package:
        return
    recap, file = package["applications_recap"], "applications_recap.csv"
    for attribute, allowed in applications.CATEGORIES.items():
        part = recap[recap["attribute"] == attribute]
        for row, category in _filled(part["category"]):
            if category not in allowed:
                yield not_allowed(file, row, "category", category, list(allowed))
        for category in allowed:
            if category not in set(part["category"]):
                yield Problem("row.category_missing", file, found=category, expected=attribute)
    counts = pd.to_numeric(recap["count"], errors="coerce")
    totals = counts.groupby(recap["attribute"]).sum()
    if counts.notna().all() and totals.nunique() > 1:
        listed = ", ".join(f"{attribute} {total}" for attribute, total in totals.items())
        yield Problem("file.totals", file, column="count", found=listed, is_warning=True)


def _check_integrations(package: Package) -> Iterator[Problem]:
    """No application is integrated with itself; the inventory, if there is one, knows them all."""
    if "integrations" not in package:
        return
    pairs, file = package["integrations"], "integrations.csv"
    for row, partner in _filled(pairs["integrated_with"]):
        if partner == pairs.loc[row, "application"]:
            yield Problem("row.self", file, row, "integrated_with", partner)
    if "applications" not in package:
        return
    listed = {comparable(name): name for name in package["applications"]["name"].unique()}
    for column in ("application", "integrated_with"):
        for row, name in _filled(pairs[column]):
            if comparable(name) not in listed:
                alike = process.extractOne(
                    comparable(name), listed.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE
                )
                near = listed[alike[0]] if alike else ""
                yield Problem("cell.unlisted", file, row, column, name, is_warning=True, nearest=near)


def _check_links(package: Package) -> Iterator[Problem]:
    """Codes of the framework exist at the level that the column stands for."""
    framework = package["framework"]
    words = framework[["label_id", "label_en"]].to_numpy().tolist()
    labels = dict(zip(framework["code"], words, strict=True))
    for name, column, level in LINKS:
        allowed = framework.loc[framework["level"] == level, "code"].tolist()
        for row, cell in _filled(package[name][column]) if name in package else ():
            if cell not in allowed:
                yield not_allowed(f"{name}.csv", row, column, cell, allowed, labels)


def _check_evidence_ids(package: Package) -> Iterator[Problem]:
    """A finding rests on evidence that exists; nobody knows while a record lacks its name."""
    if "findings" not in package or "evidence" not in package:
        return
    known = set(package["evidence"]["evidence_id"])
    for row, cell in _filled(package["findings"]["evidence_ids"]) if "" not in known else ():
        for evidence_id in cell.split():
            if evidence_id not in known:
                near = nearest(evidence_id, sorted(known))
                yield Problem("cell.evidence", "findings.csv", row, "evidence_ids", evidence_id, nearest=near)


def _check_metric_names(package: Package) -> Iterator[Problem]:
    """No metric is named like the group of another: ``a.b`` beside ``a.b.c``."""
    if "metrics" not in package:
        return
    names = package["metrics"]["metric"]
    for row, name in _filled(names):
        for other in names:
            if other.startswith(f"{name}."):
                yield Problem("cell.prefix", "metrics.csv", row, "metric", name, other)


def _check_claims(package: Package) -> Iterator[Problem]:
    """A tolerance is half of the last printed digit or 0; what cannot be checked says what it needs."""
    if "claims" not in package:
        return
    for row, claim in zip(package["claims"].index, package["claims"].itertuples(index=False), strict=True):
        printed, tolerance = str(claim.printed), str(claim.tolerance)
        is_rounded = claim.relation == "equals" and NUMBER.fullmatch(printed) is not None
        allowed = {0.0, float(half_unit(printed))} if is_rounded else {0.0}
        if NUMBER.fullmatch(tolerance) and float(tolerance) not in allowed:
            listed = ", ".join(f"{value:g}" for value in sorted(allowed))
            yield Problem(
                "cell.tolerance", "claims.csv", _row(row), "tolerance", f"{float(tolerance):g}", listed
            )
        for column in ("needed_id", "needed_en"):
            if bool(claim.result) == bool(getattr(claim, column)):
                needed = str(getattr(claim, column))
                yield Problem("cell.needed", "claims.csv", _row(row), column, needed)


def _check_results(package: Package, told: Sequence[Problem]) -> Iterator[Problem]:
    """Findings ask for results that the data give; no metric is named like a derived result."""
    if (
        not {"findings", "metrics"} & package.frames.keys()
        or package.resources.keys() - package.frames.keys()
    ):
        return
    try:
        known = results.keys(_usable(package, told))
    except RawDataError as refusal:
        yield from refusal.problems
        return
    if "metrics" in package:
        known |= set(package["metrics"]["metric"])
    for lang in LANGUAGES if "findings" in package else ():
        for row, cell in _filled(package["findings"][f"text_{lang}"]):
            for key in PLACEHOLDER.findall(cell):
                if key not in known:
                    near = nearest(key, sorted(known))
                    place = ("findings.csv", row, f"text_{lang}")
                    yield Problem("cell.result", *place, f"{{{key}}}", nearest=near and f"{{{near}}}")


def _usable(package: Package, told: Sequence[Problem]) -> Package:
    """Leave out the rows that hold an error, and turn the others' numbers into such."""
    wrong: dict[str, set[int]] = {}
    for problem in told:
        if problem.row and not problem.is_warning:
            wrong.setdefault(problem.file, set()).add(problem.row)
    frames = {}
    for name, frame in package.frames.items():
        right = frame.drop(index=wrong.get(f"{name}.csv", ()), errors="ignore").astype("str")
        frames[name] = raw.parsed(right, schemas()[name]["schema"]["fields"], name, [])
    return replace(package, frames=frames)


def _filled(cells: pd.Series) -> Iterator[tuple[int, str]]:
    """Yield row and text of the cells that are not empty: what is missing is told elsewhere."""
    for row, cell in cells.items():
        if cell:
            yield _row(row), str(cell)


def _row(label: Any) -> int:
    return int(label)
