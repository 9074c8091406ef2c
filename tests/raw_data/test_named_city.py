import pytest
from helpers import CITY, LANGUAGES, open_project

from analysis.language.labels import text
from analysis.raw_data import named_city, raw


def test_a_city_is_found_by_name(monkeypatch, tmp_path):
    assert named_city.find(open_project(monkeypatch, tmp_path).name).name == CITY


def test_an_unknown_city_is_one_sentence_in_each_language_with_the_nearest(monkeypatch, tmp_path):
    open_project(monkeypatch, tmp_path)
    with pytest.raises(named_city.NoSuchCityError) as caught:
        raw.load("kotabary")
    lines = str(caught.value).splitlines()
    assert caught.value._render_traceback_() == lines
    for line, lang in zip(lines, LANGUAGES, strict=True):
        assert line.startswith(text("cli.unknown_city", lang, asked="kotabary", known=CITY))
        assert line.endswith(text("import.nearest", lang, nearest=CITY))
