"""Read a city's raw data package: every cell as text, then parsed strictly by its column's type."""

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.language.labels import LANGUAGES, known_language
from analysis.language.problems import Problem, RawDataError
from analysis.project import cities
from analysis.project.cities import City
from analysis.raw_data import languages, named_city
from analysis.raw_data.csv_form import FIRST_ROW, malformed, numbered, uneven_rows
from analysis.raw_data.schemas import columns_of, schemas

TITLE = {"id": "title", "en": "title_en"}
"""The property of a descriptor that holds a title in each language."""


@dataclass(frozen=True)
class Package:
    """A city's raw files as frames whose index is the row number in the file."""

    city: City
    descriptor: Mapping[str, Any]
    """The city's ``datapackage.yaml``."""
    resources: Mapping[str, Mapping[str, Any]]
    """What the descriptors of city and framework say of each file they list, by name without ``.csv``."""
    frames: Mapping[str, pd.DataFrame]
    """A frame of each kind of file by the same name; see `load` for columns and types."""

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return the frame of the file called `name` (without ``.csv``)."""
        return self.frames[name]

    def sources(self, name: str) -> list[dict[str, str]]:
        """Return the sources of a file the city has: ``title`` in Indonesian, ``title_en`` in English."""
        return list(self.resources[name]["sources"]) if name in self.resources else []

    @property
    def is_synthetic(self) -> bool:
        """Whether the data are made up, for teaching or tests."""
        return cities.is_synthetic(self.descriptor)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the city's texts are in."""
        columns = (
            (column, frame[column])
            for name, frame in self.frames.items()
            for column in (f"{stem}_{lang}" for stem in languages.translated(name) for lang in LANGUAGES)
            if column in frame
        )
        return languages.chosen(self.descriptor["city"], columns)

    @cached_property
    def locators(self) -> dict[str, dict[int, str]]:
        """Where in the source each raw row is from, by file and row."""
        return {
            name: dict(zip(frame.index.tolist(), frame["locator"].tolist(), strict=True))
            for name, frame in self.frames.items()
            if "locator" in frame
        }

    def language(self, lang: str) -> str:
        """Return a language that the city's texts are in.

        Raises
        ------
        OneLanguageError
            When they are not in `lang`.
        """
        if known_language(lang) not in self.languages:
            raise languages.OneLanguageError(self.city.name, self.languages)
        return lang

    def __contains__(self, name: str) -> bool:
        """Return whether the city has a file called `name` with at least one record."""
        return name in self.frames and not self.frames[name].empty


def load(city: str) -> Package:
    """Read the raw package of `city`, with the conceptual framework that all cities share.

    There is one frame per kind of file, without rows where the city has none; columns are those of its Table
    Schema. Text stays text ("NA" is a name, "007" keeps its zeros), as do dates (``YYYY-MM-DD``); columns of
    integers are ``int64``, of numbers ``float64``; an empty cell is "".

    Raises
    ------
    UnknownCityError
        When `city` has no raw package.
    RawDataError
        When a file is missing, differs from its recorded SHA-256, or holds a cell that its type forbids.
    """
    package, problems = read(named_city.find(city))
    if problems:
        raise RawDataError(city, problems)
    return package


def read(city: City) -> tuple[Package, list[Problem]]:
    """Read what can be read of a city's raw files, changed ones included, and return what is wrong.

    A file that the city neither has nor lists is treated as one without records.
    """
    shared, own = read_folder(city.framework, city.name), read_folder(city.raw, city.name)
    resources = {**shared.resources, **own.resources}
    present = {*resources, *(path.stem for path in city.raw.glob("*.csv"))}
    blank = {name: without_records(name) for name in schemas() if name not in present}
    package = Package(city, city.descriptor, resources, {**blank, **shared.frames, **own.frames})
    return package, [*shared.problems, *own.problems]


@dataclass
class Folder:
    """The files of a data package: their descriptions, those that could be read, and what is wrong."""

    resources: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_folder(folder: Path, city: str) -> Folder:
    """Read the files of one data package; `city` is named in remedies."""
    found = Folder()
    for resource in cities.resources(folder):
        found.resources[resource["name"]] = resource
        frame = _read_resource(folder, resource, city, found.problems)
        if frame is not None:
            found.frames[resource["name"]] = frame
    return found


def list_files(package: Package) -> pd.DataFrame:
    """List the raw files of a package.

    Columns ``file``, ``title``, ``title_en``, ``records`` and ``fields`` (their numbers), ``hash`` (SHA-256).
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


def unusable(path: Path) -> Problem | None:
    """Return why a raw file cannot be read: it is missing, a link, or a pipe or device."""
    if path.is_symlink():
        return Problem("file.link", path.name)
    if not path.exists():
        return Problem("file.missing", path.name)
    return None if path.is_file() else Problem("file.no_file", path.name)


def _sha256(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()


def _read_resource(
    folder: Path, resource: Mapping[str, Any], city: str, problems: list[Problem]
) -> pd.DataFrame | None:
    path = folder / resource["path"]
    if odd := unusable(path):
        problems.append(odd)
        return None
    content = path.read_bytes()
    if _sha256(content) != resource["hash"]:
        problems.append(Problem("file.hash", file=path.name, expected=city))
    fields = resource["schema"]["fields"]
    names = [one["name"] for one in fields]
    if wrong := malformed(content, names, path.name):
        problems.extend(wrong)
        return None
    if uneven := list(uneven_rows(content, names, path.name)):
        problems.extend(uneven)
        whole = {row: cells for row, cells in numbered(content) if len(cells) == len(names)}
        frame = pd.DataFrame.from_dict(whole, orient="index", columns=names, dtype="str").rename_axis("row")
    else:
        frame = pd.read_csv(io.BytesIO(content), dtype="str", na_filter=False, skip_blank_lines=False)
        frame.index = pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(frame), name="row")
    return parsed(frame, fields, path.name, problems)


def without_records(name: str) -> pd.DataFrame:
    """Return the frame of a raw file without records."""
    frame = pd.DataFrame(columns=columns_of(name), dtype="str").rename_axis("row")
    return parsed(frame, schemas()[name]["schema"]["fields"], f"{name}.csv", [])


def parsed(
    frame: pd.DataFrame, fields: Iterable[Mapping[str, Any]], file: str, problems: list[Problem]
) -> pd.DataFrame:
    """Convert columns of text, in the frame itself, to their types; add odd cells to `problems`.

    A column with a cell of another type stays text.
    """
    for one in fields:
        if parse := PARSERS.get(one["type"]):
            frame[one["name"]] = parse(frame[one["name"]], file, problems)
    return frame


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
    """Check that every non-empty cell is a date ``YYYY-MM-DD``; dates stay text."""
    wrong = cells[cells.isin([cell for cell in cells.unique() if cell and not is_date(cell)])]
    for row, cell in wrong.items():
        problems.append(Problem("cell.type.date", file, int(str(row)), str(cells.name), cell))
    return cells


def is_date(cell: str) -> bool:
    """Return whether a cell is a calendar date, written ``YYYY-MM-DD``."""
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


PARSERS = {
    "date": _dates,
    "integer": _parsed(re.compile(r"[+-]?[0-9]{1,15}"), int, "integer"),
    "number": _parsed(re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]+)?"), float, "number"),
}
