import csv

import pytest
from helpers import ROOT
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.mapping import FIELDS
from analysis.language import headings, synonyms, terms
from analysis.language.headings import recognise
from analysis.language.labels import LANGUAGES, text
from analysis.language.synonyms import asks, match_category, nearest_category, nearest_code
from analysis.tables.applications import CATEGORIES

with (ROOT / "src/analysis/language/synonyms.csv").open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
TERMS = [(row["kind"], row["target"], row["term"]) for row in ROWS]


def test_every_row_of_the_list_is_complete_and_there_once():
    assert all(row[key].strip() for row in ROWS for key in ("kind", "target", "lang", "term"))
    assert {row["lang"] for row in ROWS} == set(LANGUAGES)
    plain = [(kind, target, terms.plain(term)) for kind, target, term in TERMS]
    assert sorted(plain) == sorted(set(plain))


def test_no_spelling_of_a_category_means_two_codes():
    spellings = [(kind, terms.plain(term)) for kind, _, term in TERMS if kind in CATEGORIES]
    assert len(spellings) == len(set(spellings))


def test_targets_are_our_columns_and_codes():
    assert {target for kind, target, _ in TERMS if kind == "column"} == set(FIELDS)
    for attribute, codes in CATEGORIES.items():
        assert {target for kind, target, _ in TERMS if kind == attribute} == set(codes)


def test_our_own_labels_and_codes_are_understood(lang):
    for attribute, codes in CATEGORIES.items():
        for code in codes:
            for spelling in (code, text(f"{attribute}.{code}", lang), text(f"word.{attribute}.{code}", lang)):
                assert match_category(spelling, attribute) == (code, 100), spelling


@pytest.mark.parametrize(("kind", "target", "term"), [row for row in TERMS if row[0] == "column"])
def test_every_heading_of_the_list_is_recognised_however_it_is_set(kind, target, term):
    for form in (term, term.upper(), f"  {term} * ", f"{term} (wajib diisi)"):
        assert headings.match_heading(form, target) == 100
        assert recognise(form)


RECOGNISED = {
    "name": ("Nama Apliksi", "Nama App / Name"),
    "owner": ("Perangkat Derah", "Unit Pengelola", "2. OPD", "OPD / Agency"),
    "type": ("Basis Aplikasi", "iv. Platform Aplikasi", "Platform/Basis"),
    "status": ("(b) Status", "Aktif (Ya/Tidak)"),
    "last_updated": ("Tgl. Update", "Update Terakhir", "Last Modified"),
    "function": ("Deskripsi Singkat",),
    None: (
        *(
            "Basis Data",
            "Alamat Website",
            "ID Aplikasi",
            "Kode Aplikasi",
            "Tahun Pengembangan",
            "A/B",
            "No",
            "",
        ),
        *("Updated By", "Status Server", "Sumber Dana", "Bahasa Pemrograman"),
        "Tahun Pembuatan",
    ),
}


@pytest.mark.parametrize(
    ("heading", "column"), [(one, column) for column, several in RECOGNISED.items() for one in several]
)
def test_headings_are_recognised_with_slips_in_either_language_but_not_by_chance(heading, column):
    assert recognise(heading) == column


@pytest.mark.parametrize(
    "heading",
    [
        *("Tanggal Pembuatan", "Tgl. Pembuatan", "Tahun Pembuatan", "Tahun Dibuat", "Tanggal Rilis"),
        *("Tanggal Launching", "Created", "Date Created", "Year Built"),
        "2. Tanggal Pembuatan (aplikasi)",
    ],
)
def test_when_an_application_was_made_is_not_when_it_was_updated(heading):
    assert recognise(heading) is None
    assert headings.is_other(heading, "last_updated")


@pytest.mark.parametrize(("kind", "target", "term"), [row for row in TERMS if row[0] == "no_column"])
def test_what_a_column_is_not_is_never_taken_for_it(kind, target, term):
    assert headings.is_other(term, target)
    assert headings.match_heading(term, target) == 0


