"""Rules inside one raw file that its Table Schema cannot state."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analysis.auditing.grim import half_unit
from analysis.checking.glyphs import missing
from analysis.language.labels import LANGUAGES
from analysis.language.names import comparable
from analysis.language.problems import Problem
from analysis.language.synonyms import nearest_code
from analysis.project.inert_csv import FORMULA
from analysis.raw_data.raw import Package, is_date
from analysis.raw_data.schemas import schemas
from analysis.results.operations import NO_NUMBERS
from analysis.tables.applications import CATEGORIES

NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")
"""With more digits, a number is not the same in every program that reads it."""
THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""How Indonesian writes thousands, and a raw file a number with three decimals."""
EARLIEST = "1980"
"""Dates before this are what spreadsheets make of other things, 1900-01-00 of an empty or small number."""
MONTH = re.compile(r"\d{4}-\d{2}")
OF_RESULTS = tuple(unit for unit in NO_NUMBERS if unit != "date")
"""Units of results that are no quantities: a metric cannot have them."""
WHOLES = {"share": 1, "percent": 100}
INVISIBLE = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Characters that no text needs and that neither SVG nor DOCX can hold."""


def check_plausible(package: Package) -> Iterator[Problem]:
    """Yield what is wrong inside files, as far as they could be read; see `consistency.check_across`."""
    for name, frame in package.frames.items():
        yield from _check_texts(name, frame)
    yield from _check_categories(package)
    yield from _check_spellings(package)
    yield from _check_updates(package)
    yield from _check_metric_names(package)
    yield from _check_metric_values(package)
    yield from _check_claims(package)


def filled(cells: pd.Series) -> Iterator[tuple[int, str]]:
    """Yield row and text of the cells that are not empty; missing ones are reported elsewhere."""
    for row, cell in cells.items():
        if cell:
            yield _row(row), str(cell)


def not_allowed(
    file: str,
    row: int | None,
    column: str,
    found: str,
    allowed: list[str],
    labels: Mapping[str, Sequence[str]] | None = None,
) -> Problem:
    """Report a code that is not allowed; `labels` are other words for the codes."""
    near = nearest_code(found, column, allowed, labels)
    return Problem("cell.enum", file, row, column, found, ", ".join(allowed), nearest=near)


def _check_texts(name: str, frame: pd.DataFrame) -> Iterator[Problem]:
    """Report control characters, texts of nothing that can be seen, and characters that no font has."""
    for field in schemas()[name]["schema"]["fields"]:
        column = field["name"]
        if field["type"] != "string":
            continue
        cells = frame[column]
        for row, cell in filled(cells[[bool(missing(cell)) for cell in cells]]):
            yield Problem("cell.glyph", f"{name}.csv", row, column, missing(cell), is_warning=True)
        for row, cell in filled(cells[cells.str.match(FORMULA)]):
            yield Problem("cell.formula", f"{name}.csv", row, column, cell, is_warning=True)
        for row, cell in filled(cells[[not cell.isprintable() or cell.isspace() for cell in cells]]):
            if CONTROL.search(cell):
                yield Problem("cell.control", f"{name}.csv", row, column, ascii(cell)[1:-1])
            elif INVISIBLE.fullmatch(cell) and field.get("constraints", {}).get("required"):
                yield Problem("cell.required", f"{name}.csv", row, column)


def _check_categories(package: Package) -> Iterator[Problem]:
    """Every category of an attribute is present, and no other; the attributes' totals agree."""
    if "applications_recap" not in package:
        return
    recap, file, is_whole = package["applications_recap"], "applications_recap.csv", True
    for attribute, allowed in CATEGORIES.items():
        part = recap[recap["attribute"] == attribute]
        odd = [(row, category) for row, category in filled(part["category"]) if category not in allowed]
        for row, category in odd:
            yield not_allowed(file, row, "category", category, list(allowed))
        missing = [category for category in allowed if category not in set(part["category"])]
        for category in missing[len(odd) :]:  # a misspelt one is missing under its right name
            yield Problem("row.category_missing", file, found=category, expected=attribute)
        is_whole &= not odd and not missing
    counts = pd.to_numeric(recap["count"], errors="coerce")
    totals = counts.groupby(recap["attribute"]).sum()
    if is_whole and counts.notna().all() and totals.nunique() > 1:
        listed = ", ".join(f"{attribute} {total}" for attribute, total in totals.items())
        yield Problem("file.totals", file, column="count", found=listed, is_warning=True)


