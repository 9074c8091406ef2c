"""A check of the checks: whatever is changed in the raw files must turn the audit or the validation red."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import pandas as pd
import pytest

from analysis.auditing import ledger
from analysis.auditing.checks import SEPARATOR, compare, written
from analysis.checking import validation
from analysis.checking.plausibility import check_plausible
from analysis.language.formats import Result
from analysis.language.problems import RawDataError
from analysis.raw_data import raw
from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import rows_in, separate
from analysis.results import results
from analysis.results.rebuilt_files import Processed
from analysis.tables import applications, context, findings, integrations

ATTRIBUTES = {"table4": "type", "table5": "ownership", "table6": "status"}
NEEDED = ("applications_recap", "findings", "framework", "integrations")
"""Files that the results of every other one are derived with."""
DERIVED = ("metrics", "lists", "informants", "derivations")
"""Files that derived numbers are computed from, beside those."""
COUNTED = ("applications_recap", "informants", "integrations")
"""Files that tables before Table 8 are made from."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True)
class Mutation:
    """One cell of one file with another value, or a row that is left out (value None)."""

    file: str
    row: int
    column: str
    value: str | int | float | None

    def __str__(self) -> str:
        return f"{self.file}:{self.row}:{self.column}={self.value}"

    def apply(self, package: Package) -> Package:
        frame = package[self.file].copy()
        if self.value is None:
            frame = frame.drop(index=self.row)
        else:
            frame.loc[self.row, self.column] = self.value
        return replace(package, frames={**package.frames, self.file: frame})


@cache
def package() -> Package:
    return raw.load("bandung")


def rebuild(changed: Package, file: str = "") -> Processed:
    """Do in memory what the notebooks do; of a change in one file, only what depends on it."""
    before = unchanged() if file else None
    tables, lineages = (
        counted(changed) if before is None or file in COUNTED else (before.tables, before.lineages)
    )
    values, origins = derived(narrowed(changed, file) if file else changed, tables)
    if before:
        values, origins = before.results | values, before.origins | origins
    table8, lineage8 = findings.summarise(changed, values), findings.trace(changed)
    return Processed({**tables, "table8": table8}, {**lineages, "table8": lineage8}, values, origins)


def counted(changed: Package) -> tuple[dict, dict]:
    """Return the tables before Table 8, and their lineages."""
    tables = {name: applications.count_by(changed, attribute) for name, attribute in ATTRIBUTES.items()}
    lineages = {name: applications.trace(changed, attribute) for name, attribute in ATTRIBUTES.items()}
    tables["table2"] = context.snowball_informants(changed)
    lineages["table2"] = context.trace_informants(changed)
    tables["table7"] = integrations.list_integrations(changed)
    lineages["table7"] = integrations.trace(changed)
    return tables, lineages


def noticed_together(mutations: list[Mutation]) -> set[Mutation]:
    """Return the mutations that the audit notices in a few passes, each of them with many.

    Of those in one pass a mutation is noticed for certain if a check comes out unexpectedly that follows, of
    all rows changed there, from its row alone. What is left is tried one by one.
    """
    found: set[Mutation] = set()
    for together in passes(mutations):
        changed, rows = package(), {mutation.row: mutation for mutation in together}
        for mutation in together:
            changed = mutation.apply(changed)
        checks = ledger.audit.verify(changed, rebuild(changed, together[0].file))
        for entry in checks.loc[~checks["is_expected"], "entry"]:
            touched = rows.keys() & rows_behind(together[0].file)[entry]
            found |= {rows[row] for row in touched if len(touched) == 1}
    return found


def issues_missed(mutations: list[Mutation]) -> set[Mutation]:
    """Return the issues whose loss the validation reports, all of them being left out."""
    issues, changed = package()["issues"]["issue"], package()
    for mutation in mutations:
        changed = mutation.apply(changed)
    told = {problem.found for problem in validation.check_across(changed) if not problem.is_warning}
    return {mutation for mutation in mutations if issues[mutation.row] in told}