MEANT = {
    "status.operational": ("Operasionl", "Masih Digunakan"),
    "status.inactive": (
        *("TIDAK-AKTIF", "tidak aktiv", "non-aktif", "Tdk Aktif", "Sudah Tidak Digunakan", "Decommissioned"),
        *("In Aktif", "in active", "inaktif"),
    ),
    "status.development": ("Masih Pengembangan",),
    "status.": (
        *("belum aktif", "Sudah Dikembangkan", "Not yet operational", "Belum Operasional", "Deactive", "Ya"),
        *("Dalam Perbaikan", "Maintenance", "Belum tahap uji coba", "Aktif dalam pengembangan"),
        *("Sudah dibangun", "Dibangun 2021", "Aktif/Nonaktif"),
    ),
    "type.web": ("Wbsite",),
    "type.mobile": ("Android/iOS", "Berbasis Andriod"),
    "type.desktop": ("PC",),
    "type.multiplatform": ("Web & Android", "web dan mobile"),
    "type.": (
        *("Web, Fax", "P", "Mobile Web Application", "Web Android", "Website / Aplikasi"),
        *("Online", "offline"),
    ),
    "ownership.own": ("Pembelian", "Milik Pemkot Bandung"),
    "ownership.grant": ("Pemberian", "Hibah Kementerian"),
    "ownership.central": ("Kementerian Sosial",),
    "ownership.": ("Sewa", "", "Pemerintah Kota/Daerah Lain", "Pemkot & Kementerian", "Pihak Ketiga"),
}
"""Spellings by what they mean; what could mean several things, or none of ours, is left open."""


@pytest.mark.parametrize(
    ("spelling", "meaning"), [(one, meaning) for meaning, several in MEANT.items() for one in several]
)
def test_spellings_mean_a_code_or_are_left_open(spelling, meaning):
    attribute, code = meaning.split(".")
    assert match_category(spelling, attribute).code == code


@pytest.mark.parametrize(
    "spelling",
    [
        *("Berbasis Web & Mobile", "Berbasis Web/Android", "Aplikasi Web, Android"),
        *("Web & Mobile Application", "Web/Mobile Application", "Berbasis Web & Desktop"),
        *("Desktop & Web Application", "Web-Android"),
    ],
)
def test_several_devices_are_several_whatever_words_stand_beside_them(spelling):
    assert match_category(spelling, "type") == ("multiplatform", 100)


SURE = {
    # A remark in brackets is left out unless it says something else.
    ("type", "mobile", 100): ("Mobile (Android)",),
    ("type", "desktop", 100): ("Desktop (Windows)",),
    ("type", "web", 99): ("Web (Laravel)",),
    ("type", "", 99): ("Web (Android)",),
    ("status", "operational", 99): ("Aktif (2023)",),
    ("status", "", 99): ("Aktif (Uji Coba)", "Aktif (belum optimal)"),
    # Words without a meaning of their own, and words that mean the same, tell one thing.
    ("status", "trial", 100): ("Masih dalam tahap uji coba", "Under testing"),
    ("status", "development", 100): ("Sedang dalam pembangunan",),
    ("status", "development", 95): ("sedang dikembangkn",),
    ("status", "operational", 100): ("still in use", "Aktif Digunakan"),
    ("status", "", 0): ("Masih dalam proses",),
    ("type", "web", 100): ("Web Website",),
    # Words of the regulation on e-government are read, but shown to be confirmed; a code before says nothing.
    ("ownership", "central", 99): ("Umum",),
    ("ownership", "own", 99): (
        *("Aplikasi Khusus", "RAA.02 - Aplikasi Khusus", "RAA.02. Aplikasi Khusus", "2. Aplikasi Khusus"),
    ),
}
"""Spellings by attribute, code, and how sure it is."""


@pytest.mark.parametrize(
    ("spelling", "how"), [(one, how) for how, several in SURE.items() for one in several]
)
def test_how_sure_a_meaning_is_follows_from_all_that_a_spelling_says(spelling, how):
    attribute, *match = how
    assert match_category(spelling, attribute) == tuple(match)


