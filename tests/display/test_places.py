import re

import pytest
from helpers import bandung

from analysis.display.places import NAMES, QUOTED, place
from analysis.language.labels import text


@pytest.mark.parametrize(
    ("locator", "expected"),
    [
        ("Pendahuluan · kutipan catatan 1", "Introduction · quotation of note 1"),
        ("Tabel 4 · baris Web", "Table 4 · row Web"),
        ("Daftar pustaka · butir 14 sampai dengan 16", "References · item 14 to 16"),
        ("Abstrak (Inggris) · kalimat 2", "English abstract · sentence 2"),
        ("Metode · paragraf “Tabel dan catatan” · judul", "Method · paragraph “Tabel dan catatan” · heading"),
    ],
)
def test_a_place_is_named_in_english_and_its_quotations_stay(locator, expected):
    assert place(locator, "en") == expected
    assert place(locator, "id") == locator


def test_no_place_of_bandung_keeps_an_indonesian_word_of_places():
    words = [text(f"place.{name}", "id") for name in NAMES]
    found = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b")
    locators = {
        cell for frame in bandung().frames.values() if "locator" in frame for cell in frame["locator"]
    }
    left = {one for one in locators if found.search(QUOTED.sub("", place(one, "en")))}
    assert locators
    assert left == set()
