"""Results that a city's ``derivations.csv`` asks for, by operations of a closed list, with their lineage."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.language.problems import Problem
from analysis.language.synonyms import nearest
from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import joined
from analysis.results import derivation_form, derivation_rows
from analysis.results.derivation_form import FILE, GROUP, LISTED, NUMBER, Derivation, number
from analysis.results.derivation_rows import LeftOutError, Place, told
from analysis.results.operations import CELLS, CODE, DATE, NO_NUMBERS, NUMBERS, ROWS, SETS, TEXTS

Row = tuple[str, Any, str, str, str, str]
"""A result: key, value, unit, and lineage (file, rows, rule)."""
NOTHING, AND = "none", "+"
"""How a set of names is written: one without members, and between members."""
OF_ROWS = {
    ROWS: derivation_rows.count,
    CELLS: derivation_rows.total,
    TEXTS: derivation_rows.containing,
    CODE: derivation_rows.parent,
}


@dataclass
class Derived:
    """What came of ``derivations.csv``: results in the order of the file, and what is wrong with it."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def derive(package: Package, given: Iterable[Row], unsure: Collection[str] = ()) -> Derived:
    """Compute every derived result that the city's data allow.

    Parameters
    ----------
    given : iterable of Row
        The results that inputs may name.
    unsure : collection of str
        Keys that stand in rows that cannot be used: nothing is told of what needs them.

    Returns
    -------
    Derived
        Its problems are errors where a row is wrong, and warnings where it cannot be computed: of nothing
        there is neither share nor ratio.
    """
    given = list(given)
    solver = _Solver(package, {row[0]: row for row in given}, unsure)
    rows = [row for one in solver.asked.values() if (row := solver.result(one))]
    return Derived(rows, [*solver.problems, *_taken(package, given)])


def _taken(package: Package, given: list[Row]) -> Iterator[Problem]:
    """Tell of derivations that are named like another result, or like a group of them."""
    listed = derivation_form.read(package)
    keys = [*(row[0] for row in given), *(one.key for one in listed)]
    for one in listed:
        others = [key for key in keys if key != one.key]
        alike = (
            key for key in others if f"{key}.".startswith(f"{one.key}.") or one.key.startswith(f"{key}.")
        )
        taken = one.key if keys.count(one.key) > 1 else next(alike, "")
        if taken:
            yield Problem("cell.taken", FILE, one.row, "key", one.key, taken)


class _Solver:
    """Computes derivations, each after those that it needs."""

    def __init__(self, package: Package, given: Mapping[str, Row], unsure: Collection[str]) -> None:
        self.package, self.given, self.unsure = package, given, unsure
        self.asked = {one.key: one for one in derivation_form.read(package)}
        self.problems: list[Problem] = []
        self._done: dict[str, Row | None] = {}
        self._underway: list[str] = []

    def result(self, one: Derivation) -> Row | None:
        """Return the result of a derivation; None where there is none, which `problems` tells of."""
        if one.key not in self._done:
            self._underway.append(one.key)
            try:
                self._done[one.key] = self._compute(one)
            except LeftOutError as reason:
                self._done[one.key] = None
                self.problems += [reason.problem] if reason.problem else []
            self._underway.pop()
        return self._done[one.key]

    def _compute(self, one: Derivation) -> Row:
        wrong = list(derivation_form.problems(one, self.package))
        self.problems += wrong
        if any(not problem.is_warning for problem in wrong):
            raise LeftOutError
        value, places = self._value(one)
        file, rows = joined(places or [(FILE, str(one.row))])
        return (one.key, value, one.unit, file, rows, one.rule)

    def _value(self, one: Derivation) -> tuple[Any, list[Place]]:
        if one.how.takes == NUMBERS:
            return self._of_numbers(one)
        if one.how.takes == DATE:
            return self._year(one)
        if one.how.takes == SETS:
            return self._of_sets(one)
        return OF_ROWS[one.how.takes](one, self.package)

    def _of_numbers(self, one: Derivation) -> tuple[Any, list[Place]]:
        numbers: list[float] = []
        names: list[str] = []
        places: list[Place] = []
        for text in one.inputs:
            if NUMBER.fullmatch(text):
                numbers.append(number(text))
                names.append(text)
                continue
            for key in self._keys(one, text):
                _, value, unit, file, rows, _ = self._named(one, key)
                if unit in NO_NUMBERS:
                    raise told("cell.input_unit", one, key, unit)
                numbers.append(value)
                names.append(key.rsplit(".", 1)[-1])
                places.append((file, rows))
        try:
            return one.how.compute(numbers, names), places
        except ZeroDivisionError:
            raise told("cell.divisor", one, " ".join(one.inputs), is_warning=True) from None

    def _year(self, one: Derivation) -> tuple[int, list[Place]]:
        _, value, unit, file, rows, _ = self._named(one, one.inputs[0])
        if unit != "date":
            raise told("cell.input_date", one, one.inputs[0], unit)
        return int(str(value)[:4]), [(file, rows)]

    def _of_sets(self, one: Derivation) -> tuple[Any, list[Place]]:
        found = [self._members(one, text) for text in one.inputs]
        value = one.how.compute([names for names, _ in found])
        places = [place for _, places in found for place in places]
        return (AND.join(value) or NOTHING) if isinstance(value, list) else value, places

    def _members(self, one: Derivation, text: str) -> tuple[list[str], list[Place]]:
        """Return the names in a column, in a list, or at the ends of a group of keys."""
        if match := LISTED.fullmatch(text):
            return derivation_rows.listed(one, match["name"], self.package)
        if not GROUP.fullmatch(text):
            return derivation_rows.members(one, text, self.package)
        keys = self._keys(one, text)
        rows = [self._named(one, key) for key in keys]
        return [key[len(text) - 1 :] for key in keys], [(row[3], row[4]) for row in rows]

    def _keys(self, one: Derivation, text: str) -> list[str]:
        """Return the keys that an input stands for: itself, or those that begin as a group does."""
        match = GROUP.fullmatch(text)
        if not match:
            return [text]
        keys = [key for key in {**self.given, **self.asked} if key.startswith(match[1]) and key != one.key]
        if not keys:
            is_unsure = any(key.startswith(match[1]) for key in self.unsure)
            raise LeftOutError if is_unsure else told("cell.result", one, text)
        return keys

    def _named(self, one: Derivation, key: str) -> Row:
        if key in self.given:
            return self.given[key]
        if key in self._underway:
            circle = [*self._underway[self._underway.index(key) :], key]
            raise told("cell.circle", one, key, " → ".join(circle))
        if key in self.asked:
            if row := self.result(self.asked[key]):
                return row
            raise LeftOutError
        if key in self.unsure:
            raise LeftOutError
        near = nearest(key, sorted({*self.given, *self.asked} - {one.key}))
        raise told("cell.result", one, key, near=near)
