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
from analysis.intake.dittos import fill_dittos
from analysis.intake.import_records import read_inventory, read_sheet, tell_groups
from analysis.intake.inventory_tables import find_inventory, relocated
from analysis.intake.mapping import FIELDS, ColumnChoice, InventoryMapping, is_guessed
from analysis.intake.proposing import propose
from analysis.intake.sheet_tables import Table
from analysis.intake.sheets import ImportProblem, Sheet, UnreadableError
from analysis.intake.template_import import find_sheets
from analysis.intake.tick_columns import join_ticks, told_counts
from analysis.language.problems import Problem, RawDataError
from analysis.project import cities
from analysis.project.cities import City
from analysis.raw_data import raw
from analysis.raw_data.package_form import DESCRIPTOR, incomplete
from analysis.tables.applications import EITHER


@dataclass
class ImportReport:
    """What an import read of a spreadsheet and made of it.

    `frames` are the records by raw file, `counts` the rows of each as `Table.counts` has them, `mapping` how
    the inventory was read; `copied` is the name of the source's copy, and `aside` are copies of what was
    replaced.
    """

    city: str
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    mapping: InventoryMapping | None = None
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    sheets: list[Sheet] = field(default_factory=list)
    inventory: Table | None = None
    copied: str = ""
    aside: Sequence[Path] = ()

    @property
    def folder(self) -> Path:
        """The city's raw package."""
        return City(self.city, cities.project_root()).raw

    @property
    def warnings(self) -> list[Problem]:
        """Those of the problems with which the spreadsheet can be used nevertheless."""
        return [problem for problem in self.problems if problem.is_warning]

    @property
    def records(self) -> dict[str, int]:
        """The number of records by raw file."""
        return {name: len(frame) for name, frame in self.frames.items()}

    def tells(self, *kinds: str) -> bool:
        """Return whether there is a problem of some kinds."""
        return any(problem.kind in kinds for problem in self.problems)


class ImportRefusedError(RawDataError):
    """A spreadsheet that cannot be imported as it is; `read` is how far it got."""

    def __init__(self, read: ImportReport) -> None:
        super().__init__(read.city, sorted(read.problems, key=lambda problem: problem.is_warning))
        self.read = read


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
        Block ``city`` of the descriptor.
    force : bool
        Whether a city of that name may be replaced. Its other raw files stay unless the source has records
        for them.
    mapping : pathlib.Path, optional
        An edited ``mapping.yaml``; without one, columns and spellings are mapped as proposed.
    without_personal : bool
        Whether the copy of the source is made without what looks personal in it.

    Raises
    ------
    CityRefusedError
        When `name` is not a valid name, or exists and `force` is not given; nothing has been read then.
    ImportRefusedError
        When anything is wrong with the spreadsheet, the mapping or the city block, naming everything at once.
        Nothing is created then.
    """
    city = city_packages.vacant(name, force=force)
    if source and not mapping:
        city_packages.require_unedited(city)
    data, read = b"", ImportReport(name)
    try:
        if source:
            data = spreadsheets.load(source)
            read.sheets = spreadsheets.read(data, source.name)
            _read_source(read, source.name, mapping)
            read.problems += check_sheets(read.frames, read.problems, city, city_block)
    except UnreadableError as refusal:
        read.problems.append(refusal.problem)
        if source and refusal.problem.kind == "no_table" and not mapping:
            read.mapping = InventoryMapping(source.name, columns=dict.fromkeys(FIELDS, ColumnChoice()))
    if copied := list(_copied(read)):
        read.problems += copied
        city_block = {**city_block, "synthetic": True}
    if wrong := incomplete(city_block):
        read.problems.append(Problem("descriptor.city", DESCRIPTOR, expected=", ".join(wrong)))
    if read.inventory:
        read.problems = [part for one in read.problems for part in relocated(one, read.inventory)]
    read.problems += personal_cells.personal_cells(read.sheets, name)
    if len(read.warnings) < len(read.problems):
        raise ImportRefusedError(read)
    copy = None
    if source and without_personal:
        copy = (f"{source.stem}.xlsx", personal_cells.without_personal(read.sheets))
    elif source:
        copy = (source.name, data)
    written = mapping_files.write(read.mapping) if read.mapping else ""
    read.aside = city_packages.create(city, read.frames, city_block, source=copy, mapping=written)
    read.copied = copy[0] if copy else ""
    return read


def _read_source(read: ImportReport, file: str, chosen: Path | None) -> None:
    tables, read.problems = find_sheets(read.sheets)
    choices = None
    if chosen:
        try:
            choices, wrong = mapping_files.read(chosen)
        except UnreadableError as refusal:
            read.problems.append(refusal.problem)
            return  # what the mapping settles would be reported again
        read.problems += wrong
    if "applications" in tables or not tables:
        _read_applications(read, tables.get("applications"), choices)
    for name, table in tables.items():
        if name != "applications" and table.rows:
            read.frames[name], found = read_sheet(table, name)
            read.counts[name] = table.counts
            read.problems += found
    if all(len(read.frames.get(name, ())) for name in EITHER):
        sheet = read.frames[EITHER[1]].attrs["sheet"]
        read.problems.append(ImportProblem("both", sheet, expected=", ".join(EITHER)))
    elif not any(read.records.values()) and not read.tells("counts"):
        read.problems.append(ImportProblem("no_records", file, is_warning=bool(tables)))


def _read_applications(read: ImportReport, table: Table | None, choices: InventoryMapping | None) -> None:
    """Read the inventory: the template's sheet, or the one that looks most like an inventory."""
    if table is None:
        table, odd = find_inventory(read.sheets, choices)
        read.problems += odd
    if not table.rows:
        return
    kept = {choice.heading for choice in choices.columns.values()} if choices else ()
    table, unclear = join_ticks(table, kept)
    read.problems += unclear
    if counts := told_counts(table):
        read.problems += counts
        return
    proposed = propose(table, choices)
    table, repeated = fill_dittos(table, proposed)
    table, absent = leave_out_absences(table, proposed)
    read.problems += [*repeated, *absent]
    read.inventory, read.counts["applications"] = table, table.counts
    read.mapping = propose(table, choices)
    if read.tells("sheets_alike", "sheets_unowned"):
        read.mapping = replace(read.mapping, sheet="", header_row=0)  # for somebody to choose
    read.problems = tell_groups(read.problems, table, read.mapping)
    read.problems += _guesses(table, read.mapping, set(choices.columns) if choices else set())
    read.frames["applications"], found = read_inventory(table, read.mapping)
    read.problems += found


def _copied(read: ImportReport) -> Iterator[Problem]:
    """Warn of an inventory that is mostly a copy of a synthetic city's."""
    inventory = read.frames.get("applications", pd.DataFrame(columns=["name", "owner"]))
    records = inventory[["name", "owner"]].drop_duplicates()
    for other in map(City, cities.known(), repeat(cities.project_root())):
        if other.name != read.city and city_packages.is_described(other) and other.is_synthetic:
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
