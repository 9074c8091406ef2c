"""Tables on a terminal: rows of texts, and what is wrong with data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console, ConsoleDimensions
from rich.table import Table
from rich.text import Text

from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.language.problem_groups import arranged
from analysis.language.problems import Problem, visible

if TYPE_CHECKING:
    from analysis.display.display_table import DisplayTable

MOST = 10
"""Problems that are shown where a page has them all."""
WIDEST = 120
"""Most columns of a terminal that a table takes."""
UNBROKEN = 100_000
"""Width of what is no terminal: a file or another program gets each row as one line."""
BLANKS = 2
"""Columns of a terminal between two of a table."""
SIDE_BY_SIDE = 4
"""Columns that a table may have to wrap its cells; the rows of a wider one stand below each other."""


class Output(Console):
    """The terminal; where the output goes elsewhere, its lines are not broken."""

    @property
    def size(self) -> ConsoleDimensions:
        """Width and height in letters."""
        return super().size if self.is_terminal else ConsoleDimensions(UNBROKEN, 25)

    @size.setter
    def size(self, new: tuple[int, int]) -> None:
        self._width, self._height = new


out = Output(highlight=False)


def show_rows(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    title: str = "",
    *,
    number: int = -1,
    align: Sequence[str] = (),
) -> None:
    """Print a table of texts; wide cells wrap, none is cut.

    Columns are aligned as `align` says; without it the column `number` is aligned right.
    """
    if title:
        out.print(Text(visible(title), "bold"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for position, heading in enumerate(headings):
        is_right = align[position] == "right" if align else position == number
        table.add_column(heading, overflow="fold", justify="right" if is_right else "left")
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    out.print(table)


def show_table(shown: DisplayTable) -> None:
    """Print a table as people read it, with caption and note; its rows below each other where it is wide."""
    caption = shown.caption.replace("*", "")
    headings, rows = [str(name) for name in shown.frame.columns], shown.frame.to_numpy().tolist()
    widths = [max(map(len, (heading, *cells))) for heading, *cells in zip(headings, *rows, strict=True)]
    if sum(widths) + BLANKS * len(widths) > out.width and len(headings) > SIDE_BY_SIDE:
        out.print(Text(visible(caption), "bold"))
        for row in rows:
            say_lines(_record(headings, row))
    else:
        show_rows(headings, rows, caption, align=shown.align)
    if shown.note:
        out.print(Text(visible(shown.note)))


def _record(headings: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    """Yield a line for each filled cell of a row, the first one at the margin."""
    filled = [(heading, cell) for heading, cell in zip(headings, row, strict=True) if cell]
    for number, (heading, cell) in enumerate(filled):
        yield f"{'    ' if number else ''}{heading}: {cell}"


def say_lines(lines: Iterator[str]) -> None:
    """Print lines, wrapped where a terminal is narrower."""
    for line in lines:
        out.print(Text(visible(line)))


def show_problems(problems: Sequence[Problem], lang: str, *, most: int | None = None) -> None:
    """Print problems as numbered tables: errors before warnings, one for each file or sheet.

    Only the first `most` are shown where a page has them all, and the number of the others.
    """
    number = 0
    told = arranged(problems)
    for (is_warning, file), group in groupby(told[:most], key=lambda one: (one.is_warning, one.file)):
        key = "cli.warnings_in" if is_warning else "cli.errors_in"
        out.print(Text(visible(text(key, lang, file=file)), "bold"))
        table = _problem_table(lang, with_head=number == 0 or _is_unbroken())
        for problem in group:
            number += 1
            table.add_row(str(number), *(Text(visible(cell)) for cell in _cells(problem, lang)))
        out.print(table)
    if number < len(told):
        out.print(Text(text("cli.more_problems", lang, n=integer(len(told) - number, lang))))


def _is_unbroken() -> bool:
    """Return whether rows are printed on one line each, however long."""
    return out.width == UNBROKEN


def _problem_table(lang: str, *, with_head: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=with_head)
    table.width = None if _is_unbroken() else min(out.width, WIDEST)
    table.add_column("", justify="right", min_width=3)
    for key, ratio in (("column.place", 4), ("column.problem", 8), ("column.remedy", 7)):
        table.add_column(text(key, lang), overflow="fold", ratio=None if _is_unbroken() else ratio)
    return table


def _cells(problem: Problem, lang: str) -> tuple[str, str, str]:
    """Return where in its file a problem is, what it is with its nearest match, and what to do."""
    said, joint = [problem.statement(lang), problem.guess(lang)], " " if _is_unbroken() else "\n"
    return problem.spot(lang, joint), joint.join(filter(None, said)), problem.remedy(lang)
