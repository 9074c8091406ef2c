"""Read the records of a table into a raw file's frame, column by column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import pandas as pd

from analysis.intake.agency_names import tell_doubtful, use_names
from analysis.intake.column_fit import owners_of
from analysis.intake.import_values import (
    Cells,
    Reader,
    Values,
    read_category,
    read_code,
    read_date,
    read_name,
    read_number,
    read_owner,
    read_text,
)
from analysis.intake.mapping import (
    FEW,
    GROUPS,
    NOTHING,
    OPTIONAL,
    ColumnChoice,
    InventoryMapping,
    nearest_heading,
)
from analysis.intake.record_checks import assemble
from analysis.intake.row_words import may_be_person
from analysis.intake.sheet_tables import ALONE, Column, Table
from analysis.intake.sheets import MAPPING, Cell, ImportProblem, listed, ranges
from analysis.language.agencies import is_agency_name
from analysis.language.headings import is_personal
from analysis.language.problems import Problem
from analysis.language.synonyms import nearest
from analysis.raw_data.schemas import fields_asked
from analysis.tables.applications import CATEGORIES

DECIMALS = {("metrics", "value"), ("claims", "tolerance")}
"""Columns that may hold numbers with a decimal mark."""


def read_inventory(table: Table, mapping: InventoryMapping) -> tuple[pd.DataFrame, list[Problem]]:
    """Read an inventory through its mapping; return its records and what is wrong with them.

    The records have the columns of ``applications.csv`` and as index the rows of the sheet; they are usable
    if no problem is an error. ``attrs`` has the sheet and the headings of its columns, as problems name them.
    """
    readers: dict[str, Reader] = {
        "name": read_name,
        "owner": read_owner,
        "function": read_text,
        "last_updated": read_date(mapping.date_order),
    }
    readers |= {name: read_category(name, mapping.categories[name]) for name in CATEGORIES}
    bare = _bare_rows(table, mapping)
    columns = {
        name: _read_column(table, name, choice, readers[name], bare)
        for name, choice in mapping.columns.items()
    }
    use_names(columns["owner"], mapping.owners)
    columns["owner"].problems += tell_doubtful(columns["owner"], mapping.owners)
    frame, found = assemble("applications", columns, table)
    attrs = frame.attrs
    frame = frame.assign(**_origins(table, list(frame.index)))
    frame.attrs = attrs
    told: list[Problem] = []
    if bare:
        told.append(ImportProblem.of_rows("bare_rows", table.sheet.place, bare, "", ranges(bare)))
    return frame, [*told, *_missing(table, mapping), *_personal(table, mapping), *found]


def _origins(table: Table, rows: Sequence[int]) -> dict[str, list[str]]:
    """Return the sheet and the row, as the spreadsheet counts, that each record comes from."""
    found = [table.places.get(row, (table.sheet.place, row)) for row in rows]
    before = f"{table.sheet.file} ["
    sheets = (place.removeprefix(before).removesuffix("]") if before in place else "" for place, _ in found)
    return {"sheet": list(sheets), "source_row": [str(row) for _, row in found]}


def read_sheet(table: Table, name: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a sheet that has the columns of the raw file `name`, as `read_inventory` reads an inventory."""
    known = {column.heading: column for column in table.columns}
    columns = {}
    for field in fields_asked(name):
        column = known[field["name"]]
        columns[field["name"]] = values = Values(table.sheet.place, column.place)
        _reader(name, field)(values, list(table.cells(column)))
    return assemble(name, columns, table)


def _read_column(
    table: Table, name: str, choice: ColumnChoice, reader: Reader, bare: Sequence[int]
) -> Values:
    """Read one of our columns from its chosen source, except in rows without any category."""
    source, place = _source(table, name, choice), table.sheet.place
    if choice.always:
        value, problems = _always(name, choice.always, reader)
        return Values(place, name, dict.fromkeys(table.rows, value), problems)
    if source is None:
        return Values(place, name, dict.fromkeys(table.rows, "" if name in OPTIONAL else None))
    if source == GROUPS:
        return Values(place, name, dict(owners_of(table, choice)))
    values = Values(place, source.place)
    left_out = set(bare)
    cells = [(row, cell) for row, cell in table.cells(source) if row not in left_out]
    reader(values, _filled_down(cells) if choice.blanks else cells)
    values.texts |= dict.fromkeys(bare)
    return values


