"""Rows that say that an agency has no application: they are no records, and must not be counted as such."""

import re
from collections.abc import Sequence

from analysis.intake.column_fit import owners_of
from analysis.intake.mapping import FEW, InventoryMapping
from analysis.intake.row_words import DASHES, is_nothing
from analysis.intake.sheet_tables import Table
from analysis.intake.sheets import CUT, ImportProblem, listed
from analysis.language.problems import Problem
from analysis.language.terms import plain, terms, tidy
from analysis.tables.applications import CATEGORIES

BRACKETS = re.compile(r"[(\[].*?[)\]]")


def says_none(name: str) -> bool:
    """Return whether a text in the place of a name says that there is no application.

    *Nihil*, *Tidak ada*, *Belum memiliki aplikasi (sedang diusulkan)* and a dash do. A name that merely
    begins with such words is one: *Tidak Ada Antrean*.
    """
    is_dash = tidy(name) in DASHES - {""}
    return is_dash or _words(name) in terms()["row.nothing"] or _has_none(name)


def _words(name: str) -> str:
    return plain(BRACKETS.sub(" ", name)) or plain(name)


def _has_none(name: str) -> bool:
    """Return whether a text says *tidak ada* or the like, and then only what there is not: an application."""
    words = _words(name)
    heads = [head for head in terms()["row.none"] if words == head or words.startswith(f"{head} ")]
    rest = words.removeprefix(max(heads, key=len, default="")).split()
    return bool(heads) and all(word in terms()["row.thing"] for word in rest)


def leave_out_absences(table: Table, mapping: InventoryMapping) -> tuple[Table, list[Problem]]:
    """Leave out the rows that say that there is no application, and report them.

    One warning names them all with their agencies, one error those in which a category is filled all the
    same, so that nobody knows what is meant.
    """
    name = table.column(mapping.columns["name"].heading)
    if name is None:
        return table, []
    absent = [row for row, cell in table.cells(name) if says_none(cell.text)]
    filled = {row: found for row in absent if (found := _category(table, mapping, row))}
    none = [row for row in absent if row not in filled]
    # A dash or "NA" in a full row is a name left out, or an application that is called so.
    filled = {row: found for row, found in filled.items() if _has_none(table.text(row, name))}
    told: list[Problem] = []
    for kind, rows in (("no_application", none), ("none_but_filled", list(filled))):
        if rows:
            said = table.text(rows[0], name)[:CUT]
            expected = filled[rows[0]][:CUT] if rows[0] in filled else _agencies(table, mapping, rows)
            place = (table.sheet.place, rows, name.place)
            told.append(ImportProblem.of_rows(kind, *place, said, expected, is_warning=rows is none))
    return table.without({*none, *filled}, "absent"), told


def _category(table: Table, mapping: InventoryMapping, row: int) -> str:
    """Return what a category of the row says; "" where all are blank or say that there is nothing."""
    headings = (mapping.columns[name].heading for name in CATEGORIES if not mapping.columns[name].always)
    texts = (table.text(row, table.column(heading)) for heading in headings)
    return next((text for text in texts if not is_nothing(text) and not says_none(text)), "")


def _agencies(table: Table, mapping: InventoryMapping, rows: Sequence[int]) -> str:
    """Return whose rows these are, as far as the sheet says."""
    found = dict.fromkeys(filter(None, map(owners_of(table, mapping.columns["owner"]).get, rows)))
    return listed(list(found), FEW, "; ") or "–"
