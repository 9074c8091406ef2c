"""Of two columns that fit equally well somebody has to choose; where anything speaks for one, it is read."""

import pytest
from spreadsheet_files import choices, csv_bytes, find
from test_proposing import headings, proposal

from analysis.intake.import_records import read_inventory
from analysis.intake.mapping import ColumnChoice
from analysis.intake.proposing import propose

TOP = ("Nama Aplikasi", "OPD", "Jenis Aplikasi", "Kepemilikan", "Status Aplikasi")
ROWS = [("Sapa", "Dinas A", "Web", "Hibah", "Aktif"), ("Lapor", "Dinas B", "Mobile", "Pusat", "Aktif")]


def beside(heading, *cells):
    """Return the mapping of the inventory with one more column."""
    return proposal((*TOP, heading), *((*row, cell) for row, cell in zip(ROWS, cells, strict=True)))


@pytest.mark.parametrize(
    ("heading", "cells", "name", "other"),
    [
        ("Kondisi", ("Uji coba", "Aktif"), "status", "Status Aplikasi"),
        ("Platform", ("Desktop", "Mobile"), "type", "Jenis Aplikasi"),
        ("OPD Pengelola", ("Dinas C", "Dinas B"), "owner", "OPD"),
        ("Nama Sistem", ("SAPA", "Lapor!"), "name", "Nama Aplikasi"),
    ],
)
def test_two_that_are_equally_good_are_asked_about(heading, cells, name, other):
    found = beside(heading, *cells)
    assert found.columns[name].heading == ""
    assert set(found.columns[name].between) == {heading, other}
    assert not set(found.columns[name].between) & set(found.unused)


@pytest.mark.parametrize(
    ("heading", "cells", "name", "read"),
    [
        ("Kondisi", ("aktif", "Beroperasi"), "status", "Status Aplikasi"),
        ("Kondisi", ("Uji coba", ""), "status", "Status Aplikasi"),
        ("Kondisi", ("Baik", "Rusak"), "status", "Status Aplikasi"),
        ("Unit Kerja", ("Bidang A", "Bidang B"), "owner", "OPD"),
        ("Unit Pengembang", ("Vendor", "Vendor"), "owner", "OPD"),
        ("Nama OPD", ("Dinas A Kota X", "DINAS B"), "owner", "OPD"),
        ("Nama", ("Ani", "Budi"), "name", "Nama Aplikasi"),
    ],
    ids=["same meaning", "half blank", "not understood", "part", "maker", "same agencies", "persons"],
)
def test_one_that_means_the_same_or_less_is_not_asked_about(heading, cells, name, read):
    assert headings(beside(heading, *cells))[name] == read


def test_columns_of_several_years_are_asked_about():
    rows = [("Sapa", "Dinas A", "Web", "Hibah", "Aktif", "Tidak Aktif"), ("Lapor", *ROWS[1][1:], "Aktif")]
    found = proposal((*TOP[:4], "Status 2022", "Status 2023"), *rows)
    assert set(found.columns["status"].between) == {"Status 2022", "Status 2023"}


def test_the_question_names_both_and_is_answered_in_the_mapping():
    rows = [(*TOP, "Kondisi"), (*ROWS[0], "Uji coba"), (*ROWS[1], "Aktif")]
    table, _ = find(csv_bytes(rows), "t.csv")
    _, problems = read_inventory(table, propose(table))
    (asked,) = problems
    assert (asked.kind, asked.found) == ("columns_alike", "“Status Aplikasi”, “Kondisi”")
    assert "status penggunaan" in asked.statement("id")
    chosen = propose(table, choices(status=ColumnChoice("Kondisi")))
    assert read_inventory(table, chosen)[1] == []
