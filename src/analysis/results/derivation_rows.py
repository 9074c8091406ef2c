"""Derivations from the rows of raw files: counts, sums, words looked for, parents, members of sets.

Each function returns a value and the raw rows that it follows from, or raises a `LeftOutError`.
"""

import re

import pandas as pd

from analysis.language.problems import Problem
from analysis.language.synonyms import nearest
from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import row_ranges
from analysis.results.derivation_form import COLUMN, FILE, NUMBER, Derivation, number

Place = tuple[str, str]
"""Raw file and rows."""
NUMBERS_ONLY = "12, 12.5"


class LeftOutError(Exception):
    """A derivation cannot be computed; `problem` says why, unless that is told elsewhere."""

    def __init__(self, problem: Problem | None = None) -> None:
        self.problem = problem
        super().__init__(problem)


def told(
    kind: str, one: Derivation, found: str, expected: str = "", *, is_warning: bool = False, near: str = ""
) -> LeftOutError:
    """Return the error that says what is wrong with an input of a derivation."""
    return LeftOutError(Problem(kind, FILE, one.row, "inputs", found, expected, is_warning, near))


def count(one: Derivation, package: Package) -> tuple[int, list[Place]]:
    """Count the rows of a raw file that meet the conditions."""
    chosen = _chosen(one, package, one.file)
    return len(chosen), [_place(one.file, chosen, package)]


def total(one: Derivation, package: Package) -> tuple[float, list[Place]]:
    """Add up the numbers in a column, of the rows that meet the conditions."""
    chosen = _chosen(one, package, one.file)
    cells = [str(cell) for cell in chosen[_column(one.inputs[0])]]
    odd = next((cell for cell in cells if not NUMBER.fullmatch(cell)), None)
    if odd is not None:
        raise told("cell.input_form", one, odd, NUMBERS_ONLY)
    return sum(map(number, cells)), [_place(one.file, chosen, package)]


def containing(one: Derivation, package: Package) -> tuple[int, list[Place]]:
    """Count the rows that have one of the words in one of the columns, in upper or lower case."""
    frame = _chosen(one, package, one.file)
    parts = (re.escape(word).replace(r"\*", r"\w*") for word in one.words)
    word = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
    rows = frame[[_column(text) for text in one.inputs]].astype("str").to_numpy().tolist()
    chosen = frame[[any(map(word.search, cells)) for cells in rows]]
    return len(chosen), [_place(one.file, chosen, package)]


def parent(one: Derivation, package: Package) -> tuple[str, list[Place]]:
    """Return the code of the framework one level up from a code."""
    framework = package["framework"]
    inner = framework[framework["parent"] != ""]
    chosen = inner[inner["code"] == one.inputs[0]]
    if chosen.empty:
        near = nearest(one.inputs[0], inner["code"].tolist())
        raise told("cell.reference", one, one.inputs[0], "framework.csv", near=near)
    return str(chosen["parent"].iloc[0]), [("framework.csv", row_ranges(chosen.index))]


def members(one: Derivation, text: str, package: Package) -> tuple[list[str], list[Place]]:
    """Return what a column holds, each text once, of the rows that meet the conditions about its file."""
    file = text.split(".csv", maxsplit=1)[0]
    chosen = _chosen(one, package, file)
    return list(dict.fromkeys(map(str, chosen[_column(text)]))), [_place(file, chosen, package)]


def listed(one: Derivation, name: str, package: Package) -> tuple[list[str], list[Place]]:
    """Return the items of a list of ``lists.csv``, each once."""
    if "lists" not in package:
        raise told("cell.no_records", one, "lists.csv", is_warning=True)
    frame = package["lists"]
    chosen = frame[frame["list"] == name]
    if chosen.empty:
        near = nearest(name, frame["list"].tolist())
        raise told("cell.reference", one, name, "lists.csv", near=near)
    return list(dict.fromkeys(map(str, chosen["item"]))), [("lists.csv", row_ranges(chosen.index))]


def _chosen(one: Derivation, package: Package, file: str) -> pd.DataFrame:
    if file not in package:
        raise told("cell.no_records", one, f"{file}.csv", is_warning=True)
    frame = package[file]
    for condition in one.conditions:
        if condition.file == file:
            is_one = frame[condition.column].astype("str").isin(condition.values)
            frame = frame[is_one != condition.is_not]
    return frame


def _column(text: str) -> str:
    match = COLUMN.fullmatch(text)
    return match["column"] if match else ""


def _place(file: str, chosen: pd.DataFrame, package: Package) -> Place:
    """Return the rows that were chosen; where none was, all that there were to choose from."""
    return f"{file}.csv", row_ranges(chosen.index if len(chosen) else package[file].index)
