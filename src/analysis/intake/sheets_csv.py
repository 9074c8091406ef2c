"""Read a CSV file as Excel writes it in any locale: delimiter and encoding are detected."""

import csv
import io
import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter
from itertools import islice

from analysis.intake.file_forms import form_of_text
from analysis.intake.sheets import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell, ImportProblem, Sheet, refuse
from analysis.language.headings import recognise

DELIMITERS = (";", ",", "\t", "|")
SEPARATOR_LINE = re.compile(r"sep=([;,\t|])\r?\n", re.IGNORECASE)
"""A first line that tells Excel the delimiter; it is not a row of the table."""
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
BREAK = re.compile(r"\r\n|\r|\n")
WRAPPED = re.compile(r'"(?:[^"]|"")*"')
"""A line that is one quoted cell."""
LEGACY = "cp1252"
"""The encoding of Excel's plain "CSV" on Windows in Indonesian or English."""
TRIED = 40
"""Rows examined to find the delimiter."""
CUT = 40
MOST_UNPAIRED = 50
"""Rows with an unpaired quotation mark before nothing more is read."""


def read(data: bytes, file: str) -> Sheet:
    """Return the one sheet of a CSV file in UTF-8, UTF-16 or Windows-1252; `refuse` any other file."""
    text, encoding = decode(data, file)
    text, delimiter = _delimiter(_unwrapped(text))
    sheet = Sheet(file, "", [])
    _parse(text, sheet, delimiter)
    if encoding == LEGACY:
        sample = next((c.text for row in sheet.rows for c in row if not c.text.isascii()), "")
        problem = ImportProblem("encoding_guessed", file, found=sample[:CUT], is_warning=True)
        sheet.problems.append(problem)
    return sheet


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Return the text of a file and its encoding.

    UTF-8 is so strict that text in another encoding almost never passes for it; so what is neither UTF-8 nor
    UTF-16 is read as Windows-1252, if possible.

    Raises
    ------
    UnreadableError
        When that is impossible, or the text is no CSV.
    """
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        refuse("encoding", file, found=f"0x{data[error.start]:02X}")
    if form := form_of_text(text):
        refuse(form.kind, file, found=form.name)
    if CONTROL.search(text):
        refuse("no_spreadsheet", file)
    return text, encoding


def _encoding(data: bytes) -> str:
    if data.startswith(BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in data:
        return "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return LEGACY
    return "utf-8"


def _delimiter(text: str) -> tuple[str, str]:
    """Return the text without Excel's separator line, and the delimiter."""
    if match := SEPARATOR_LINE.match(text):
        return text[match.end() :], match[1]
    return text, max(DELIMITERS, key=lambda delimiter: _fitness(text, delimiter))


def _unwrapped(text: str) -> str:
    """Return a text whose every line Excel has made one quoted cell with its delimiters in it, as it was."""
    lines = BREAK.split(text)
    if not all(WRAPPED.fullmatch(line) and any(one in line for one in DELIMITERS) for line in lines if line):
        return text
    return "\n".join(line[1:-1].replace('""', '"') for line in lines)


def _fitness(text: str, delimiter: str) -> tuple[int, float]:
    """Return how well a delimiter fits: known headings in one row, then how many rows are equally wide."""
    try:
        rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), TRIED))
    except csv.Error:
        return 0, 0.0
    headings = max((sum(bool(recognise(cell)) for cell in row) for row in rows), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return headings, max((n * width / (n + 1) for width, n in widths.items()), default=0.0)


def _parse(text: str, sheet: Sheet, delimiter: str) -> None:
    """Add the rows of a text to a sheet; one whose quotation marks do not pair up is read without them."""
    lines = list(io.StringIO(text, newline=""))
    widths: Counter[int] = Counter()
    begin = cells = 0
    while begin < len(lines):
        row, used = _record(lines, begin, delimiter)
        bare = lines[begin].rstrip("\r\n").split(delimiter)
        if row is None or (used > 1 and _is_swallowed(row, bare, widths)):
            _tell_unpaired(sheet, lines[begin])
            row, used = bare, 1
        sheet.rows.append([Cell(cell) for cell in row])
        widths[len(row)] += len(row) > 1
        begin, cells, rows = begin + used, cells + len(row), len(sheet.rows)
        if rows > MAX_ROWS or len(row) > MAX_COLUMNS or cells > MAX_CELLS:
            most = f"{MAX_ROWS} × {MAX_COLUMNS}"
            refuse("too_large", sheet.file, row=rows, found=f"{rows} × {len(row)}", expected=most)


def _record(lines: list[str], begin: int, delimiter: str) -> tuple[list[str] | None, int]:
    """Return the record that a line begins, None if its quotation marks do not pair up, and its lines."""
    following = (lines[number] for number in range(begin, len(lines)))
    reader = csv.reader(following, delimiter=delimiter, strict=True)
    try:
        return next(reader), reader.line_num
    except csv.Error:
        return None, 1


def _is_swallowed(row: list[str], bare: list[str], widths: Counter[int]) -> bool:
    """Return whether a record of several lines only is one because a quotation mark of its first is unpaired.

    Then its first line alone is as wide as most, and the record is not.
    """
    usual = widths.most_common(1)[0][0] if widths else 0
    return len(row) != usual == len(bare)


def _tell_unpaired(sheet: Sheet, line: str) -> None:
    row, found = len(sheet.rows) + 1, line.strip()[:CUT]
    if len(sheet.problems) == MOST_UNPAIRED:
        refuse("csv", sheet.file, row=row, found=found)
    sheet.problems.append(ImportProblem("csv", sheet.file, row, found=found))
