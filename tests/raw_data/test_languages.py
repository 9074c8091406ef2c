"""In which languages a city's papers are made: those that its texts are in."""

import pytest
from helpers import CITY, FILES, open_project, write_yaml

from analysis.checking import validation
from analysis.language.labels import LANGUAGES
from analysis.project import cities
from analysis.raw_data import raw
from analysis.raw_data.languages import OneLanguageError, chosen, languages, name_of, translated, written

BOTH = {"name_id": "Kota Uji", "name_en": "Test City"}


def without(lang, files=FILES):
    """Return raw files whose texts are blank in a language."""
    left = {}
    for name, content in files.items():
        header, *lines = content.splitlines()
        columns = header.split(",")
        blank = {f"{stem}_{lang}" for stem in translated(name)}
        rows = [
            ["" if column in blank else cell for column, cell in zip(columns, line.split(","), strict=True)]
            for line in lines
        ]
        left[name] = "".join(f"{','.join(cells)}\n" for cells in (columns, *rows))
    return left


@pytest.mark.parametrize(
    ("block", "texts", "expected"),
    [
        (BOTH, {}, ("id", "en")),
        ({"name_id": "Kota Uji"}, {}, ("id",)),
        ({"name_id": "Kota Uji", "name_en": " "}, {"text_en": [""]}, ("id",)),
        (BOTH, {"text_id": ["Ada."], "text_en": [" "]}, ("id",)),
        (BOTH, {"text_id": ["Ada."], "text_en": ["", "One."]}, ("id", "en")),
        ({"name_id": "Kota Uji"}, {"text_en": ["One."]}, ("en",)),
        ("no block", {}, ("id", "en")),
    ],
)
def test_the_languages_are_those_of_the_texts_or_else_of_the_names(block, texts, expected):
    assert chosen(block, texts.items()) == expected


def test_columns_are_translated_that_are_there_once_a_language():
    assert translated("evidence") == ("text",)
    assert translated("claims") == ("text", "needed")
    assert translated("applications") == translated("framework") == ()


def test_a_name_that_is_missing_in_a_language_is_that_of_the_other():
    assert name_of({"name_id": "Kota Uji"}, "en") == "Kota Uji"
    assert name_of({"province_en": "East"}, "id", "province") == "East"
    assert name_of({}, "id") == ""


def test_texts_in_one_language_alone_make_a_valid_city_of_that_language(tmp_path, monkeypatch, lang):
    other = next(one for one in LANGUAGES if one != lang)
    place = open_project(monkeypatch, tmp_path, **without(other))
    del place.descriptor["city"][f"name_{other}"], place.descriptor["city"][f"province_{other}"]
    write_yaml(place.raw / "datapackage.yaml", place.descriptor)
    assert [problem for problem in validation.check(CITY) if not problem.is_warning] == []
    city = cities.find(CITY)
    assert languages(city) == raw.load(CITY).languages == (lang,)
    assert written(city) == {lang}
    with pytest.raises(OneLanguageError) as refused:
        raw.load(CITY).language(other)
    assert len(str(refused.value).splitlines()) == len(LANGUAGES)
    assert raw.load(CITY).language(lang) == lang


def test_a_language_that_is_half_there_is_told_with_every_row_that_lacks_it(tmp_path, monkeypatch):
    half = {**without("en"), "informants": FILES["informants"]}
    open_project(monkeypatch, tmp_path, **half)
    told = [problem for problem in validation.check(CITY) if not problem.is_warning]
    assert {problem.kind for problem in told} == {"text.blank_en"}
    rows = {name: len(FILES[name].splitlines()) - 1 for name in ("metrics", "evidence", "findings")}
    assert {name: sum(one.file == f"{name}.csv" for one in told) for name in rows} == rows
    assert "informants.csv, role_en" in told[0].message("en")


def test_a_file_that_cannot_be_read_has_no_texts(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    for name in FILES:
        (place.raw / f"{name}.csv").write_bytes(b"text_id,text_en\n\0,\xff\n")
    assert set(languages(place)) <= set(LANGUAGES)


def test_the_descriptors_that_are_shipped_name_their_cities_in_both_languages():
    for name in cities.known():
        assert languages(cities.find(name)) == LANGUAGES
