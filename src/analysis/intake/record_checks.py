"""Check records read from a spreadsheet against the schema of their raw file, cell by cell."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.intake.import_values import Values
from analysis.intake.sheet_tables import Table
from analysis.language.problems import Problem
from analysis.raw_data import raw
from analysis.raw_data.schemas import fields_asked, schemas


def assemble(name: str, columns: Mapping[str, Values], table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the records of a raw file as a frame, and everything that is wrong with them.

    Parameters
    ----------
    name : str
        The raw file, without ``.csv``.
    columns : mapping of str to Values
        What was read for each of its columns; cells that its schema forbids become None.
    table : Table
        The table that the records were read from.
    """
    schema = schemas()[name]["schema"]
    for field in fields_asked(name):
        values = columns[field["name"]]
        _constrain(values, field)
        if parse := raw.PARSERS.get(field["type"]):
            usable = {row: text for row, text in values.texts.items() if text is not None}
            _try(parse, values, usable)
    problems = [problem for values in columns.values() for problem in values.problems]
    problems += _duplicates(schema.get("primaryKey", []), columns, table)
    cells = {field: pd.Series(values.texts, dtype="object") for field, values in columns.items()}
    frame = pd.DataFrame(cells, index=pd.Index(table.rows, name="row"), columns=list(columns)).fillna("")
    headings = {field: values.column for field, values in columns.items()}
    frame.attrs.update(sheet=table.sheet.place, columns=headings)
    problems.sort(key=lambda problem: problem.row or 0)
    return frame.astype("str"), problems


def _try(parse: Callable[..., Any], values: Values, usable: dict[int, str]) -> None:
    """Record a problem for each cell that the column's type forbids."""
    wrong: list[Problem] = []
    parse(pd.Series(usable, dtype="str", name=values.column), values.file, wrong)
    values.problems += wrong
    values.texts |= {problem.row: None for problem in wrong if problem.row}


def _constrain(values: Values, field: Mapping[str, Any]) -> None:
    """Record a problem for each cell that a constraint of the schema forbids."""
    rules = field.get("constraints", {})
    pattern = re.compile(rules["pattern"]) if "pattern" in rules else None
    seen: set[str] = set()
    for row, text in values.texts.items():
        if text is None:
            continue
        problem = None
        if not text:
            problem = ("cell.required", "") if rules.get("required") else None
        elif pattern and not pattern.fullmatch(text):
            problem = ("cell.pattern", rules["pattern"])
        elif rules.get("unique") and text in seen:
            problem = ("cell.unique", "")
        elif "minimum" in rules and re.fullmatch(r"-\d+(\.\d+)?", text):
            problem = ("cell.minimum", str(rules["minimum"]))
        seen.add(text)
        if problem:
            values.texts[row] = None
            kind, expected = problem
            values.problems.append(Problem(kind, values.file, row, values.column, text, expected))


def _duplicates(key: list[str], columns: Mapping[str, Values], table: Table) -> Iterator[Problem]:
    """Report rows that have the key of an earlier row."""
    first: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        cells = [columns[name].texts[row] for name in key]
        if any(cell is None for cell in cells):
            continue
        values = tuple(str(cell) for cell in cells)
        if values in first:
            said = ", ".join(columns[name].column for name in key)
            yield Problem("row.key", table.sheet.place, row, found=str(first[values]), expected=said)
        first.setdefault(values, row)