def _source(table: Table, name: str, choice: ColumnChoice) -> Column | Literal["^"] | None:
    """Return the column to read, `GROUPS` for the heading rows, None if there is none."""
    if choice.heading == GROUPS and name == "owner":
        return GROUPS
    return None if choice.heading == NOTHING else table.column(choice.heading)


def _always(name: str, value: str, reader: Reader) -> tuple[str | None, list[Problem]]:
    """Return the value that the mapping gives every record, and what is wrong with it."""
    if name in CATEGORIES:
        return value, []
    one = Values(MAPPING, f"columns.{name}")
    reader(one, [(0, Cell(value))])
    return one.texts[0], [replace(problem, row=None) for problem in one.problems]


def _bare_rows(table: Table, mapping: InventoryMapping) -> list[int]:
    """Return the rows in which all categories are empty, if two or more are read."""
    choices = [mapping.columns[name] for name in CATEGORIES if not mapping.columns[name].always]
    columns = [column for choice in choices if (column := table.column(choice.heading))]
    if len(columns) < 2:
        return []
    return [row for row in table.rows if not any(table.text(row, column) for column in columns)]


def tell_groups(problems: Sequence[Problem], table: Table, mapping: InventoryMapping) -> list[Problem]:
    """Report once the rows that may be headings of the records below; only warn where that is settled.

    It is where they are read, or where a full column has the agencies and they only name some.
    """
    owner = mapping.columns["owner"]
    alone = [one for one in problems if one.kind in ALONE and one.row in table.groups]
    names = list(dict.fromkeys(table.groups.values()))
    is_elsewhere = bool(owner.always) or owner.heading not in ("", GROUPS)
    if not alone or (is_elsewhere and not (_is_full(table, owner) and all(map(is_agency_name, names)))):
        return list(problems)
    is_read = owner.heading == GROUPS
    kind = "groups_unread" if is_elsewhere else "groups_read" if is_read else "group_rows"
    found = names[0] if kind == "group_rows" else listed(names, FEW)
    place = (table.sheet.place, [one.row for one in alone if one.row], "")
    told = ImportProblem.of_rows(kind, *place, found, "owner", is_warning=is_read or is_elsewhere)
    return [*(one for one in problems if one not in alone), told]


def _is_full(table: Table, owner: ColumnChoice) -> bool:
    """Return whether every record says whose it is."""
    return all(owners_of(table, owner).get(row) for row in table.rows)


def _filled_down(cells: Cells) -> Cells:
    """Return the cells, blank ones filled from the cell above."""
    filled: Cells = []
    for row, cell in cells:
        is_blank = not cell.text.strip() and filled
        filled.append((row, filled[-1][1] if is_blank else cell))
    return filled


def _missing(table: Table, mapping: InventoryMapping) -> Iterator[Problem]:
    """Report columns for which no heading was found, or not the chosen one."""
    for name, choice in mapping.columns.items():
        if choice.always or _source(table, name, choice):
            continue
        if choice.between:
            found = ", ".join(f"“{one}”" for one in choice.between)
            yield ImportProblem("columns_alike", table.sheet.place, table.header_row, "", found, name)
            continue
        heading = "" if choice.heading == NOTHING else choice.heading
        is_told = name == "owner" and bool(table.groups)  # by `tell_groups`
        if heading or not (name in OPTIONAL or is_told):
            near = nearest(heading, list(mapping.unused)) if heading else nearest_heading(mapping, name)
            kind = "mapping_column" if heading else "column_missing"
            yield ImportProblem(kind, table.sheet.place, table.header_row, "", heading, name, nearest=near)


def _personal(table: Table, mapping: InventoryMapping) -> Iterator[Problem]:
    """Warn of columns with personal data, which the copy of the original file will hold."""
    names = {choice.heading: name for name, choice in mapping.columns.items() if choice.score}
    for column in table.columns:
        place = (table.sheet.place, table.header_row, column.place)
        if column.heading in mapping.unused and is_personal(column.heading):
            yield ImportProblem("personal", *place, found=column.heading, is_warning=True)
        elif (name := names.get(column.heading)) == "owner" and may_be_person(column.heading):
            yield ImportProblem("personal_read", *place, column.heading, name, is_warning=True)


def _reader(name: str, field: Mapping[str, Any]) -> Reader:
    if codes := field.get("constraints", {}).get("enum"):
        return read_code(codes, field["name"])
    if (name, field["name"]) in DECIMALS:
        return read_number
    return read_date() if field["type"] == "date" else read_text
