"""Validate a city's raw package as a whole: its descriptor, each file by Frictionless, and all together."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from frictionless import Dialect, Error, FrictionlessException
from frictionless import Package as DataPackage
from frictionless.formats import CsvControl

from analysis.checking.consistency import check_across
from analysis.checking.plausibility import CONTROL, not_allowed
from analysis.execution import lean_jsonschema  # noqa: F401 - for Frictionless when it validates
from analysis.language.problems import Problem, RawDataError
from analysis.privacy import personal
from analysis.project import cities, kept
from analysis.project.atomic import write_text
from analysis.project.cities import City
from analysis.raw_data import named_city, raw, yaml_edit
from analysis.raw_data.csv_form import malformed
from analysis.raw_data.languages import languages
from analysis.raw_data.package_form import DESCRIPTOR, check_form, incomplete
from analysis.raw_data.publication import BLOCK, incorrect
from analysis.raw_data.raw import Package
from analysis.raw_data.schemas import columns_of, schemas
from analysis.tables.applications import EITHER

CONSTRAINT = re.compile(r'constraint "(?P<name>\w+)" is "(?P<limit>.*)"', re.DOTALL)
UNEVEN = ("missing-cell", "extra-cell")
QUOTED = re.compile(r'(?:position |values ")(\w+)')
"""What Frictionless quotes in a note: the row that has the same key, or the key that does not exist."""
ROW_ERRORS = {
    "primary-key": "row.key",
    "blank-row": "row.blank",
    "missing-cell": "row.missing_cell",
    "extra-cell": "row.extra_cell",
    "foreign-key": "row.foreign_key",
}
MAX_ERRORS = 1_000_000


def check(city: str) -> list[Problem]:
    """Return everything that is wrong with the raw package of `city`, warnings last; nothing if it is valid.

    Raises
    ------
    UnknownCityError
        When `city` has no raw package.
    """
    folders = named_city.find(city)
    if problems := check_form(folders):
        return problems
    problems = list(_check_descriptor(folders))
    for folder in (folders.framework, folders.raw):
        problems.extend(_check_files(folder, city))
    told = {problem.file for problem in problems}
    if DESCRIPTOR not in told:  # else nobody knows what the files are to hold
        package, wrong = raw.read(folders)
        problems.extend(problem for problem in wrong if problem.file not in told)
        problems.extend(check_across(package, problems))
        problems.extend(_check_inventory(package))
    problems.extend(personal.warnings(folders))
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


def record_hashes(city: City) -> list[str]:
    """Write the current SHA-256 and schema of every raw file into the descriptor; return what changed.

    The former descriptor is kept aside.
    """
    changed: list[str] = []
    document = (city.raw / DESCRIPTOR).read_bytes().decode("utf-8")
    for resource in reversed(_resource_nodes(document)):  # from the end, so that places stay
        path, recorded = city.raw / resource["path"].value, resource["hash"]
        if path.is_file() and recorded.value != (current := raw.sha256(path)):
            start, end = recorded.start_mark.index, recorded.end_mark.index
            document = document[:start] + current + document[end:]
            changed.insert(0, path.name)
    for place, listed in enumerate(cities.resources(city.raw)):
        schema = _known_schema(listed)
        if schema and listed.get("schema") != schema:
            document = yaml_edit.put(document, ("resources", place, "schema"), schema)
            changed.append(f"{DESCRIPTOR}: {listed['name']}")
    if changed:
        kept.set_aside(city, [DESCRIPTOR])
        write_text(city.raw / DESCRIPTOR, document)
    return changed


def _resource_nodes(document: str) -> list[dict[str, yaml.Node]]:
    """Return what a descriptor says of every raw file, with the places where it says so."""
    described: Any = yaml.compose(document, yaml.SafeLoader)
    (listed,) = (value for key, value in described.value if key.value == "resources")
    return [{key.value: value for key, value in resource.value} for resource in listed.value]


def _check_descriptor(city: City) -> Iterator[Problem]:
    if wrong := incomplete(city.descriptor["city"], languages(city)):
        yield Problem("descriptor.city", DESCRIPTOR, expected=", ".join(wrong))
    for part in incorrect(city.descriptor.get(BLOCK, {})):
        yield Problem("descriptor.publication", DESCRIPTOR, found=part, expected=city.name)
    for said in _texts(city.descriptor):
        if CONTROL.search(said):
            yield Problem("cell.control", DESCRIPTOR, found=ascii(said)[1:-1])
    names = {resource["name"] for resource in city.descriptor["resources"]}
    for resource in cities.resources(city.raw):
        if resource.get("schema") != _known_schema(resource):
            yield Problem("descriptor.schema", DESCRIPTOR, found=resource["name"], expected=city.name)
    for path in sorted(city.raw.glob("*.csv")):
        if path.stem not in names:
            yield Problem("descriptor.unlisted", file=path.name)


def _known_schema(resource: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the schema that a raw file has to have; None for a kind that is not known."""
    known: dict[str, Any] | None = schemas().get(resource["name"], {}).get("schema")
    return known