def _check_spellings(package: Package) -> Iterator[Problem]:
    """Each agency, and each application of an agency, has one spelling."""
    if "applications" not in package:
        return
    inventory, file = package["applications"], "applications.csv"
    usual: dict[str, str] = {}
    counts = inventory["owner"].value_counts()
    for owner in counts.index:
        usual.setdefault(comparable(owner), owner)
    for owner, cells in inventory["owner"].groupby(inventory["owner"]):
        if owner and usual[comparable(str(owner))] != owner:
            near = usual[comparable(str(owner))]
            place = (file, _row(cells.index[0]), "owner", str(owner))
            yield Problem("cell.variant", *place, is_warning=True, nearest=near)
    same = inventory[["name", "owner"]].map(comparable)
    exact = inventory[["name", "owner"]].duplicated()
    for row in inventory.index[same.duplicated() & ~exact & (same["name"] != "")]:
        first = same.index[(same == same.loc[row]).all(axis=1)][0]
        yield Problem("row.alike", file, _row(row), found=str(first), is_warning=True)


def _check_updates(package: Package) -> Iterator[Problem]:
    """No data were updated in the future, nor before there were any on computers of cities.

    Tomorrow counts, since it has begun further east.
    """
    if "applications" in package:
        today = date.today()
        latest = (today + timedelta(days=1)).isoformat()
        for row, day in filled(package["applications"]["last_updated"]):
            place = ("applications.csv", row, "last_updated", day)
            if is_date(day) and day > latest:
                yield Problem("cell.future", *place, today.isoformat())
            elif is_date(day) and day < EARLIEST:
                yield Problem("cell.past", *place, is_warning=True)


def _check_metric_names(package: Package) -> Iterator[Problem]:
    """No metric is named like the group of another: ``a.b`` beside ``a.b.c``."""
    if "metrics" not in package:
        return
    names = package["metrics"]["metric"]
    for row, name in filled(names):
        for other in names:
            if other.startswith(f"{name}."):
                yield Problem("cell.prefix", "metrics.csv", row, "metric", name, other)


def _check_metric_values(package: Package) -> Iterator[Problem]:
    """A metric whose unit is a date is one, any other a number."""
    if "metrics" not in package:
        return
    metrics = package["metrics"]
    for row, value in filled(metrics["value"]):
        unit = str(metrics.loc[row, "unit"])
        is_day = is_date(f"{value}-01" if MONTH.fullmatch(value) else value)
        place = ("metrics.csv", row, "value", value)
        if unit in OF_RESULTS:
            yield Problem("cell.unit", "metrics.csv", row, "unit", unit)
        elif unit == "date":
            yield from () if is_day else (Problem("cell.type.date", *place),)
        elif not NUMBER.fullmatch(value):
            yield Problem("cell.type.number", *place)
        elif THOUSANDS.fullmatch(value):
            yield Problem("cell.thousands", *place, f"{float(value):g}", is_warning=True)
        elif not 0 <= float(value) / WHOLES.get(unit, math.inf) <= 1:
            percent = f"{100 * float(value) / WHOLES[unit]:g}"
            yield Problem("cell.percentage", *place, percent, is_warning=True)


def _check_claims(package: Package) -> Iterator[Problem]:
    """A tolerance is half of the last printed digit or 0; an uncheckable claim says what it needs."""
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
        for lang in LANGUAGES:
            column, needed = f"needed_{lang}", str(getattr(claim, f"needed_{lang}"))
            if needed if claim.result else lang in package.languages and not needed:
                yield Problem("cell.needed", "claims.csv", _row(row), column, needed)


def _row(label: Any) -> int:
    return int(label)
