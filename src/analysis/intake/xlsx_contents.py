"""What a workbook holds, counted before a reader opens it: cells, merges, styles, unsaved results."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from openpyxl.utils.cell import column_index_from_string

from analysis.intake.sheet_archives import Counter, UnsafeError

REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
MAX_STYLES = 70_000
"""More ways of formatting cells than Excel allows (65,490)."""
FORMATS = ("xf", "font", "fill", "border", "numFmt", "dxf")
FILLED = ("v", "is", "f")


@dataclass
class Content:
    """What one part holds, if it is a sheet.

    `rows` and `columns` say how far its filled cells reach, `cells` how many it has, those of merged blocks
    included; `unsaved` has the formulas without a result.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    unsaved: dict[tuple[int, int], str] = field(default_factory=dict)


class Contents(Counter):
    """Counts what the parts of a workbook hold; a part becomes a sheet only where the workbook says so."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: defaultdict[str, Content] = defaultdict(Content)
        self.row = self.column = self.styles = 0
        self.kind, self.formula, self.is_saved = "", "", False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Meet an element."""
        super().start(tag, attributes)
        name, content = tag.rpartition(":")[2], self.parts[self.part]
        if name == "sheetData":
            self.row = 0
        elif name == "row":
            self.row, self.column = int(attributes.get("r", self.row + 1)), 0
        elif name == "c":
            self._meet(content, attributes)
        elif name in FILLED:
            content.rows, content.columns = max(content.rows, self.row), max(content.columns, self.column)
        elif name == "mergeCell":
            content.cells += _area(attributes.get("ref", ""))
        elif name in FORMATS:
            self.styles += 1
            if self.styles > MAX_STYLES * len(FORMATS):
                raise UnsafeError(f"styles.xml > {MAX_STYLES}")

    def end(self, tag: str) -> None:
        """Leave an element."""
        name, text = tag.rpartition(":")[2], "".join(self.texts)
        super().end(tag)
        if name == "f":
            self.formula = f"={text}"
        elif name in ("v", "is"):
            self.is_saved |= name == "is" or bool(text)
        elif name == "c" and self.formula and not self.is_saved and self.kind != "str":
            self.parts[self.part].unsaved[self.row, self.column] = self.formula

    def _meet(self, content: Content, attributes: dict[str, str]) -> None:
        self.column += 1
        if match := REFERENCE.fullmatch(attributes.get("r", "")):
            self.column, self.row = column_index_from_string(match[1]), int(match[2])
        content.cells += 1
        self.kind, self.formula, self.is_saved = attributes.get("t", ""), "", False


def _area(reference: str) -> int:
    corners = [REFERENCE.fullmatch(corner) for corner in reference.split(":")]
    if len(corners) != 2 or not corners[0] or not corners[1]:
        return 1
    (left, top), (right, bottom) = ((column_index_from_string(c[1]), int(c[2])) for c in corners if c)
    return int(abs(right - left + 1) * abs(bottom - top + 1))
