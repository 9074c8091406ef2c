import pytest

from analysis.privacy.patterns import find

PERSONAL = {
    "NIK 3273014107900003": "nik",
    "3273010107900003.": "nik",
    "3273017112900003": "nik",  # a woman born on the 31st
    "198001012005011001": "nip",
    "NIP. 19800101 200501 1 001": "nip",
    "0812-3456-7890": "phone",
    "+62 812 3456 7890": "phone",
    "Hubungi 081234567890!": "phone",
    "(022) 4201234": "phone",
    "rina.s@dinas.contoh.go.id": "email",
    "Dr. Rina Sari": "name",
    "dikelola Ir. H. Budi": "name",
    "Rina Sari, S.Kom., M.T.": "name",
    "Budi bin Ahmad, S. Sos": "name",
    "Bapak Budi": "name",
}
NOT = (
    "3299993307900003",  # no day of a month
    "3273017212900003",  # no day of a woman's, either
    "9973010107900003",  # no province
    "3273010107900000",  # no serial number
    "198013012005011001",  # no month
    "198001011985011001",  # appointed at five
    "198001012005013001",  # no such sex
    "1.081.234.567.890",
    "ISBN 9786021234567890",
    "10.33701/jipwp.v46i2.1400",
    "https://contoh.go.id/a/081234567890",
    "2024-01-02 2025-01-02",
    "0812",
    "RSUD dr. Soetomo",
    "Rumah Sakit Umum Prof. Kandou",
    "Jalan Ir. Juanda",
    "Kelas Ibu Hamil",
    "Ibu Kota Nusantara",
    "@dinas",
    "SIMDA 3.0, Sistem Keuangan",
    "Dinas Kesehatan, Sistem Antrean",
)


@pytest.mark.parametrize("text", PERSONAL)
def test_what_looks_personal_is_found_and_told_by_its_kind(text):
    assert [one.kind for one in find(f"{text} dan lain-lain")] == [PERSONAL[text]]


@pytest.mark.parametrize("text", NOT)
def test_what_is_something_else_is_left_alone(text):
    assert list(find(text)) == []


def test_all_of_a_text_is_found_each_once():
    text = "Dr. Rina Sari (a@b.id, 081234567890), Dr. Rina Sari"
    assert [one.kind for one in find(text)] == ["phone", "email", "name"]


def test_a_message_leaves_out_the_middle_of_a_number():
    [nik] = find("3273014107900003")
    assert nik.shown == "3273…03"
    [name] = find("Dr. Rina Sari")
    assert name.shown == "Dr. Rina Sari"


def test_a_name_with_title_and_degrees_is_found_once():
    assert [one.text for one in find("oleh Dr. Budi Santoso, M.Si. dan Rina Sari, S.Kom., M.T.")] == [
        "Dr. Budi Santoso, M.Si.",
        "Rina Sari, S.Kom., M.T.",
    ]
