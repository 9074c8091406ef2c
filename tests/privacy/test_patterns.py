import pytest

from analysis.privacy.patterns import find

PERSONAL = {
    "nik": (
        *("NIK 3273014107900003", "3273010107900003.", "3273017112900003", "NIK.3273014107900003"),
        *("3273 0141 0790 0003", "327301-410790-0003"),
    ),
    "nip": (
        *("198001012005011001", "NIP. 19800101 200501 1 001", "NIP.198001012005011001"),
        "19800101.200501.1.001",
    ),
    "phone": ("0812-3456-7890", "+62 812 3456 7890", "Hubungi 081234567890!", "(022) 4201234"),
    "email": ("rina.s@dinas.contoh.go.id",),
    "name": (
        *("Dr. Rina Sari", "dikelola Ir. H. Budi", "Rina Sari, S.Kom., M.T.", "Bapak Budi"),
        *("Budi bin Ahmad, S. Sos", "Bpk. Budi", "Bu Rina Sari", "a.n. Budi Santoso", "PIC: Rina Sari"),
        *("DRS. H. BUDI SANTOSO, M.SI", "RINA SARI, S.KOM", "Penanggung jawab : Rina Sari"),
    ),
}
NO_NIK = ("3299993307900003", "3273017212900003", "9973010107900003", "3273010107900000")
"""No day of a month, nor of a woman's, no province, no serial number."""
NO_NIP = ("198013012005011001", "198001011985011001", "198001012005013001")
"""No month, appointed at five, no such sex."""
NUMBERS = ("1.081.234.567.890", "ISBN 9786021234567890", "10.33701/jipwp.v46i2.1400", "0812")
NO_NUMBERS = ("https://contoh.go.id/a/081234567890", "2024-01-02 2025-01-02", "@dinas")
NAMED_FOR = ("RSUD dr. Soetomo", "Rumah Sakit Umum Prof. Kandou", "Jalan Ir. Juanda")
NO_NAMES = (
    "Kelas Ibu Hamil",
    "Ibu Kota Nusantara",
    "SIMDA 3.0, Sistem Keuangan",
    "Dinas Kesehatan, Sistem Antrean",
    *("PIC: Bidang Aptika", "Kontak: Call Center", "Penanggung jawab: Kepala Dinas", "RSUD DR. SOETOMO"),
    *("Kelas Bu Hamil", "9973 0101 0790 0003", "Jarak, mm"),
)


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in PERSONAL.items() for text in texts]
)
def test_what_looks_personal_is_found_and_told_by_its_kind(kind, text):
    assert [one.kind for one in find(f"{text} dan lain-lain")] == [kind]


@pytest.mark.parametrize("text", [*NO_NIK, *NO_NIP, *NUMBERS, *NO_NUMBERS, *NAMED_FOR, *NO_NAMES])
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
