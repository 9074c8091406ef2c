"""The content of a spreadsheet: sheets of cells as text, and what can be wrong with them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn, Self

from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.language.problems import Problem, as_ranges, several, unquoted
from analysis.language.terms import tidy
from analysis.raw_data.schemas import schemas
from analysis.tables.applications import CATEGORIES

MAX_BYTES = 50_000_000
"""Largest size of a file, packed and unpacked."""
MAX_CELLS = 500_000
MAX_ROWS = 50_000
MAX_COLUMNS = 500
MAPPING = "mapping.yaml"
"""File that maps columns and spellings; the descriptor has its hash, as the import wrote it."""
WHOLE = ("column_missing", "columns_alike", "sheets_", "mapping_", "template_", "counts", "both", "csv")
"""How kinds of problems begin that concern a whole table."""
LIMITED = ("code", "category", "mapping_key", "mapping_code", "no_sheet", "many_cells", "too_", "heavy")
"""How kinds of problems begin that say what is allowed."""
SIZES = ("many_cells", "too_large", "too_long")
"""Kinds of problems that tell how much a file holds, in figures."""
LONG = re.compile(r"\d{4,}")
"""A figure that is written with separators of thousands."""
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LISTED = 3
"""Row ranges and blocks that a message lists at most."""
CUT = 60
"""Characters of a cell that a message quotes."""


class Cell(NamedTuple):
    """A cell as text, with its kind.

    `kind` is ``text``, ``number``, ``date``, ``error`` (such as #N/A) or ``formula`` (one whose result was
    not saved); an empty cell has the text "". Numbers have a decimal point, dates are YYYY-MM-DD.
    """

    text: str = ""
    kind: str = "text"


EMPTY = Cell()


class Range(NamedTuple):
    """A block of cells; rows and columns count from 1, the last ones included."""

    row: int
    column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        return f"{letter(self.column)}{self.row}:{letter(self.last_column)}{self.last_row}"


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[0]` is row 1 as the spreadsheet counts; rows may differ in length."""

    file: str
    name: str
    rows: list[list[Cell]]
    is_hidden: bool = False
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck_rows: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    @property
    def place(self) -> str:
        """File and sheet as named in problems: ``inventaris.xlsx [Sheet1]``."""
        return f"{self.file} [{self.name}]" if self.name else self.file

    def cell(self, row: int, column: int) -> Cell:
        """Return the cell in a row and column, both counted from 1; an empty one where there is none."""
        cells = self.rows[row - 1] if row <= len(self.rows) else []
        return cells[column - 1] if 0 < column <= len(cells) else EMPTY

    def texts(self, row: int) -> list[str]:
        """Return the texts of the filled cells of a row, with single spaces."""
        return [text for cell in self.rows[row - 1] if (text := tidy(cell.text))]


@dataclass(frozen=True)
class ImportProblem(Problem):
    """One thing wrong in a spreadsheet or its mapping: texts under ``import.problem.<kind>``.

    `mapping` is what the file is called in which columns and spellings are mapped.
    """

    mapping: str = field(default=MAPPING, kw_only=True)

    @classmethod
    def of_rows(
        cls,
        kind: str,
        place: str,
        rows: Sequence[int],
        column: str = "",
        found: str = "",
        expected: str = "",
        **more: Any,
    ) -> Self:
        """Return one problem of all the rows that it concerns."""
        return cls(kind, place, rows[0], column, found, expected, **more, rows=several(rows))

    @property
    def allowed(self) -> str:
        """The values allowed, where a kind has some."""
        return self.expected if self.kind.startswith(LIMITED) else ""

    @property
    def scope(self) -> int:
        """How much it concerns: 0 the whole file or table, also where its place is the header."""
        return 0 if self.kind.startswith(WHOLE) else super().scope

    def statement(self, lang: str) -> str:
        """Return in `lang` what was found and what is allowed."""
        return unquoted(text(f"import.problem.{self.kind}", lang, **self._values(lang)))

    def remedy(self, lang: str) -> str:
        """Return in `lang` what to do about it."""
        return text(f"import.remedy.{self.kind}", lang, **self._values(lang))

    def _values(self, lang: str) -> dict[str, object]:
        """Return what the texts are filled with; `code` is what the mapping calls it."""
        if self.kind in SIZES:
            return {
                name: LONG.sub(lambda figure: integer(int(figure[0]), lang), size)
                for name, size in (("found", self.found), ("expected", self.expected))
            }
        shown = {"found": self.found, "expected": reader_words(self.expected, lang), "code": self.expected}
        return {**shown, "count": integer(self.count, lang), "mapping": self.mapping}


def reader_words(codes: str, lang: str) -> str:
    """Return what a reader calls a column of ours or a code; several codes keep their names beside it."""
    listed = codes.split(", ")
    fields: list[dict[str, str]] = schemas()["applications"]["schema"]["fields"]
    titles = {one["name"]: one["title" if lang == "id" else "title_en"] for one in fields}
    if len(listed) == 1:
        attribute = next((name for name, known in CATEGORIES.items() if codes in known), "")
        if attribute:
            return text(f"{attribute}.{codes}", lang)
        return titles[codes][:1].lower() + titles[codes][1:] if codes in titles else codes
    known = {code: name for name, allowed in CATEGORIES.items() for code in allowed}
    if not set(listed) <= known.keys():
        return codes
    return ", ".join(f"{code} ({text(f'{known[code]}.{code}', lang)})" for code in listed)


class UnreadableError(Exception):
    """A file that cannot be read as a spreadsheet; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.line("en"))


def refuse(kind: str, file: str, *, row: int | None = None, found: str = "", expected: str = "") -> NoReturn:
    """Refuse a file.

    Raises
    ------
    UnreadableError
        In any case.
    """
    raise UnreadableError(ImportProblem(kind, file, row, found=found, expected=expected))


def letter(column: int) -> str:
    """Return the letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def ranges(numbers: Sequence[int]) -> str:
    """Write row numbers briefly: "5-7, 9", or the first ranges and "…"."""
    return listed(as_ranges(numbers).split(", "), LISTED)


def listed(texts: Sequence[str], most: int, joint: str = ", ") -> str:
    """Write the first `most` texts, and "…" where there are more."""
    return joint.join([*texts[:most], *(["…"] if len(texts) > most else [])])
