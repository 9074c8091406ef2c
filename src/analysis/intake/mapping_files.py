"""Write and read `mapping.yaml`, which people edit."""

from collections.abc import Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from analysis.intake.mapping import ColumnChoice, InventoryMapping, SpellingChoice
from analysis.intake.mapping_checks import OWNER, check, columns_in, number_of, spellings_in, text_of
from analysis.intake.sheets import refuse
from analysis.language.labels import LANGUAGES, text
from analysis.language.problems import Problem
from analysis.language.terms import tidy
from analysis.project import cities
from analysis.project.atomic import write_text
from analysis.tables.applications import CATEGORIES

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
        **({"sheets": list(mapping.sheets)} if mapping.sheets else {}),
        "header_row": mapping.header_row,
        "date_order": mapping.date_order,
        "columns": {
            name: {"from": choice.heading, "always": choice.always, "score": choice.score}
            | ({"blanks": choice.blanks} if choice.blanks else {})
            | ({"between": list(choice.between)} if choice.between else {})
            for name, choice in mapping.columns.items()
        },
        "categories": {name: _as_list(mapping.categories.get(name, {})) for name in CATEGORIES},
        **({OWNER: _as_list(mapping.owners)} if mapping.owners else {}),
        "unused": [
            {"column": heading, "holds": cells} if cells else {"column": heading}
            for heading, cells in mapping.unused.items()
        ],
    }


def _as_list(spellings: Mapping[str, SpellingChoice]) -> list[dict[str, Any]]:
    return [
        {"found": text, "means": choice.code, "score": choice.score, "rows": choice.rows}
        for text, choice in spellings.items()
    ]


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
    is_raw = source.resolve().is_relative_to(cities.project_root() / cities.MARKER.parent)
    for folder in (Path(),) if is_raw else (source.parent, Path()):
        names = (f"{source.stem}.mapping{f'-{n}' if n > 1 else ''}.yaml" for n in count(1))
        with suppress(OSError):
            path = next(path for name in names if not (path := folder / name).exists())
            write_text(path, write(mapping))
            return path
    return None


def read(path: Path) -> tuple[InventoryMapping, list[Problem]]:
    """Return the choices in a mapping file, and everything that is wrong with it.

    Only what is filled in counts: anything without a choice gets a newly proposed one.

    Raises
    ------
    UnreadableError
        When it is not a YAML file with a mapping of keys, or holds anything but plain values.
    """
    document = _load(path)
    problems = list(check(document, path.name))
    sheets = document.get("sheets")
    chosen = InventoryMapping(
        source=text_of(document.get("source")),
        sheet=text_of(document.get("sheet")),
        header_row=number_of(document.get("header_row")),
        date_order=text_of(document.get("date_order")),
        columns={
            name: ColumnChoice(
                text_of(choice.get("from")),
                number_of(choice.get("score")),
                text_of(choice.get("always")),
                text_of(choice.get("blanks")),
            )
            for name, choice in columns_in(document)
            if any(text_of(choice.get(key)) for key in ("from", "always", "blanks"))
        },
        categories={attribute: _choices(document, attribute) for attribute in CATEGORIES},
        owners=_choices(document, OWNER),
        sheets=[text_of(name) for name in sheets] if isinstance(sheets, list) else [],
    )
    return chosen, problems


def _choices(document: Mapping[str, Any], attribute: str) -> dict[str, SpellingChoice]:
    return {
        text_of(choice.get("found")): SpellingChoice(means, number_of(choice.get("score")), 0)
        for choice in spellings_in(document, attribute)[0]
        if (means := text_of(choice.get("means")))
    }


def _load(path: Path) -> dict[str, Any]:
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            refuse("no_file", path.name)
        document = _parse(path.read_text("utf-8"))
    except yaml.MarkedYAMLError as error:
        row = error.problem_mark.line + 1 if error.problem_mark else None
        refuse("mapping_file", path.name, row=row, found=error.problem or "YAML")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        refuse("mapping_file", path.name, found=tidy(str(error).split("\n", 1)[0])[:200])
    if not isinstance(document, dict):
        refuse("mapping_form", path.name)
    return document


def _parse(document: str) -> Any:
    return yaml.load(document, Loader=TextLoader)  # noqa: S506 - is derived from the safe one
