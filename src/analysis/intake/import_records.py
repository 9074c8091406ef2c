"""Read the records of a table into a raw file's frame, and check each against the file's schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis import raw
from analysis.applications import CATEGORIES
from analysis.intake.import_values import (
    Reader,
    Values,
    read_category,
    read_code,
    read_date,
    read_name,
    read_number,
    read_text,
)
from analysis.intake.mapping import OPTIONAL, InventoryMapping, nearest_heading
from analysis.intake.sheet_tables import Table
from analysis.intake.sheets import Cell, ImportProblem
from analysis.intake.synonyms import is_personal, nearest
from analysis.problems import Problem
from analysis.schemas import schemas

MAPPING = "mapping.yaml"
DECIMALS = {("metrics", "value"), ("claims", "tolerance")}
"""Columns that may hold numbers with a decimal mark."""


def read_inventory(table: Table, mapping: InventoryMapping) -> tuple[pd.DataFrame, list[Problem]]:
    """Read an inventory through its mapping.

    Returns
    -------
    pandas.DataFrame, list of Problem
        Columns as in ``applications.csv``, index: row numbers of the sheet; usable if no problem is an error.
        ``attrs`` has the sheet, and the headings of its columns, as problems name them.
    """
    readers: dict[str, Reader] = {
        "name": read_name,
        "owner": read_name,
        "function": read_text,
        "last_updated": read_date(mapping.date_order),
    }
    readers |= {name: read_category(name, mapping.categories[name]) for name in CATEGORIES}
    columns, problems = [], []
    for name, choice in mapping.columns.items():
        column = table.column(choice.heading)
        if choice.always:
            columns.append(_always(table, name, choice.always, readers[name]))
        elif column:
            values = Values(table.sheet.place, column.place)
            readers[name](values, list(table.cells(column)))
            columns.append(values)
        else:
            columns.append(_constant(table, name, "" if name in OPTIONAL else None))
            if choice.heading or name not in OPTIONAL:
                problems.append(_missing(table, name, choice.heading))
    frame, found = _assemble("applications", dict(zip(mapping.columns, columns, strict=True)), table)
    return frame, [*problems, *_personal(table, mapping), *found]


def read_sheet(table: Table, name: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a sheet whose headings are the columns of the raw file `name`; see `read_inventory`.

    Raises
    ------
    KeyError
        When it lacks a column; `template_import.find_sheets` returns no such table.
    """
    columns = {}
    for field in schemas()[name]["schema"]["fields"]:
        column = table.column(field["name"])
        if column is None:
            raise KeyError(field["name"])
        values = Values(table.sheet.place, column.place)
        _reader(name, field)(values, list(table.cells(column)))
        columns[field["name"]] = values
    return _assemble(name, columns, table)


def _constant(table: Table, name: str, value: str | None) -> Values:
    return Values(table.sheet.place, name, dict.fromkeys(table.rows, value))


def _always(table: Table, name: str, value: str, reader: Reader) -> Values:
    """Give every record the value that the mapping says; what is wrong with it is told once."""
    if name in CATEGORIES:
        return _constant(table, name, value)
    one = Values(MAPPING, f"columns.{name}")
    reader(one, [(0, Cell(value))])
    problems = [replace(problem, row=None) for problem in one.problems]
    return Values(table.sheet.place, name, dict.fromkeys(table.rows, one.texts[0]), problems)


def _missing(table: Table, name: str, heading: str) -> Problem:
    """Tell that no heading was found for a column, or not the one that was chosen."""
    headings = [column.heading for column in table.columns]
    near = nearest(heading, headings) if heading else nearest_heading(table, name)
    kind = "mapping_column" if heading else "column_missing"
    return ImportProblem(kind, table.sheet.place, table.header_row, "", heading, name, nearest=near)


def _personal(table: Table, mapping: InventoryMapping) -> Iterator[Problem]:
    """Warn of columns with persons' data, which the copy of the original file will hold."""
    for column in table.columns:
        if column.heading in mapping.unused and is_personal(column.heading):
            place = (table.sheet.place, table.header_row, column.place)
            yield ImportProblem("personal", *place, found=column.heading, is_warning=True)


def _reader(name: str, field: Mapping[str, Any]) -> Reader:
    if codes := field.get("constraints", {}).get("enum"):
        return read_code(codes, field["name"])
    if (name, field["name"]) in DECIMALS:
        return read_number
    return read_date() if field["type"] == "date" else read_text


def _assemble(name: str, columns: Mapping[str, Values], table: Table) -> tuple[pd.DataFrame, list[Problem]]:
    schema = schemas()[name]["schema"]
    for field in schema["fields"]:
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
    """Note the cells that the type of a column forbids."""
    wrong: list[Problem] = []
    parse(pd.Series(usable, dtype="str", name=values.column), values.file, wrong)
    values.problems += wrong
    values.texts |= {problem.row: None for problem in wrong if problem.row}


def _constrain(values: Values, field: Mapping[str, Any]) -> None:
    """Note the cells that a constraint of the schema forbids."""
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
    """Tell which rows have the key of an earlier row."""
    first: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        cells = [columns[name].texts[row] for name in key]
        if any(cell is None for cell in cells):
            continue
        values = tuple(str(cell) for cell in cells)
        if values in first:
            yield Problem("row.key", table.sheet.place, row, found=str(first[values]))
        first.setdefault(values, row)
