"""Read one column of a spreadsheet strictly: what Excel did to a cell is reported, not guessed away."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.intake.dates import DAY_FIRST, ISO, NUMERIC, DateError, date_order, is_ambiguous, parse_date
from analysis.intake.mapping import SpellingChoice
from analysis.intake.sheets import CUT, Cell, ImportProblem
from analysis.language.problems import Problem
from analysis.language.synonyms import nearest_category, nearest_code
from analysis.language.terms import EXACT, tidy
from analysis.tables.applications import CATEGORIES

SCIENTIFIC = re.compile(r"\d([.,]\d+)?E[+-]?\d+", re.IGNORECASE)
DIGITS = re.compile(r"[1-9]\d*")
MOJIBAKE = re.compile(r"[ÂÃ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|\ufffd")
"""UTF-8 that was read as Windows-1252, or letters that were lost."""
LIST = re.compile(
    r"^(1|a)[.)]\s.*\s(2|b)[.)]\s|^[-•*▪]\s.*\n\s*[-•*▪]\s|\w\s*;\s*\w|\w.*\n.*\w.*\n.*\w", re.DOTALL
)
"""Several names in one cell: numbered, with signs before them, between semicolons, or on three lines."""
DECIMAL = re.compile(r"[+-]?(\d+)([.,])(\d+)")
THOUSANDS = 3
"""Digits after a mark that may separate thousands."""

Cells = list[tuple[int, Cell]]


@dataclass
class Values:
    """The cells of a column as text by row, None for unusable ones, and what is wrong with them."""

    file: str
    column: str
    texts: dict[int, str | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def fail(self, kind: str, rows: Sequence[int], found: str, expected: str = "", near: str = "") -> None:
        """Record an error that some rows have, whose cells become unusable."""
        self.texts |= dict.fromkeys(rows)
        about = (self.file, rows, self.column, found[:CUT], expected)
        self.problems.append(ImportProblem.of_rows(kind, *about, nearest=near))

    def warn(self, kind: str, rows: Sequence[int], found: str, expected: str = "") -> None:
        """Record a warning about some rows."""
        about = (self.file, rows, self.column, found[:CUT], expected)
        self.problems.append(ImportProblem.of_rows(kind, *about, is_warning=True))


Reader = Callable[[Values, Cells], None]
"""Fills the values with the cells of a column."""


def read_text(values: Values, cells: Cells) -> None:
    """Read a column of free text."""
    for row, text, kind in _usable(values, cells):
        if kind == "date":
            values.fail("date_in_text", [row], text)
        elif SCIENTIFIC.fullmatch(text):
            values.fail("scientific", [row], text)
        elif MOJIBAKE.search(text):
            values.warn("mojibake", [row], text)


def read_name(values: Values, cells: Cells) -> None:
    """Read a column of names: neither mere signs, which name nothing, nor numbers, which lose zeros."""
    read_text(values, cells)
    for row, cell in cells:
        text = values.texts[row]
        if cell.kind == "text" and LIST.search(cell.text.strip()):
            values.warn("several_names", [row], text or "")
        if text and not any(letter.isalnum() for letter in text):
            values.texts[row] = ""
        elif text and (cell.kind == "number" or (cell.kind != "formula" and DIGITS.fullmatch(text))):
            values.warn("number_in_text", [row], text)


def read_owner(values: Values, cells: Cells) -> None:
    """Read a column of agencies; blank cells below a filled one are reported once."""
    read_name(values, cells)
    blank = [row for row, text in values.texts.items() if text == ""]
    if len(blank) > 1 and cells[0][1].text.strip():
        values.fail("blank_owner", blank, "", "owner")


def read_code(allowed: Iterable[str], column: str = "") -> Reader:
    """Return a reader of a column that holds one of some codes."""
    codes = list(allowed)

    def read(values: Values, cells: Cells) -> None:
        for row, text, _ in _usable(values, cells):
            if text and text not in codes:
                near = nearest_code(text, column, codes)
                values.fail("code", [row], text, ", ".join(codes), near)

    return read


def read_category(attribute: str, choices: Mapping[str, SpellingChoice]) -> Reader:
    """Return a reader of a column of spellings, each standing for a code."""

    def read(values: Values, cells: Cells) -> None:
        usable = [(row, text) for row, text, _ in _usable(values, cells)]
        rows: dict[str, list[int]] = {}
        for row, text in usable:
            rows.setdefault(text, []).append(row)
        for text, where in rows.items():
            choice = choices[text]
            values.texts |= dict.fromkeys(where, choice.code)
            if not text and not choice.code:
                values.fail("blank_category", where, "", attribute)
            elif not choice.code:
                near = nearest_category(text, attribute).code
                expected = ", ".join(CATEGORIES[attribute])
                values.fail("category", where, text, expected, near)
            elif text and 0 < choice.score < EXACT:
                values.warn("spelling", where, text, choice.code)

    return read


def read_date(order: str = "") -> Reader:
    """Return a reader of a column of dates, with day and month in the given order or the one found.

    A column without any full date, such as one of years, is reported once.
    """

    def read(values: Values, cells: Cells) -> None:
        usable = list(_usable(values, cells))
        shown = date_order(text for _, text, kind in usable if kind == "text")
        wrong: dict[int, tuple[str, DateError]] = {}
        for row, text, _ in usable:
            try:
                values.texts[row] = parse_date(text, order or shown or DAY_FIRST)
            except DateError as error:
                values.texts[row] = None
                wrong[row] = text, error
        if len(wrong) > 1 and not any(values.texts.values()):
            text, refusal = next(iter(wrong.values()))
            values.fail("no_date", list(wrong), text, near=refusal.nearest)
            return
        for row, (text, refusal) in wrong.items():
            is_mixed = refusal.kind == "date" and NUMERIC.fullmatch(text) and _fits(text)
            values.fail("date_mixed" if is_mixed else refusal.kind, [row], text, near=refusal.nearest)
        unsure = {row: text for row, text, kind in usable if kind == "text" and is_ambiguous(text)}
        if unsure and not (order or shown):
            values.warn("date_order", list(unsure), next(iter(unsure.values())))
        elif not unsure and (turned := _turned(usable)):
            left = next(text for _, text, kind in usable if kind == "text" and NUMERIC.fullmatch(text))
            values.warn("date_turned", list(turned), next(iter(turned.values())), left)

    return read


def _turned(usable: Sequence[tuple[int, str, str]]) -> dict[int, str]:
    """Return the dates in which Excel may have turned day and month round.

    An Excel that expects the month first makes a date of 03/04/2024, and leaves 31/03/2024 as text. So where
    some dates remained texts that have no twelve months, every real date has a day up to 12.
    """
    left = [text for _, text, kind in usable if kind == "text" and NUMERIC.fullmatch(text)]
    dates = {row: text for row, text, kind in usable if kind == "date" and ISO.fullmatch(text)}
    if not left or any(text[8:] > "12" for text in dates.values()):
        return {}
    return {row: text for row, text in dates.items() if text[5:7] != text[8:]}


def read_number(values: Values, cells: Cells) -> None:
    """Read a column of numbers with decimal commas or decimal points; mixing them is an error."""
    usable = list(_usable(values, cells))
    marked = {
        row: match for row, text, kind in usable if kind == "text" and (match := DECIMAL.fullmatch(text))
    }
    clear = [match[2] for match in marked.values() if len(match[3]) != THOUSANDS or match[1][0] == "0"]
    mark = clear[0] if clear else ""
    for row, match in marked.items():
        if mark and match[2] != mark:
            values.fail("decimal_mixed", [row], match[0], mark)
        elif not mark:
            values.fail("decimal_ambiguous", [row], match[0])
        else:
            values.texts[row] = match[0].replace(",", ".")


def _usable(values: Values, cells: Cells) -> Iterator[tuple[int, str, str]]:
    """Yield row, text and kind of the cells with a value; record those with an error or a formula."""
    for row, cell in cells:
        text = tidy(cell.text)
        values.texts[row] = text
        if cell.kind == "error":
            values.fail("error_cell", [row], text)
        elif cell.kind == "formula":
            values.fail("formula", [row], text)
        else:
            yield row, text, cell.kind


def _fits(text: str) -> bool:
    """Return whether a date is valid with day and month swapped."""
    try:
        return bool(parse_date(text, "month_first"))
    except DateError:
        return False
