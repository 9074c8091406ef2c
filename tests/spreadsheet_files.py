"""Builders of spreadsheets as other people make them: CSV, XLSX and ODS as bytes."""

import csv
import io
import re
import zipfile
from collections import Counter
from datetime import date
from itertools import pairwise
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook

from analysis.intake import spreadsheets
from analysis.intake.import_records import read_inventory
from analysis.intake.mapping import FIELDS, InventoryMapping
from analysis.intake.proposing import propose
from analysis.intake.sheets import UnreadableError
from analysis.project.workbooks import put
from analysis.synthetic.synthesis import synthesize_inventory

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


def xlsx_bytes(sheets, change=lambda book: None, merge=(), hidden=()):
    """Return sheets of rows as a workbook; texts are texts, whatever they begin with.

    `merge` are blocks of the first sheet; sheets in `hidden` are hidden; `change` changes whatever else.
    """
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
    for block in merge:
        book.worksheets[0].merge_cells(block)
    for title in hidden:
        book[title].sheet_state = "hidden"
    change(book)
    return saved(book)


def refusal(read, *arguments, **options):
    """Return the problem for which a file is refused."""
    with pytest.raises(UnreadableError) as caught:
        read(*arguments, **options)
    return caught.value.problem


def parts_of(data):
    """Return the parts of an archive by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(data, *replacements):
    """Return an archive with patterns replaced in all of its parts, each somewhere."""
    parts = parts_of(data)
    for pattern, new in replacements:
        before, parts = parts, {name: re.sub(pattern, new, part) for name, part in parts.items()}
        assert parts != before, pattern
    return zipped(parts)


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
    return spreadsheets.find_table(spreadsheets.read(data, file), **where)


def read_back(data, file="inventaris.xlsx"):
    """Return the records that an import makes of a file, and all problems."""
    table, odd = find(data, file)
    frame, problems = read_inventory(table, propose(table))
    return [tuple(record) for record in frame[list(FIELDS)].to_numpy().tolist()], [*odd, *problems]


def choices(**columns):
    """Return a mapping in which only some columns were chosen."""
    return InventoryMapping(columns=columns)


def told(problems):
    """Return problems as kind, row and column."""
    return [(problem.kind, problem.row, problem.column) for problem in problems]


# Three inventories of whole cities as other people keep them; `records` is what must come out of each.

SIZES = {"indonesian": 45, "english": 36, "mixed": 54}
SPELLINGS = {
    "indonesian": {
        "web": ("Berbasis Web", "Website", "web ", "WEB"),
        "mobile": ("Android", "Berbasis Andriod", "Aplikasi Mobile"),
        "desktop": ("Desktop", "Dekstop", "Client-Server"),
        "multiplatform": ("Web & Android", "Multi Platform"),
        "own": ("Milik Sendiri", "Pemkot", "milik  sendiri"),
        "central": ("Kementerian/Lembaga", "Pusat"),
        "grant": ("Hibah", "hibah"),
        "planned": ("Direncanakan", "Rencana"),
        "development": ("Dalam Pengembangan", "Sedang dibangun"),
        "trial": ("Uji Coba", "ujicoba"),
        "operational": ("Aktif", "AKTIF", "Beroperasi", "Aktiff"),
        "inactive": ("Tidak Aktif", "Non-aktif", "Tidak digunakan"),
    },
    "english": {
        "web": ("Web", "Web-based", "website"),
        "mobile": ("Mobile app", "Android", "iOS"),
        "desktop": ("Windows", "Desktop app"),
        "multiplatform": ("Web, iOS", "Cross-platform"),
        "own": ("City-owned", "In-house", "Municipality"),
        "central": ("Ministry", "Central goverment"),
        "grant": ("Donated", "Grant"),
        "planned": ("Planned",),
        "development": ("Under development", "In progress"),
        "trial": ("Pilot", "Testing"),
        "operational": ("In use", "Live", "Active"),
        "inactive": ("Not in use", "Retired", "not active"),
    },
    "mixed": {
        "web": ("Web", "Browser"),
        "mobile": ("HP", "mobile"),
        "desktop": ("laptop", "Desktop"),
        "multiplatform": ("Web / Android", "Hybrid"),
        "own": ("bikin sendiri", "punya dinas"),
        "central": ("titipan pusat",),
        "grant": ("dikasih donor",),
        "planned": ("Planned", "rencana"),
        "development": ("on progress",),
        "trial": ("UAT", "uji coba"),
        "operational": ("live", "Digunakan"),
        "inactive": ("Off", "tidak digunakan"),
    },
}


def records(name):
    """Return the records of an inventory as they are to be imported."""
    frame = synthesize_inventory(len(name), size=SIZES[name])
    frame["function"] += " · kafé"
    return frame


def _spelt(name):
    """Yield the records of an inventory with its own spellings, each in turn."""
    turns = Counter()
    for record in records(name).to_dict("records"):
        for attribute in ("type", "ownership", "status"):
            spellings = SPELLINGS[name][record[attribute]]
            turns[record[attribute]] += 1
            record[attribute] = spellings[turns[record[attribute]] % len(spellings)]
        yield record


def indonesian(folder):
    """Write a CSV file of Indonesian Excel: semicolons, Windows-1252, decimal commas, a total and a note."""
    rows = [["REKAP APLIKASI PEMERINTAH KOTA"], []]
    rows.append(
        ["No", "Nama Aplikasi", "Unit Pengelola", "Basis Aplikasi", "Kepemilikan", "Status Penggunaan"]
    )
    rows[-1] += ["Uraian Fungsi", "Tgl. Pemutakhiran", "Anggaran (juta)"]
    for n, one in enumerate(_spelt("indonesian"), start=1):
        day = "/".join(reversed(one["last_updated"].split("-"))) or "-"
        kinds = [one["type"], one["ownership"], one["status"]]
        rows.append([n, f" {one['name']} ", one["owner"], *kinds, one["function"], day, f"{n},5"])
        rows += [[""] * 9] if n == 20 else []
    rows += [["", "Jumlah", SIZES["indonesian"]], [], ["Sumber: Diskominfo, 2024"]]
    width = len(rows[2])
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    path = folder / "inventaris kota.csv"
    path.write_bytes(csv_bytes(padded, ";", "cp1252"))
    return path


def english(folder):
    """Write a CSV file with commas and a byte order mark, other columns between ours, American dates."""
    heading = ["ID", "Managing agency", "App name", "Platform", "Vendor", "Ownership", "Lifecycle status"]
    rows = [[*heading, "Purpose", "Last update", "E-mail"]]
    for n, one in enumerate(_spelt("english"), start=1):
        year, month, day = one["last_updated"].split("-") if one["last_updated"] else ("", "", "")
        date_ = f"{month}/{day}/{year}" if day else "n/a"
        kinds = [one["type"], "", one["ownership"], one["status"]]
        rows.append([f"A{n:03d}", one["owner"], one["name"], *kinds])
        rows[-1] += [one["function"], date_, "office@example.org"]
    path = folder / "apps.csv"
    path.write_bytes(csv_bytes(rows, ",", "utf-8-sig", csv.QUOTE_ALL))
    return path


def mixed(folder):
    """Write a workbook: titles, agencies in merged cells, a hidden sheet, words only its author knows."""
    found = list(_spelt("mixed"))
    heading = ["#", "OPD / Agency", "Nama App", "Platform", "Punya siapa", "Kondisi", "Description"]
    rows = [["Daftar aplikasi (list of apps)"], ["Updated: 2024"], [], [*heading, "Last Update"]]
    for n, one in enumerate(found, start=1):
        day = date.fromisoformat(one["last_updated"]) if one["last_updated"] else ""
        is_first = n == 1 or found[n - 2]["owner"] != one["owner"]
        kinds = [one["type"], one["ownership"], one["status"]]
        rows.append([n, one["owner"] if is_first else "", one["name"], *kinds, one["function"], day])

    def change(book):
        sheet = book["Apps"]
        sheet.merge_cells("A1:H1")
        starts = [n for n, row in enumerate(rows[4:], start=5) if row[1]]
        for first, following in pairwise([*starts, len(rows) + 1]):
            if following - first > 1:
                sheet.merge_cells(f"B{first}:B{following - 1}")
        book["Old"].sheet_state = "hidden"

    path = folder / "daftar-apps.xlsx"
    path.write_bytes(xlsx_bytes({"Old": [["x"]], "Apps": rows}, change))
    return path


MENDINGS = {
    "indonesian": (),
    "english": (),
    "mixed": (
        ("ownership: {from: ''", "ownership: {from: Punya siapa"),
        ("found: 'Off', means: ''", "found: Off, means: inactive"),
        ("found: laptop, means: ''", "found: laptop, means: desktop"),
        (
            "  ownership: []",
            "  ownership:\n"
            "  - {found: bikin sendiri, means: own}\n"
            "  - {found: punya dinas, means: own}\n"
            "  - {found: titipan pusat, means: central}\n"
            "  - {found: dikasih donor, means: grant}",
        ),
    ),
}
"""What somebody who knows the city changes in the draft of the mapping."""


def mend(draft, name):
    """Edit the draft of a mapping as somebody who knows the city would."""
    document = draft.read_text("utf-8")
    for old, new in MENDINGS[name]:
        assert document.count(old) == 1, (old, document)
        document = document.replace(old, new)
    draft.write_text(document, encoding="utf-8")
