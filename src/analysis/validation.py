"""Validate a city's raw package as a whole: Frictionless for each file, our own rules across files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from frictionless import Error, FrictionlessException
from frictionless import Package as DataPackage

from analysis import applications, cities, lean_jsonschema, raw  # noqa: F401 - Frictionless imports jsonschema
from analysis.atomic import write_text
from analysis.auditing.grim import half_unit
from analysis.cities import City
from analysis.intake.synonyms import nearest, nearest_code
from analysis.package_form import check_form
from analysis.problems import Problem, RawDataError
from analysis.raw import Package

CONSTRAINT = re.compile(r'constraint "(?P<name>\w+)" is "(?P<limit>.*)"', re.DOTALL)
NUMBER = re.compile(r"-?\d+(\.\d+)?")
HEADER_ERRORS = {"missing-label", "extra-label", "incorrect-label", "duplicate-label", "blank-label"}
ROW_ERRORS = {
    "primary-key": "row.key",
    "blank-row": "row.blank",
    "missing-cell": "row.missing_cell",
    "extra-cell": "row.extra_cell",
    "foreign-key": "row.foreign_key",
}
LINKS = (("evidence", "aspect", "aspect"), ("findings", "dimension", "working_area"))
"""Columns that hold codes of the framework: file, column, level of the framework."""


def check(city: str) -> list[Problem]:
    """Return everything that is wrong with the raw package of `city`, warnings last.

    Parameters
    ----------
    city : str
        Name of a folder below ``data/raw``.

    Returns
    -------
    list of Problem
        Empty when the package is valid. Rules across files are tried once every file is valid by itself.

    Raises
    ------
    UnknownCityError
        When `city` has no raw package.
    """
    place = cities.find(city)
    if problems := check_form(place):
        return problems
    problems = list(_check_descriptor(place))
    for folder in (place.framework, place.raw):
        problems.extend(_check_files(folder))
    if not problems:
        try:
            package = raw.load(city)
            problems.extend(check_across(package))
            if not any(name in package for name in ("applications", "applications_recap")):
                problems.append(Problem("file.no_applications", "applications.csv"))
        except RawDataError as error:  # such as a delimiter that Frictionless guesses and we do not
            problems.extend(error.problems)
    return sorted(problems, key=lambda problem: problem.is_warning)


def require_valid(city: str) -> list[Problem]:
    """Return the warnings about the raw package of `city`.

    Raises
    ------
    RawDataError
        When anything is wrong with it, naming everything at once.
    """
    problems = check(city)
    if errors := [problem for problem in problems if not problem.is_warning]:
        raise RawDataError(city, errors)
    return problems


def record_hashes(place: City) -> list[str]:
    """Write the current SHA-256 of every raw file into the descriptor; return the files that changed."""
    changed = []
    descriptor = cities.read_yaml(place.raw / "datapackage.yaml")
    for resource in descriptor["resources"]:
        path = place.raw / resource["path"]
        current = raw.sha256(path) if path.is_file() else resource["hash"]
        if current != resource["hash"]:
            resource["hash"] = current
            changed.append(resource["path"])
    if changed:
        document = yaml.safe_dump(descriptor, sort_keys=False, allow_unicode=True, width=120)
        write_text(place.raw / "datapackage.yaml", document)
    return changed


@cache
def schemas() -> dict[str, Any]:
    """Return title, description and Table Schema of every kind of raw file."""
    document: dict[str, Any] = yaml.safe_load(files("analysis").joinpath("schemas.yaml").read_text("utf-8"))
    return document


def _check_descriptor(place: City) -> Iterator[Problem]:
    block = place.descriptor.get("city", {})
    wanted = ("name_id", "name_en", "province_id", "province_en")
    if not isinstance(block.get("synthetic"), bool) or not all(block.get(key) for key in wanted):
        yield Problem("descriptor.city", file="datapackage.yaml", expected=", ".join((*wanted, "synthetic")))
    names = {resource["name"] for resource in place.descriptor["resources"]}
    for resource in cities.resources(place.raw):
        known = schemas().get(resource["name"], {"schema": None})
        if resource.get("schema") != known["schema"]:
            yield Problem("descriptor.schema", file="datapackage.yaml", found=resource["name"])
    for path in sorted(place.raw.glob("*.csv")):
        if path.stem not in names:
            yield Problem("descriptor.unlisted", file=path.name)


def _check_files(folder: Path) -> Iterator[Problem]:
    try:
        report = DataPackage(str(folder / "datapackage.yaml")).validate()
    except FrictionlessException as refusal:
        yield Problem("file.unreadable", file="datapackage.yaml", found=_reasons(refusal))
        return
    for error in report.errors:
        yield Problem("file.unreadable", file="datapackage.yaml", found=error.note)
    for task in report.tasks:
        if not (folder / task.place).is_file():
            yield Problem("file.missing", file=Path(task.place).name)
            continue
        for error in _without_echoes(task.errors):
            yield _translate(error, Path(task.place).name)


def _reasons(refusal: FrictionlessException) -> str:
    return "; ".join(reason.note for reason in refusal.reasons or [refusal.error])


def _without_echoes(errors: list[Error]) -> list[Error]:
    """Leave out what only follows from another error, such as the missing key of a blank row."""
    told = {place[:depth] for place in map(_place, errors) for depth in (1, 2, 3)}
    return [error for error in errors if told.isdisjoint(_causes(*_place(error)))]


def _causes(kind: str, row: int | None, field: str) -> set[tuple[str | int | None, ...]]:
    """Return the errors that would explain this one: type, then row and field where they matter."""
    causes: dict[str, set[tuple[str | int | None, ...]]] = {
        "primary-key": {("blank-row", row), ("unique-error", row)},
        "constraint-error": {("missing-cell", row, field)},
        "missing-cell": {("extra-label",)},
        "extra-cell": {("missing-label",)},
    }
    return causes.get(kind, set())


def _place(error: Error) -> tuple[str, int | None, str]:
    return error.type, getattr(error, "row_number", None), getattr(error, "field_name", "") or ""


def _translate(error: Error, file: str) -> Problem:
    """Turn one error of Frictionless into a problem of ours."""
    _, row, column = _place(error)
    cell = str(getattr(error, "cell", None) or "")
    if error.type == "type-error":
        kind = error.note.split('"')[1].split("/")[0]
        return Problem(f"cell.type.{kind}", file, row, column, cell)
    if match := CONSTRAINT.search(error.note):
        if match["name"] == "enum":
            return _not_allowed(file, row, column, cell, _list(match["limit"]))
        return Problem(f"cell.{match['name']}", file, row, column, cell, match["limit"])
    if error.type == "unique-error":
        return Problem("cell.unique", file, row, column, cell)
    if error.type in ROW_ERRORS:
        return Problem(ROW_ERRORS[error.type], file, row, column, cell or error.note)
    if error.type in HEADER_ERRORS:
        return Problem("file.header", file, 1, column, getattr(error, "label", "") or error.note, column)
    if error.type == "hash-count":
        return Problem("file.hash", file)
    return Problem("file.unreadable", file, row, column, error.note)


def _list(limit: str) -> list[str]:
    """Read an enumeration that is written with Python's brackets and quotes."""
    return re.sub(r"[\[\]']", "", limit).split(", ")


