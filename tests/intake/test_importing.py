"""From somebody's spreadsheet to a valid package: everything or nothing, every problem in its place."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import yaml
from helpers import CITY, FILES, LANGUAGES, write_yaml
from spreadsheet_files import BLOCK, HEADINGS, RECORD, csv_bytes, saved, told, xlsx_bytes

from analysis.checking import validation
from analysis.intake import mapping_files
from analysis.intake.city_packages import CityRefusedError
from analysis.intake.importing import ImportRefusedError, import_city
from analysis.intake.mapping_files import save_draft
from analysis.intake.templates_xlsx import HEADER, examples, put, write_template
from analysis.language.labels import catalogue
from analysis.project import cities
from analysis.project.cities import City
from analysis.raw_data import raw
from analysis.raw_data.schemas import columns_asked
from analysis.synthetic import synthesis
from analysis.tables import applications

NEW = "surabaya"
OTHER = ("Lain", *RECORD[1:])
INVENTORY = csv_bytes([HEADINGS, RECORD])
FAX = csv_bytes([HEADINGS, (*RECORD[:2], "Fax", *RECORD[3:])])
"""An inventory with a type that nobody knows."""


@pytest.fixture
def files(import_bytes, tmp_path):
    """The folder of the spreadsheets that are imported."""
    return tmp_path / "files"


def refused(run, *arguments, **options):
    """Return the error with which an import is refused, once nothing is left of it."""
    before = sorted(Path("data/raw").rglob("*"))
    with pytest.raises(ImportRefusedError) as caught:
        run(*arguments, **options)
    assert sorted(Path("data/raw").rglob("*")) == before
    return caught.value


def records():
    """Return the records that were imported, without where they are from."""
    return raw.load(NEW)["applications"][columns_asked("applications")].to_numpy().tolist()


def edit(mapping, old, new):
    """Replace a text in a mapping."""
    document = mapping.read_text("utf-8")
    assert old in document
    mapping.write_text(document.replace(old, new), encoding="utf-8")


def test_every_record_says_which_row_of_which_sheet_it_is_from(import_bytes):
    data = xlsx_bytes({"Lain": [["Rekap"]], "Data 2024": [["Inventaris"], [], HEADINGS, RECORD, OTHER]})
    import_bytes(data, "inventaris.xlsx")
    said = raw.load(NEW)["applications"][["sheet", "source_row"]]
    assert said.to_numpy().tolist() == [["Data 2024", "4"], ["Data 2024", "5"]]


def test_without_a_file_a_city_starts_with_headers_only(files):
    report = import_city(NEW, city_block=BLOCK)
    assert (report.records, report.mapping, report.warnings) == ({}, None, [])
    assert [problem.kind for problem in validation.check(NEW)] == ["file.no_applications"]
    assert cities.known() == [CITY, NEW]
    assert cities.find(NEW).parts == frozenset()


def test_an_inventory_becomes_a_valid_package_with_the_original_beside_it(import_bytes):
    report = import_bytes(INVENTORY)
    assert (report.city, report.records, report.warnings) == (NEW, {"applications": 1}, [])
    assert validation.check(NEW) == []
    assert records() == [
        ["Sapa Warga", "Dinas Kesehatan", "web", "own", "operational", "Aduan", "2023-12-31"]
    ]
    assert (report.folder / "source/inventaris.csv").read_bytes() == INVENTORY
    assert yaml.safe_load((report.folder / "mapping.yaml").read_text("utf-8"))["columns"]["owner"]["from"]
    assert cities.find(NEW).descriptor["city"] == BLOCK
    assert applications.count_by(raw.load(NEW), "type")["count"].tolist() == [1, 0, 0, 0, 1]


@pytest.mark.parametrize("name", ["..", "/etc", "con", "Kota", "a b", "", "$(touch x)", "a\0"])
def test_a_name_that_is_no_name_is_refused_before_anything_is_read(files, name):
    with pytest.raises(CityRefusedError) as caught:
        import_city(name, files / "nothing.csv", city_block=BLOCK)
    assert caught.value.key == "import.bad_name"
    assert all(name in caught.value.message(lang) for lang in LANGUAGES)


def moved(folder):
    """Put a link in the place of a folder."""
    folder.rename("elsewhere")
    folder.symlink_to(Path("elsewhere").resolve())


def linked(folder):
    """Put a link into a folder."""
    (folder / "notes.txt").symlink_to("/etc/hostname")


@pytest.mark.parametrize(
    ("change", "key"), [(None, "import.exists"), (linked, "import.links"), (moved, "import.no_folder")]
)
def test_a_city_that_exists_is_not_touched_without_force_nor_where_there_are_links(import_bytes, change, key):
    folder = import_bytes(INVENTORY).folder
    if change:
        change(folder)
    before = {path: path.read_bytes() for path in Path("data/raw").rglob("*") if path.is_file()}
    with pytest.raises(CityRefusedError) as caught:
        import_bytes(csv_bytes([HEADINGS, RECORD, OTHER]), force=bool(change))
    assert caught.value.key == key
    assert {path: path.read_bytes() for path in Path("data/raw").rglob("*") if path.is_file()} == before


def test_with_force_the_inventory_is_replaced_and_whatever_else_the_city_says_stays(import_bytes):
    folder = import_bytes(INVENTORY).folder
    (folder / "evidence.csv").write_text(FILES["evidence"], encoding="utf-8")
    place = cities.find(NEW)
    own = {"licenses": [{"name": "CC0-1.0", "title": "Public domain"}], "contributors": [{"title": "Kami"}]}
    write_yaml(folder / "datapackage.yaml", place.descriptor | own)
    validation.record_hashes(City(NEW, place.root))
    report = import_bytes(csv_bytes([HEADINGS, OTHER]), force=True)
    assert [record[0] for record in records()] == ["Lain"]
    assert (folder / "evidence.csv").read_text("utf-8") == FILES["evidence"]
    got = City(NEW, place.root).descriptor
    assert {key: got[key] for key in own} == own
    assert got["resources"] != place.descriptor["resources"]
    assert validation.check(NEW) == []
    aside = {path.name for path in report.aside}
    assert {"applications.csv", "datapackage.yaml"} <= aside and "evidence.csv" not in aside


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"\xd0\xcf\x11\xe0", "old_format"), (b"PK\x03\x04", "damaged"), (csv_bytes([HEADINGS]), "no_records")],
)
def test_a_file_that_cannot_be_used_is_told(import_bytes, data, kind):
    assert told(refused(import_bytes, data).problems) == [(kind, None, "")]


def test_an_incomplete_city_block_is_told_with_everything_else(files):
    (files / "x.csv").write_bytes(csv_bytes([HEADINGS, ("", *RECORD[1:])]))
    error = refused(import_city, NEW, files / "x.csv", city_block={**BLOCK, "province_id": ""})
    assert told(error.problems) == [("cell.required", 2, "A (Nama Aplikasi)"), ("descriptor.city", None, "")]


def test_a_draft_of_the_mapping_is_saved_beside_the_source_and_never_over_another(import_bytes, files):
    read = refused(import_bytes, FAX).read
    draft = save_draft(read.mapping, files / "inventaris.csv")
    assert draft.name == "inventaris.mapping.yaml"
    assert save_draft(read.mapping, files / "inventaris.csv").name == "inventaris.mapping-2.yaml"
    assert save_draft(read.mapping, files / "inventaris.csv", draft) == draft  # says the same
    edit(draft, "found: Fax, means: ''", "found: Fax, means: desktop")
    import_bytes(FAX, mapping=draft)
    assert records()[0][2] == "desktop"


def test_a_draft_is_never_written_among_raw_data(import_bytes):
    folder = import_bytes(INVENTORY).folder
    report = import_city(NEW, folder / "source/inventaris.csv", city_block=BLOCK, force=True)
    before = sorted(folder.rglob("*"))
    assert save_draft(report.mapping, folder / "source/inventaris.csv").parent == Path()
    assert sorted(folder.rglob("*")) == before


def test_a_draft_is_written_here_where_nothing_can_be_written_beside_the_source(
    import_bytes, files, monkeypatch
):
    read = refused(import_bytes, FAX).read
    write = mapping_files.write_text
    locked = {files}

    def deny(path, content):
        if path.parent in locked:
            raise PermissionError(path)
        write(path, content)

    monkeypatch.setattr(mapping_files, "write_text", deny)
    assert save_draft(read.mapping, files / "inventaris.csv") == Path("inventaris.mapping.yaml")
    locked.add(Path())
    assert save_draft(read.mapping, files / "inventaris.csv") is None


def test_where_no_table_is_found_there_is_a_draft_to_name_its_place_in(import_bytes, files):
    data = csv_bytes([["Data"], ["a", "b"], ["c", "d"]])
    error = refused(import_bytes, data)
    assert told(error.problems) == [("no_table", None, "")]
    draft = save_draft(error.read.mapping, files / "inventaris.csv")
    edit(draft, "header_row: 0", "header_row: 2")
    error = refused(import_bytes, data, mapping=draft)
    assert error.read.tells("column_missing")
    assert list(error.read.mapping.unused) == ["a", "b"]


def test_of_sheets_that_are_alike_one_has_to_be_chosen_in_the_draft(import_bytes, files):
    data = xlsx_bytes({"Satu": [HEADINGS, RECORD], "Dua": [["Judul"], HEADINGS, OTHER]})
    error = refused(import_bytes, data, "inventaris.xlsx")
    assert told(error.problems) == [("sheets_alike", None, "")]
    draft = save_draft(error.read.mapping, files / "inventaris.xlsx")
    assert told(refused(import_bytes, data, "inventaris.xlsx", mapping=draft).problems) == [
        ("sheets_alike", None, "")
    ]
    edit(draft, "sheet: ''", "sheet: Dua")
    report = import_bytes(data, "inventaris.xlsx", mapping=draft)
    assert [record[0] for record in records()] == ["Lain"]
    assert told(report.warnings) == [("other_sheet", None, "")]


def test_of_sheets_of_several_years_the_newest_is_read_and_told(import_bytes):
    sheets = {f"Data {year}": [HEADINGS, (f"App {year}", *RECORD[1:])] for year in (2023, 2024, 2022)}
    report = import_bytes(xlsx_bytes(sheets), "inventaris.xlsx")
    assert [record[0] for record in records()] == ["App 2024"]
    (warning,) = report.warnings
    assert (warning.kind, warning.expected) == ("sheets_by_year", "Data 2024")
    assert "“Data 2023”, “Data 2022”" in warning.message("id")


@pytest.mark.parametrize("merged", [False, True])
def test_heading_rows_are_told_once_and_read_as_agencies_when_that_is_chosen(import_bytes, files, merged):
    groups = [["URUSAN WAJIB"], ["URUSAN PILIHAN"]]
    if not merged:
        groups = [[mark, *group] for mark, group in zip("AB", groups, strict=True)]
    one, two, three = ([n, name, *RECORD[2:5], "Aduan"] for n, name in enumerate(("Satu", "Dua", "Tiga"), 1))
    rows = [["No", HEADINGS[0], *HEADINGS[2:6]], groups[0], one, two, groups[1], three]
    data = xlsx_bytes({"S": rows}, merge=("A2:F2", "A5:F5") if merged else ())
    error = refused(import_bytes, data, "inventaris.xlsx")
    assert [(p.kind, p.row, p.found, p.expected) for p in error.problems] == [
        ("group_rows", 2, "URUSAN WAJIB", "owner")
    ]
    draft = save_draft(error.read.mapping, files / "inventaris.xlsx")
    edit(draft, "owner: {from: ''", "owner: {from: '^'")
    warnings = import_bytes(data, "inventaris.xlsx", mapping=draft).warnings
    told = [("groups_read", 2, "URUSAN WAJIB, URUSAN PILIHAN")]
    assert [(p.kind, p.row, p.found) for p in warnings] == told
    owners = {"Satu": "URUSAN WAJIB", "Dua": "URUSAN WAJIB", "Tiga": "URUSAN PILIHAN"}
    assert {name: owner for name, owner, *_ in records()} == owners


def test_heading_rows_that_name_agencies_are_read_as_agencies(import_bytes):
    rows = [["DINAS KESEHATAN"], ["Satu", *RECORD[2:5]], ["B.", "Disdik"], ["Dua", *RECORD[2:5]]]
    padded = [[*row, *[""] * (4 - len(row))] for row in rows]
    report = import_bytes(csv_bytes([[HEADINGS[0], *HEADINGS[2:5]], *padded]))
    assert [(p.kind, p.row, p.found) for p in report.warnings] == [
        ("groups_read", 2, "DINAS KESEHATAN, Disdik")
    ]
    assert [record[:2] for record in records()] == [["Satu", "DINAS KESEHATAN"], ["Dua", "Disdik"]]
    assert "owner: {from: ^" in (report.folder / "mapping.yaml").read_text("utf-8")


def test_agencies_are_read_from_heading_rows_where_their_column_is_blank(import_bytes):
    rows = [["No", *HEADINGS], ["I", "DINAS KESEHATAN"], ["1", "Satu", "", *RECORD[2:]]]
    report = import_bytes(xlsx_bytes({"S": rows}), "inventaris.xlsx")
    assert [one.kind for one in report.warnings] == ["groups_read"]
    assert [record[:2] for record in records()] == [["Satu", "DINAS KESEHATAN"]]


def test_heading_rows_that_repeat_the_agencies_of_a_column_are_left_out_and_told(import_bytes):
    rows = [HEADINGS, RECORD, ["Kec. Gubeng"], HEADINGS, ["Dua", "Kec. Gubeng", *RECORD[2:]]]
    report = import_bytes(xlsx_bytes({"S": rows}), "inventaris.xlsx")
    assert told(report.warnings) == [("no_record", 4, ""), ("groups_unread", 3, "")]
    assert [record[:2] for record in records()] == [list(RECORD[:2]), ["Dua", "Kec. Gubeng"]]


def test_a_blank_agency_means_the_one_above_when_that_is_chosen(import_bytes, files):
    rows = [(name, owner, *RECORD[2:]) for name, owner in (("a", "Dinkes"), ("b", ""), ("c", ""))]
    error = refused(import_bytes, csv_bytes([HEADINGS, *rows]))
    assert told(error.problems) == [("blank_owner", 3, "B (Perangkat Daerah)")]
    mapping = files / "m.yaml"
    mapping.write_text("columns:\n  owner: {blanks: above}\n", encoding="utf-8")
    import_bytes(csv_bytes([HEADINGS, *rows]), mapping=mapping)
    assert [record[1] for record in records()] == ["Dinkes"] * 3


@pytest.mark.parametrize("above", [[], [["Judul"], ["Tahun 2024"], []]])
@pytest.mark.parametrize("written", ["", "header_row: 99\n"])
def test_rows_added_or_deleted_above_the_header_do_not_unmake_a_mapping(import_bytes, files, above, written):
    folder = import_bytes(csv_bytes([["Judul"], HEADINGS, RECORD])).folder
    mapping = files / "m.yaml"
    mapping.write_text(written or (folder / "mapping.yaml").read_text("utf-8"), encoding="utf-8")
    import_bytes(csv_bytes([*above, HEADINGS, RECORD]), mapping=mapping, force=True)
    assert records()[0][0] == "Sapa Warga"


def test_what_an_unreadable_mapping_may_settle_is_not_told(import_bytes, files):
    mapping = files / "m.yaml"
    mapping.write_text("categories: [", encoding="utf-8")
    error = refused(import_bytes, FAX, mapping=mapping)
    assert [(p.kind, p.file) for p in error.problems] == [("mapping_file", "m.yaml")]


def test_what_somebody_chose_in_the_mapping_is_not_questioned(import_bytes):
    data = csv_bytes([HEADINGS, (*RECORD[:2], "Wbsite", *RECORD[3:])])
    report = import_bytes(data)
    assert told(report.warnings) == [("spelling", 2, "C (Basis Aplikasi)")]
    mapping = report.folder / "mapping.yaml"
    edit(mapping, "means: web", "means: mobile")
    source = report.folder / "source/inventaris.csv"
    assert import_city(NEW, source, city_block=BLOCK, mapping=mapping, force=True).warnings == []
    assert records()[0][2] == "mobile"
    assert source.is_file()


def test_a_column_taken_for_its_cells_is_told(import_bytes):
    headings = (*HEADINGS[:2], "Kolom C", *HEADINGS[3:])
    got = import_bytes(csv_bytes([headings, RECORD])).warnings
    assert [(p.kind, p.column, p.expected) for p in got] == [("column_guessed", "C (Kolom C)", "type")]


# One workbook with thirty defects, each told once in its place.

GOOD = ("Aplikasi", "Dinas Kesehatan", "Web", "Hibah", "Aktif", "Aduan", "31/12/2023")
NAME, OWNER, TYPE, OWNERSHIP, STATUS, FUNCTION, UPDATED = (
    f"{letter} ({heading})" for letter, heading in zip("ABCDEFG", HEADINGS, strict=True)
)
CELLS = [
    (0, "", "cell.required", NAME, ""),
    (1, "", "cell.required", OWNER, ""),
    (4, "", "blank_category", STATUS, ""),
    (0, dt.date(2024, 2, 1), "date_in_text", NAME, "2024-02-01"),
    (0, 112, "number_in_text", NAME, "112"),
    (0, "1,23E+11", "scientific", NAME, "1,23E+11"),
    (0, "SÃ©hat", "mojibake", NAME, "SÃ©hat"),
    (1, "#N/A!", "error_cell", OWNER, "#N/A"),
    (0, "=A2&B2", "formula", NAME, "=A2&B2"),
    (2, "Fax", "category", TYPE, "Fax"),
    (3, "Sewa", "category", OWNERSHIP, "Sewa"),
    (4, "Operasionl", "spelling", STATUS, "Operasionl"),
    (6, "31/02/2024", "date", UPDATED, "31/02/2024"),
    (6, "2024", "date_incomplete", UPDATED, "2024"),
    (6, 45000, "date_serial", UPDATED, "45000"),
    (6, "12/31/2023", "date_mixed", UPDATED, "12/31/2023"),
]
"""Column, what is planted there, and the message: kind, column, found."""


def thirty_defects():
    """Return a workbook with thirty defects, and their messages: kind, sheet, row, column, found."""
    rows = [[*HEADINGS, "PIC", "Catatan", "Catatan"]]
    expected = [
        ("personal", "S", 1, "H (PIC)", "PIC"),
        ("duplicate_header", "S", 1, "J", "Catatan"),
        ("hidden_sheet", "Lama", None, "", ""),
        ("other_sheet", "2022", None, "", "S"),
        ("hidden_column", "S", None, FUNCTION, "Fungsi"),
    ]

    def plant(record, kind="", column="", found="", row=None):
        rows.append(list(record))
        if kind:
            expected.append((kind, "S", row or len(rows), column, found))
        return len(rows)

    def good():
        return (f"{GOOD[0]} {len(rows) + 1}", *GOOD[1:], "x", "y", "z")

    for column, value, kind, place, found in CELLS:
        record = list(good())
        record[column] = value
        plant(record, kind, place, found)
    first = plant(good())
    plant([rows[first - 1][0], *good()[1:]], "row.key", "", str(first))
    hidden = plant(good(), "hidden_rows", found=str(len(rows) + 1))
    plant([], "blank_rows", found=f"{len(rows) + 1}-{len(rows) + 2}")
    plant([])
    merged = plant(good(), "merged", "B", f"Dinas Kesehatan (B{len(rows) + 1}:B{len(rows) + 2})")
    plant([good()[0], "", *good()[2:]])
    across = plant(["BAGIAN UMUM"], "merged_across", "A", f"BAGIAN UMUM (A{len(rows) + 1}:G{len(rows) + 1})")
    plant(["Sendirian"], "lone_cell", found="Sendirian")
    plant(rows[0], "no_record", found="Nama Aplikasi")
    plant(good())
    plant(["Jumlah", 3], "no_record", found="Jumlah")
    plant(["Sumber: Diskominfo"], "no_record", found="Sumber: Diskominfo")

    def change(book):
        sheet = book["S"]
        sheet.row_dimensions[hidden].hidden = True
        sheet.column_dimensions["F"].hidden = True
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in ("#N/A!", "=A2&B2"):
                    cell.value = cell.value.rstrip("!")

    few = [HEADINGS[:5], RECORD[:5]]
    merge = (f"B{merged}:B{merged + 1}", f"A{across}:G{across}")
    return xlsx_bytes({"S": rows, "2022": few, "Lama": few}, change, merge, hidden=["Lama"]), expected


def test_thirty_planted_defects_yield_exactly_those_thirty_messages(import_bytes):
    data, expected = thirty_defects()
    assert len(expected) == 30
    problems = refused(import_bytes, data, "inventaris.xlsx").problems
    got = [(p.kind, p.file, p.row, p.column, p.found) for p in problems]
    assert sorted(got, key=repr) == sorted(
        ((kind, f"inventaris.xlsx [{sheet}]", *rest) for kind, sheet, *rest in expected), key=repr
    )
    assert [p.is_warning for p in problems] == sorted(p.is_warning for p in problems)
    for lang in LANGUAGES:
        assert len({problem.line(lang) for problem in problems}) == 30


# The template.


@pytest.fixture
def template(files):
    """The template's path."""
    write_template(files / "t.xlsx")
    return files / "t.xlsx"


