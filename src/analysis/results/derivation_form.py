"""Read ``derivations.csv``: what each row asks for, and what is wrong with how it is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.language.problems import Problem
from analysis.language.synonyms import nearest
from analysis.raw_data.raw import Package
from analysis.raw_data.schemas import PRINTED, columns_of, schemas
from analysis.results.operations import (
    CELLS,
    CODE,
    DATE,
    FORMS,
    NO_NUMBERS,
    NUMBERS,
    OPERATIONS,
    ROWS,
    SETS,
    TEXTS,
    Operation,
)

FILE = "derivations.csv"
NO_SOURCES = (*PRINTED, "derivations")
"""Raw files that no result is computed from: what a source prints is there to be checked."""
NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")
GROUP = re.compile(r"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*\.)\*")
COLUMN = re.compile(r"(?P<file>\w+)\.csv:(?P<column>\w+)")
LISTED = re.compile(r"list:(?P<name>\w+(?:\.\w+)*)")
"""A list of ``lists.csv``, by its name."""
_KEY = r"(?!.*\.csv$)[a-z][a-z0-9_]*(\.[a-z0-9_]+)+"
WRITTEN = {
    NUMBERS: re.compile(rf"{NUMBER.pattern}|{GROUP.pattern}|{_KEY}"),
    DATE: re.compile(_KEY),
    ROWS: re.compile(r"\w+\.csv"),
    CELLS: COLUMN,
    TEXTS: COLUMN,
    CODE: re.compile(r"[a-z][a-z0-9_]*"),
    SETS: re.compile(rf"{COLUMN.pattern}|{GROUP.pattern}|{LISTED.pattern}"),
}
"""How an input is written, by what the operation takes."""
CLAUSE = re.compile(r"(?:(?P<file>\w+)\.csv:)?(?P<column>\w+)\s*(?P<sign>!?=)(?P<values>.*)", re.DOTALL)
CLAUSES, VALUES = ";", "|"


@dataclass(frozen=True)
class Condition:
    """What rows of a raw file must hold in a column: one of `values`, or, if `is_not`, none of them."""

    file: str
    column: str
    values: tuple[str, ...]
    is_not: bool


@dataclass(frozen=True)
class Derivation:
    """One row of ``derivations.csv``, its inputs and conditions taken apart."""

    row: int
    key: str
    operation: str
    inputs: tuple[str, ...]
    condition: str
    unit: str

    @property
    def how(self) -> Operation:
        """What is known of its operation."""
        return OPERATIONS[self.operation]

    @property
    def file(self) -> str:
        """Name of the raw file that its first input is about, without ``.csv``; "" if it is about none."""
        first = self.inputs[0]
        return first.split(".csv", maxsplit=1)[0] if ".csv" in first else ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that it looks for."""
        return tuple(word for word in map(str.strip, self.condition.split(VALUES)) if word)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions that rows must meet; what is no condition is left out (`problems` tells of it)."""
        if self.how.takes == TEXTS:
            return ()
        matches = filter(None, map(CLAUSE.fullmatch, self.clauses))
        return tuple(
            Condition(
                match["file"] or self.file,
                match["column"],
                tuple(map(str.strip, match["values"].split(VALUES))),
                match["sign"] == "!=",
            )
            for match in matches
        )

    @property
    def clauses(self) -> list[str]:
        """The parts of its condition."""
        return [part for part in map(str.strip, self.condition.split(CLAUSES)) if part]

    @property
    def rule(self) -> str:
        """What is done, in no language: ``operation(inputs; conditions)``."""
        parts = [" ".join(self.inputs)]
        if self.how.takes == TEXTS:
            parts.append(VALUES.join(self.words))
        for one in self.conditions:
            column = one.column if one.file == self.file else f"{one.file}.csv:{one.column}"
            parts.append(f"{column}{'!=' if one.is_not else '='}{VALUES.join(one.values)}")
        return f"{self.operation}({f'{CLAUSES} '.join(parts)})"


def read(package: Package) -> list[Derivation]:
    """Return the rows of ``derivations.csv`` whose operation is known and that name any input."""
    if "derivations" not in package:
        return []
    frame = package["derivations"]
    cells = frame[["key", "operation", "inputs", "condition", "unit"]].itertuples(name=None)
    return [
        Derivation(row, key, operation, tuple(inputs.split()), condition, unit)
        for row, key, operation, inputs, condition, unit in cells
        if operation in OPERATIONS and inputs.split()
    ]


def number(text: str) -> float:
    """Return the number that a text writes: a whole one unless it has a decimal point."""
    return float(text) if "." in text else int(text)


def problems(one: Derivation, package: Package) -> Iterator[Problem]:
    """Yield what is wrong with how a derivation is written, whatever its inputs may be."""
    if not one.how.least <= len(one.inputs) <= one.how.most:
        least, most = one.how.least, one.how.most
        expected = str(least) if least == most else f"≥ {least}"
        yield Problem("cell.inputs", FILE, one.row, "inputs", str(len(one.inputs)), expected)
    for text in one.inputs:
        if not WRITTEN[one.how.takes].fullmatch(text):
            yield Problem("cell.input_form", FILE, one.row, "inputs", text, FORMS[one.how.takes])
        elif ".csv" in text:
            yield from _check_place(one, "inputs", *text.split(".csv"))
            if one.how.takes == TEXTS and not text.startswith(f"{one.file}.csv"):
                yield Problem("cell.input_form", FILE, one.row, "inputs", text, f"{one.file}.csv:column")
    yield from _check_condition(one, package)
    wrong = one.unit != one.how.unit if one.how.unit else one.unit in NO_NUMBERS
    if wrong:
        yield Problem(
            "cell.unit_of", FILE, one.row, "unit", one.unit, one.how.unit or "person, Mbps, ratio, …"
        )


def _check_place(one: Derivation, cell: str, file: str, column: str) -> Iterator[Problem]:
    """A raw file that results may be computed from is called so, and has a column called so."""
    column = column.removeprefix(":")
    usable = [name for name in schemas() if name not in NO_SOURCES]
    if file not in usable:
        near = nearest(file, usable)
        listed = ", ".join(f"{name}.csv" for name in usable)
        place = (FILE, one.row, cell, f"{file}.csv", listed)
        yield Problem("cell.reference", *place, nearest=near and f"{near}.csv")
    elif column and column not in columns_of(file):
        near = nearest(column, columns_of(file))
        yield Problem("cell.reference", FILE, one.row, cell, column, f"{file}.csv", nearest=near)


def _check_condition(one: Derivation, package: Package) -> Iterator[Problem]:
    if not one.condition.strip():
        if one.how.condition == "must":
            yield Problem("cell.required", FILE, one.row, "condition")
        return
    if not one.how.condition:
        yield Problem("cell.condition_unused", FILE, one.row, "condition", one.condition, one.operation)
        return
    if one.how.takes == TEXTS:
        return
    for part in one.clauses:
        if not CLAUSE.fullmatch(part):
            yield Problem("cell.condition", FILE, one.row, "condition", part)
    about = {text.split(".csv")[0] for text in one.inputs}
    for condition in one.conditions:
        if condition.file not in about:
            yield Problem("cell.condition", FILE, one.row, "condition", f"{condition.file}.csv")
            continue
        place = list(_check_place(one, "condition", condition.file, condition.column))
        yield from place
        if not place and condition.file in package:
            yield from _check_values(one, condition, package)


def _check_values(one: Derivation, condition: Condition, package: Package) -> Iterator[Problem]:
    """A value looked for is one that the column may have, and none that it has, misspelt."""
    fields = {field["name"]: field for field in schemas()[condition.file]["schema"]["fields"]}
    codes = fields[condition.column].get("constraints", {}).get("enum")
    there = list(dict.fromkeys(map(str, package[condition.file][condition.column])))
    for value in condition.values:
        if value not in (codes or there) and (codes or nearest(value, there)):
            near = nearest(value, codes or there)
            place = (FILE, one.row, "condition", value, f"{condition.file}.csv:{condition.column}")
            yield Problem("cell.reference", *place, is_warning=not codes, nearest=near)
