import pytest

from analysis.intake import row_words


@pytest.mark.parametrize("words", ["", "-", "—", "n/a", "N/A", "Tidak ada", "belum pernah"])
def test_words_for_nothing_are_known(words):
    assert row_words.is_nothing(words)
    assert not row_words.is_nothing(f"{words} 2024")


def test_rows_that_are_no_records_are_known_by_their_words():
    assert row_words.is_total(["Jumlah", "412"])
    assert row_words.is_total(["TOTAL:", "1.200", "30"])
    assert not row_words.is_total(["Total Quality", "412"])
    assert not row_words.is_total(["Total", "Dinas Kesehatan"])
    assert not row_words.is_total([])
    assert row_words.is_note("Sumber: Diskominfo, 2024")
    assert row_words.is_note("*) sementara")
    assert not row_words.is_note("Sumberdaya")


@pytest.mark.parametrize(
    "name", ["Sub Total", "Sub Jumlah", "Total Keseluruhan", "Jumlah Aplikasi Dinas Sosial"]
)
def test_a_total_may_say_whose_it_is_and_what_was_counted(name):
    assert row_words.is_total([name])
    assert row_words.is_total([name.upper(), "2 aplikasi"])
    assert not row_words.is_total([name, "2 dinas"])


@pytest.mark.parametrize(
    "name", ["Jumlah Aplikasi Aktif", "Jml", "Rata-rata per OPD", "Total: aktif", "Total Kota Contoh"]
)
def test_whatever_begins_like_a_total_and_has_only_numbers_is_one(name):
    assert row_words.is_total([name, "2", "50%"])
    assert not row_words.is_total([name, "Web"])
    assert row_words.is_total([f"{name} 2"])


def test_an_agency_that_is_responsible_is_no_person():
    assert row_words.may_be_person("Penanggung Jawab Aplikasi")
    assert not row_words.may_be_person("Dinas Penanggung Jawab")


def test_months_are_known_by_their_usual_short_forms():
    assert [row_words.month(name) for name in ("Sept", "Agust", "Agt", "mei", "Fax")] == [9, 8, 8, 5, 0]


def test_what_only_numbers_a_row_is_known():
    assert [text for text in ("3", "(1)", "A.", "iv", "SIM") if row_words.is_mark(text)] == [
        "3",
        "(1)",
        "A.",
        "iv",
    ]
