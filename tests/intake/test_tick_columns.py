"""Columns that are ticked, one a category, are read together; columns of counts are refused."""

import pytest
from spreadsheet_files import csv_bytes, find

from analysis.intake.proposing import propose
from analysis.intake.tick_columns import join_ticks, told_counts

HEADER = ("Nama Aplikasi", "OPD", "Web", "Mobile", "Desktop", "Aktif", "Tidak Aktif", "Kepemilikan")


def table(*rows, header=HEADER):
    return find(csv_bytes([header, *rows]), "t.csv")[0]


def read(*rows):
    """Return what a mapping reads type and status from, and its spellings of the type."""
    mapping = propose(join_ticks(table(*rows))[0])
    types = {text: choice.code for text, choice in mapping.categories["type"].items()}
    return mapping.columns["type"].heading, mapping.columns["status"].heading, types


@pytest.mark.parametrize("tick", ["v", "✓", "V", "x", "Ya", "1", "√"])
def test_one_tick_is_its_type_and_several_are_multiplatform(tick):
    got = read(
        ("Sapa", "Dinas A", tick, "", "", tick, "", "Milik sendiri"),
        ("Lapor", "Dinas B", tick, tick, "", "", tick, "Milik sendiri"),
        ("Rekam", "Dinas C", "", "", tick, tick, "", "Milik sendiri"),
    )
    types = {"Web": "web", "Web, Mobile": "multiplatform", "Desktop": "desktop"}
    assert got == ("Web + Mobile + Desktop", "Aktif + Tidak Aktif", types)


def test_what_is_denied_is_not_ticked():
    heading, _, types = read(
        ("Sapa", "Dinas A", "Ya", "Tidak", "-", "Ya", "Tidak", "Hibah"),
        ("Lapor", "Dinas B", "Tidak", "Ya", "-", "Ya", "Tidak", "Hibah"),
        ("Rekam", "Dinas C", "Tidak", "Tidak", "Ya", "Ya", "Tidak", "Hibah"),
    )
    assert heading == "Web + Mobile + Desktop"
    assert types == {"Web": "web", "Mobile": "mobile", "Desktop": "desktop"}


def test_a_cross_beside_ticks_denies_also_where_a_column_has_nothing_else():
    _, _, types = read(
        ("Sapa", "Dinas A", "v", "x", "x", "v", "x", "Hibah"),
        ("Lapor", "Dinas B", "v", "x", "v", "v", "x", "Hibah"),
    )
    assert types == {"Web": "web", "Web, Desktop": "multiplatform"}


def test_what_is_neither_a_tick_nor_blank_is_an_error_and_its_column_still_counts():
    rows = [
        ("Sapa", "A", "v", "v", "", "v", "", "Hibah"),
        ("Lapor", "B", "v", "proses", "", "v", "", "Hibah"),
    ]
    joined, problems = join_ticks(table(*rows))
    assert joined.texts("Web + Mobile + Desktop") == ["Web, Mobile", "Web"]
    assert [(p.kind, p.row, p.column, p.found, p.is_warning) for p in problems] == [
        ("tick", 3, "D (Mobile)", "proses", False)
    ]


def test_a_row_without_a_tick_has_no_type():
    blank = ("Lapor", "Dinas B", "", "", "", "v", "", "Hibah")
    _, _, types = read(("Sapa", "Dinas A", "v", "", "", "v", "", "Hibah"), blank)
    assert types == {"Web": "web", "": ""}


def test_the_name_of_an_attribute_before_its_categories_stands_for_a_group():
    header = (
        "nama_aplikasi",
        "opd",
        "jenis_web",
        "jenis_mobile",
        "pemilik_pusat",
        "pemilik_daerah",
        "status",
    )
    rows = [("Sapa", "Dinas A", *"1001", "aktif"), ("Lapor", "Dinas B", *"1110", "aktif")]
    mapping = propose(join_ticks(table(*rows, header=header))[0])
    headings = [mapping.columns[name].heading for name in ("type", "ownership")]
    assert headings == ["jenis › web + mobile", "pemilik › pusat + daerah"]
    owned = {text: choice.code for text, choice in mapping.categories["ownership"].items()}
    assert owned == {"daerah": "own", "pusat": "central"}


def test_columns_that_were_chosen_stay_as_they_are():
    one = table(("Sapa", "Dinas A", "v", "v", "v", "v", "", "Hibah"))
    joined, _ = join_ticks(one, ("Web",))
    assert joined.column("Mobile + Desktop") and joined.column("Web")


def test_columns_are_named_by_their_letters():
    joined, _ = join_ticks(table(("Sapa", "Dinas A", "v", "v", "v", "", "v", "Hibah")))
    assert joined.column("Web + Mobile + Desktop").place == "C, D, E (Web + Mobile + Desktop)"
    assert joined.column("Web") is None


def test_columns_of_numbers_are_counts_and_no_inventory():
    header = ("OPD", "Web", "Mobile", "Jumlah")
    (told,) = told_counts(table(("Dinas A", "3", "1", "4"), ("Dinas B", "0", "2", "2"), header=header))
    assert (told.kind, told.is_warning, told.found) == ("counts", False, "Web, Mobile")
    assert "applications_recap" in told.remedy("id")


def test_noughts_and_ones_are_no_counts():
    assert told_counts(table(("Sapa", "Dinas A", "1", "0", "0", "1", "0", "Hibah"))) == []
