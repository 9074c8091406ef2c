"""Write and read `mapping.yaml`, which people edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from analysis.applications import CATEGORIES
from analysis.intake.dates import DAY_FIRST, MONTH_FIRST
from analysis.intake.mapping import FIELDS, ColumnChoice, InventoryMapping, SpellingChoice, as_document
from analysis.intake.sheets import ImportProblem, refuse
from analysis.intake.synonyms import nearest, tidy
from analysis.labels import LANGUAGES, text
from analysis.problems import Problem

KEYS = ("source", "sheet", "header_row", "date_order", "columns", "categories", "unused")
ORDERS = (DAY_FIRST, MONTH_FIRST)
MAX_BYTES = 5_000_000
WIDTH = 10_000
"""So wide that a choice stays on one line."""


class TextLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads every plain value as text: a heading ``No`` is no truth value, ``2024-01-01`` no date."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as its base has it


def write(mapping: InventoryMapping) -> str:
    """Return a mapping as YAML, with a note on how to edit it in both languages and the codes allowed."""
    notes = [f"# {line}\n" for lang in LANGUAGES for line in text("import.mapping_note", lang).split(" | ")]
    notes += [f"# {attribute}: {', '.join(codes)}\n" for attribute, codes in CATEGORIES.items()]
    document = yaml.safe_dump(
        as_document(mapping), sort_keys=False, allow_unicode=True, default_flow_style=None, width=WIDTH
    )
    return "".join(notes) + "\n" + document


def says(path: Path, mapping: InventoryMapping) -> bool:
    """Tell whether a mapping file says exactly what a mapping says."""
    return bool(_load(path) == _parse(write(mapping)))


def read(path: Path) -> tuple[InventoryMapping, list[Problem]]:
    """Return what was chosen in a mapping file, and everything that is wrong with it.

    Only what is filled in counts: a column without ``from`` and ``always``, and a spelling without ``means``,
    are left to be proposed anew.

    Raises
    ------
    UnreadableError
        When it is no YAML file with a mapping of keys, or holds anything but plain values.
    """
    document = _load(path)
    problems = list(_check(document, path.name))
    chosen = InventoryMapping(
        source=_text(document.get("source")),
        sheet=_text(document.get("sheet")),
        header_row=_row(document.get("header_row")),
        date_order=_text(document.get("date_order")),
        columns={
            name: ColumnChoice(
                _text(choice.get("from")), _row(choice.get("score")), _text(choice.get("always"))
            )
            for name, choice in _columns(document)
            if _text(choice.get("from")) or _text(choice.get("always"))
        },
        categories={
            attribute: {
                _text(choice.get("found")): SpellingChoice(
                    _text(choice["means"]), _row(choice.get("score")), 0
                )
                for choice in _spellings(document, attribute)
                if _text(choice.get("means"))
            }
            for attribute in CATEGORIES
        },
    )
    return chosen, problems


def _load(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            refuse("no_file", path.name)
        document = _parse(path.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        refuse("mapping_file", path.name, found=" ".join(str(error).split())[:200])
    if not isinstance(document, dict):
        refuse("mapping_file", path.name, found=type(document).__name__)
    return document


def _parse(document: str) -> Any:
    return yaml.load(document, Loader=TextLoader)  # noqa: S506 - is derived from the safe one


def _check(document: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """Yield every unknown key, column, code and order, with what comes nearest."""
    for key in document:
        if key not in KEYS:
            yield _unknown("mapping_key", file, "", str(key), KEYS)
    order = _text(document.get("date_order"))
    if order and order not in ORDERS:
        yield _unknown("mapping_code", file, "date_order", order, ORDERS)
    for section, allowed in (("columns", FIELDS), ("categories", tuple(CATEGORIES))):
        entries = document.get(section) or {}
        for key in entries if isinstance(entries, dict) else [type(entries).__name__]:
            if key not in allowed:
                yield _unknown("mapping_key", file, section, str(key), allowed)
    for name, choice in _columns(document):
        always = _text(choice.get("always"))
        if name in CATEGORIES and always and always not in CATEGORIES[name]:
            yield _unknown("mapping_code", file, f"columns.{name}", always, CATEGORIES[name])
    for attribute, codes in CATEGORIES.items():
        for choice in _spellings(document, attribute):
            means = _text(choice.get("means"))
            if means and means not in codes:
                yield _unknown("mapping_code", file, f"categories.{attribute}", means, codes)


def _unknown(kind: str, file: str, column: str, found: str, allowed: tuple[str, ...]) -> Problem:
    near = nearest(found, list(allowed))
    return ImportProblem(kind, file, None, column, found[:60], ", ".join(allowed), nearest=near)


def _columns(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield our columns and their choices; a plain text is a heading."""
    columns = document.get("columns")
    for name, choice in columns.items() if isinstance(columns, dict) else ():
        if name in FIELDS:
            yield name, choice if isinstance(choice, dict) else {"from": choice}


def _spellings(document: Mapping[str, Any], attribute: str) -> Iterator[dict[str, Any]]:
    categories = document.get("categories")
    listed = categories.get(attribute) if isinstance(categories, dict) else None
    for choice in listed if isinstance(listed, list) else ():
        if isinstance(choice, dict):
            yield choice


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (dict, list)) else tidy(str(value))


def _row(value: object) -> int:
    return int(value) if isinstance(value, str) and value.isdecimal() else 0