def passes(mutations: list[Mutation]) -> list[list[Mutation]]:
    """Part mutations so that none shares its row, or its list, with another.

    The only item of a list is left to itself: without it, nothing can be derived.
    """
    frame = package()[mutations[0].file]
    groups = frame["list"] if "list" in frame else frame.index.to_series()
    alone = groups.index[~groups.duplicated(keep=False)] if "list" in frame else ()
    taken = Counter[object]()
    parts: dict[int, list[Mutation]] = {}
    for mutation in mutations:
        if mutation.row not in alone:
            group = groups[mutation.row]
            parts.setdefault(taken[group], []).append(mutation)
            taken[group] += 1
    return list(parts.values())


@cache
def rows_behind(file: str) -> dict[str, set[int]]:
    """Return the rows of a raw file that each check of the unchanged package follows from, by entry."""
    checks = ledger.audit.verify(package(), unchanged())
    found: dict[str, set[int]] = defaultdict(set)
    for entry, files, ranges in checks[["entry", "file", "rows"]].itertuples(index=False):
        readings = zip(files.split(SEPARATOR), ranges.split(SEPARATOR), strict=True)
        for name, rows in (place for reading in readings for place in separate(*reading)):
            if name == f"{file}.csv":
                found[entry].update(rows_in(rows))
    return found


def derived(changed: Package, tables: dict[str, pd.DataFrame]) -> tuple[dict[str, Result], dict]:
    """Return the results by key, and where they come from."""
    by_key = results.derive(changed, tables).set_index("key")
    values = {key: Result(value, unit) for key, value, unit in by_key[["value", "unit"]].itertuples()}
    return values, by_key[["file", "rows", "rule"]].to_dict(orient="index")


def narrowed(changed: Package, file: str) -> Package:
    """Leave out the files whose results do not depend on that one."""
    kept = {file, *NEEDED, *(DERIVED if file in (*DERIVED, *COUNTED) else ())}
    return replace(changed, frames={name: one for name, one in changed.frames.items() if name in kept})


@cache
def unchanged() -> Processed:
    return rebuild(package())


def is_invalid(changed: Package) -> bool:
    return any(not problem.is_warning for problem in validation.check_across(changed))


def is_unexpected(changed: Package, rebuilt: Processed) -> bool:
    return not ledger.audit.verify(changed, rebuilt)["is_expected"].all()


def is_red(mutation: Mutation) -> bool:
    """Tell whether the audit or the validation notices a mutation, by doing no more than it touches."""
    changed = mutation.apply(package())
    if mutation.file == "claims":
        return is_red_alone(changed, mutation.row)
    if mutation.file == "evidence" and matrix(changed) != matrix():
        return True  # The figure of Table 8 shows it.
    try:
        rebuilt = rebuilt_after(changed, mutation.file)
    except RawDataError:
        return True
    if mutation.file == "evidence":  # The coding of a record is a judgement: no printed value depends on one.
        return rebuilt.results != unchanged().results or is_invalid(changed)
    return is_unexpected(changed, rebuilt) or is_invalid(changed)


def matrix(changed: Package | None = None) -> list[list]:
    """Return the evidence by aspect and direction, as the figure of Table 8 shows it."""
    return findings.evidence_matrix(changed or package()).to_numpy().tolist()


def rebuilt_after(changed: Package, file: str) -> Processed:
    """Rebuild what a change in that file may touch."""
    if file in ("published", "discrepancies"):
        return unchanged()
    return rebuild(changed, "" if file == "findings" else file)


def is_red_alone(changed: Package, row: int) -> bool:
    """Tell whether a claim is noticed among no other claims and printed cells: then it is among all."""
    claims, known = changed["claims"].loc[[row]], changed["discrepancies"]
    known = known[known["entry"].isin(claims["claim_id"])]
    kept = {name: one for name, one in changed.frames.items() if name not in ("published")}
    alone = replace(changed, frames={**kept, "claims": claims, "discrepancies": known})
    return is_unexpected(alone, unchanged()) or is_implausible(replace(alone, frames={"claims": claims}))


