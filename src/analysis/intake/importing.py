"""Create a city's raw package from a spreadsheet, completely or not at all."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import repeat
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.intake import city_packages, mapping_files, personal_cells, spreadsheets
from analysis.intake.absences import leave_out_absences
from analysis.intake.across_sheets import check_sheets
from analysis.intake.import_records import read_inventory, read_sheet, tell_groups
from analysis.intake.inventory_tables import find_inventory
from analysis.intake.joined_sheets import relocated
from analysis.intake.mapping import InventoryMapping, blank, is_guessed
from analysis.intake.proposing import propose
from analysis.intake.row_counts import RowCounts, count_rows
from analysis.intake.sheet_tables import Table
from analysis.intake.sheets import ImportProblem, Sheet, UnreadableError
from analysis.intake.template_import import find_sheets
from analysis.intake.tick_columns import join_ticks, told_counts
from analysis.language.headings import recognise
from analysis.language.problems import Problem, RawDataError
from analysis.project import cities
from analysis.project.cities import City
from analysis.raw_data import raw
from analysis.raw_data.package_form import DESCRIPTOR, incomplete
from analysis.tables.applications import EITHER


@dataclass(frozen=True)
class ImportReport:
    """What an import made: the city's folder, records by raw file, the mapping used, and the warnings.

    `copied` is the name of the source's copy; `aside` are copies of what was replaced.
    """

    city: str
    folder: Path
    records: Mapping[str, int]
    mapping: InventoryMapping | None = None
    warnings: Sequence[Problem] = ()
    counts: Mapping[str, RowCounts] = field(default_factory=dict)
    sheets: Sequence[Sheet] = ()
    copied: str = ""
    aside: Sequence[Path] = ()


@dataclass
class _Read:
    """What was read from a source."""

    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    mapping: InventoryMapping | None = None
    sheets: list[Sheet] = field(default_factory=list)
    counts: dict[str, RowCounts] = field(default_factory=dict)
    inventory: Table | None = None


class ImportRefusedError(RawDataError):
    """A spreadsheet that cannot be imported as it is.

    `mapping` is how it was read, and `counts` its rows, if it got that far; `sheets` are what it holds.
    """

    def __init__(
        self,
        city: str,
        problems: Sequence[Problem],
        mapping: InventoryMapping | None = None,
        counts: Mapping[str, RowCounts] | None = None,
        sheets: Sequence[Sheet] = (),
    ) -> None:
        super().__init__(city, problems)
        self.mapping, self.counts, self.sheets = mapping, counts or {}, sheets


def import_city(
    name: str,
    source: Path | None = None,
    *,
    city_block: Mapping[str, Any],
    force: bool = False,
    mapping: Path | None = None,
    without_personal: bool = False,
) -> ImportReport:
    """Create ``data/raw/<name>`` from a spreadsheet; without one, with empty files.

    Parameters
    ----------
    name : str
        Name of the city's folder.
    source : pathlib.Path, optional
        An inventory as CSV, XLSX or ODS, or the filled template. It is copied to ``source/`` as it is.
    city_block : mapping
        ``name_id``, ``name_en``, ``province_id``, ``province_en``, ``synthetic``.
    force : bool
        Whether a city of that name may be replaced. Its other raw files stay unless the source has records
        for them.
    mapping : pathlib.Path, optional
        An edited ``mapping.yaml``; without one, columns and spellings are mapped as proposed.
    without_personal : bool
        Whether the copy of the source is made without what looks personal in it.

    Returns
    -------
    ImportReport
        With warnings about the spreadsheet, each naming sheet, row and column.

    Raises
    ------
    CityRefusedError
        When `name` is not a valid name, or exists and `force` is not given; nothing has been read then.
    ImportRefusedError
        When anything is wrong with the spreadsheet, the mapping or the city block, naming everything at once.
        Nothing is created then; see `save_draft`.
    """
    city = city_packages.vacant(name, force=force)
    if source and not mapping:
        city_packages.require_unedited(city)
    data, read = b"", _Read()
    try:
        if source:
            data = spreadsheets.load(source)
            read.sheets = spreadsheets.read(data, source.name, recognise)
            _read_source(read, source.name, mapping)
            read.problems += check_sheets(read.frames, read.problems, city, city_block)
    except UnreadableError as refusal:
        read.problems.append(refusal.problem)
        if source and refusal.problem.kind == "no_table" and not mapping:
            read.mapping = blank(source.name)
    if copied := list(_copied(read, name)):
        read.problems += copied
        city_block = {**city_block, "synthetic": True}
    if wrong := incomplete(city_block):
        read.problems.append(Problem("descriptor.city", DESCRIPTOR, expected=", ".join(wrong)))
    if read.inventory:
        read.problems = [part for one in read.problems for part in relocated(one, read.inventory)]
    read.problems += personal_cells.personal_cells(read.sheets, name)
    if errors := [problem for problem in read.problems if not problem.is_warning]:
        warnings = [problem for problem in read.problems if problem.is_warning]
        raise ImportRefusedError(name, [*errors, *warnings], read.mapping, read.counts, read.sheets)
    copy = _copy(source, data, read.sheets, without_personal=without_personal) if source else None
    aside = city_packages.create(
        city,
        read.frames,
        city_block,
        source=copy,
        mapping=mapping_files.write(read.mapping) if read.mapping else "",
    )
    records = {file: len(frame) for file, frame in read.frames.items()}
    kind = (read.mapping, read.problems, read.counts, read.sheets)
    return ImportReport(name, city.raw, records, *kind, copy[0] if copy else "", aside)


def _copy(source: Path, data: bytes, sheets: Sequence[Sheet], *, without_personal: bool) -> tuple[str, bytes]:
    """Return name and content of the copy that is kept of a source: as it is, or without personal data."""
    if not without_personal:
        return source.name, data
    return f"{source.stem}.xlsx", personal_cells.without_personal(sheets)


def _read_source(read: _Read, file: str, chosen: Path | None) -> None:
    tables, read.problems = find_sheets(read.sheets)
    choices = _choices(read, chosen) if chosen else None
    if chosen and choices is None:
        return  # what the mapping settles would be reported again
    if "applications" in tables or not tables:
        _read_applications(read, tables, choices)
    for name, table in tables.items():
        if name != "applications" and table.rows:
            read.frames[name], found = read_sheet(table, name)
            read.counts[name] = count_rows(table)
            read.problems += found
    if all(len(read.frames.get(name, ())) for name in EITHER):
        read.problems.append(
            ImportProblem("both", read.frames[EITHER[1]].attrs["sheet"], expected=", ".join(EITHER))
        )
    elif not any(len(frame) for frame in read.frames.values()) and not _is_told(read, "counts"):
        read.problems.append(ImportProblem("no_records", file, is_warning=bool(tables)))


def _is_told(read: _Read, kind: str) -> bool:
    return any(problem.kind == kind for problem in read.problems)


def _choices(read: _Read, chosen: Path) -> InventoryMapping | None:
    """Return the choices in a mapping file, None if it is not one; record what is wrong with it."""
    try:
        choices, wrong = mapping_files.read(chosen)
    except UnreadableError as refusal:
        choices, wrong = None, [refusal.problem]
    read.problems += wrong
    return choices


def _read_applications(read: _Read, tables: Mapping[str, Table], choices: InventoryMapping | None) -> None:
    """Read the inventory: the template's sheet, or the one that looks most like an inventory."""
    table = tables.get("applications")
    if table is None:
        table, odd = find_inventory(read.sheets, choices)
        read.problems += odd
    if not table.rows:
        return
    table = join_ticks(table, {choice.heading for choice in choices.columns.values()} if choices else ())
    if counts := told_counts(table):
        read.problems += counts
        return
    table, absent = leave_out_absences(table, propose(table, choices))
    read.problems += absent
    read.inventory, read.counts["applications"] = table, count_rows(table)
    read.mapping = propose(table, choices)
    if _is_told(read, "sheets_alike") or _is_told(read, "sheets_unowned"):
        read.mapping = replace(read.mapping, sheet="", header_row=0)  # for somebody to choose
    read.problems = tell_groups(read.problems, table, read.mapping)
    read.problems += _guesses(table, read.mapping, set(choices.columns) if choices else set())
    read.frames["applications"], found = read_inventory(table, read.mapping)
    read.problems += found


def _copied(read: _Read, name: str) -> Iterator[Problem]:
    """Warn of an inventory that is mostly a copy of a synthetic city's."""
    inventory = read.frames.get("applications", pd.DataFrame(columns=["name", "owner"]))
    records = inventory[["name", "owner"]].drop_duplicates()
    for other in map(City, cities.known(), repeat(cities.project_root())):
        if other.name != name and city_packages.is_described(other) and other.is_synthetic:
            known = raw.read_folder(other.raw, other.name).frames.get("applications", inventory[:0])
            if 2 * len(records.merge(known[["name", "owner"]].drop_duplicates())) > len(records):
                yield ImportProblem("copied", inventory.attrs["sheet"], found=other.name, is_warning=True)


def _guesses(table: Table, mapping: InventoryMapping, chosen: set[str]) -> Iterator[Problem]:
    """Warn of columns that were recognised by their cells alone."""
    for name, choice in mapping.columns.items():
        column = table.column(choice.heading)
        if column and name not in chosen and is_guessed(mapping, name):
            place = (table.sheet.place, table.header_row, column.place)
            yield ImportProblem("column_guessed", *place, choice.heading, name, is_warning=True)
