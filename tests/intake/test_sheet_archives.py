import io
import subprocess
import sys
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spreadsheet_files import HEADINGS, RECORD, ods_bytes, ods_of, parts_of, refusal, xlsx_bytes, zipped

from analysis.intake import sheet_archives, sheets_ods, sheets_xlsx
from analysis.intake.sheet_archives import open_archive
from analysis.intake.sheets import UnreadableError

GOOD = xlsx_bytes({"S": [HEADINGS, RECORD]})
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>"
)
EXTERNAL = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'
BOMB = """
import resource, sys, io, zipfile
resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 700_000_000))
from analysis.intake import sheets_xlsx
from analysis.intake.sheets import UnreadableError
try:
    sheets_xlsx.read(open(sys.argv[1], "rb").read(), "bom.xlsx")
except UnreadableError as error:
    print(error.problem.kind)
"""


def with_part(name, content):
    """Return the good workbook with one part replaced or added."""
    return zipped(parts_of(GOOD) | {name: content})


def why(data, read=open_archive):
    """Return the kind of problem for which an archive is refused."""
    return refusal(read, data, "t.xlsx").kind


def test_an_ordinary_workbook_and_document_are_opened():
    for data in (GOOD, ods_bytes({"S": [HEADINGS, RECORD]})):
        with open_archive(data, "t.xlsx") as members:
            assert members.testzip() is None


@pytest.mark.parametrize("markup", [LAUGHS, EXTERNAL])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused_in_any_encoding(markup, encoding):
    prolog = f'<?xml version="1.0" encoding="{encoding}"?>'
    content = (prolog + markup).encode(encoding)
    assert why(with_part("xl/worksheets/sheet1.xml", content)) == "unsafe"
    assert why(ods_of("", prolog=LAUGHS[: LAUGHS.index("<worksheet")]), sheets_ods.read) == "unsafe"


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_archive_is_damaged(kept):
    assert why(GOOD[: int(len(GOOD) * kept)]) == "damaged"


@pytest.mark.parametrize(
    "sheet", ['<worksheet><sheetData><row r="x"/></sheetData></worksheet>', "<worksheet>"]
)
def test_a_row_without_a_number_and_markup_that_does_not_end_are_damaged(sheet):
    assert why(with_part("xl/worksheets/sheet1.xml", sheet), sheets_xlsx.read) == "damaged"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/worksheets/sheet1.xml", b" " * 30_000_000),
        ("xl/media/image1.png", b"\0" * 60_000_000),
        ("xl/worksheets/sheet1.xml", b"<a>" * 300 + b"</a>" * 300),
    ],
    ids=["packed too tightly", "too large", "too deep"],
)
def test_what_no_spreadsheet_program_writes_is_refused(name, content):
    assert why(with_part(name, content)) == "unsafe"


def test_too_many_parts_and_twice_the_same_part_are_refused():
    assert why(zipped({f"{n}.xml": "<a/>" for n in range(1001)})) == "unsafe"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        for _ in range(2):
            archive.writestr("a.xml", "<a/>")
    assert why(stream.getvalue()) == "unsafe"


def test_too_many_elements_are_refused(monkeypatch):
    monkeypatch.setattr(sheet_archives, "MAX_ELEMENTS", 20)
    assert why(GOOD) == "unsafe"


def test_an_encrypted_archive_is_told_to_be_saved_without_a_password():
    data = bytearray(zipped({"a.xml": "<a/>"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    assert why(bytes(data)) == "locked"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows caps no process's memory")
@pytest.mark.parametrize(
    "row", ['<c t="n"><v>1</v></c>' * 200, '<c t="inlineStr"><is><t>aaaaaaaa</t></is></c>' * 200]
)
def test_a_bomb_is_refused_with_little_memory(tmp_path, row):
    content = f"<worksheet><sheetData>{f'<row>{row}</row>' * 8_000}</sheetData></worksheet>"
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(with_part("xl/worksheets/sheet1.xml", content))
    assert path.stat().st_size < 500_000
    got = subprocess.run([sys.executable, "-c", BOMB, path], capture_output=True, text=True, check=False)
    assert got.stdout.strip() == "unsafe", got.stderr


KINDS = ("archive", "damaged", "unsafe", "old_format", "locked", "no_spreadsheet", "too_large")
"""What damaged bytes may be told to be: an archive like others, where the name of the workbook is damaged."""


@settings(max_examples=150)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_damaged_bytes_are_read_or_refused_but_never_crash(place, noise):
    data = GOOD[:place] + noise + GOOD[place + len(noise) :]
    try:
        sheets_xlsx.read(data, "t.xlsx")
    except UnreadableError as error:
        assert error.problem.kind in KINDS
