"""Row numbers of raw files as ranges: 2, 3, 4 and 8 are written "2-4 8"."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


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
