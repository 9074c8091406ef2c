"""Change what a city's descriptor says about its papers: authors, licence, and what a journal asks for."""

from collections.abc import Sequence
from typing import Any

from analysis.intake.descriptors import LICENCES, licence
from analysis.language.problems import Problem, RawDataError
from analysis.language.synonyms import nearest
from analysis.project import cities
from analysis.project.atomic import write_text
from analysis.project.cities import City
from analysis.raw_data.languages import written
from analysis.raw_data.package_form import DESCRIPTOR, NAMES, incomplete
from analysis.raw_data.publication import AUTHOR, BLOCK, FIELDS, incorrect
from analysis.raw_data.yaml_edit import drop, put

SETTABLE = ("author", "licence", *FIELDS, *NAMES)
"""What can be set, each as ``NAME=TEXT``; an author is ``NAME; AFFILIATION; ORCID; EMAIL``."""


def set_fields(city: City, said: Sequence[str]) -> None:
    """Write what is said of a city's papers into its descriptor, whose comments and order stay.

    Each is said as in `SETTABLE`. An author of a name that is there is replaced, others are added; nothing
    behind the ``=`` takes the field away.

    Raises
    ------
    RawDataError
        Naming every field that is not known or does not have its form; then nothing is written.
    """
    path = city.raw / DESCRIPTOR
    before = document = path.read_bytes().decode("utf-8")
    problems = []
    for one in said:
        field, _, value = one.partition("=")
        field, value = field.strip(), " ".join(value.split())
        if "=" not in one or field not in SETTABLE:
            near = nearest(field, list(SETTABLE))
            problems.append(Problem("describe.unknown", DESCRIPTOR, found=one, nearest=near))
        elif field == "licence" and value not in ("", *LICENCES):
            near = nearest(value, list(LICENCES))
            problems.append(Problem("describe.licence", DESCRIPTOR, found=value, nearest=near))
        else:
            document = _set(document, field, value)
    if wrong := [part for part in incomplete(_read(document)["city"], written(city)) if part in NAMES]:
        problems.append(Problem("descriptor.city", DESCRIPTOR, expected=", ".join(wrong)))
    said_wrongly = incorrect(_read(document).get(BLOCK, {}))
    problems += [Problem("descriptor.publication", DESCRIPTOR, found=part) for part in said_wrongly]
    if problems:
        raise RawDataError(city.name, problems)
    if document != before:
        write_text(path, document)


def _set(document: str, field: str, value: str) -> str:
    if field == "author":
        return _set_author(document, value)
    if field == "licence":
        return put(document, ("licenses",), [licence(value or "notspecified")])
    place = ("city", field) if field in NAMES else (BLOCK, field)
    return put(document, place, value) if value else drop(document, place)


def _set_author(document: str, value: str) -> str:
    """Add an author, or replace what is said of one; without a name, all go."""
    author = {key: part.strip() for key, part in zip(AUTHOR, value.split(";"), strict=False) if part.strip()}
    if not author.get("name"):
        return drop(document, (BLOCK, "authors"))
    listed = (_read(document).get(BLOCK) or {}).get("authors") or []
    names = [one.get("name") for one in listed]
    if author["name"] not in names:
        return put(document, (BLOCK, "authors", len(listed)), author)
    for key, part in author.items():
        document = put(document, (BLOCK, "authors", names.index(author["name"]), key), part)
    return document


def _read(document: str) -> dict[str, Any]:
    return cities.parse_yaml(document)
