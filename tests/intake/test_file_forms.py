"""A file of another form is called what it is, with the way out, whatever its name is."""

import pytest
from spreadsheet_files import ODS_TYPE, refusal, zipped

from analysis.intake import spreadsheets

HTML = "<html><head><meta charset='utf-8'></head><body><table><tr><td>Nama</td></tr></table></body></html>"
BOOK_2003 = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'

LOCKED = {"META-INF/manifest.xml": '<m xmlns:manifest="m"><manifest:encryption-data/></m>'}


@pytest.mark.parametrize(
    ("data", "kind", "name"),
    [
        (b'[{"nama": "Sapa Warga", "opd": "Dinas A"}]', "json", "JSON"),
        (b'{"data": [\n  {"nama": "Sapa"}\n]}', "json", "JSON"),
        (b'\xef\xbb\xbf{"nama": "Sapa"}\n{"nama": "Lapor"}\n', "json", "JSON"),
        (HTML.encode(), "other_table", "HTML"),
        (HTML.upper().encode("utf-16"), "other_table", "HTML"),
        (b"\r\n <table border=1><tr><td>x</td></tr></table>", "other_table", "HTML"),
        (BOOK_2003.encode(), "other_table", "XML Spreadsheet 2003"),
        (b"<?xml version='1.0'?><rows/>", "document", "XML"),
        (b"\xd0\xcf\x11\xe0" + bytes(100), "old_format", ""),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked", ""),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "document", "PDF"),
        (b"{\\rtf1 Nama}", "document", "RTF"),
        (b"\x1f\x8b\x08\x00", "archive", "gzip"),
        (zipped({"word/document.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "document", "Word"),
        (zipped({"xl/workbook.bin": "x", "[Content_Types].xml": "<a/>"}), "other_table", "XLSB"),
        (zipped({"inventaris.csv": "Nama;OPD"}), "archive", "ZIP"),
        (zipped({"mimetype": ODS_TYPE, "content.xml": b"\x00\xff", **LOCKED}), "locked", ""),
    ],
)
def test_the_form_of_a_file_is_named(data, kind, name):
    problem = refusal(spreadsheets.read, data, "inventaris.xls")
    assert (problem.kind, problem.found) == (kind, name)
    assert problem.remedy("id") and problem.remedy("en")


@pytest.mark.parametrize("data", [b"[satu];dua\n", b"{nama}\n", b"<3 Bandung;x\n", b"<- kiri;kanan\n"])
def test_a_table_that_begins_with_a_bracket_is_a_table(data):
    assert spreadsheets.read(data, "t.csv")[0].rows