def is_implausible(claims: Package) -> bool:
    return any(not problem.is_warning for problem in check_plausible(claims))


def neighbours(cell: str | float) -> list[str | int]:
    """Return what is one more and one less than a number or a date; nothing for other text."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return [cell + 1, cell - 1]
    if NUMBER.fullmatch(cell):
        shown = [float(cell) + 1, float(cell) - 1] if "." in cell else [int(cell) + 1, int(cell) - 1]
        return [str(value) for value in shown]
    if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", cell):
        stem, last = cell[:-2], int(cell[-2:])
        return [f"{stem}{last % 12 + 1:02d}"]
    return []


def numbers(file: str, column: str) -> Iterator[Mutation]:
    for row, cell in package()[file][column].items():
        value = cell if isinstance(cell, str) else int(cell)
        yield from (Mutation(file, row, column, other) for other in neighbours(value))


def bounds_of_claims() -> Iterator[Mutation]:
    """Set every bound to the value at which the claim turns."""
    rebuilt = unchanged().results
    for row, claim in package()["claims"].iterrows():
        if claim["relation"] != "equals" and claim["result"]:
            result = rebuilt[claim["result"].split()[0]]
            before = compare(claim["printed"], claim["relation"], 0, result)
            values = [written(result), *map(str, neighbours(written(result)))]
            turned = [one for one in values if compare(one, claim["relation"], 0, result) != before]
            yield Mutation("claims", row, "printed", turned[0])


def swaps(file: str, column: str) -> Iterator[Mutation]:
    """Give every cell of a column of codes another of its codes."""
    codes = list(dict.fromkeys(package()[file][column]))
    for row, cell in package()[file][column].items():
        yield Mutation(file, row, column, codes[(codes.index(cell) + 1) % len(codes)])


GROUPS = {
    "counts of applications": lambda: numbers("applications_recap", "count"),
    "categories of applications": lambda: swaps("applications_recap", "category"),
    "attributes of applications": lambda: swaps("applications_recap", "attribute"),
    "counts of informants": lambda: numbers("informants", "count"),
    "sampling of informants": lambda: swaps("informants", "sampling"),
    "metrics": lambda: numbers("metrics", "value"),
    "integrations left out": lambda: (
        Mutation("integrations", row, "", None) for row in package()["integrations"].index
    ),
    "applications integrated": lambda: swaps("integrations", "application"),
    "applications integrated with": lambda: swaps("integrations", "integrated_with"),
    "dimension of findings": lambda: swaps("findings", "dimension"),
    "polarity of findings": lambda: swaps("findings", "polarity"),
    "printed cells": lambda: (
        *numbers("published", "value"),
        *(
            Mutation("published", row, "value", "another")
            for row, cell in package()["published"]["value"].items()
            if not neighbours(cell)
        ),
    ),
    "numbers of claims": lambda: (
        one
        for one in numbers("claims", "printed")
        if package()["claims"].loc[one.row, "relation"] == "equals"
    ),
    "bounds of claims": bounds_of_claims,
    "tolerances of claims": lambda: numbers("claims", "tolerance"),
    "rebuilt values of discrepancies": lambda: numbers("discrepancies", "rebuilt"),
    "verdicts of discrepancies": lambda: swaps("discrepancies", "verdict"),
    "discrepancies left out": lambda: (
        Mutation("discrepancies", row, "", None) for row in package()["discrepancies"].index
    ),
    "issues left out": lambda: (Mutation("issues", row, "", None) for row in package()["issues"].index),
    "items of lists left out": lambda: (Mutation("lists", row, "", None) for row in package()["lists"].index),
    "polarity of evidence": lambda: swaps("evidence", "polarity"),
    "aspect of evidence": lambda: swaps("evidence", "aspect"),
}


TOGETHER = {"metrics": noticed_together, "lists": noticed_together, "issues": issues_missed}
"""How the mutations of a file are tried many at once: hardly anything follows from several of its rows."""


OTHERS = pytest.mark.slow("more changes of the same kind")
EVERY = 5
"""Of so many changes of a kind `make test` tries the first."""


@pytest.mark.parametrize(
    "are_tried", [{0}, pytest.param({*range(1, EVERY)}, marks=OTHERS)], ids=["some", "others"]
)
@pytest.mark.parametrize("group", GROUPS)
def test_every_change_of_a_raw_value_turns_something_red(group, are_tried):
    mutations = [one for number, one in enumerate(GROUPS[group]()) if number % EVERY in are_tried]
    together = TOGETHER.get(mutations[0].file, lambda _: set())(mutations)
    missed = [mutation for mutation in mutations if mutation not in together and not is_red(mutation)]
    noticed = len(mutations) - len(missed)
    print(f"\n{group}: {noticed} of {len(mutations)} noticed.")  # noqa: T201
    assert mutations
    assert sorted(map(str, missed)) == []


def of_the_headline() -> list[dict]:
    """Return the tests that the headline counts."""
    found = ledger.as_json(ledger.audit_source(package(), unchanged()))["tests"]
    return [one for one in found if one["says"] == "article"]


def verdict_of(entry: str, printed: str) -> str:
    """Return the verdict on one entry if the source had printed that value."""
    file, column = ("published", "value") if "/" in entry else ("claims", "printed")
    frame = package()[file]
    names = frame["claim_id"] if file == "claims" else frame[["table", "row", "column"]].agg("/".join, axis=1)
    alone = frame[names == entry].assign(**{column: printed})
    others = {name: one for name, one in package().frames.items() if name not in ("claims", "published")}
    changed = replace(package(), frames={**others, file: alone})
    checks = ledger.audit.verify(changed, unchanged()).set_index("entry")
    return str(checks.loc[entry, "verdict"])


def can_be_turned(test: dict) -> bool:
    """Tell whether another verdict comes out had the source printed what was rebuilt, or a value near."""
    entry, values = test["entries"][0], [test["printed"], *test["rebuilt"].split(" | ")]
    others = [*values[1:], *(str(near) for value in values for near in neighbours(value)), "another"]
    return any(verdict_of(entry, printed) != test["verdict"] for printed in others)


def test_every_test_of_the_headline_can_be_turned_by_what_is_printed():
    tests = of_the_headline()
    assert tests
    assert [test["test"] for test in tests if not can_be_turned(test)] == []


def test_the_unchanged_package_is_green():
    assert ledger.audit.verify(package(), unchanged())["is_expected"].all()


@pytest.mark.parametrize(
    "group", ["metrics", pytest.param("items of lists left out", marks=OTHERS), "issues left out"]
)
def test_what_is_noticed_together_is_noticed_alone(group):
    mutations = list(GROUPS[group]())
    together = TOGETHER[mutations[0].file](mutations)
    some = [mutation for mutation in mutations if mutation in together][::30]
    assert some
    assert all(map(is_red, some))


@pytest.mark.parametrize("file", ["metrics", "evidence", "lists", *COUNTED])
def test_what_is_derived_from_a_file_alone_is_all_that_depends_on_it(file):
    values, _ = derived(narrowed(package(), file), unchanged().tables)
    depends = {key for key, origin in unchanged().origins.items() if f"{file}.csv" in origin["file"]}
    assert {key: values.get(key) for key in depends} == {key: unchanged().results[key] for key in depends}


def test_what_is_rebuilt_here_is_what_the_notebooks_rebuild():
    found = ledger.audit.verify(package(), unchanged())
    committed = pd.read_csv(
        raw.cities.find("bandung").processed / "ledger.csv", dtype=str, keep_default_na=False
    )
    assert found.astype(str).to_numpy().tolist() == committed.to_numpy().tolist()
