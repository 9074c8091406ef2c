"""Row numbers of raw files as ranges: 2, 3, 4 and 8 are written "2-4 8"."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike

ALSO = " + "
"""Between raw files, and between their rows, where a value comes from several."""


def runs(numbers: ArrayLike) -> list[tuple[int, int]]:
    """Return the first and the last of all runs of successive numbers, in ascending order."""
    ordered = np.unique(np.asarray(numbers, dtype=np.int64))
    starts = np.flatnonzero(np.diff(ordered, prepend=np.iinfo(np.int64).min) != 1)
    ends = np.append(starts[1:], len(ordered)) - 1
    return list(zip(ordered[starts].tolist(), ordered[ends].tolist(), strict=True)) if len(ordered) else []


def row_ranges(numbers: ArrayLike) -> str:
    """Write row numbers as ranges."""
    return " ".join(f"{first}-{last}" if first < last else f"{first}" for first, last in runs(numbers))


def rows_in(ranges: str) -> list[int]:
    """Return the row numbers in ranges; anything else is ignored."""
    parts = [part.split("-") for part in ranges.split() if part[0].isdigit()]
    return [row for part in parts for row in range(int(part[0]), int(part[-1]) + 1)]


def joined(places: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """Write rows of several raw files as one file and its rows, in the order in which they come.

    Each file is named once, as are its rows: ``a.csv`` and ``2 5-7``; of two files ``a.csv + b.csv`` and
    ``2 5-7 + 3``.
    """
    by_file: dict[str, dict[str, None]] = {}
    for files, ranges in places:
        for file, rows in separate(files, ranges):
            by_file.setdefault(file, {}).update(dict.fromkeys(rows.split()))
    return ALSO.join(by_file), ALSO.join(" ".join(rows) for rows in by_file.values())


def separate(files: str, ranges: str) -> list[tuple[str, str]]:
    """Return the files and rows that `joined` has written as one."""
    return list(zip(files.split(ALSO), ranges.split(ALSO), strict=True))


def parts(files: str, ranges: str) -> list[tuple[str, str]]:
    """Return every range in what `joined` has written, with its file; none where no rows are written."""
    pairs = separate(files, ranges) if files and ranges else []
    return [(file, part) for file, rows in pairs for part in rows.split()]


def spots(files: str, ranges: str) -> dict[tuple[str, int], None]:
    """Return every row in what `joined` has written, with its file, each once and in their order."""
    return {(file, row): None for file, part in parts(files, ranges) for row in rows_in(part)}