def below(name):
    """Return the row below the examples of a sheet."""
    return HEADER + 1 + len(examples()[name])


def fill(template, **rows):
    """Type rows into the template's sheets below the examples; return it as bytes."""
    book = openpyxl.load_workbook(template)
    for name, records in rows.items():
        for row, record in enumerate(records, start=below(name)):
            for column, value in enumerate(record, start=2):
                put(book[name], row, column, value)
    return saved(book)


def lines_of(name):
    """Return the records of a file of the tiny city, as they are typed."""
    return [line.split(",") for line in FILES[name].splitlines()[1:]]


def test_the_template_imports_back_as_it_is(template):
    report = import_city(NEW, template, city_block=BLOCK)
    assert told(report.warnings) == [("no_records", None, "")]
    assert report.records == {}
    assert [problem.kind for problem in validation.check(NEW)] == ["file.no_applications"]


def test_the_filled_template_becomes_the_city_it_describes(import_bytes, template):
    filled = ("integrations", "informants", "metrics", "evidence", "findings")
    sheets = {name: lines_of(name) for name in filled}
    odd = [
        ["=1+1", "@dinas", "Website", "own", "Aktif", "-5", "2024-03-31"],
        ["0012", "+62", "web", "own", "trial"],
    ]
    report = import_bytes(fill(template, applications=odd, **sheets), "isian.xlsx")
    assert {problem.kind for problem in validation.check(NEW)} == {"cell.unlisted", "cell.formula"}
    package = raw.load(NEW)
    assert records() == [
        ["=1+1", "@dinas", "web", "own", "operational", "-5", "2024-03-31"],
        ["0012", "+62", "web", "own", "trial", "", ""],
    ]
    for name, rows in sheets.items():
        assert package[name].astype("str").to_numpy().tolist() == rows
    assert report.records == {"applications": 2} | {name: len(rows) for name, rows in sheets.items()}


