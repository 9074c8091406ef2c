"""Read a city's raw data package: every cell as text, then parsed strictly by its column's type."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import cities
from analysis.cities import City
from analysis.problems import Problem, RawDataError

FIRST_ROW = 2
"""Row number of the first record as a spreadsheet shows it: the header is row 1."""
NEITHER_COMMA_NOR_NEWLINE = bytes(set(range(256)) - set(b",\n"))


@dataclass(frozen=True)
class Package:
    """A city's raw files as frames whose index is the row number in the file."""

    city: City
    descriptor: Mapping[str, Any]
    resources: Mapping[str, Mapping[str, Any]]
    frames: Mapping[str, pd.DataFrame]

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return the frame of the file called `name` (without ``.csv``)."""
        return self.frames[name]

    def sources(self, name: str) -> list[dict[str, str]]:
        """Return the sources of a file: ``title`` in Indonesian and ``title_en`` in English."""
        return list(self.resources[name]["sources"])

    @property
    def is_synthetic(self) -> bool:
        """Whether the data are made up, for teaching or tests."""
        return cities.is_synthetic(self.descriptor)

    def __contains__(self, name: str) -> bool:
        """Tell whether the city has a file called `name` with any record in it."""
        return name in self.frames and not self.frames[name].empty


def load(city: str) -> Package:
    """Read the raw package of `city`, with the conceptual framework that all cities share.

    Parameters
    ----------
    city : str
        Name of a folder below ``data/raw``.

    Returns
    -------
    Package
        One frame a file, columns as in its Table Schema; text stays text ("NA" is a name, "007" keeps its
        zeros), integer columns are ``int64``, an empty cell is "".

    Raises
    ------
    UnknownCityError
        When `city` has no raw package.
    RawDataError
        When a file is missing, differs from its recorded SHA-256, or holds a cell that its type forbids.
    """
    place = cities.find(city)
    problems: list[Problem] = []
    frames: dict[str, pd.DataFrame] = {}
    described: dict[str, Mapping[str, Any]] = {}
    for folder in (place.framework, place.raw):
        for resource in cities.resources(folder):
            described[resource["name"]] = resource
            frame = _read_resource(folder, resource, problems)
            if frame is not None:
                frames[resource["name"]] = frame
    if problems:
        raise RawDataError(place.name, problems)
    return Package(place, place.descriptor, described, frames)


def list_files(package: Package) -> pd.DataFrame:
    """List the raw files of a package.

    Returns
    -------
    pandas.DataFrame
        One row a file; columns ``file``, ``title``, ``title_en``, ``records``, ``fields`` (numbers of rows
        and columns) and ``hash``.
    """
    return pd.DataFrame(
        {
            "file": resource["path"],
            "title": resource["title"],
            "title_en": resource["title_en"],
            "records": len(package[name]),
            "fields": len(resource["schema"]["fields"]),
            "hash": resource["hash"],
        }
        for name, resource in package.resources.items()
    )


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file as Frictionless writes it: ``sha256:<hex>``."""
    return _sha256(path.read_bytes())


def _sha256(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _read_resource(folder: Path, resource: Mapping[str, Any], problems: list[Problem]) -> pd.DataFrame | None:
    path = folder / resource["path"]
    if not path.is_file():
        problems.append(Problem("file.missing", file=path.name))
        return None
    content = path.read_bytes()
    if _sha256(content) != resource["hash"]:
        problems.append(Problem("file.hash", file=path.name))
        return None
    fields = resource["schema"]["fields"]
    try:
        if wrong := list(_misshapen(content, [field["name"] for field in fields], path.name)):
            problems.extend(wrong)
            return None
        frame = pd.read_csv(io.BytesIO(content), dtype="str", na_filter=False, skip_blank_lines=False)
    except (UnicodeDecodeError, csv.Error) as error:
        problems.append(Problem("file.unreadable", file=path.name, found=str(error)))
        return None
    frame.index = pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(frame), name="row")
    for field in fields:
        if parse := PARSERS.get(field["type"]):
            frame[field["name"]] = parse(frame[field["name"]], path.name, problems)
    return frame


def _misshapen(content: bytes, names: list[str], file: str) -> Iterator[Problem]:
    """Tell whether the columns are not those named, else which records do not have one cell a column.

    Raises
    ------
    UnicodeDecodeError, csv.Error
        When this is no CSV in UTF-8, quoted where it must be.
    """
    if b"\0" in content:
        raise csv.Error("NUL")
    records = csv.reader(io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline=""), strict=True)
    header = next(records, [])
    if header != names:
        yield Problem("file.columns", file=file, found=", ".join(header), expected=", ".join(names))
        return
    if _is_plain(content, len(names)):
        return
    for row, record in enumerate(records, start=FIRST_ROW):
        if not record:
            yield Problem("row.blank", file, row)
        elif len(record) < len(names):
            yield Problem("row.missing_cell", file, row, names[len(record)])
        elif len(record) > len(names):
            yield Problem("row.extra_cell", file, row, found=", ".join(record[len(names) :]))


def _is_plain(content: bytes, width: int) -> bool:
    """Tell whether every line holds `width` cells, none quoted; that is found without reading the cells."""
    if width < 2 or b'"' in content or b"\r" in content or not content.endswith(b"\n"):
        return False
    shape = content.translate(None, delete=NEITHER_COMMA_NOR_NEWLINE)
    return shape == (b"," * (width - 1) + b"\n") * shape.count(b"\n")


def _parsed(
    pattern: re.Pattern[str], number: type[int] | type[float], kind: str
) -> Callable[[pd.Series, str, list[Problem]], pd.Series]:
    """Return a parser of columns whose cells must match `pattern` throughout."""

    def parse(cells: pd.Series, file: str, problems: list[Problem]) -> pd.Series:
        wrong = cells[cells.isin([cell for cell in cells.unique() if not pattern.fullmatch(cell)])]
        problems.extend(
            Problem(f"cell.type.{kind}", file=file, row=int(str(row)), column=str(cells.name), found=cell)
            for row, cell in wrong.items()
        )
        return cells if len(wrong) else cells.map(number).astype(number)

    return parse


def _dates(cells: pd.Series, file: str, problems: list[Problem]) -> pd.Series:
    """Check that every cell that is not empty is a date ``YYYY-MM-DD``; dates stay text."""
    wrong = cells[cells.isin([cell for cell in cells.unique() if cell and not is_date(cell)])]
    for row, cell in wrong.items():
        problems.append(Problem("cell.type.date", file, int(str(row)), str(cells.name), cell))
    return cells


def is_date(cell: str) -> bool:
    """Tell whether a cell is a date of the calendar, written ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


PARSERS = {
    "date": _dates,
    "integer": _parsed(re.compile(r"[+-]?\d+"), int, "integer"),
    "number": _parsed(re.compile(r"[+-]?\d+(\.\d+)?"), float, "number"),
}