def _not_allowed(
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


def check_across(package: Package) -> Iterator[Problem]:
    """Yield what is wrong between files that are valid by themselves."""
    yield from _check_categories(package)
    yield from _check_integrations(package)
    yield from _check_links(package)
    yield from _check_evidence_ids(package)
    yield from _check_metric_names(package)
    yield from _check_claims(package)


def _check_categories(package: Package) -> Iterator[Problem]:
    """Every category of an attribute is there and none of another's; the attributes' totals agree."""
    if "applications_recap" not in package:
        return
    recap, file = package["applications_recap"], "applications_recap.csv"
    for attribute, allowed in applications.CATEGORIES.items():
        part = recap[recap["attribute"] == attribute]
        for row, category in part["category"].items():
            if category not in allowed:
                yield _not_allowed(file, _row(row), "category", category, list(allowed))
        for category in allowed:
            if category not in set(part["category"]):
                yield Problem("row.category_missing", file, found=category, expected=attribute)
    totals = recap.groupby("attribute")["count"].sum()
    if totals.nunique() > 1:
        listed = ", ".join(f"{attribute} {total}" for attribute, total in totals.items())
        yield Problem("file.totals", file, column="count", found=listed, is_warning=True)


def _check_integrations(package: Package) -> Iterator[Problem]:
    """No application is integrated with itself."""
    if "integrations" in package:
        pairs = package["integrations"]
        for row in pairs.index[pairs["application"] == pairs["integrated_with"]]:
            found = str(pairs.loc[row, "application"])
            yield Problem("row.self", "integrations.csv", _row(row), "integrated_with", found)


def _check_links(package: Package) -> Iterator[Problem]:
    """Codes of the framework exist at the level that the column stands for."""
    framework = package["framework"]
    words = framework[["label_id", "label_en"]].to_numpy().tolist()
    labels = dict(zip(framework["code"], words, strict=True))
    for name, column, level in LINKS:
        allowed = framework.loc[framework["level"] == level, "code"].tolist()
        for row, cell in package[name][column].items() if name in package else ():
            if cell not in allowed:
                yield _not_allowed(f"{name}.csv", _row(row), column, cell, allowed, labels)


def _check_evidence_ids(package: Package) -> Iterator[Problem]:
    """A finding rests on evidence that exists."""
    if "findings" not in package or "evidence" not in package:
        return
    known = set(package["evidence"]["evidence_id"])
    for row, cell in package["findings"]["evidence_ids"].items():
        for evidence_id in cell.split():
            if evidence_id not in known:
                near = nearest(evidence_id, sorted(known))
                place = ("findings.csv", _row(row), "evidence_ids")
                yield Problem("cell.evidence", *place, evidence_id, nearest=near)


def _check_metric_names(package: Package) -> Iterator[Problem]:
    """No metric is named like the group of another: ``a.b`` beside ``a.b.c``."""
    if "metrics" not in package:
        return
    names = package["metrics"]["metric"]
    for row, name in names.items():
        for other in names:
            if other.startswith(f"{name}."):
                yield Problem("cell.prefix", "metrics.csv", _row(row), "metric", name, other)


def _check_claims(package: Package) -> Iterator[Problem]:
    """A tolerance is half of the last printed digit or 0; what cannot be checked says what it needs."""
    if "claims" not in package:
        return
    for row, claim in zip(package["claims"].index, package["claims"].itertuples(index=False), strict=True):
        printed, tolerance = str(claim.printed), float(str(claim.tolerance))
        is_rounded = claim.relation == "equals" and NUMBER.fullmatch(printed) is not None
        allowed = {0.0, float(half_unit(printed))} if is_rounded else {0.0}
        if tolerance not in allowed:
            listed = ", ".join(f"{value:g}" for value in sorted(allowed))
            yield Problem("cell.tolerance", "claims.csv", _row(row), "tolerance", f"{tolerance:g}", listed)
        for column in ("needed_id", "needed_en"):
            if bool(claim.result) == bool(getattr(claim, column)):
                needed = str(getattr(claim, column))
                yield Problem("cell.needed", "claims.csv", _row(row), column, needed)


def _row(label: Any) -> int:
    return int(label)
