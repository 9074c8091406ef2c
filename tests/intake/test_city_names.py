import unicodedata

import pytest
from helpers import BLOCK, CITY, open_project, write_yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.city_names import complete, usual_names
from analysis.raw_data.package_form import NAMES, incomplete

GIVEN = dict(zip(NAMES, ("Kota Pahlawan", "Hero City", "Jawa Timur", "East"), strict=True))


@pytest.fixture(autouse=True)
def project(tmp_path, monkeypatch):
    """A project with the tiny city, which is made up."""
    return open_project(monkeypatch, tmp_path)


@pytest.mark.parametrize(
    ("city", "name_id", "name_en"),
    [
        ("surabaya", "Kota Surabaya", "Surabaya"),
        ("banda_aceh", "Kota Banda Aceh", "Banda Aceh"),
        ("kota_malang", "Kota Malang", "Malang"),
        ("kabupaten_bogor", "Kabupaten Bogor", "Bogor Regency"),
        ("kab_kutai_barat", "Kabupaten Kutai Barat", "Kutai Barat Regency"),
        ("kota", "Kota Kota", "Kota"),
    ],
)
def test_the_usual_names_follow_from_the_folder(city, name_id, name_en):
    assert usual_names(city) == {"name_id": name_id, "name_en": name_en}


def test_what_is_given_is_taken_and_nothing_is_asked():
    def ask(question, default):
        raise AssertionError(question, default)

    assert complete("surabaya", GIVEN, ask=ask) == {**GIVEN, "synthetic": False}


def test_a_province_is_never_invented_and_that_of_the_other_language_is_better_than_none():
    assert complete("surabaya", {})["province_id"] == ""
    block = complete("surabaya", {"province_id": "Jawa Timur", "name_en": "Surabaya"})
    assert (block["province_en"], incomplete(block)) == ("Jawa Timur", [])


@pytest.mark.parametrize(("lang", "name"), [("id", "Kota Surabaya"), ("en", "Surabaya")])
def test_a_language_in_which_nothing_is_named_is_left_out_if_something_is_in_the_other(lang, name):
    block = complete("surabaya", {f"province_{lang}": "Jawa Timur"})
    assert block == {f"name_{lang}": name, f"province_{lang}": "Jawa Timur", "synthetic": False}
    assert incomplete(block) == []


@pytest.mark.parametrize(("answers", "kept"), [(("", "-", "X"), "id"), (("-", "", "X"), "en")])
def test_whoever_is_asked_may_leave_one_language_out(answers, kept):
    said = iter(answers)
    block = complete("surabaya", {}, ask=lambda _, default: next(said) or default)
    assert [key for key in block if key != "synthetic"] == [f"name_{kept}", f"province_{kept}"]


def test_nobody_can_leave_both_languages_out():
    said = iter(("-", "-", "X"))
    assert incomplete(complete("surabaya", {}, ask=lambda *_: next(said))) == ["name_en"]


def test_what_is_not_given_is_asked_for_in_order_with_the_usual_as_default():
    asked = []

    def ask(question, default):
        asked.append((question, default))
        return default or " Jawa\tTimur "

    block = complete("surabaya", {"name_en": "Surabaya"}, ask=ask, lang="id")
    assert asked == [
        ("Nama kota dalam bahasa Indonesia (- jika cukup dalam bahasa Inggris)", "Kota Surabaya"),
        ("Provinsi dalam bahasa Indonesia", ""),
        ("Provinsi dalam bahasa Inggris", "Jawa Timur"),
    ]
    assert block["province_id"] == block["province_en"] == "Jawa Timur"


def test_a_city_that_is_replaced_keeps_its_names_and_its_mark():
    assert complete(CITY, {}) == BLOCK
    assert complete(CITY, {"name_en": "Other"}) == {**BLOCK, "name_en": "Other"}


@pytest.mark.parametrize(("block", "is_synthetic"), [({"synthetic": False}, False), ({"name_id": "X"}, True)])
def test_only_a_city_that_says_so_is_not_synthetic(project, block, is_synthetic):
    write_yaml(project.raw / "datapackage.yaml", {"city": block})
    assert complete(CITY, GIVEN)["synthetic"] is is_synthetic


@pytest.mark.parametrize("content", ["city: [", "7", "a: b", "city: 7"])
def test_a_descriptor_that_cannot_be_read_gives_no_names(project, content):
    (project.raw / "datapackage.yaml").write_text(content, encoding="utf-8")
    nothing = {"province_id": "", "province_en": "", "synthetic": True}
    assert complete(CITY, {}) == usual_names(CITY) | nothing


def test_a_city_whose_descriptor_is_gone_stays_synthetic_with_its_files(project):
    (project.raw / "datapackage.yaml").unlink()
    assert complete(CITY, GIVEN)["synthetic"] is True
    assert complete("surabaya", GIVEN)["synthetic"] is False


def test_what_else_a_city_says_of_itself_stays(project):
    write_yaml(project.raw / "datapackage.yaml", {"city": {**BLOCK, "stale_months": 24}})
    assert complete(CITY, {}) == {**BLOCK, "stale_months": 24}


@given(st.text(min_size=1))
def test_any_name_becomes_one_line_of_visible_letters(name):
    block = complete("surabaya", {"province_id": name})
    assert not any(unicodedata.category(letter).startswith("C") for letter in block["province_id"])
    assert block["province_id"] == " ".join(block["province_id"].split())
