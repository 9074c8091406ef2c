"""Rules on what findings, claims and printed cells refer to: results and cells that the data yield."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.checking.plausibility import filled
from analysis.language.labels import LANGUAGES
from analysis.language.problems import Problem
from analysis.language.synonyms import nearest
from analysis.raw_data import raw
from analysis.raw_data.raw import Package
from analysis.raw_data.schemas import schemas
from analysis.results import results
from analysis.table_list.entries import RESULTS, TABLES
from analysis.tables.applications import EITHER, TOTAL
from analysis.tables.findings import PLACEHOLDER
from analysis.tables.findings import TABLE as COLUMNS_OF_FINDINGS

TABLE_NAMES = ("published.csv", "table")
NAMED = (("metrics", "metric"), ("derivations", "key"))
"""Files, and columns that name results."""
WITH_PLACEHOLDERS = {"findings": ("text",), "issues": ("title", "shown", "cite", "mend")}
"""Files, and texts in them that are filled with results."""


def check_references(package: Package, told: Sequence[Problem]) -> Iterator[Problem]:
    """Yield references to results or cells that do not exist, and derived numbers that cannot be computed.

    Rows in which something is wrong, as was `told`, are left out, and what they may have yielded is not
    missed.
    """
    files = {f"{name}.csv" for name in schemas()}
    is_unlisted = any(one.kind == "descriptor.unlisted" and one.file in files for one in told)
    is_whole = not is_unlisted and not package.resources.keys() - package.frames.keys()
    is_shared = not any(problem.file == "framework.csv" for problem in told)
    if not is_whole or not is_shared or not set(EITHER) & package.frames.keys():
        return
    blank = {name: raw.without_records(name) for name in schemas() if name not in package.frames}
    package = replace(package, frames={**blank, **package.frames})
    usable = _usable(package, told)
    tables = results.counted_tables(usable)
    wrong = {(f"{file}.csv", column) for file, column in NAMED} & {
        (problem.file, problem.column) for problem in told if not problem.is_warning
    }
    listed = {key for file, column in NAMED if file in package for key in package[file][column]}
    found, problems = results.gather(usable, tables, listed)
    yield from (problem for problem in problems if not (wrong and problem.kind == "cell.result"))
    known = set(found["key"])
    if _may_lack(told, problems):
        known |= listed
    if not wrong:
        yield from _check_results(package, known)
        unknown = [problem.row for problem in told if (problem.file, problem.column) == TABLE_NAMES]
        published = package["published"]
        named = published[~published.index.isin(unknown)]
        yield from _check_published(named, known, _cells(package, tables))
    yield from _check_discrepancies(package)
    yield from _check_recodings(package)


def _may_lack(told: Sequence[Problem], problems: Sequence[Problem]) -> bool:
    """Return whether results may be missing for nothing but what is wrong with the rows that give them."""
    files = {f"{file}.csv" for file, _ in NAMED}
    return any(one.file in files and not one.is_warning for one in (*told, *problems))


def _check_results(package: Package, known: set[str]) -> Iterator[Problem]:
    """Findings, issues and claims refer to results that the data yield."""
    for file, parts in WITH_PLACEHOLDERS.items():
        for column in (f"{part}_{lang}" for lang in LANGUAGES for part in parts):
            for row, cell in filled(package[file][column]):
                for key in PLACEHOLDER.findall(cell):
                    if key not in known:
                        near = nearest(key, sorted(known))
                        place = (f"{file}.csv", row, column)
                        yield Problem("cell.result", *place, f"{{{key}}}", nearest=near and f"{{{near}}}")
    for row, cell in filled(package["claims"]["result"]):
        for key in cell.split():
            if key not in known:
                near = nearest(key, sorted(known))
                yield Problem("cell.result", "claims.csv", row, "result", key, nearest=near)


def _cells(package: Package, tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[list[str], list[str]]]:
    """Return the keys of the rows and the columns of every table that may have been printed."""
    cells = {}
    for entry in TABLES:
        if entry.key and "applications" not in entry.needs and RESULTS not in entry.reads:
            table = tables[entry.name] if entry.name in tables else entry.build(package)
            cells[entry.name] = (list(map(str, table[entry.key])), list(map(str, table.columns)))
    groups = [*package["informants"]["group"], TOTAL]  # `verify` tells which of them the table lacks
    findings = list(package["findings"]["finding_id"])
    return cells | {"table2": (groups, cells["table2"][1]), "table8": (findings, list(COLUMNS_OF_FINDINGS))}


def _check_published(
    published: pd.DataFrame, known: set[str], cells: Mapping[str, tuple[list[str], list[str]]]
) -> Iterator[Problem]:
    """A printed cell belongs to a table, or is a result in one of its rows."""
    for row, table in filled(published["table"]):
        keys, columns = cells.get(table, ([], []))
        name, column = str(published.loc[row, "row"]), str(published.loc[row, "column"])
        if name and name not in keys:
            yield _no_cell("published.csv", row, "row", name, table, keys)
        elif column and column not in columns and column not in known:
            yield _no_cell("published.csv", row, "column", column, table, columns)


def _check_discrepancies(package: Package) -> Iterator[Problem]:
    """A known discrepancy concerns a claim or a printed cell."""
    printed = package["published"][["table", "row", "column"]].to_numpy().tolist()
    entries = [*package["claims"]["claim_id"], *map("/".join, printed)]
    for row, entry in filled(package["discrepancies"]["entry"]):
        if entry not in entries:
            yield _no_cell("discrepancies.csv", row, "entry", entry, "claims.csv, published.csv", entries)
    yield from _check_issues(package["discrepancies"], package["issues"])


def _check_issues(known: pd.DataFrame, issues: pd.DataFrame) -> Iterator[Problem]:
    """Every known discrepancy belongs to an issue, every issue has some, and its verdict is one."""
    numbers = list(issues["issue"])
    for row, number in filled(known["issue"]):
        if number not in numbers:
            yield _no_cell("discrepancies.csv", row, "issue", number, "issues.csv", numbers)
    for row, number in filled(issues["issue"]):
        if number not in set(known["issue"]):
            yield _no_cell("issues.csv", row, "issue", number, "discrepancies.csv", list(known["issue"]))
    first: dict[str, str] = {}
    for row, number in filled(known["issue"]):
        verdict = str(known.loc[row, "verdict"])
        if first.setdefault(number, verdict) != verdict:
            yield Problem("cell.one_verdict", "discrepancies.csv", row, "verdict", verdict, number)


def _check_recodings(package: Package) -> Iterator[Problem]:
    """What is counted otherwise are findings, all of one dimension."""
    areas = dict(zip(package["findings"]["finding_id"], package["findings"]["dimension"], strict=True))
    for row, named in filled(package["recodings"]["findings"]):
        found = named.split()
        for one in found:
            if one not in areas:
                yield _no_cell("recodings.csv", row, "findings", one, "findings.csv", list(areas))
        if len({areas[one] for one in found if one in areas}) > 1:
            yield Problem("cell.one_dimension", "recodings.csv", row, "findings", named)


def _no_cell(file: str, row: int, column: str, found: str, where: str, allowed: list[str]) -> Problem:
    return Problem("cell.reference", file, row, column, found, where, nearest=nearest(found, allowed))


def _usable(package: Package, told: Sequence[Problem]) -> Package:
    """Leave out the rows that hold an error, and parse the numbers of the others."""
    wrong: dict[str, set[int]] = {}
    for problem in told:
        if problem.row and not problem.is_warning:
            wrong.setdefault(problem.file, set()).add(problem.row)
    frames = {}
    for name, frame in package.frames.items():
        right = frame[~frame.index.isin(list(wrong.get(f"{name}.csv", ())))].astype("str")
        frames[name] = raw.parsed(right, schemas()[name]["schema"]["fields"], name, [])
    return replace(package, frames=frames)
