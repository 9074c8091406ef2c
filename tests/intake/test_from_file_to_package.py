"""The command `compendium new`: from somebody's spreadsheet to a package that `compendium check` accepts."""

import io
import os
import subprocess
import sys

import pandas as pd
import pytest
import spreadsheet_files
from conftest import compendium
from openpyxl import load_workbook
from spreadsheet_files import HEADINGS, RECORD, csv_bytes, mend, records
from terminals import read_problems, squeeze, suggested
from test_importing import thirty_defects

from analysis.language.labels import text
from analysis.language.problems import rows_in
from analysis.project.cities import read_yaml
from analysis.raw_data.schemas import columns_asked

if sys.platform != "win32":
    import pty

NAMES = ("--name-id", "Kota Surabaya", "--province-id", "Jawa Timur", "--province-en", "East Java")
FROM = ("new", "surabaya", "--from")


def snapshot(project):
    """Return the content of everything in the project by path, but for what can be made again."""
    files = (path for path in project.rglob("*") if path.is_file())
    found = {path.relative_to(project): path.read_bytes() for path in files}
    return {path: data for path, data in found.items() if path.parts[0] != "build"}


def made(project):
    """Return the records of the new city."""
    return (project / "data/raw/surabaya/applications.csv").read_text("utf-8")


@pytest.fixture
def inventory(project):
    """A small inventory without any defect, in the project."""
    path = project / "inventaris.csv"
    path.write_bytes(csv_bytes([HEADINGS, RECORD]))
    return path


@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("indonesian", "id"),
        ("english", "en"),
        ("mixed", "id"),
        pytest.param("mixed", "en", marks=pytest.mark.slow("the same in the other language")),
    ],
)
def test_three_spreadsheets_become_packages_with_at_most_one_edit(project, tmp_path, name, lang):
    source = getattr(spreadsheet_files, name)(tmp_path)
    before = snapshot(project)
    result = compendium(project, *FROM, str(source), *NAMES, "--lang", lang)
    is_unknown = bool(spreadsheet_files.MENDINGS[name])
    assert result.returncode == is_unknown, result.stdout + result.stderr
    if is_unknown:
        assert snapshot(project) == before
        draft = source.with_name(f"{source.stem}.mapping.yaml")
        mend(draft, name)
        (again,) = suggested(result.stdout)
        result = compendium(project, *again, "--lang", lang)
        assert result.returncode == 0, result.stdout
    checked = compendium(project, "check", "surabaya", "--lang", lang)
    assert checked.returncode == 0
    assert all("E-mail" in row.place for row in read_problems(checked.stdout))
    got = pd.read_csv(io.StringIO(made(project)), dtype=str, keep_default_na=False)
    assert got["source_row"].str.fullmatch("[0-9]+").all()
    read = columns_asked("applications")
    assert got[read].to_numpy().tolist() == records(name)[read].to_numpy().tolist()
    folder = project / "data/raw/surabaya"
    assert (folder / "source" / source.name).read_bytes() == source.read_bytes()
    assert read_yaml(folder / "datapackage.yaml")["city"] == spreadsheet_files.BLOCK


def test_thirty_planted_defects_yield_exactly_those_thirty_messages_grouped(project, tmp_path, lang):
    data, planted = thirty_defects()
    source = tmp_path / "inventaris.xlsx"
    source.write_bytes(data)
    before = snapshot(project)
    result = compendium(project, *FROM, str(source), *NAMES, "--lang", lang)
    assert result.returncode == 1
    assert snapshot(project) == before
    copy = project / "build/surabaya" / text("import.copy.name", lang, stem="inventaris")
    first, *sheets = load_workbook(copy).worksheets
    listed = list(first.iter_rows(min_row=2, values_only=True))
    found = [
        number
        for _, sheet, row, column, said in planted
        for number, _, title, rows, place, message, _ in listed
        if (title, place or "") == (sheet, column)
        and (row or 0) in (rows_in(rows or "") or [0])
        and said in message
    ]
    assert len(planted) == len(found) == 30
    assert len(listed) == len(set(found)) == 28  # three rows that are no records are one message
    shown = [row.problem for row in read_problems(result.stdout)]
    assert shown == [squeeze(row[5]) for row in listed[:10]]
    cells = [(sheet.title, cell) for sheet in sheets for row in sheet.iter_rows() for cell in row]
    commented = {(title, cell.row) for title, cell in cells if cell.comment}
    assert {(sheet, row) for _, sheet, row, *_ in planted if row} <= commented


