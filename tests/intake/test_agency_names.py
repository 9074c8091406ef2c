"""Spellings of one agency are read as one and shown; what may be another is asked about."""

import pytest
from spreadsheet_files import HEADINGS, RECORD, csv_bytes, find

from analysis.intake.import_records import read_inventory
from analysis.intake.mapping import InventoryMapping, SpellingChoice
from analysis.intake.proposing import propose

FULL = "Dinas Komunikasi dan Informatika"


def read(*owners, chosen=None):
    """Return the agencies of an import, the mapping's spellings, and the problems."""
    rows = [(f"App {n}", owner, *RECORD[2:]) for n, owner in enumerate(owners)]
    table, _ = find(csv_bytes([HEADINGS, *rows]), "t.csv")
    mapping = propose(table, chosen)
    frame, problems = read_inventory(table, mapping)
    return list(frame["owner"]), mapping.owners, problems


def test_spellings_and_abbreviations_are_read_as_the_full_name():
    spelt = ["Diskominfo", FULL, "Dinas Kominfo", "DISKOMINFO Kota Bandung", FULL.upper(), FULL]
    owners, listed, problems = read(*spelt)
    assert owners == [FULL] * 6
    assert {text: (one.code, one.score) for text, one in listed.items()} == {
        FULL: (FULL, 100),
        FULL.upper(): (FULL, 100),
        "Diskominfo": (FULL, 92),
        "Dinas Kominfo": (FULL, 92),
        "DISKOMINFO Kota Bandung": (FULL, 92),
    }
    (told,) = problems  # capitals alone are listed and not told
    assert (told.kind, told.expected, told.rows) == ("agencies_grouped", FULL, "2, 4-5")
    assert told.is_warning
    assert "“Diskominfo”" in told.found


def test_codes_are_left_out_and_told_only_where_they_differ():
    owners, listed, problems = read("1.02 - Dinas Kesehatan", "1.01 - Dinas Pendidikan")
    assert owners == ["Dinas Kesehatan", "Dinas Pendidikan"]
    assert (len(listed), problems) == (2, [])
    owners, _, problems = read("1.02 - Dinas Kesehatan", "1.03 - Dinas Kesehatan")
    assert (owners, problems[0].kind) == (["Dinas Kesehatan"] * 2, "agencies_grouped")


@pytest.mark.parametrize(
    "pair",
    [
        ("Dinas Pendidikan", "Dinas Pendidikan dan Kebudayaan"),
        ("Badan Pendapatan", "Badan Pendapatan Daerah"),
        ("DPKP", "Dinas Pertanian dan Ketahanan Pangan"),
    ],
)
def test_agencies_that_differ_in_a_word_that_matters_stay_apart(pair):
    owners, _, problems = read(*pair)
    assert owners == list(pair)
    assert [one.kind for one in problems] in (["agencies_alike"], [])


def test_a_doubtful_pair_is_shown_until_somebody_decides():
    pair = ("Dinas Pendidikan", "Dinas Pendidikan dan Kebudayaan")
    _, listed, problems = read(*pair)
    assert [(one.kind, one.found, one.expected) for one in problems] == [("agencies_alike", *pair)]
    assert {text: one.code for text, one in listed.items()} == {text: text for text in pair}
    for name in pair:
        same = {text: SpellingChoice(name, 0, 0) for text in pair}
        owners, _, problems = read(*pair, chosen=InventoryMapping(owners=same))
        assert (owners, problems) == ([name, name], [])


def test_an_abbreviation_of_several_names_stands_for_the_one_that_is_there():
    fisheries = "Dinas Ketahanan Pangan dan Perikanan"
    assert read("DKPP", fisheries)[0] == [fisheries] * 2
    both = ["DKPP", fisheries, "Dinas Ketahanan Pangan dan Pertanian"]
    assert read(*both)[0] == both


def test_places_tell_districts_apart_and_nothing_is_made_of_what_is_no_agency():
    owners = ["Kecamatan Sukasari", "Kecamatan Sukajadi", "Kelurahan Kota Baru", "Kelurahan Kota Lama"]
    assert read(*owners)[0] == owners
    odd = ["a-1", "a 1", "=x", "x"]
    assert read(*odd)[0] == odd
