"""Turn a sheet into a table: columns with distinct headings, and the rows that are records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.intake.header_rows import whole_header
from analysis.intake.row_words import heads_notes, is_mark, is_note, is_total
from analysis.intake.sheets import CUT, LISTED, Cell, ImportProblem, Range, Sheet, letter, listed, ranges
from analysis.language.headings import recognise
from analysis.language.problems import Problem
from analysis.language.terms import tidy

ALONE = ("lone_cell", "merged_across")
"""Problems of rows in which a text stands alone."""


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, made distinct where need be, and its number from 1.

    `letters` are those of the sheet's columns that it was made from, "" if it is one of them.
    """

    heading: str
    number: int
    letters: str = ""

    @property
    def place(self) -> str:
        """The column as problems name it: letter and heading."""
        letters = self.letters or letter(self.number)
        return letters if self.heading.startswith("[") else f"{letters} ({self.heading})"


@dataclass(frozen=True)
class Table:
    """The records of a sheet; `rows` are their row numbers in it.

    `groups` are the rows in which a text stands alone, such as the heading of the records below it, and
    `left_out` those that are no records, by reason. Where sheets are read together, `places` has sheet and
    row of every row.
    """

    sheet: Sheet
    header_row: int
    columns: list[Column]
    rows: list[int]
    groups: Mapping[int, str] = field(default_factory=dict)
    left_out: Mapping[str, Sequence[int]] = field(default_factory=dict)
    places: Mapping[int, tuple[str, int]] = field(default_factory=dict)

    def column(self, heading: str) -> Column | None:
        """Return the column with a heading."""
        return next((column for column in self.columns if column.heading == heading), None)

    def cells(self, column: Column) -> Iterator[tuple[int, Cell]]:
        """Yield row number and cell of every record."""
        for row in self.rows:
            yield row, self.sheet.cell(row, column.number)

    def text(self, row: int, column: Column | None) -> str:
        """Return the text of a cell with single spaces; "" where there is no such column."""
        return tidy(self.sheet.cell(row, column.number).text) if column else ""

    def texts(self, heading: str) -> list[str]:
        """Return the texts below a heading, record by record; none if there is no such heading."""
        column = self.column(heading)
        return [self.text(row, column) for row in self.rows] if column else []

    def group_of(self, row: int) -> str:
        """Return what the nearest row above says in which a text stands alone; "" if there is none."""
        above = max((group for group in self.groups if group < row), default=0)
        return self.groups.get(above, "")

    @property
    def is_owned(self) -> bool:
        """Whether a column is called like one of agencies."""
        return any(recognise(column.heading) == "owner" for column in self.columns)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows were left out, by reason, and how many are ``records``: the sum of those read."""
        return {**{reason: len(rows) for reason, rows in self.left_out.items()}, "records": len(self.rows)}

    def without(self, rows: Collection[int], reason: str) -> Table:
        """Return the table without some of its records, which are left out for a reason."""
        kept = [row for row in self.rows if row not in rows]
        reasons = {**self.left_out, reason: sorted(rows)} if rows else self.left_out
        return replace(self, rows=kept, left_out=reasons)


def make_table(sheet: Sheet, header_row: int) -> tuple[Table, list[Problem]]:
    """Return the table below the header in some row of a sheet, and problems of its rows."""
    filled = whole_header(sheet, header_row)
    columns, problems = _read_header(filled, header_row)
    rows: list[int] = []
    left_out: defaultdict[str, list[int]] = defaultdict(list)
    left_out["header"] = list(range(1, header_row + 1))
    groups: dict[int, str] = {}
    last = _last_full_row(sheet, header_row)
    across = _across(sheet)
    for row in range(header_row + 1, len(sheet.rows) + 1):
        kind, problem = _judge(sheet, filled, row, header_row, across.get(row), is_after=row > last + 1)
        (rows if kind == "record" else left_out[kind]).append(row)
        if kind == "other" and (number := _counted(sheet, row, rows)) > len(rows):
            found = f"{sheet.texts(row)[0][:CUT]} {number}"
            problem = ImportProblem(
                "total_differs", sheet.place, row, found=found, expected=str(len(rows)), is_warning=True
            )
        if problem:
            problems.append(problem)
            if problem.kind in ALONE and _is_lone(texts := sheet.texts(row)):
                groups[row] = texts[-1]
    if blank := [row for row in left_out["blank"] if row < last]:
        about = (sheet.place, blank, "", ranges(blank))
        problems.append(ImportProblem.of_rows("blank_rows", *about, is_warning=True))
    problems += _merged(sheet, rows, columns)
    problems += _hidden(sheet, rows, columns)
    reasons = {kind: where for kind, where in left_out.items() if where}
    return Table(filled, header_row, columns, rows, groups, reasons), problems


def _warning(
    kind: str, sheet: Sheet, row: int | None = None, column: str = "", *, found: str = ""
) -> Problem:
    return ImportProblem(kind, sheet.place, row, column, found=found[:CUT], is_warning=True)


def _read_header(sheet: Sheet, header_row: int) -> tuple[list[Column], list[Problem]]:
    """Return the columns; those that share a heading, or have none, are distinguished by their letter."""
    headings = [tidy(cell.text) for cell in sheet.rows[header_row - 1]]
    width = max((len(row) for row in sheet.rows[header_row:]), default=0) if sheet.name else len(headings)
    headings += [""] * (width - len(headings))
    times = Counter(headings)
    columns, problems = [], []
    for number, heading in enumerate(headings, start=1):
        if heading and times[heading] == 1:
            columns.append(Column(heading, number))
        elif any(sheet.cell(row, number).text.strip() for row in range(header_row + 1, len(sheet.rows) + 1)):
            columns.append(Column(f"{heading} [{letter(number)}]".strip(), number))
            kind = "duplicate_header" if heading else "blank_header"
            if not heading or headings.index(heading) < number - 1:
                problems.append(_warning(kind, sheet, header_row, letter(number), found=heading))
    return columns, problems


def _last_full_row(sheet: Sheet, header_row: int) -> int:
    """Return the last row with more than one filled cell."""
    below = ((row, sheet.texts(row)) for row in range(len(sheet.rows), header_row, -1))
    full = (row for row, texts in below if len(texts) > 1 and not is_total(texts) and not heads_notes(texts))
    return next(full, header_row)


def _judge(
    sheet: Sheet, filled: Sheet, row: int, header_row: int, across: Range | None, *, is_after: bool
) -> tuple[str, Problem | None]:
    """Return whether a row is a ``record``, ``blank``, ``other``, ``alone`` or ``wrong``, with its problems.

    `across` is a block of the row merged over several columns, which could belong to any of them.
    """
    texts = sheet.texts(row)
    if not texts or (len(texts) == 1 and texts[0].isdigit()):  # a row number alone numbers no record
        return "blank", None
    header, cells = ([tidy(cell.text) for cell in filled.rows[n - 1]] for n in (header_row, row))
    is_numbering = row == header_row + 1 and _numbers_columns(texts)
    alone = _is_lone(filled.texts(row)) or (across is not None and _is_lone(texts))
    is_lone = alone and len([heading for heading in header if heading]) > 2
    is_said = is_total(texts) or heads_notes(texts)
    if cells == header or is_numbering or is_said or (is_lone and (is_after or is_note(texts[0]))):
        return "other", _warning("no_record", sheet, row, found=texts[0])
    problem = None if sheet.name else _uneven(sheet, row, len(header))
    if across:
        column, found = letter(across.column), sheet.cell(across.row, across.column).text
        problem = ImportProblem("merged_across", sheet.place, row, column, f"{found[:CUT]} ({across})")
    if not problem and is_lone:
        problem = ImportProblem("lone_cell", sheet.place, row, found=texts[-1][:CUT])
    if not problem:
        return "record", None
    return "alone" if problem.kind in ALONE else "wrong", problem


def _counted(sheet: Sheet, row: int, records: Sequence[int]) -> int:
    """Return how many records a row of totals says that there are; 0 where it does not say so.

    Its one number is such a count where the cells above it are no numbers.
    """
    numbers = [
        (column, int(cell.text.split()[0]))
        for column, cell in enumerate(sheet.rows[row - 1], start=1)
        if cell.text.split() and cell.text.split()[0].isdecimal()
    ]
    if len(numbers) != 1 or not is_total(sheet.texts(row)):
        return 0
    (column, number), *_ = numbers
    above = (sheet.cell(one, column).text.strip() for one in records)
    return 0 if any(text.replace(".", "").replace(",", "").isdecimal() for text in above) else number


def _is_lone(texts: list[str]) -> bool:
    """Return whether a text stands alone, or only with its number: ``A. | DINAS KESEHATAN``."""
    return len(texts) == 1 or (len(texts) == 2 and is_mark(texts[0]) and not is_mark(texts[1]))


def _across(sheet: Sheet) -> dict[int, Range]:
    """Return the block merged over several columns, by row."""
    return {
        row: block
        for block in reversed(sheet.merged)
        if block.last_column > block.column
        for row in range(block.row, min(block.last_row, len(sheet.rows)) + 1)
    }


def _uneven(sheet: Sheet, row: int, width: int) -> Problem | None:
    """Report a row of a CSV file with too many or too few cells."""
    cells = [cell.text for cell in sheet.rows[row - 1]]
    if any(cell.strip() for cell in cells[width:]):
        return Problem("row.extra_cell", sheet.place, row, found=", ".join(cells[width:])[:CUT])
    if len(cells) < width:
        return Problem("row.missing_cell", sheet.place, row, letter(len(cells) + 1))
    return None


def _numbers_columns(texts: list[str]) -> bool:
    """Return whether a row only numbers the columns, as official tables do: (1), (2), (3)."""
    numbers = [str(number) for number in range(1, len(texts) + 1)]
    return len(texts) > 2 and [text.strip("()") for text in texts] == numbers


def _merged(sheet: Sheet, rows: list[int], columns: list[Column]) -> Iterator[Problem]:
    """Warn of columns with vertically merged blocks, whose value all of their rows get."""
    records = set(rows)
    named: dict[int, dict[int, str]] = {column.number: {} for column in columns}
    for block in sorted(sheet.merged):
        found = tidy(sheet.cell(block.row, block.column).text)
        if block.column in named and block.last_row > block.row and block.row in records and found:
            named[block.column][block.row] = f"{found[:CUT]} ({block})"
    for column, blocks in named.items():
        if blocks:
            place = (sheet.place, next(iter(blocks)), letter(column))
            yield ImportProblem("merged", *place, listed(list(blocks.values()), LISTED), is_warning=True)


def _hidden(sheet: Sheet, rows: list[int], columns: list[Column]) -> Iterator[Problem]:
    """Warn of records that a reader of the sheet does not see, or sees crossed out, and of hidden columns."""
    if hidden := sorted(sheet.hidden_rows & set(rows)):
        yield _warning("hidden_rows", sheet, hidden[0], found=ranges(hidden))
    if struck := sorted(sheet.struck_rows & set(rows)):
        yield _warning("struck_rows", sheet, struck[0], found=ranges(struck))
    for column in columns:
        if column.number in sheet.hidden_columns:
            yield _warning("hidden_column", sheet, None, column.place, found=column.heading)
