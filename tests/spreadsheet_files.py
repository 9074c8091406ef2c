"""Builders of spreadsheets as other people make them: CSV, XLSX and ODS as bytes."""

import csv
import io
import zipfile
from datetime import date
from xml.sax.saxutils import escape

from openpyxl import Workbook

from analysis.intake import spreadsheets
from analysis.intake.import_records import read_inventory
from analysis.intake.mapping import FIELDS, propose
from analysis.intake.synonyms import recognise
from analysis.intake.templates_xlsx import put

HEADINGS = (
    "Nama Aplikasi",
    "Perangkat Daerah",
    "Basis Aplikasi",
    "Status Kepemilikan",
    "Status Aplikasi",
    "Fungsi",
    "Tanggal Pemutakhiran",
)
RECORD = ("Sapa Warga", "Dinas Kesehatan", "Web", "Milik Sendiri", "Aktif", "Aduan", "31/12/2023")
BLOCK = {
    "name_id": "Kota Surabaya",
    "name_en": "Surabaya",
    "province_id": "Jawa Timur",
    "province_en": "East Java",
    "synthetic": False,
}
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "style", "table", "text")
)


def csv_bytes(rows, delimiter=";", encoding="utf-8-sig", quoting=csv.QUOTE_MINIMAL):
    """Return rows as a CSV file with Windows line ends."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=quoting).writerows(rows)
    return stream.getvalue().encode(encoding)


def xlsx_bytes(sheets, change=lambda book: None):
    """Return sheets of rows as a workbook; texts are texts, whatever they begin with."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row, values in enumerate(rows, start=1):
            for column, value in enumerate(values, start=1):
                if value not in ("", None):
                    if isinstance(value, str):
                        put(sheet, row, column, value)
                    else:
                        sheet.cell(row, column, value)
    change(book)
    return saved(book)


def saved(book):
    """Return a workbook as bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def ods_bytes(sheets, hidden=()):
    """Return sheets of rows as LibreOffice writes them: repeated cells, a million blank rows at the end."""
    tables = "".join(_ods_table(title, rows, title in hidden) for title, rows in sheets.items())
    styles = (
        '<office:automatic-styles><style:style style:name="off" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    return ods_of(f"{styles}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>")


def ods_of(body, prolog=""):
    """Return an ODS document with this markup in it."""
    content = f"{prolog}<office:document-content {NAMESPACES}>{body}</office:document-content>"
    return zipped({"mimetype": ODS_TYPE, "content.xml": content})


def zipped(parts):
    """Return an archive of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, content, how)
    return stream.getvalue()


def _ods_table(title, rows, is_hidden):
    style = ' table:style-name="off"' if is_hidden else ""
    body = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    tail = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    return f'<table:table table:name="{escape(title)}"{style}><table:table-column/>{body}{tail}</table:table>'


def ods_cell(value):
    """Return the markup of one cell."""
    if value in ("", None):
        return "<table:table-cell/>"
    if isinstance(value, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p>x</text:p>'
            "</table:table-cell>"
        )
    if isinstance(value, (int, float)):
        shown = str(value).replace(".", ",")
        kind = f'office:value-type="float" office:value="{value}"'
        return f"<table:table-cell {kind}><text:p>{shown}</text:p></table:table-cell>"
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def find(data, file="inventaris.xlsx", **where):
    """Return the table in a file, and what is odd about it."""
    return spreadsheets.find_table(spreadsheets.read_bytes(data, file, recognise), recognise, **where)


def read_back(data, file="inventaris.xlsx"):
    """Return the records that an import makes of a file, and all problems."""
    table, odd = find(data, file)
    frame, problems = read_inventory(table, propose(table))
    return [tuple(record) for record in frame[list(FIELDS)].to_numpy().tolist()], [*odd, *problems]


def told(problems):
    """Return problems as kind, row and column."""
    return [(problem.kind, problem.row, problem.column) for problem in problems]
