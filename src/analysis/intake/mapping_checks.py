"""What is wrong with a mapping file that people have edited."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import yaml

from analysis.intake.dates import DAY_FIRST, MONTH_FIRST
from analysis.intake.mapping import FIELDS
from analysis.intake.sheets import CUT, ImportProblem
from analysis.language.problems import Problem
from analysis.language.synonyms import nearest
from analysis.language.terms import tidy
from analysis.tables.applications import CATEGORIES

OWNER = "owner"
KEYS = ("source", "sheet", "sheets", "header_row", "date_order", "columns", "categories", OWNER, "unused")
CHOICE_KEYS = ("from", "always", "score", "blanks", "between")
SPELLING_KEYS = ("found", "means", "score", "rows")
ORDERS = (DAY_FIRST, MONTH_FIRST)
BLANKS = ("above",)
"""What a blank cell may mean: the same as the cell above."""


def check(document: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """Yield every unknown key, column, code and order, with its nearest match."""
    yield from _check_keys(document, KEYS, file, "")
    yield from _check_code(document.get("date_order"), ORDERS, file, "date_order")
    for section, allowed in (("columns", FIELDS), ("categories", tuple(CATEGORIES))):
        entries = document.get(section) or {}
        keys = entries if isinstance(entries, dict) else [type(entries).__name__]
        yield from _check_keys(keys, allowed, file, section)
    for name, choice in columns_in(document):
        yield from _check_keys(choice, CHOICE_KEYS, file, f"columns.{name}")
        yield from _check_code(choice.get("blanks"), BLANKS, file, f"columns.{name}")
        if name in CATEGORIES:
            yield from _check_code(choice.get("always"), CATEGORIES[name], file, f"columns.{name}")
    for attribute, codes in ({OWNER: ()} | CATEGORIES).items():
        place = OWNER if attribute == OWNER else f"categories.{attribute}"
        said, malformed = spellings_in(document, attribute)
        for entry in malformed:
            yield ImportProblem("mapping_entry", file, None, place, _shown(entry))
        for choice in said:
            yield from _check_keys(choice, SPELLING_KEYS, file, place)
            if codes:
                yield from _check_code(choice.get("means"), codes, file, place)


def _check_keys(keys: Iterable[str], known: tuple[str, ...], file: str, place: str) -> Iterator[Problem]:
    for key in keys:
        if key not in known:
            yield _unknown("mapping_key", file, place, str(key), known)


def _check_code(value: object, codes: tuple[str, ...], file: str, place: str) -> Iterator[Problem]:
    if (code := text_of(value)) and code not in codes:
        yield _unknown("mapping_code", file, place, code, codes)


def _unknown(kind: str, file: str, column: str, found: str, allowed: tuple[str, ...]) -> Problem:
    near = nearest(found, list(allowed))
    return ImportProblem(kind, file, None, column, found[:CUT], ", ".join(allowed), nearest=near)


def columns_in(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield our columns and their choices; a plain text is a heading."""
    columns = document.get("columns")
    for name, choice in columns.items() if isinstance(columns, dict) else ():
        if name in FIELDS:
            yield name, choice if isinstance(choice, dict) else {"from": choice}


def spellings_in(document: Mapping[str, Any], attribute: str) -> tuple[list[dict[str, Any]], list[object]]:
    """Return what is said of the spellings of a category, or of the agencies, and what is no spelling."""
    section = document if attribute == OWNER else document.get("categories")
    entries = section.get(attribute) if isinstance(section, dict) else None
    if not isinstance(entries, list):
        return [], [entries] if entries else []
    said = [entry for entry in entries if isinstance(entry, dict)]
    return said, [one for one in entries if not isinstance(one, dict) or "found" not in one]


def _shown(value: object) -> str:
    """Return a malformed entry as it was probably written."""
    written = str(yaml.safe_dump(value, default_flow_style=True, allow_unicode=True))
    return tidy(written.removesuffix("...\n"))[:CUT]


def text_of(value: object) -> str:
    """Return a plain value as text; "" for none and for anything else."""
    return "" if value is None or isinstance(value, (dict, list)) else tidy(str(value))


def number_of(value: object) -> int:
    """Return a whole number; 0 for anything else."""
    return int(value) if isinstance(value, str) and value.isdecimal() else 0
