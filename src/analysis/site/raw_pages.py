"""The raw files: every row with an address and all that follows from it, and the dictionary of columns."""

from collections.abc import Mapping
from typing import Any

from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.raw_data.languages import needs_a_language
from analysis.raw_data.raw import TITLE
from analysis.site import addresses
from analysis.site.study import CELL, NUMBER, STATEMENT, Study, Use

DESCRIPTION = {"id": "description", "en": "description_en"}
KINDS = (NUMBER, CELL, STATEMENT)


def listed(study: Study) -> list[dict[str, Any]]:
    """Return the raw files: ``name``, ``file``, ``href``, ``title``, ``about``, ``records``, ``hash``."""
    return [
        {
            "name": name,
            "file": str(resource["path"]),
            "href": addresses.of_raw(name),
            "title": resource[TITLE[study.lang]],
            "about": resource.get(DESCRIPTION[study.lang], ""),
            "records": integer(len(study.package[name]), study.lang),
            "hash": str(resource["hash"]).removeprefix("sha256:"),
        }
        for name, resource in study.package.resources.items()
    ]


def rows(study: Study, name: str) -> dict[str, Any]:
    """Return a raw file: ``head``, ``rows`` with cells and uses, ``everywhere`` for what uses every row."""
    frame = study.package[name]
    uses = study.uses.get(name, {})
    numbers = [int(str(row)) for row in frame.index]
    shared = _shared([uses.get(row, []) for row in numbers])
    return {
        "head": [
            (field["name"], field[TITLE[study.lang]])
            for field in study.package.resources[name]["schema"]["fields"]
        ],
        "rows": [
            {
                "number": number,
                "ranges": study.ranges.get(name, {}).get(number, []),
                "cells": list(map(str, cells)),
                "uses": _by_kind(study, [use for use in uses.get(number, []) if use not in shared]),
            }
            for number, cells in zip(numbers, frame.to_numpy().tolist(), strict=True)
        ],
        "everywhere": _by_kind(study, list(shared)),
    }


def _shared(of_rows: list[list[Use]]) -> dict[Use, None]:
    """Return what uses every row of a file of several."""
    if len(of_rows) < 2:
        return {}
    common = set(of_rows[0]).intersection(*of_rows[1:])
    return {use: None for use in of_rows[0] if use in common}


def _by_kind(study: Study, uses: list[Use]) -> dict[str, Any]:
    by_kind = {kind: [use for use in uses if use.kind == kind] for kind in KINDS}
    kinds = [(text(f"site.use.{kind}", study.lang), found) for kind, found in by_kind.items() if found]
    return {"n": integer(len(uses), study.lang), "kinds": kinds}


def dictionary(study: Study) -> list[dict[str, Any]]:
    """Return every raw file with its columns: name, title, meaning, type and what is allowed."""
    return [
        one
        | {
            "columns": [
                _column(study, one["name"], field)
                for field in study.package.resources[one["name"]]["schema"]["fields"]
            ]
        }
        for one in listed(study)
    ]


def _column(study: Study, file: str, field: Mapping[str, Any]) -> dict[str, Any]:
    rules = field.get("constraints", {})
    allowed = [", ".join(map(str, rules["enum"]))] if "enum" in rules else []
    allowed += [str(rules["pattern"])] if "pattern" in rules else []
    allowed += [study.words("required")] if rules.get("required") else []
    if needs_a_language(file, field):
        allowed.append(study.words("required_language"))
    allowed += [study.words("unique")] if rules.get("unique") else []
    return {
        "name": field["name"],
        "title": field[TITLE[study.lang]],
        "about": field.get(DESCRIPTION[study.lang], ""),
        "type": text(f"site.type.{field['type']}", study.lang),
        "allowed": "; ".join(allowed),
    }
