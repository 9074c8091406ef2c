"""Propose how to read an inventory: which columns are ours, and what their spellings mean."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from analysis.intake.agency_names import propose_owners
from analysis.intake.column_fit import between, filled, fitness, needed, understood
from analysis.intake.dates import date_order
from analysis.intake.mapping import (
    FEW,
    FIELDS,
    GROUPS,
    SHEET_NAME,
    ColumnChoice,
    InventoryMapping,
    SpellingChoice,
)
from analysis.intake.row_words import may_be_person
from analysis.intake.sheet_tables import Table
from analysis.language.agencies import is_agency_name
from analysis.language.headings import is_personal, rank_heading
from analysis.language.synonyms import Match, asks, match_category
from analysis.language.terms import EXACT
from analysis.tables.applications import CATEGORIES

LESS = 30
"""By how much the score of a heading that asks for yes or no is lessened where another competes."""
NEARLY = 3
"""By how much less a column may fit that is still as good as another."""


def propose(table: Table, chosen: InventoryMapping | None = None) -> InventoryMapping:
    """Propose how to read a table; choices already made are kept.

    Parameters
    ----------
    table : Table
        The inventory.
    chosen : InventoryMapping, optional
        Choices read from an edited ``mapping.yaml``; columns and spellings may be missing.

    Returns
    -------
    InventoryMapping
        With each of our columns and every distinct spelling; no heading serves two columns unless that was
        chosen. The score of a column is that of its heading, of a category or date the mean of that and of
        the share of its cells that are understood; 0 where something else was chosen.
    """
    chosen = chosen or InventoryMapping()
    columns = _propose_columns(table, chosen.columns)
    used = {choice.heading for choice in columns.values()}
    is_complete = all(columns[name].heading or columns[name].always for name in CATEGORIES)
    used |= {heading for choice in columns.values() for heading in choice.between}
    order = date_order(table.texts(columns["last_updated"].heading))
    return InventoryMapping(
        source=table.sheet.file,
        sheet="" if table.places else table.sheet.name,
        header_row=0 if table.places else table.header_row,
        date_order=chosen.date_order or order,
        columns=columns,
        categories={
            attribute: _propose_spellings(table, attribute, column, chosen.categories.get(attribute, {}))
            for attribute, column in columns.items()
            if attribute in CATEGORIES
        },
        unused={
            column.heading: []
            if is_complete or is_personal(column.heading)
            else _few(table.texts(column.heading))
            for column in table.columns
            if column.heading not in used
        },
        owners=propose_owners(table, columns["owner"], chosen.owners),
        sheets=list(dict.fromkeys(table.texts(SHEET_NAME))) if table.places else [],
    )


def _propose_columns(table: Table, chosen: Mapping[str, ColumnChoice]) -> dict[str, ColumnChoice]:
    """Assign each of our columns its best heading, the best pairs first."""
    made = {name: choice for name, choice in chosen.items() if choice.heading or choice.always}
    choices = {name: _with_score(table, name, choice) for name, choice in made.items()}
    if table.places and "owner" not in choices and not table.is_owned:
        choices["owner"] = ColumnChoice(SHEET_NAME, EXACT)
    taken = {choice.heading for choice in choices.values()}
    pairs = [(name, column) for column in table.columns for name in FIELDS if name not in choices]
    scores = {pair: fitness(table, pair[1], pair[0]) for pair in pairs}
    full = {column: filled(table, column) for column in table.columns}
    weights = {
        (name, column): score * (1 + full[column]) / 2 - LESS * (name == "status" and asks(column.heading))
        for (name, column), score in scores.items()
    }
    # Between equal scores: the attribute whose cells were understood, then the more usual name of a column.
    # A heading that may mean a person comes last; one that asks for yes or no tells less than another, and
    # one of a column that is half blank less than one of a full column.
    pairs.sort(
        key=lambda p: (
            may_be_person(p[1].heading),
            -weights[p],
            -understood(table, p[1], p[0]),
            p[0] not in CATEGORIES,
            rank_heading(p[1].heading, p[0]),
        )
    )
    for name, column in pairs:
        score = scores[name, column]
        if name in choices or column.heading in taken or score < needed(name):
            continue
        rivals = [one for one in table.columns if one != column and one.heading not in taken]
        as_good = [one for one in rivals if weights[name, one] > weights[name, column] - NEARLY]
        if alike := between(table, name, column, as_good):
            choices[name] = ColumnChoice(between=alike)
            taken |= set(alike)
        else:
            choices[name] = ColumnChoice(column.heading, score)
            taken.add(column.heading)
    owner = table.column(choices["owner"].heading) if "owner" in choices and "owner" not in made else None
    is_blank = owner is not None and not filled(table, owner)
    if ("owner" not in choices or is_blank) and _is_grouped_by_agency(table):
        choices["owner"] = ColumnChoice(GROUPS, EXACT)
    blanks = {name: choice.blanks for name, choice in chosen.items()}
    return {name: replace(choices.get(name, ColumnChoice()), blanks=blanks.get(name, "")) for name in FIELDS}


def _is_grouped_by_agency(table: Table) -> bool:
    """Return whether every record stands below a heading row, and all of these name agencies."""
    if not table.rows:
        return False
    above = [text for row, text in table.groups.items() if row < table.rows[-1]]
    return min(table.groups, default=table.rows[0]) < table.rows[0] and all(map(is_agency_name, above))


def _with_score(table: Table, name: str, choice: ColumnChoice) -> ColumnChoice:
    """Return the choice for a column, with score 0 unless it is this heading."""
    column = table.column(choice.heading)
    is_proposed = column is not None and choice.score == fitness(table, column, name)
    return choice if is_proposed else replace(choice, score=0)


def _few(texts: list[str]) -> list[str]:
    """Return the distinct texts of a column, none if there are many."""
    distinct = sorted({text for text in texts if text})
    return distinct if len(distinct) <= FEW else []


def _propose_spellings(
    table: Table, attribute: str, column: ColumnChoice, made: Mapping[str, SpellingChoice]
) -> dict[str, SpellingChoice]:
    """Return a choice for every distinct spelling, the most frequent first; none for a fixed value."""
    found = [] if column.always else table.texts(column.heading)
    spellings: dict[str, SpellingChoice] = {}
    for text, rows in sorted(Counter(found).items(), key=lambda item: (-item[1], item[0])):
        match = match_category(text, attribute, column.heading) if text else Match()
        proposed = SpellingChoice(match.code, match.score, rows)
        code = made[text].code if text in made else match.code
        spellings[text] = proposed if code == match.code else SpellingChoice(code, 0, rows)
    return spellings
