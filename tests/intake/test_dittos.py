"""A ditto mark means the cell above, and nobody's agency, whatever word or sign it is."""

import pytest
from spreadsheet_files import HEADINGS, RECORD, csv_bytes, find

from analysis.intake.dittos import fill_dittos
from analysis.intake.proposing import propose


def owners(*cells, name="Sapa"):
    """Return the agencies that a column says, with its names, and the warnings."""
    rows = [(f"{name} {n}" if name else "sda", cell, *RECORD[2:]) for n, cell in enumerate(cells, start=2)]
    table, _ = find(csv_bytes([HEADINGS, *rows]), "t.csv")
    filled, told = fill_dittos(table, propose(table))
    said = [(p.kind, p.row, p.column, p.found, p.is_warning) for p in told]
    return filled.texts(HEADINGS[1]), said, filled.texts(HEADINGS[0])


@pytest.mark.parametrize(
    "mark", ["sda", "Sda.", "s.d.a", "idem", '"', "''", "〃", "Sama dengan di atas", "ditto"]
)
def test_a_ditto_mark_is_read_as_the_cell_above_and_told(mark):
    got, told, _ = owners("Dinas A", mark, mark, "Dinas B", mark)
    assert got == ["Dinas A", "Dinas A", "Dinas A", "Dinas B", "Dinas B"]
    assert told == [("ditto", 3, "B (Perangkat Daerah)", mark, True)]


def test_a_ditto_mark_below_nothing_says_nothing():
    assert owners("sda", "Dinas A")[0] == ["", "Dinas A"]


@pytest.mark.parametrize("name", ["Dinas SDA", "Idem Sehat", "-", ""])
def test_what_is_no_ditto_mark_stays(name):
    assert owners("Dinas A", name)[:2] == (["Dinas A", name], [])


def test_an_application_may_be_called_like_a_ditto_mark():
    assert owners("Dinas A", "Dinas B", name="")[2] == ["sda", "sda"]
