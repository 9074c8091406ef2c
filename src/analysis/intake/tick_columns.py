"""Columns that are ticked, one a category: read together as one column that names what was ticked."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from analysis.intake.sheet_tables import Column, Table
from analysis.intake.sheets import CUT, Cell, ImportProblem, letter
from analysis.language.headings import BELOW, JOINT, match_heading, recognise
from analysis.language.problems import Problem
from analysis.language.synonyms import match_category
from analysis.language.terms import EXACT, plain, terms
from analysis.tables.applications import CATEGORIES

COUNT = re.compile(r"\d{1,3}([.,]\d{3})+|\d+")


def join_ticks(table: Table, kept: Collection[str] = ()) -> tuple[Table, list[Problem]]:
    """Return a table with one more column for every group of ticked columns, which it replaces.

    *Web | Mobile | Desktop*, each ticked or blank, become *Web + Mobile + Desktop*, whose cells name what is
    ticked: ``Web, Mobile``. Two columns that are called like categories of one attribute, perhaps after its
    name (*jenis_web*, *jenis_mobile*), make a group if one of them is ticked. Columns whose headings are in
    `kept` stay as they are. A cell of such a column that is no tick is an error.
    """
    problems: list[Problem] = []
    for attribute in CATEGORIES:
        called = [column for column in _called(table, attribute) if column.heading not in kept]
        found = {column: {_bare(text) for text in table.texts(column.heading)} - {""} for column in called}
        ticks = _ticks(set().union(*found.values()))
        marks = ticks | _denials(ticks)
        clear = [column for column in called if found[column] <= marks]
        group = [column for column in called if column in clear or found[column] & ticks]
        if len(group) > 1 and any(found[column] & ticks for column in clear):
            problems += [one for column in group for one in _unclear(table, column, marks)]
            table = _joined(table, group, attribute, ticks)
    return table, problems


def told_counts(table: Table) -> list[Problem]:
    """Report a table of counts, which is no list of applications.

    Either columns called like categories hold numbers, or a column called *Jumlah aplikasi* does and none is
    called like a name.
    """
    for attribute in CATEGORIES:
        group = [column for column in _called(table, attribute) if _is_counted(table, column)]
        if len(group) > 1:
            return [_counts(table, group)]
    names = [column for column in table.columns if recognise(column.heading) == "name"]
    sums = [
        column
        for column in table.columns
        if plain(column.heading) in terms()["row.total"] and _is_counted(table, column)
    ]
    return [_counts(table, sums)] if sums and not names else []


def _counts(table: Table, columns: Sequence[Column]) -> Problem:
    headings = ", ".join(column.heading for column in columns)
    place = (table.sheet.place, table.header_row, columns[0].place)
    return ImportProblem("counts", *place, headings, "applications_recap")


def _called(table: Table, attribute: str) -> list[Column]:
    """Return the columns whose headings are what a category of the attribute is called."""
    return [
        one for one in table.columns if match_category(_split(one, attribute)[1], attribute).score == EXACT
    ]


def _split(column: Column, attribute: str) -> tuple[str, str]:
    """Return the heading of a column's group, "" if there is none, and its own.

    A name of the attribute that a heading begins with stands for the group: *jenis_web* is *jenis › web*.
    """
    group, _, bare = column.heading.rpartition(BELOW)
    first, _, rest = plain(bare).partition(" ")
    if not group and rest and match_heading(first, attribute) == EXACT:
        return first, rest
    return group, bare


def _unclear(table: Table, column: Column, marks: set[str]) -> Iterator[Problem]:
    """Report the cells of a ticked column that are neither ticks nor denials nor blank."""
    told = {row: text for row in table.rows if (text := table.text(row, column)) and _bare(text) not in marks}
    if told:
        place = (table.sheet.place, list(told), column.place, next(iter(told.values()))[:CUT])
        yield ImportProblem.of_rows("tick", *place)


def _bare(text: str) -> str:
    return plain(text) or text


def _ticks(found: set[str]) -> set[str]:
    """Return what stands for a tick in a group; a cross does where nothing else does."""
    ticks = {term for term, code in terms()["answer"].items() if code == "operational"} | {"1"}
    ticks |= terms()["row.tick"].keys()
    return ticks if ticks & found else {"x"}


def _denials(ticks: set[str]) -> set[str]:
    return {term for term, code in terms()["answer"].items() if code == "inactive"} - ticks | {"0", "-", "–"}


def _is_counted(table: Table, column: Column) -> bool:
    found = set(table.texts(column.heading)) - {""}
    return bool(found) and all(COUNT.fullmatch(text) for text in found) and not found <= {"0", "1"}


def _joined(table: Table, group: Sequence[Column], attribute: str, ticks: set[str]) -> Table:
    """Return the table with a column of what is ticked, in place of the group."""
    number = max(max(map(len, table.sheet.rows), default=0), len(table.columns)) + 1
    names = {column: _split(column, attribute) for column in group}
    groups = {above for above, _ in names.values()}
    bare = JOINT.join(own for _, own in names.values())
    heading = f"{groups.pop()}{BELOW}{bare}".removeprefix(BELOW) if len(groups) == 1 else bare
    letters = ", ".join(letter(column.number) for column in group)
    rows = [list(row) + [Cell()] * (number - len(row)) for row in table.sheet.rows]
    for row in table.rows:
        ticked = [names[column][1] for column in group if _bare(table.text(row, column)) in ticks]
        rows[row - 1][number - 1] = Cell(", ".join(ticked))
    kept = [column for column in table.columns if column not in group]
    new = Column(heading, number, letters)
    return replace(table, sheet=replace(table.sheet, rows=rows), columns=[*kept, new])
