"""A failed or doubtful import leaves a page and an annotated copy; the original stays as it is."""

from pathlib import Path

import pytest
from conftest import compendium
from openpyxl import load_workbook
from spreadsheet_files import HEADINGS, RECORD, csv_bytes, xlsx_bytes
from terminals import read_problems

from analysis.commands.terminal_tables import MOST
from analysis.intake import handouts
from analysis.intake.handouts import rows_read

NAMES = ("--province-id", "Jawa Timur", "--province-en", "East Java", "--lang", "id")


def bad(n):
    """Return an inventory with one problem in each of n columns of dates and categories."""
    return [HEADINGS, *((f"App {k}", "Dinas A", f"Alat {k}", *RECORD[3:]) for k in range(n))]


@pytest.mark.parametrize(
    ("file", "make"), [("i.xlsx", lambda rows: xlsx_bytes({"S": rows})), ("i.csv", csv_bytes)]
)
def test_a_failed_import_leaves_page_and_copy(project, file, make):
    source = project / file
    source.write_bytes(make(bad(3)))
    before = source.read_bytes()
    result = compendium(project, "new", "surabaya", "--from", file, *NAMES)
    assert result.returncode == 1
    assert source.read_bytes() == before
    assert "Baris yang dibaca: 4 = judul 1 + data 3." in result.stdout
    folder = Path("build/surabaya")
    assert (
        f"{folder / 'import.id.html'}" in result.stdout and f"{folder / 'i-diperiksa.xlsx'}" in result.stdout
    )
    page = (project / folder / "import.id.html").read_text("utf-8")
    for said in (
        "i-diperiksa.xlsx",
        "Baris yang dibaca: 4",
        "Alat 0",
        "i.mapping.yaml",
        "compendium new surabaya",
    ):
        assert said in page
    assert load_workbook(project / folder / "i-diperiksa.xlsx").sheetnames[0] == "Temuan"
    assert not (project / "data/raw/surabaya").exists()


def test_the_ten_that_matter_first_are_shown_and_the_others_counted(project):
    rows = [HEADINGS]
    for n in range(15):  # each a heading of its own, so that no two are alike
        rows.append((f"App {n}", "Dinas A", *RECORD[2:6], f"{n + 1}/13/2023"))
    spelt = [f"Mobil{'e' * n}x Web" for n in range(15)]
    rows = [rows[0], *((*row[:2], kind, *row[3:]) for row, kind in zip(rows[1:], spelt, strict=True))]
    titles = [f"Kolom {n}" for n in range(12) for _ in range(2)]
    rows = [[*rows[0], *titles], *([*row, *["x"] * len(titles)] for row in rows[1:])]
    (project / "i.csv").write_bytes(csv_bytes(rows))
    result = compendium(project, "new", "surabaya", "--from", "i.csv", *NAMES)
    shown = read_problems(result.stdout)
    assert len(shown) == MOST
    assert not shown[0].is_warning
    assert "butir lain ada di halaman" in " ".join(result.stdout.split())


def test_an_import_in_doubt_leaves_them_too_and_one_without_any_does_not(project):
    rows = [HEADINGS, (*RECORD[:2], "Wbsite", *RECORD[3:])]
    (project / "i.csv").write_bytes(csv_bytes(rows))
    result = compendium(project, "new", "surabaya", "--from", "i.csv", *NAMES)
    assert result.returncode == 0
    assert "data/raw/surabaya/mapping.yaml" in result.stdout
    page = (project / "build/surabaya/import.id.html").read_text("utf-8")
    assert "Wbsite" in page and "compendium build surabaya" in page
    (project / "j.csv").write_bytes(csv_bytes([HEADINGS, RECORD]))
    compendium(project, "new", "malang", "--from", "j.csv", *NAMES)
    assert not (project / "build/malang").exists()


def test_rows_read_are_told_as_a_sum():
    counts = {"header": 3, "absent": 2, "records": 1195}
    assert rows_read(counts, "id") == "Baris yang dibaca: 1.200 = judul 3 + tanpa aplikasi 2 + data 1.195."
    assert "1,195" in rows_read(counts, "en")


def test_an_import_says_what_is_wrong_also_where_no_page_can_be_written(project, monkeypatch):
    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(handouts, "write_bytes", full_disk)
    (project / "i.csv").write_bytes(csv_bytes(bad(3)))
    result = compendium(project, "new", "surabaya", "--from", "i.csv", *NAMES)
    assert result.returncode == 1
    assert "Alat 0" in result.stdout and "i.mapping.yaml" in result.stdout
    assert "import.id.html" not in result.stdout and "No space" not in result.stdout + result.stderr