def test_counts_may_be_typed_instead_of_an_inventory(import_bytes, template):
    recap = lines_of("applications_recap")
    import_bytes(fill(template, applications_recap=recap), "isian.xlsx")
    assert validation.check(NEW) == []
    assert applications.count_by(raw.load(NEW), "type")["count"].tolist() == [6, 1, 2, 1, 10]
    both = fill(template, applications_recap=recap, applications=[["a", "b", "web", "own", "trial"]])
    error = refused(import_bytes, both, "isian.xlsx", force=True)
    assert told(error.problems) == [("both", None, "")]


def test_what_is_wrong_between_sheets_is_told_by_sheet_and_row(import_bytes, template):
    findings = [["F1", "infrastructure", "mixed", "E9", "Ada.", "There is.", "T"]]
    evidence = [["E1", "service_acces", "interview", "x", "mixed", "c1", "Ada", "There is", "T"]]
    data = fill(template, findings=findings, evidence=evidence, integrations=[["A", "A", "T"]])
    error = refused(import_bytes, data, "isian.xlsx")
    assert sorted((p.kind, p.file, p.row) for p in error.problems) == [
        ("cell.enum", "isian.xlsx [evidence]", below("evidence")),
        ("cell.evidence", "isian.xlsx [findings]", below("findings")),
        ("row.self", "isian.xlsx [integrations]", below("integrations")),
    ]


