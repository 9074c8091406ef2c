import pytest
from helpers import CITY, FILES, open_project, write_yaml
from spreadsheet_files import csv_bytes, xlsx_bytes

from analysis.checking import validation
from analysis.intake.templates_xlsx import write_template
from analysis.privacy import personal
from analysis.project import cities

EVIDENCE = FILES["evidence"].replace(",Ada,", ',"Menurut Dr. Rina Sari, 081234567890",', 1)


@pytest.fixture
def place(tmp_path, monkeypatch):
    return open_project(monkeypatch, tmp_path, evidence=EVIDENCE)


def told(place):
    return [(one.kind, one.file, one.row, one.column) for one in personal.warnings(place)]


def test_what_looks_personal_is_a_warning_of_check_with_its_cell(place):
    cell = ("evidence.csv", 2, "text_id")
    expected = [("personal.phone", *cell), ("personal.name", *cell)]
    assert told(place) == expected
    problems = validation.check(CITY)
    assert [(one.kind, one.is_warning) for one in problems] == [(kind, True) for kind, *_ in expected]
    assert all(CITY in one.remedy("id") for one in problems)


def test_the_same_in_a_column_is_one_warning_with_its_rows(tmp_path, monkeypatch):
    lines = [f"x{n}@contoh.id" for n in range(4)]
    text = FILES["metrics"].replace("titik akses", lines[0]).replace("pengguna", lines[1])
    place = open_project(monkeypatch, tmp_path, metrics=text)
    [one] = personal.warnings(place)
    assert (one.kind, one.rows, one.found) == ("personal.email", "2-3", "x0@contoh.id”, “x1@contoh.id")


def test_the_copy_of_the_source_and_other_files_are_looked_through_too(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    assert told(place) == []
    (place.raw / "source").mkdir()
    (place.raw / "source/daftar.xlsx").write_bytes(xlsx_bytes({"Data": [["NIK"], ["3273014107900003"]]}))
    (place.raw / "source/broken.xlsx").write_bytes(b"no archive")
    (place.raw / "notes.txt").write_text("kontak\na@b.id\n")
    assert told(place) == [
        ("personal.email", "notes.txt", 2, ""),
        ("personal.nik", "source/daftar.xlsx [Data]", 2, "A"),
    ]


def test_a_file_that_may_not_be_read_stops_nothing(place, monkeypatch):
    def forbidden(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(personal, "texts", forbidden)
    assert told(place) == []


def test_names_below_a_heading_of_persons_are_told_though_they_have_no_title(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    (place.raw / "source").mkdir()
    rows = [["App", "Penanggung Jawab"], ["Sapa", "Rina Sari"], ["Lapor", "Dinas Sosial"], ["Rekam", "-"]]
    rows = [[*row, kind] for row, kind in zip(rows, ("Jenis", "Web", "Web", "HP"), strict=True)]
    rows.append(["Zona", "-", "Web"])
    (place.raw / "source/daftar.xlsx").write_bytes(xlsx_bytes({"Data": [["Daftar"], *rows]}))
    (place.raw / "source/daftar.csv").write_bytes(csv_bytes(rows, ",", "utf-8"))
    assert told(place) == [
        ("personal.name", "source/daftar.csv", 2, "Penanggung Jawab"),
        ("personal.name", "source/daftar.xlsx [Data]", 3, "B"),
    ]


def test_the_template_names_nobody_though_a_long_text_of_it_has_the_word_of_a_heading(place):
    (place.raw / "source").mkdir()
    write_template(place.raw / "source/templat.xlsx")
    assert {file for _, file, *_ in told(place)} == {"evidence.csv"}


def test_a_descriptor_is_looked_through_but_for_who_wants_to_be_named(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    place.descriptor["publication"] = {"authors": [{"name": "Dr. Rina Sari", "email": "a@b.id"}]}
    place.descriptor["description"] = "Dari Dr. Rina Sari"
    write_yaml(place.raw / "datapackage.yaml", place.descriptor)
    assert told(cities.find(CITY)) == [("personal.name", "datapackage.yaml", None, "")]


def test_what_is_allowed_with_reason_and_role_is_told_no_more(place):
    entry = {"text": "081234567890", "reason": "nomor layanan", "role": "Kepala bidang"}
    for part in entry:
        write_yaml(place.raw / "privacy.yaml", {"allowed": [entry | {part: " "}]})
        assert len(told(place)) == 2
    write_yaml(place.raw / "privacy.yaml", {"allowed": [entry]})
    assert [kind for kind, *_ in told(place)] == ["personal.name"]
