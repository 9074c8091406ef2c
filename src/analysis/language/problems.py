"""What is wrong with raw data: found all at once, reported in Indonesian and English."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analysis.language.labels import LANGUAGES, PlainError, catalogue, text

TOLD = ("row.key", "cell.future")
"""Kinds whose `expected` is not what is allowed: which columns are the same, what day it is."""
MOST_RANGES = 10
"""Ranges of rows that a message names before it stops."""


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one place."""

    kind: str
    """What is wrong: the part after ``problem.`` of a key in the catalogue, which has a text for what was
    found and what was expected (``problem.<kind>``) and one for what to do (``remedy.<kind>``).
    """
    file: str
    row: int | None = None
    column: str = ""
    """Where: row as a spreadsheet counts, the header being row 1; None and "" if not applicable."""
    found: str = ""
    expected: str = ""
    """The value in the file, and the values allowed there."""
    is_warning: bool = False
    """Whether the data can be used nevertheless."""
    nearest: str = ""
    """What was probably meant; "" where nothing comes near."""
    rows: str = field(default="", kw_only=True)
    """All rows in which the same was found, as ranges, `row` being the first; "" for that row alone."""

    @property
    def count(self) -> int:
        """Number of rows with this problem; 1 if it concerns no row."""
        return max(len(rows_in(self.rows)), 1)

    @property
    def allowed(self) -> str:
        """The values allowed; "" where `expected` tells something else of what was found."""
        return "" if self.kind in TOLD else self.expected

    @property
    def scope(self) -> int:
        """How much it concerns: 0 the whole file or table, 1 rows or cells."""
        return int(self.row is not None)

    def message(self, lang: str) -> str:
        """Return in `lang` what was found, what was expected, and the nearest match."""
        return " ".join(filter(None, (self.statement(lang), self.guess(lang))))

    def statement(self, lang: str) -> str:
        """Return in `lang` what was found and what was expected, with patterns in words."""
        pattern = f"pattern.{self.expected}"
        expected = text(pattern, lang) if pattern in catalogue() else self.expected
        return unquoted(text(f"problem.{self.kind}", lang, found=self.found, expected=expected))

    def guess(self, lang: str) -> str:
        """Return in `lang` what was probably meant; "" if nothing is near."""
        return text("import.nearest", lang, nearest=self.nearest) if self.nearest else ""

    def remedy(self, lang: str) -> str:
        """Return in `lang` what to do about it."""
        return text(f"remedy.{self.kind}", lang, found=self.found, expected=self.expected)

    def place(self, lang: str) -> str:
        """Return in `lang` where it is: file, row, column."""
        return ", ".join(filter(None, (self.file, self.spot(lang))))

    def spot(self, lang: str, joint: str = ", ") -> str:
        """Return in `lang` where in its file it is: row, column; "" if it concerns the whole file."""
        parts = []
        if self.rows:
            listed = self.rows.split(", ")
            shown = [*listed[:MOST_RANGES], *(["…"] if len(listed) > MOST_RANGES else [])]
            parts.append(text("problem.rows", lang, rows=", ".join(shown)))
        elif self.row is not None:
            parts.append(text("problem.row", lang, row=self.row))
        if self.column:
            parts.append(text("problem.column", lang, column=self.column))
        return joint.join(parts)

    def line(self, lang: str) -> str:
        """Return place, message and remedy as one line."""
        return f"{self.place(lang)}: {self.message(lang)} {self.remedy(lang)}"


def unquoted(said: str) -> str:
    """Return a sentence whose sign for more of the same does not stand in quotation marks."""
    return said.replace("“…”", "…")


def rows_in(listed: str) -> list[int]:
    """Return the rows in ranges such as ``2-4, 7``."""
    ends = [part.split("-") for part in listed.split(", ") if part]
    return [row for part in ends for row in range(int(part[0]), int(part[-1]) + 1)]


def as_ranges(rows: Iterable[int]) -> str:
    """Write rows as ranges: ``2-4, 7``."""
    ordered = sorted(set(rows))
    starts = [row for n, row in enumerate(ordered) if n == 0 or ordered[n - 1] != row - 1]
    ends = [row for n, row in enumerate(ordered) if n == len(ordered) - 1 or ordered[n + 1] != row + 1]
    pairs = zip(starts, ends, strict=True)
    return ", ".join(f"{first}-{last}" if first < last else str(first) for first, last in pairs)


def several(rows: Sequence[int]) -> str:
    """Return rows as `Problem.rows` has them: as ranges, "" for one row alone."""
    return as_ranges(rows) if len(rows) > 1 else ""


def visible(cell: str) -> str:
    """Return a text with invisible and control characters written as their codes."""
    return "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in cell)


class RawDataError(PlainError, ValueError):
    """A city's raw package cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(self, city: str, problems: Sequence[Problem]) -> None:
        self.city, self.problems = city, list(problems)
        lines = [
            f"{text('problem.heading', lang, city=city, n=len(self.problems))}\n"
            + "\n".join(f"  - {problem.line(lang)}" for problem in self.problems)
            for lang in LANGUAGES
        ]
        super().__init__("\n".join(lines))