def test_every_sheet_is_checked_at_once(import_bytes, template):
    data = fill(
        template,
        applications=[["a", "", "web", "own", "trial"]],
        informants=[["x", "y", "z", "snowbal", "dua", "T"]],
        metrics=[["a.b", "1.000", "x", "y", "z", "T"]],
    )
    error = refused(import_bytes, data, "isian.xlsx")
    assert sorted((p.kind, p.file, p.column) for p in error.problems) == [
        ("cell.required", "isian.xlsx [applications]", "C (owner)"),
        ("cell.type.integer", "isian.xlsx [informants]", "F (count)"),
        ("code", "isian.xlsx [informants]", "E (sampling)"),
        ("decimal_ambiguous", "isian.xlsx [metrics]", "C (value)"),
    ]


def test_an_edited_mapping_is_replaced_only_by_one_that_is_passed(import_bytes, tmp_path):
    import_bytes(INVENTORY)
    mapping = cities.find(NEW).raw / "mapping.yaml"
    mapping.write_text("# my own choice\n" + mapping.read_text("utf-8"), encoding="utf-8")
    before = mapping.read_bytes()
    with pytest.raises(CityRefusedError) as refusal:
        import_bytes(INVENTORY, force=True)
    assert refusal.value.key == "import.mapping_edited"
    assert mapping.read_bytes() == before
    passed = tmp_path / "passed.yaml"
    passed.write_bytes(before)
    report = import_bytes(INVENTORY, force=True, mapping=passed)
    assert before in [path.read_bytes() for path in report.aside]
    import_bytes(INVENTORY, force=True)


