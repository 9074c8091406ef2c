"""Tables on a terminal: rows of texts, and what is wrong with data."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.language.problem_groups import arranged
from analysis.language.problems import Problem, visible

out = Console(highlight=False)
MOST = 10
"""Problems that are shown where a page has them all."""
WIDEST = 120
"""Most columns of a terminal that a table takes."""


def show_rows(
    headings: Sequence[str], rows: Sequence[Sequence[str]], title: str = "", *, number: int = -1
) -> None:
    """Print a table of texts; wide cells wrap, none is cut. The column `number` is aligned right."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=title or None, title_justify="left")
    table.title_style = "bold"
    for position, heading in enumerate(headings):
        table.add_column(heading, overflow="fold", justify="right" if position == number else "left")
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    out.print(table)


def show_problems(problems: Sequence[Problem], lang: str, *, most: int | None = None) -> None:
    """Print problems as numbered tables: errors before warnings, one for each file or sheet.

    Only the first `most` are shown where a page has them all, and the number of the others.
    """
    number = 0
    told = arranged(problems)
    for (is_warning, file), group in groupby(told[:most], key=lambda one: (one.is_warning, one.file)):
        key = "cli.warnings_in" if is_warning else "cli.errors_in"
        table = _problem_table(text(key, lang, file=file), lang, with_head=number == 0)
        for problem in group:
            number += 1
            table.add_row(str(number), *(Text(visible(cell)) for cell in _cells(problem, lang)))
        out.print(table)
    if number < len(told):
        out.print(Text(text("cli.more_problems", lang, n=integer(len(told) - number, lang))))


def _problem_table(title: str, lang: str, *, with_head: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_header=with_head, title_justify="left")
    table.title, table.title_style, table.width = Text(visible(title)), "bold", min(out.width, WIDEST)
    table.add_column("", justify="right", min_width=3)
    for key, ratio in (("column.place", 4), ("column.problem", 8), ("column.remedy", 7)):
        table.add_column(text(key, lang), overflow="fold", ratio=ratio)
    return table


def _cells(problem: Problem, lang: str) -> tuple[str, str, str]:
    """Return where in its file a problem is, what it is with its nearest match, and what to do."""
    said = [problem.statement(lang), problem.guess(lang)]
    return problem.spot(lang, "\n"), "\n".join(filter(None, said)), problem.remedy(lang)