def _texts(descriptor: Mapping[str, Any]) -> Iterator[str]:
    """Yield the texts in a descriptor, each part once: YAML aliases may repeat one a billion times."""
    parts: list[Any] = [descriptor]
    seen: set[int] = set()
    while parts:
        part = parts.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, dict | list) and id(part) not in seen:
            seen.add(id(part))
            parts.extend(part.values() if isinstance(part, dict) else part)


def _check_inventory(package: Package) -> Iterator[Problem]:
    """A city has an inventory or counts of one, but not both."""
    kept = [name for name in EITHER if name in package]
    if len(kept) > 1:
        yield Problem("file.both", f"{EITHER[1]}.csv", found=f"{EITHER[0]}.csv")
    elif not kept and (package.resources.keys() - package.frames.keys()).isdisjoint(EITHER):
        listed = [name for name in EITHER if name in package.resources] or EITHER
        yield Problem("file.no_applications", f"{listed[0]}.csv")
    elif kept == [EITHER[1]] and set(package[EITHER[1]]["count"].astype(str)) == {"0"}:
        yield Problem("file.no_applications", f"{EITHER[1]}.csv")


def _check_files(folder: Path, city: str) -> Iterator[Problem]:
    try:
        # Read by us: Frictionless takes ten times as long, three times.
        described = DataPackage.from_descriptor(cities.read_yaml(folder / DESCRIPTOR), basepath=str(folder))
        for resource in described.resources:
            resource.dialect = _commas()
        odd = {one.name: why for one in described.resources if (why := raw.unusable(folder / str(one.path)))}
        yield from odd.values()
        for name in odd:  # to open a pipe would take for ever
            described.remove_resource(str(name))
        if not described.resources:
            return
        report = described.validate(limit_errors=MAX_ERRORS)
    except FrictionlessException as refusal:
        yield Problem("descriptor.invalid", DESCRIPTOR, found=_reasons(refusal))
        return
    for error in report.errors:
        yield Problem("descriptor.invalid", DESCRIPTOR, found=error.note)
    for task in report.tasks:
        path = folder / task.place
        wrong = malformed(path.read_bytes(), columns_of(task.name), path.name)
        yield from wrong
        for error in _without_echoes(task.errors):
            if not wrong or error.type == "hash-count":
                yield _translate(error, path.name, city)


def _commas() -> Dialect:
    """Return how a raw file is written; left to guess, Frictionless would split a text at its semicolons.

    Each file has its own: Frictionless notes in it where the header of a damaged file was found.
    """
    return Dialect(controls=[CsvControl(delimiter=",", skip_initial_space=False)])


def _reasons(refusal: FrictionlessException) -> str:
    return "; ".join(reason.note for reason in refusal.reasons or [refusal.error])


def _without_echoes(errors: list[Error]) -> list[Error]:
    """Leave out errors that only follow from others, such as cells shifted by a missing one."""
    told = {place[:depth] for place in map(_place, errors) for depth in (2, 3)}
    first = {_place(error)[:2]: error for error in reversed(errors)}
    return [
        error
        for error in errors
        if told.isdisjoint(_causes(*_place(error)))
        and (error.type not in UNEVEN or error is first[_place(error)[:2]])
    ]


def _causes(kind: str, row: int | None, field: str) -> set[tuple[str | int | None, ...]]:
    """Return the errors that would explain this one: type, then row and field where they matter."""
    shifted: set[tuple[str | int | None, ...]] = {(uneven, row) for uneven in UNEVEN}
    causes: dict[str, set[tuple[str | int | None, ...]]] = {
        "primary-key": {("blank-row", row), ("unique-error", row), ("constraint-error", row), *shifted},
        "unique-error": {("constraint-error", row, field), *shifted},
        "constraint-error": shifted,
        "type-error": shifted,
    }
    return causes.get(kind, set())


def _place(error: Error) -> tuple[str, int | None, str]:
    return error.type, getattr(error, "row_number", None), getattr(error, "field_name", "") or ""


def _translate(error: Error, file: str, city: str) -> Problem:
    """Turn one error of Frictionless into a problem of ours."""
    _, row, column = _place(error)
    cell = str(getattr(error, "cell", None) or "")
    if error.type == "type-error":
        kind = error.note.split('"')[1].split("/")[0]
        return Problem(f"cell.type.{kind}", file, row, column, cell)
    if match := CONSTRAINT.search(error.note):
        if match["name"] == "enum":
            return not_allowed(file, row, column, cell, _list(match["limit"]))
        return Problem(f"cell.{match['name']}", file, row, column, cell, match["limit"])
    if error.type == "unique-error":
        return Problem("cell.unique", file, row, column, cell)
    if error.type in ROW_ERRORS:
        quoted = QUOTED.search(error.note)
        found = cell or (quoted[1] if quoted else "")
        key = schemas()[Path(file).stem]["schema"]["primaryKey"] if error.type == "primary-key" else ()
        return Problem(ROW_ERRORS[error.type], file, row, column, found, ", ".join(key))
    if error.type == "hash-count":
        return Problem("file.hash", file, expected=city)
    return Problem("file.unreadable", file, row, column, error.note)


def _list(limit: str) -> list[str]:
    """Read an enumeration written with Python's brackets and quotes."""
    return re.sub(r"[\[\]']", "", limit).split(", ")
