"""An agency is told by the words that matter, however its name is written."""

import csv

import pytest
from helpers import ROOT
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.agencies import agency_key, is_agency_name

with (ROOT / "src/analysis/language/agencies.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))


def test_every_abbreviation_of_the_list_is_complete_and_there_once():
    pairs = [(row["short"], row["long"]) for row in ROWS]
    assert all(short and long for short, long in pairs)
    assert len(pairs) == len(set(pairs))


def test_every_abbreviation_is_called_like_an_agency():
    assert all(is_agency_name(row["short"]) for row in ROWS)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dinkes", "Dinas Kesehatan"),
        ("DINKES KOTA BANDUNG", "Dinas Kesehatan"),
        ("Dinas Kesehatan Kab. Garut", "DINAS KESEHATAN"),
        ("Dinas Kesehatn", "Dinas Kesehatan"),
        ("Dinas Komunikasi & Informatika", "Diskominfo"),
        ("Dinas Komunikasi dan Informatika (Diskominfo)", "Dinas Kominfo"),
        ("Satpol PP", "Satuan Polisi Pamong Praja"),
        ("1.02.01 - Dinas Kesehatan", "Dinas Kesehatan"),
        ("Sekretariat DPRD", "Setwan"),
        ("Bappeda", "Badan Perencanaan Pembangunan Daerah"),
    ],
)
def test_the_same_agency_has_the_same_words(one, other):
    assert agency_key(one).words == agency_key(other).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dinas Pendidikan", "Dinas Pendidikan dan Kebudayaan"),
        ("Dinas Pertanian", "Dinas Pertanahan"),
        ("Dinas Perikanan", "Dinas Perindustrian"),
        ("Kecamatan Sukasari", "Kecamatan Sukajadi"),
        ("Kecamatan Kota Utara", "Kecamatan Kota Selatan"),
        ("RSUD Kota Bandung", "RSUD Kabupaten Bandung"),
        ("Bagian Umum", "Bagian Hukum"),
        ("DLHK", "DLH"),
    ],
)
def test_another_agency_has_other_words(one, other):
    assert agency_key(one).words != agency_key(other).words


@given(st.text())
def test_any_text_has_a_key(text):
    assert agency_key(text).score <= 100
