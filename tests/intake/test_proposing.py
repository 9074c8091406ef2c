from dataclasses import replace

import pytest
from spreadsheet_files import HEADINGS, RECORD, choices, csv_bytes, find

from analysis.intake.mapping import FIELDS, ColumnChoice, InventoryMapping, SpellingChoice
from analysis.intake.proposing import propose

ENGLISH = ("Application name", "Agency", "Application type", "Ownership", "Status", "Purpose", "Last update")


def proposal(*rows, chosen=None):
    """Return the mapping proposed for rows below a header."""
    return propose(find(csv_bytes(rows), "t.csv")[0], chosen)


def headings(found):
    """Return the headings of a mapping by column of ours."""
    return {name: choice.heading for name, choice in found.columns.items()}


@pytest.mark.parametrize("row", [HEADINGS, ENGLISH, FIELDS])
def test_usual_headings_are_mapped_without_doubt(row):
    found = proposal(row, RECORD)
    assert headings(found) == dict(zip(FIELDS, row, strict=True))
    assert min(choice.score for choice in found.columns.values()) == 100
    assert found.unused == {}


def test_what_a_column_holds_decides_between_headings():
    rows = [
        ("Nama Aplikasi", "OPD", "Jenis Aplikasi", "Basis", "Status", "Kondisi"),
        ("Sapa", "Dinas A", "Umum", "Web", "Hibah", "Aktif"),
        ("Lapor", "Dinas B", "Khusus", "Android", "Pusat", "Mati"),
    ]
    read = ("Nama Aplikasi", "OPD", "Basis", "Status", "Kondisi", "", "")
    assert headings(proposal(*rows)) == dict(zip(FIELDS, read, strict=True))


def test_a_column_is_known_by_its_cells_where_its_heading_says_nothing():
    found = proposal(("Aplikasi", "OPD", "Kolom 3"), ("Sapa", "Dinas A", "Website"))
    assert found.columns["type"] == ColumnChoice("Kolom 3", 50)


def test_the_more_usual_name_of_a_column_wins():
    found = proposal(("Aplikasi", "Unit Kerja", "Perangkat Daerah"), ("Sapa", "Bidang", "Dinas A"))
    assert (found.columns["owner"].heading, found.unused) == ("Perangkat Daerah", {"Unit Kerja": ["Bidang"]})


def test_a_full_column_wins_over_one_that_is_nearly_blank():
    rows = [("Judul", "Unit Pengembang", "Unit"), ("Sapa", "Rekanan", "Dinas A"), ("Lapor", "", "Dinas B")]
    found = proposal(*rows)
    assert (found.columns["name"].heading, found.columns["owner"].heading) == ("Judul", "Unit")


def test_a_heading_that_may_mean_two_things_means_what_its_cells_say():
    rows = [("Nama Aplikasi", "OPD", "Jenis"), ("Sapa", "Dinas A", "Umum"), ("Lapor", "Dinas B", "Khusus")]
    found = headings(proposal(*rows))
    assert (found["ownership"], found["type"]) == ("Jenis", "")


def test_every_spelling_is_listed_with_its_rows_the_most_frequent_first():
    rows = [(*RECORD[:2], basis, *RECORD[3:]) for basis in ("Web", "Fax", "web", "Web", "", "Wbsite")]
    assert proposal(HEADINGS, *rows).categories["type"] == {
        "Web": SpellingChoice("web", 100, 2),
        "": SpellingChoice("", 0, 1),
        "Fax": SpellingChoice("", 0, 1),
        "Wbsite": SpellingChoice("web", 92, 1),
        "web": SpellingChoice("web", 100, 1),
    }


def test_what_was_chosen_stays_and_is_not_proposed_again():
    chosen = choices(type=ColumnChoice("Status Aplikasi", 0), ownership=ColumnChoice(always="own"))
    found = proposal(HEADINGS, RECORD, chosen=chosen)
    assert found.columns["type"] == ColumnChoice("Status Aplikasi", 0)
    assert found.columns["ownership"] == ColumnChoice(always="own")
    assert found.columns["status"] == ColumnChoice()
    assert list(found.columns) == list(FIELDS)


def test_a_chosen_spelling_keeps_its_code_and_gets_its_rows():
    chosen = InventoryMapping(categories={"type": {"Web": SpellingChoice("desktop", 0, 0)}})
    assert proposal(HEADINGS, RECORD, chosen=chosen).categories["type"] == {
        "Web": SpellingChoice("desktop", 0, 1)
    }