@pytest.mark.parametrize(
    "heading", ["Aktif (Ya/Tidak)", "Status Keaktifan", "Active", "Status Operasional", "Masih Digunakan?"]
)
@pytest.mark.parametrize(
    ("answer", "code"),
    [("Ya", "operational"), ("TRUE", "operational"), ("✓", "operational"), ("Tidak", "inactive")],
)
def test_an_answer_means_something_where_the_heading_asks(heading, answer, code):
    assert match_category(answer, "status", heading) == (code, 100)
    assert match_category(answer, "status", "Status Aplikasi").code == ""


def test_what_is_not_yet_in_use_is_never_near_to_what_is_out_of_use():
    for spelling in ("Belum Aktif", "Belum Operasional", "Belum Digunakan", "Not yet active"):
        assert nearest_category(spelling, "status").code != "inactive"


def test_a_denial_is_never_taken_for_what_it_denies():
    for _, code, term in (row for row in TERMS if row[0] == "status"):
        denied = match_category(f"tidak {term}", "status").code
        assert denied in ("", "inactive") or denied != code


@pytest.mark.parametrize("before", ["n", "in", "non ", "gak ", "tdka ", "kurang ", "x-", "bukan", "blm "])
@pytest.mark.parametrize("word", ["aktif", "aktf", "operasional", "operasionl", "digunakan", "berfungsi"])
def test_nothing_before_an_affirmative_word_is_passed_over(before, word):
    spelling = f"{before}{word}"
    assert match_category(spelling, "status").code in ("", "inactive")
    assert nearest_category(spelling, "status").code != "operational"


@pytest.mark.parametrize(
    ("heading", "answer"), [("Tidak Aktif", False), ("Belum Aktif", False), ("Aktif / Tidak Aktif", True)]
)
def test_a_heading_that_denies_does_not_ask_whether_an_application_is_in_use(heading, answer):
    assert asks(heading) is answer


def test_what_comes_nearest_is_named_even_where_it_is_not_sure():
    assert nearest_category("operasi", "status").code == "operational"
    assert nearest_category("xyzzy", "status").code == ""
    assert synonyms.nearest("operationl", ["planned", "operational"]) == "operational"
    assert synonyms.nearest("qqq", ["planned"]) == ""
    assert synonyms.nearest("x", []) == ""


@pytest.mark.parametrize(
    ("found", "column", "allowed", "code"),
    [
        ("suports", "polarity", ["supports", "mixed", "hinders"], "supports"),
        ("Mendukung", "polarity", ["supports", "mixed", "hinders"], "supports"),
        ("menghambat!", "polarity", ["supports", "mixed"], ""),
        ("Berbasis Web", "type", ["web", "mobile"], "web"),
        ("ponsel", "type", ["web"], ""),
        ("Akses layanan", "aspect", ["service_access"], "service_access"),
        ("", "aspect", ["service_access"], ""),
        ("x", "aspect", [], ""),
    ],
)
def test_a_code_is_guessed_from_its_spelling_its_labels_and_its_synonyms(found, column, allowed, code):
    labels = {"service_access": ["Akses layanan daring", "Service access"]}
    assert nearest_code(found, column, allowed, labels) == code


@given(st.text(max_size=40), st.sampled_from(list(CATEGORIES)))
def test_any_text_can_be_matched(text, attribute):
    match = match_category(text, attribute)
    assert match.code in ("", *CATEGORIES[attribute])
    assert 0 <= match.score <= 100


@pytest.mark.parametrize("text", ["SMKN1 Bandung", "3 Dimensi", "Web 2.0", "112"])
def test_what_is_no_code_of_a_list_stays(text):
    assert terms.without_code(text) == text


@pytest.mark.parametrize(
    "heading",
    [
        *("No HP PIC", "NIP Operator", "Telepon", "No WA", "Email PIC", "Penanggungjawab", "Business Owner"),
        "No. HP",
    ],
)
def test_headings_of_personal_data_are_known_whatever_stands_beside(heading):
    assert headings.is_personal(heading)


@pytest.mark.parametrize("heading", ["Nama Aplikasi", "OPD", "Perangkat Daerah", "Platform", "Shp"])
def test_other_headings_hold_no_personal_data(heading):
    assert not headings.is_personal(heading)
