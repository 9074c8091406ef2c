"""Read back what the command prints: its numbered tables of problems, and the commands it suggests."""

import re
import shlex
from typing import NamedTuple

from analysis.intake.sheets import ImportProblem
from analysis.language.labels import LANGUAGES, text
from analysis.language.problems import Problem

COMMAND = re.compile(r"^ {2}(compendium .*)$", re.MULTILINE)
HEADINGS = ("column.place", "column.problem", "column.remedy")

PROBLEMS = [
    Problem("file.totals", "recap.csv", column="count", found="ownership 10, type 9", is_warning=True),
    Problem("cell.enum", "evidence.csv", 7, "polarity", "suports", "supports, mixed", nearest="supports"),
    Problem("file.missing", "metrics.csv"),
    ImportProblem(
        "category", "a b.xlsx [Sheet 1]", 3, "C (Basis)", "Fax [/bold] :smile:", "web, mobile", rows="3-5"
    ),
    Problem("cell.unique", "evidence.csv", 2, "evidence_id", "E" * 200),
]


class Row(NamedTuple):
    """One numbered row: its file and cells, without any white space, since cells wrap anywhere."""

    is_warning: bool
    file: str
    place: str
    problem: str
    remedy: str


def squeeze(words):
    """Return a text without white space."""
    return re.sub(r"\s+", "", words)


def read_problems(printed):
    """Return the rows of the tables of problems in what a command printed, in order."""
    rows, title, starts = [], (False, ""), []
    for line in printed.splitlines():
        if found := _starts(line):
            starts = found
        elif found := _title(line):
            title = found
        elif starts and title[1] and (line[: starts[0]].strip().isdigit() or (rows and not line[:4].strip())):
            cells = [line[a:b] for a, b in zip(starts, [*starts[1:], None], strict=True)]
            if line[: starts[0]].strip().isdigit():
                assert int(line[: starts[0]]) == len(rows) + 1
                rows.append([*title, *cells])
            elif any(cell.strip() for cell in cells) and not set(line.strip()) <= {"─"}:
                rows[-1][2:] = [old + new for old, new in zip(rows[-1][2:], cells, strict=True)]
    return [Row(row[0], row[1], *map(squeeze, row[2:])) for row in rows]


def suggested(printed):
    """Return the arguments of the commands that were suggested, in order."""
    return [shlex.split(line)[1:] for line in COMMAND.findall(printed)]


def _starts(line):
    """Return where the columns of a table of problems begin, if a line is its head."""
    for lang in LANGUAGES:
        headings = [text(key, lang) for key in HEADINGS]
        if line.split() == " ".join(headings).split():
            return [line.index(heading) for heading in headings]
    return []


def _title(line):
    """Return weight and file that a table of problems is about, if a line is its title."""
    for key in ("cli.errors_in", "cli.warnings_in"):
        for lang in LANGUAGES:
            before, _, after = text(key, lang, file="\0").partition("\0")
            if line.startswith(before):
                return key == "cli.warnings_in", line.strip()[len(before) :].removesuffix(after)
    return ()
