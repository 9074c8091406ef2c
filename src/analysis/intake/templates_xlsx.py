"""Write the workbook that a city's data can be typed into: one sheet per raw file, in both languages."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.checking.consistency import LINKS
from analysis.language.labels import LANGUAGES, catalogue, text
from analysis.project import cities
from analysis.project.atomic import write_bytes
from analysis.project.workbooks import AS_TEXT, put, saved
from analysis.raw_data.languages import needs_a_language
from analysis.raw_data.schemas import fields_asked, schemas
from analysis.tables.applications import CATEGORIES

HEADER = 4
"""Row with the column names that an import recognises; titles and explanations are above it."""
MARKER = "contoh/example"
"""Heading of the column that marks example rows, and the mark."""
GUIDE, CODES = "Petunjuk - Guide", "Kode - Codes"
HEIGHTS = {2: 32, 3: 96}
"""Heights of the rows with titles and explanations, in points: two lines and eight."""
LAST_ROW = 2_000
"""Last row whose cells are text and have drop-down lists."""
WIDTH, WIDE = 24, 44
TINTS = {"head": "D9E2EC", "note": "F3F5F7", "example": "FFF6D6"}


def write_template(path: Path) -> None:
    """Write the template workbook, complete or not at all.

    Every sheet has titles and explanations in both languages, a header of column names, drop-down lists of
    the codes allowed, and example rows marked ``contoh/example``, which an import leaves out. Cells are
    formatted as text, so that Excel keeps ``0012`` and ``=…`` as they are typed.
    """
    book = Workbook()
    book.remove(book.active)
    _write_guide(book.create_sheet(GUIDE))
    lists = {name: _lists(name) for name in examples()}
    columns = _write_codes(book, lists.values())
    for name, codes in lists.items():
        _write_sheet(book.create_sheet(name), name, codes, columns)
    book.move_sheet(CODES, len(lists))
    book.active = 1
    write_bytes(path, saved(book))


@cache
def examples() -> Mapping[str, Sequence[Sequence[str]]]:
    """Return the example rows of every sheet, without their mark, in the order of the sheets."""
    document: dict[str, list[list[str]]] = cities.read_yaml(
        Path(__file__).with_name("template_examples.yaml")
    )
    return document


def _lists(name: str) -> dict[str, tuple[str, ...]]:
    """Return the codes allowed in a sheet's columns that have a list of codes."""
    fields = fields_asked(name)
    found = {f["name"]: tuple(f["constraints"]["enum"]) for f in fields if "enum" in f.get("constraints", {})}
    framework = _framework().items()
    linked = {
        column: tuple(code for code, row in framework if row["level"] == level)
        for file, column, level in LINKS
        if file == name
    }
    return linked | found


def _framework() -> dict[str, dict[str, str]]:
    """Return the rows of the framework by code."""
    with (cities.project_root() / cities.MARKER).open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row for row in csv.DictReader(stream)}


def _write_guide(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 110
    row = 1
    for lang in LANGUAGES:
        for n, line in enumerate(text("template.guide", lang).split(" | ")):
            cell = put(sheet, row, 1, line)
            cell.font = Font(bold=n == 0, size=14 if n == 0 else 11)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            row += 1
        row += 1


def _write_codes(
    book: Workbook, lists: Iterable[Mapping[str, tuple[str, ...]]]
) -> dict[tuple[str, ...], str]:
    """Write every list of codes below the name of its column, with labels; return the cell ranges by list."""
    sheet = book.create_sheet(CODES)
    sheet.freeze_panes = "A2"
    ranges: dict[tuple[str, ...], str] = {}
    names = {codes: name for part in lists for name, codes in part.items()}
    for codes, name in names.items():
        column = 3 * len(ranges) + 1
        for offset, lang in enumerate(("", *LANGUAGES)):
            sheet.column_dimensions[get_column_letter(column + offset)].width = WIDTH
            put(sheet, 1, column + offset, lang or name).font = Font(bold=True)
            for row, code in enumerate(codes, start=2):
                put(sheet, row, column + offset, _label(name, code, lang) if lang else code)
        letters = get_column_letter(column)
        ranges[codes] = f"'{CODES}'!${letters}$2:${letters}${len(codes) + 1}"
    return ranges


def _label(column: str, code: str, lang: str) -> str:
    """Return the label of a code in a column."""
    keys = [code, *(f"{family}.{code}" for family in (column, *CATEGORIES, "caption"))]
    known = next((key for key in keys if key in catalogue()), None)
    return text(known, lang, value="…", city="…") if known else _framework()[code][f"label_{lang}"]


def _write_sheet(
    sheet: Worksheet, name: str, lists: Mapping[str, tuple[str, ...]], ranges: Mapping[tuple[str, ...], str]
) -> None:
    fields = fields_asked(name)
    title = put(sheet, 1, 1, " / ".join(schemas()[name][key] for key in ("title", "title_en")))
    title.font = Font(bold=True, size=14)
    for column, field in enumerate([_marker_field(), *fields], start=1):
        _write_heading(sheet, column, field, _star(name, field))
        letters = get_column_letter(column)
        is_wide = field["name"].startswith(("text", "explan", "func"))
        sheet.column_dimensions[letters].width = WIDE if is_wide else WIDTH
        sheet.column_dimensions[letters].number_format = AS_TEXT
        if codes := lists.get(field["name"]):
            _restrict(sheet, letters, ranges[codes], required=field["constraints"].get("required", False))
    for row, example in enumerate(examples()[name], start=HEADER + 1):
        for column, value in enumerate([MARKER, *example], start=1):
            put(sheet, row, column, value).fill = PatternFill("solid", fgColor=TINTS["example"])
    for row, height in HEIGHTS.items():
        sheet.row_dimensions[row].height = height
    sheet.freeze_panes = sheet.cell(HEADER + 1, 1)


def _marker_field() -> dict[str, Any]:
    return {
        "name": MARKER,
        "title": text("template.marker", "id"),
        "title_en": text("template.marker", "en"),
        "description": text("template.marker_help", "id"),
        "description_en": text("template.marker_help", "en"),
    }


def _star(name: str, field: Mapping[str, Any]) -> str:
    """Return the mark of a column that has to be filled in: always, or in one language at least."""
    if needs_a_language(name, field):
        return " **"
    return " *" if field.get("constraints", {}).get("required") else ""


def _write_heading(sheet: Worksheet, column: int, field: Mapping[str, Any], star: str) -> None:
    lines = (
        f"{field['title']} / {field['title_en']}{star}",
        f"{field['description']}\n{field['description_en']}",
        field["name"],
    )
    for row, line in enumerate(lines, start=2):
        cell = put(sheet, row, column, line)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=row != HEADER - 1, size=9 if row == HEADER - 1 else 11)
        cell.fill = PatternFill("solid", fgColor=TINTS["note" if row == HEADER - 1 else "head"])


def _restrict(sheet: Worksheet, letters: str, source: str, *, required: bool) -> None:
    rule = DataValidation(type="list", formula1=source, allow_blank=not required, showErrorMessage=True)
    rule.errorTitle = " / ".join(text("template.list_title", lang) for lang in LANGUAGES)
    rule.error = "\n".join(text("template.list_error", lang) for lang in LANGUAGES)
    rule.add(f"{letters}{HEADER + 1}:{letters}{LAST_ROW}")
    sheet.add_data_validation(rule)
