"""Problems as people are told of them: one message for the same in many rows, the weightiest first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from analysis.language.labels import LANGUAGES, catalogue
from analysis.language.problems import Problem, rows_in, several

QUOTED = 3
"""Different cells that a message for many rows quotes."""


def grouped(problems: Sequence[Problem]) -> list[Problem]:
    """Return one problem for all of the same kind, column and remedy, with all of their rows.

    What was found in them is quoted as far as there is room. What was probably meant stays apart.
    """
    same: defaultdict[tuple[object, ...], list[Problem]] = defaultdict(list)
    for number, one in enumerate(problems):
        key = (one.kind, one.file, one.column, one.is_warning, one.expected, one.nearest)
        same[(*key, number) if one.row is None else key].append(one)
    return [_joined(group) for group in same.values()]


def arranged(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems, grouped, as they are told: errors first, file by file, what concerns most first.

    A whole file or table comes before rows, a kind that is found in more rows before others.
    """
    told = grouped(problems)
    files = list(dict.fromkeys(one.file for one in told))
    most: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in told:
        most[one.file, one.kind] += one.count
    kinds = list(most)
    return sorted(
        told,
        key=lambda one: (
            one.is_warning,
            files.index(one.file),
            one.scope,
            -most[one.file, one.kind],
            kinds.index((one.file, one.kind)),
            one.row or 0,
        ),
    )


def _joined(group: Sequence[Problem]) -> Problem:
    first = group[0]
    if len(group) == 1:
        return first
    rows = sorted({row for one in group for row in (rows_in(one.rows) or [one.row or 0])})
    found = list(dict.fromkeys(one.found for one in group))
    if len(found) > QUOTED:
        found = [*found[:QUOTED], "…"]
    return replace(first, row=rows[0], rows=several(rows), found=_joint(first.kind).join(found))


def _joint(kind: str) -> str:
    """Return what stands between cells that a message quotes: it closes and opens its quotation marks."""
    templates = (catalogue().get(f"{start}problem.{kind}", {}) for start in ("import.", ""))
    quotes = any("“{found}”" in template[lang] for template in templates if template for lang in LANGUAGES)
    return "”, “" if quotes else ", "