def test_the_report_shows_headings_spellings_and_how_each_was_recognised(project, inventory):
    headings = [*HEADINGS[:2], "Basis Apliksi", *HEADINGS[3:]]
    rows = [headings, RECORD, ("Lain", *RECORD[1:2], "Wbsite", *RECORD[3:])]
    inventory.write_bytes(csv_bytes(rows))
    result = compendium(project, *FROM, inventory.name, *NAMES, "--lang", "en")
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert "Agency (owner) Perangkat Daerah known heading 100%" in lines
    assert "Type (type) Basis Apliksi similar heading 98%" in lines
    assert "Type Wbsite web (Web) 1 similar 92%" in lines
    assert "Ownership Milik Sendiri own (City-owned) 2 known" in lines
    assert "data/raw/surabaya/applications.csv 2" in lines
    assert suggested(result.stdout)[1:] == [["check", "surabaya"], ["build", "surabaya"]]


def test_the_mapping_of_the_city_can_be_edited_and_imported_again_by_the_command_that_was_printed(
    project, inventory
):
    first = compendium(project, *FROM, inventory.name, *NAMES)
    mapping = project / "data/raw/surabaya/mapping.yaml"
    assert "data/raw/surabaya/mapping.yaml" in first.stdout
    mapping.write_text(mapping.read_text("utf-8").replace("means: web", "means: desktop"), encoding="utf-8")
    inventory.unlink()
    evidence = project / "data/raw/surabaya/evidence.csv"
    kept = evidence.read_text("utf-8") + "E1,service_access,interview,x,mixed,c1,Ada,There is,T\n"
    evidence.write_text(kept, encoding="utf-8")
    again = suggested(first.stdout)[0]
    assert again[-3:] == ["--mapping", "data/raw/surabaya/mapping.yaml", "--force"]
    result = compendium(project, *again)
    assert result.returncode == 0, result.stdout + result.stderr
    assert ",desktop," in made(project)
    assert evidence.read_text("utf-8") == kept
    assert squeeze(text("cli.how.chosen", "en")) in squeeze(result.stdout)
    assert read_yaml(mapping.with_name("datapackage.yaml"))["city"]["province_en"] == "East Java"
    assert compendium(project, "check", "surabaya").returncode == 0


def test_a_second_refusal_keeps_the_mapping_that_was_edited_and_drafts_only_what_is_new(project, inventory):
    inventory.write_bytes(csv_bytes([HEADINGS, (*RECORD[:2], "Fax", *RECORD[3:])]))
    first = compendium(project, *FROM, inventory.name, *NAMES)
    (again,) = suggested(first.stdout)
    assert suggested(compendium(project, *again).stdout) == [again]
    inventory.write_bytes(csv_bytes([HEADINGS, (*RECORD[:2], "Telex", *RECORD[3:])]))
    (newer,) = suggested(compendium(project, *again).stdout)
    assert newer[-1] == "inventaris.mapping-2.yaml"
    assert "found: Telex" in (project / newer[-1]).read_text("utf-8")


@pytest.mark.parametrize("wrong", ["", "columns: [", "colums: {}\n", "sheet: Entah\n"])
def test_after_a_mistake_in_the_mapping_the_command_to_repeat_still_names_it(project, inventory, wrong):
    if wrong:
        (project / "m.yaml").write_text(wrong, encoding="utf-8")
    command = [*FROM, inventory.name, "--mapping", "m.yaml", *NAMES[2:]]
    result = compendium(project, *command)
    assert (result.returncode, suggested(result.stdout)) == (1, [command])
    assert not list(project.glob("*.mapping.yaml"))


