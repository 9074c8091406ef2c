"""How wide the columns of a table are on paper: by what stands in them."""

from collections.abc import Sequence
from math import ceil

import pandas as pd

LINE = 104
"""Characters of a table that fit side by side."""
GAP = 3
"""The space between two columns, and what bold letters need more."""
SHORT = 20
"""Characters up to which cells may be kept on one line."""
LONGEST_WORD = 40
"""Characters of a word that a column is made wide enough for."""


def column_widths(frame: pd.DataFrame) -> list[int]:
    """Return the widths of the columns, in characters, with which a table takes the fewest lines.

    A column holds its longest word, and its short cells if that takes no more lines. What is left goes to the
    columns by how much their longest cells lack, as browsers have it (CSS 2.2, 17.5.2).
    """
    columns = [(str(name), *frame.iloc[:, n].astype(str)) for n, name in enumerate(frame)]
    tried = (_shared(columns, short) for short in range(SHORT, -1, -1))
    return [GAP + width for width in min(tried, key=lambda widths: _lines(columns, widths))]


def _shared(columns: Sequence[Sequence[str]], short: int) -> list[int]:
    """Share a line out to columns in which cells of up to `short` characters stay on one line."""
    least = [_least(*cells, short=short) for cells in columns]
    lacking = [max(map(len, cells)) - width for cells, width in zip(columns, least, strict=True)]
    left = max(0, LINE - GAP * len(columns) - sum(least))
    part = min(1.0, left / max(1, sum(lacking)))
    return [width + round(part * more) for width, more in zip(least, lacking, strict=True)]


def _least(heading: str, *cells: str, short: int) -> int:
    words = (len(word) for cell in (heading, *cells) for word in cell.split())
    lines = (len(cell) for cell in cells if len(cell) <= short)
    return max(min(LONGEST_WORD, max(words, default=0)), max(lines, default=0))


def _lines(columns: Sequence[Sequence[str]], widths: Sequence[int]) -> int:
    """Return how many lines a table takes; columns that do not fit side by side are narrowed alike."""
    part = min(1.0, (LINE - GAP * len(columns)) / max(1, sum(widths)))
    inside = [max(1.0, part * width) for width in widths]
    return sum(
        max(ceil(len(cell) / width) for cell, width in zip(row, inside, strict=True))
        for row in zip(*columns, strict=True)
    )
