"""What a file is that is no spreadsheet, whatever it is called: told by its content."""

import json
import re
from collections.abc import Collection
from typing import NamedTuple


class Form(NamedTuple):
    """The kind of problem that a file of another form is, and what the form is called."""

    kind: str
    name: str


OLD = b"\xd0\xcf\x11\xe0"
"""Begins files of the old Excel, and in the same form those that the new one locks."""
LOCKED = "EncryptedPackage".encode("utf-16-le")
BEGINNINGS = {
    OLD: Form("old_format", ""),
    b"%PDF-": Form("document", "PDF"),
    b"{\\rtf": Form("document", "RTF"),
    b"\x89PNG": Form("document", "PNG"),
    b"\xff\xd8\xff": Form("document", "JPEG"),
    b"Rar!": Form("archive", "RAR"),
    b"7z\xbc\xaf": Form("archive", "7z"),
    b"\x1f\x8b": Form("archive", "gzip"),
    b"PAR1": Form("other_table", "Parquet"),
    b"SQLite format 3": Form("other_table", "SQLite"),
}
PARTS = {
    "xl/workbook.bin": Form("other_table", "XLSB"),
    "word/document.xml": Form("document", "Word"),
    "ppt/presentation.xml": Form("document", "PowerPoint"),
    "content.xml": Form("document", "OpenDocument"),
    "index/document.iwa": Form("other_table", "Numbers"),
}
"""A part of an archive that tells what the archive is."""
HTML = re.compile(r"<(!doctype\s+html|html|head|body|table|meta|style|div)\b", re.IGNORECASE)
WORKBOOK_2003 = "urn:schemas-microsoft-com:office:spreadsheet"
FLAT_ODS = "urn:oasis:names:tc:opendocument"
LOOKED_AT = 2_000
"""Letters at the beginning of a text that say what it is."""


def form_of_bytes(data: bytes) -> Form | None:
    """Return the form of a file that is known by its first bytes."""
    begins = data[:64].lstrip()
    if begins.startswith(OLD) and LOCKED in data:
        return Form("locked", "")
    return next((form for mark, form in BEGINNINGS.items() if begins.startswith(mark)), None)


def form_of_archive(names: Collection[str]) -> Form:
    """Return the form of a zip archive that is no workbook, from the names of its parts."""
    lower = {name.casefold() for name in names}
    return next((form for part, form in PARTS.items() if part in lower), Form("archive", "ZIP"))


def form_of_text(text: str) -> Form | None:
    """Return the form of a text that is no CSV: a page, a document in XML or JSON."""
    begins = text[:LOOKED_AT].lstrip("\ufeff \t\r\n")
    if begins.startswith(("{", "[")) and _is_json(text):
        return Form("json", "JSON")
    if not begins.startswith("<"):
        return None
    if HTML.search(begins):
        return Form("other_table", "HTML")
    if WORKBOOK_2003 in begins:
        return Form("other_table", "XML Spreadsheet 2003")
    if FLAT_ODS in begins:
        return Form("other_table", "FODS")
    return Form("document", "XML") if begins[1:2] in ("?", "!") or begins[1:2].isalpha() else None


def _is_json(text: str) -> bool:
    try:
        return isinstance(json.loads(text), (dict, list))
    except RecursionError:
        return True
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        return len(lines) > 1 and all(_is_object(line) for line in lines[:20])


def _is_object(line: str) -> bool:
    """Return whether a line is a JSON object of its own, as in JSON Lines."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
