"""How wide the columns of a table are on paper: by what stands in them."""

import pandas as pd

LINE = 104
"""Characters of a table that fit side by side."""
GAP = 3
"""The space between two columns, and what bold letters need more."""
SHORT = 20
"""Characters up to which a cell is to stay on one line."""
LONGEST_WORD = 40
"""Characters of a word that a column is made wide enough for."""


def column_widths(frame: pd.DataFrame) -> list[int]:
    """Return the widths of the columns in characters, shared out much as browsers do (CSS 2.2, 17.5.2).

    A column holds its longest word and, as far as there is room, its short cells. What is left of the line
    goes to the columns by how much their longest cells lack.
    """
    columns = [(str(name), *frame.iloc[:, n].astype(str)) for n, name in enumerate(frame)]
    room = LINE - GAP * len(columns)
    tried = ([_least(*cells, short=short) for cells in columns] for short in range(SHORT, 0, -1))
    words = [_least(*cells, short=0) for cells in columns]
    least = next((widths for widths in tried if sum(widths) <= room), words)
    lacking = [max(map(len, cells)) - width for cells, width in zip(columns, least, strict=True)]
    part = min(1.0, max(0, room - sum(least)) / max(1, sum(lacking)))
    return [GAP + width + round(part * more) for width, more in zip(least, lacking, strict=True)]


def _least(heading: str, *cells: str, short: int) -> int:
    """Return what a column needs for its longest word, and for cells of up to `short` characters."""
    words = (len(word) for cell in (heading, *cells) for word in cell.split())
    lines = (len(cell) for cell in cells if len(cell) <= short)
    return max(min(LONGEST_WORD, max(words, default=0)), max(lines, default=0))