def test_an_existing_city_is_refused_before_anything_is_read_or_asked(project):
    before = snapshot(project)
    result = compendium(project, "new", "bandung", "--from", "nothing.xlsx", *NAMES, "--lang", "id")
    assert result.returncode == 1
    assert result.stderr.strip() == text("import.exists", "id", name="bandung")
    assert snapshot(project) == before


def test_without_a_terminal_a_missing_province_is_told_with_the_command_that_names_it(
    project, inventory, lang
):
    result = compendium(project, *FROM, inventory.name, "--lang", lang)
    assert (result.returncode, result.stdout) == (1, "")
    assert text("cli.province_missing", lang) in result.stderr
    (command,) = suggested(result.stderr)
    assert compendium(project, *command).returncode == 0
    city = read_yaml(project / "data/raw/surabaya/datapackage.yaml")["city"]
    assert city == spreadsheet_files.BLOCK


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no terminals that a test can open")
def test_at_a_terminal_the_names_and_an_author_are_asked_for(project, inventory):
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "analysis.cli", *FROM, inventory.name, "--lang", "id"]
    with subprocess.Popen(
        command, cwd=project, stdin=slave, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        os.write(master, b"Kota Pahlawan\n\nJawa Timur\n\nRina; Universitas Contoh\n")
        printed, complaints = (stream.decode() for stream in run.communicate(timeout=120))
    os.close(slave)
    os.close(master)
    assert run.returncode == 0, complaints
    assert all(text(f"cli.{key}", "id") in printed for key in ("name_id", "name_en", "province_id"))
    descriptor = read_yaml(project / "data/raw/surabaya/datapackage.yaml")
    city = descriptor["city"]
    assert descriptor["publication"]["authors"] == [{"name": "Rina", "affiliation": "Universitas Contoh"}]
    assert (city["name_id"], city["name_en"]) == ("Kota Pahlawan", "Surabaya")
    assert city["province_id"] == city["province_en"] == "Jawa Timur"


def test_a_mapping_without_a_file_is_refused(project):
    result = compendium(project, "new", "surabaya", "--mapping", "x.yaml", *NAMES, "--lang", "en")
    assert (result.returncode, result.stderr.strip()) == (1, text("cli.mapping_alone", "en"))


def test_a_file_that_is_not_there_is_told_as_any_other_problem(project):
    result = compendium(project, *FROM, "nothing.xlsx", *NAMES, "--lang", "en")
    (row,) = read_problems(result.stdout)
    assert (result.returncode, row.file, row.is_warning) == (1, "nothing.xlsx", False)
    assert suggested(result.stdout) == [[*FROM, "nothing.xlsx", *NAMES[2:]]]
    assert not list(project.glob("*.yaml"))


def test_a_city_without_a_file_starts_empty_and_is_filled_from_the_template(project):
    result = compendium(project, "new", "surabaya", *NAMES)
    assert (result.returncode, suggested(result.stdout)) == (0, [["template"]])
    checked = compendium(project, "check", "surabaya")
    assert checked.returncode == 1
    assert [row.is_warning for row in read_problems(checked.stdout)] == [False]
    assert compendium(project, "template").returncode == 0
    filled = compendium(project, "new", "surabaya", "--from", "templat.xlsx", "--force")
    assert filled.returncode == 0
    assert [row.is_warning for row in read_problems(filled.stdout)] == [True]


def test_a_synthetic_city_stays_marked_when_its_inventory_is_replaced(project, inventory):
    assert compendium(project, "synthesize", "surabaya", "--seed", "1", "--size", "30").returncode == 0
    assert compendium(project, *FROM, inventory.name, *NAMES, "--force").returncode == 0
    assert read_yaml(project / "data/raw/surabaya/datapackage.yaml")["city"]["synthetic"] is True
    assert made(project).count("\n") == 2
