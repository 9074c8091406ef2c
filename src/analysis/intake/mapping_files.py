"""Write and read `mapping.yaml`, which people edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from analysis.intake.dates import DAY_FIRST, MONTH_FIRST
from analysis.intake.mapping import FIELDS, ColumnChoice, InventoryMapping, SpellingChoice
from analysis.intake.sheets import ImportProblem, refuse
from analysis.language.labels import LANGUAGES, text
from analysis.language.problems import Problem
from analysis.language.synonyms import nearest
from analysis.language.terms import tidy
from analysis.project import cities
from analysis.project.atomic import write_text
from analysis.tables.applications import CATEGORIES

KEYS = ("source", "sheet", "header_row", "date_order", "columns", "categories", "unused")
CHOICE_KEYS = ("from", "always", "score", "blanks")
SPELLING_KEYS = ("found", "means", "score", "rows")
ORDERS = (DAY_FIRST, MONTH_FIRST)
BLANKS = ("above",)
"""What a blank cell may mean: the same as the cell above."""
MAX_BYTES = 5_000_000
WIDTH = 10_000
"""Wide enough for every choice to stay on one line."""


class TextLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads every plain value as text: a heading ``No`` is not a truth value, nor ``2024-01-01`` a date."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as its base has it


def write(mapping: InventoryMapping) -> str:
    """Return a mapping as YAML, with a bilingual note on how to edit it and the codes allowed."""
    notes = [f"# {line}\n" for lang in LANGUAGES for line in text("import.mapping_note", lang).split(" | ")]
    notes += [f"# {attribute}: {', '.join(codes)}\n" for attribute, codes in CATEGORIES.items()]
    document = yaml.safe_dump(
        as_document(mapping), sort_keys=False, allow_unicode=True, default_flow_style=None, width=WIDTH
    )
    return "".join(notes) + "\n" + document


def as_document(mapping: InventoryMapping) -> dict[str, Any]:
    """Return a mapping as plain lists and dictionaries, as ``mapping.yaml`` has them."""
    return {
        "source": mapping.source,
        "sheet": mapping.sheet,
        "header_row": mapping.header_row,
        "date_order": mapping.date_order,
        "columns": {
            name: {"from": choice.heading, "always": choice.always, "score": choice.score}
            | ({"blanks": choice.blanks} if choice.blanks else {})
            for name, choice in mapping.columns.items()
        },
        "categories": {
            attribute: [
                {"found": text, "means": choice.code, "score": choice.score, "rows": choice.rows}
                for text, choice in spellings.items()
            ]
            for attribute, spellings in mapping.categories.items()
        },
        "unused": [
            {"column": heading, "holds": cells} if cells else {"column": heading}
            for heading, cells in mapping.unused.items()
        ],
    }


def says(path: Path, mapping: InventoryMapping) -> bool:
    """Return whether a mapping file says exactly the same as a mapping."""
    return bool(_load(path) == _parse(write(mapping)))


def save_draft(mapping: InventoryMapping, source: Path, given: Path | None = None) -> Path | None:
    """Write a mapping for editing beside its source, under an unused name; return its path.

    The draft goes into the working directory if the source is among the raw data, which are read-only, or if
    its folder cannot be written to; None if neither can. A given mapping file that says the same is returned
    instead.
    """
    if given and says(given, mapping):
        return given
    for folder in (Path(),) if _is_raw(source) else (source.parent, Path()):
        names = (f"{source.stem}.mapping{f'-{n}' if n > 1 else ''}.yaml" for n in count(1))
        with suppress(OSError):
            path = next(path for name in names if not (path := folder / name).exists())
            write_text(path, write(mapping))
            return path
    return None


def _is_raw(path: Path) -> bool:
    return path.resolve().is_relative_to(cities.project_root() / cities.MARKER.parent)


def read(path: Path) -> tuple[InventoryMapping, list[Problem]]:
    """Return the choices in a mapping file, and everything that is wrong with it.

    Only what is filled in counts: a column without ``from`` and ``always`` gets a newly proposed heading, and
    a spelling without ``means`` a newly proposed code.

    Raises
    ------
    UnreadableError
        When it is not a YAML file with a mapping of keys, or holds anything but plain values.
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
                _text(choice.get("from")),
                _row(choice.get("score")),
                _text(choice.get("always")),
                _text(choice.get("blanks")),
            )
            for name, choice in _columns(document)
            if any(_text(choice.get(key)) for key in ("from", "always", "blanks"))
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
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else None
        refuse("mapping_file", path.name, row=row, found=error.problem or "YAML")
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        refuse("mapping_file", path.name, found=tidy(str(error).split("\n", 1)[0])[:200])
    if not isinstance(document, dict):
        refuse("mapping_file", path.name, found=type(document).__name__)
    return document


def _parse(document: str) -> Any:
    return yaml.load(document, Loader=TextLoader)  # noqa: S506 - is derived from the safe one


def _check(document: Mapping[str, Any], file: str) -> Iterator[Problem]:
    """Yield every unknown key, column, code and order, with its nearest match."""
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
        yield from _check_keys(choice, CHOICE_KEYS, file, f"columns.{name}")
        yield from _check_code(choice.get("blanks"), BLANKS, file, f"columns.{name}")
        if name in CATEGORIES:
            yield from _check_code(choice.get("always"), CATEGORIES[name], file, f"columns.{name}")
    for attribute, codes in CATEGORIES.items():
        place = f"categories.{attribute}"
        for entry in _malformed(document, attribute):
            yield ImportProblem("mapping_entry", file, None, place, _shown(entry))
        for choice in _spellings(document, attribute):
            yield from _check_keys(choice, SPELLING_KEYS, file, place)
            yield from _check_code(choice.get("means"), codes, file, place)


def _check_keys(
    choice: Mapping[str, Any], known: tuple[str, ...], file: str, place: str
) -> Iterator[Problem]:
    for key in choice:
        if key not in known:
            yield _unknown("mapping_key", file, place, str(key), known)


def _check_code(value: object, codes: tuple[str, ...], file: str, place: str) -> Iterator[Problem]:
    if (code := _text(value)) and code not in codes:
        yield _unknown("mapping_code", file, place, code, codes)


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


def _malformed(document: Mapping[str, Any], attribute: str) -> list[object]:
    """Return entries among the spellings of an attribute that are not spellings."""
    categories = document.get("categories")
    listed = categories.get(attribute) if isinstance(categories, dict) else None
    if not isinstance(listed, list):
        return [listed] if listed else []
    return [choice for choice in listed if not isinstance(choice, dict) or "found" not in choice]


def _shown(value: object) -> str:
    """Return a malformed entry as it was probably written."""
    return tidy(
        str(yaml.safe_dump(value, default_flow_style=True, allow_unicode=True)).removesuffix("...\n")
    )[:60]


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (dict, list)) else tidy(str(value))


def _row(value: object) -> int:
    return int(value) if isinstance(value, str) and value.isdecimal() else 0