def test_where_one_value_holds_for_every_row_no_spelling_is_asked_for():
    chosen = choices(status=ColumnChoice("Status Aplikasi", always="operational"))
    found = proposal(HEADINGS, (*RECORD[:4], "", *RECORD[5:]), chosen=chosen)
    assert (found.columns["status"].always, found.categories["status"]) == ("operational", {})


def test_a_score_is_that_of_the_proposal_and_0_for_what_somebody_chose():
    rows = [(*RECORD[:2], basis, *RECORD[3:]) for basis in ("Wbsite", "Fax")]
    proposed = proposal(HEADINGS, *rows)
    assert proposal(HEADINGS, *rows, chosen=proposed) == proposed
    edited = replace(
        proposed,
        columns={**proposed.columns, "owner": ColumnChoice("Fungsi", 100)},
        categories={"type": {"Wbsite": SpellingChoice("mobile", 92, 1), "Fax": SpellingChoice("web", 0, 1)}},
    )
    found = proposal(HEADINGS, *rows, chosen=edited)
    assert found.columns["owner"] == ColumnChoice("Fungsi", 0)
    assert found.categories["type"] == {
        "Fax": SpellingChoice("web", 0, 1),
        "Wbsite": SpellingChoice("mobile", 0, 1),
    }


@pytest.mark.parametrize(("day", "order"), [("31/12/2023", "day_first"), ("12/31/2023", "month_first")])
def test_the_order_of_dates_is_what_they_show(day, order):
    assert proposal(HEADINGS, (*RECORD[:6], day)).date_order == order


@pytest.mark.parametrize("made", ["Tanggal Pembuatan", "Tahun Dibuat", "Created"])
def test_when_an_application_was_made_is_never_read_as_its_last_update(made):
    rows = [(*HEADINGS[:6], made), (*RECORD[:6], "2015-01-01")]
    assert headings(proposal(*rows))["last_updated"] == ""
    rows = [(*HEADINGS[:6], made, "Tanggal Update Terakhir"), (*RECORD[:6], "2015-01-01", "-")]
    assert headings(proposal(*rows))["last_updated"] == "Tanggal Update Terakhir"


@pytest.mark.parametrize(
    ("row", "name", "owner"),
    [
        (("Nama Sistem Elektronik", "OPD", "Nama"), "Nama Sistem Elektronik", "OPD"),
        (("Nama", "OPD Pengampu", "Penanggung Jawab Aplikasi"), "Nama", "OPD Pengampu"),
        (("Aplikasi", "Pengelola Aplikasi", "Dinas/OPD Pengampu"), "Aplikasi", "Dinas/OPD Pengampu"),
        (("Aplikasi", "Unit Pengembang", "Unit Pemilik"), "Aplikasi", "Unit Pemilik"),
        (("Aplikasi", "Pengelola Aplikasi", "URL"), "Aplikasi", "Pengelola Aplikasi"),
    ],
)
def test_persons_are_neither_names_nor_owners_where_there_is_anything_else(row, name, owner):
    found = headings(proposal(row, ("a", "b", "c")))
    assert (found["name"], found["owner"]) == (name, owner)


def test_what_a_column_of_personal_data_holds_is_not_repeated():
    found = proposal(("Aplikasi", "OPD", "No HP PIC", "Fax"), ("a", "b", "0812", "x"))
    assert found.unused == {"No HP PIC": [], "Fax": ["x"]}


def test_a_column_can_be_read_from_nothing():
    found = proposal(HEADINGS, RECORD, chosen=choices(last_updated=ColumnChoice("-")))
    assert found.columns["last_updated"] == ColumnChoice("-")
    assert list(found.unused) == ["Tanggal Pemutakhiran"]


def test_a_heading_that_asks_for_yes_or_no_is_read_only_where_no_other_tells_more():
    rows = [(*HEADINGS[:5], "Aktif"), (*RECORD[:4], "Uji coba terbatas", "Ya"), (*RECORD[:4], "Aktif", "Ya")]
    assert headings(proposal(*rows))["status"] == "Status Aplikasi"


def test_answers_are_understood_where_the_heading_asks():
    rows = [(*HEADINGS[:4], "Aktif (Ya/Tidak)"), (*RECORD[:4], "Ya"), (*RECORD[:4], "Tidak")]
    found = proposal(*rows)
    assert found.columns["status"] == ColumnChoice("Aktif (Ya/Tidak)", 100)
    assert {text: one.code for text, one in found.categories["status"].items()} == {
        "Tidak": "inactive",
        "Ya": "operational",
    }