def test_personal_data_are_warned_of_and_left_out_of_the_copy_where_asked(import_bytes):
    row = (*RECORD[:5], "Hubungi Dr. Rina Sari, 081234567890", *RECORD[6:])
    report = import_bytes(csv_bytes([HEADINGS, row]), without_personal=True)
    assert {one.kind for one in report.warnings} == {"personal.name", "personal.phone"}
    [copy] = (cities.find(NEW).raw / "source").iterdir()
    assert copy.suffix == ".xlsx"
    kinds = {one.kind for one in validation.check(NEW) if one.file.startswith("source")}
    assert kinds == set()


@pytest.mark.parametrize("records", [60, 10])
def test_a_copy_of_a_synthetic_inventory_stays_synthetic(import_bytes, records):
    root = cities.project_root()
    synthesis.synthesize_city(1, root / "data/raw/contoh", size=100)
    inventory = (root / "data/raw/contoh/applications.csv").read_text("utf-8").splitlines()[: records + 1]
    own = [f"Aplikasi {n},Dinas Kota,web,own,trial,,,," for n in range(40)]
    report = import_bytes("\n".join([*inventory, *own, ""]).encode(), "salinan.csv")
    is_copy = records > 40
    copied = [(one.found, one.is_warning) for one in report.warnings if one.kind == "copied"]
    assert copied == ([("contoh", True)] if is_copy else [])
    assert City(NEW, root).is_synthetic is is_copy


def test_every_kind_of_problem_in_the_catalogue_is_provoked_by_some_test():
    kinds = {key.removeprefix("import.problem.") for key in catalogue() if key.startswith("import.problem.")}
    tests = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert {kind for kind in kinds if f'"{kind}"' not in tests} == set()
