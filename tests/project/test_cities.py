from pathlib import Path

import pytest
import yaml
from helpers import CITY, LANGUAGES, open_project, write_yaml

from analysis.language.labels import text
from analysis.project import cities
from analysis.raw_data import raw

REFUSED = [
    *("", ".", "..", "../..", "../outside", "/etc", "C:\\x", "con", "nul", "com1", "lpt9", "CON"),
    *("$(touch x)", "\0", f"{CITY}\0", f"{CITY}\n", f"{CITY}/", f"./{CITY}", "kota baru", "Kotabaru"),
    *("kotabarú", "٣", "1kota", "_kota", "kota-baru", "a" * 60),
]


@pytest.mark.parametrize("name", REFUSED, ids=repr)
def test_a_name_that_is_no_name_is_refused_before_anything_is_read(tmp_path, monkeypatch, name):
    open_project(monkeypatch, tmp_path)
    (tmp_path / "data/outside").mkdir()
    (tmp_path / "data/outside/datapackage.yaml").touch()
    for method in ("read_bytes", "read_text", "open"):
        monkeypatch.setattr(Path, method, lambda *_, **__: pytest.fail("something was read"))
    assert not cities.is_valid_name(name)
    with pytest.raises(cities.UnknownCityError) as caught:
        raw.load(name)
    assert caught.value.known == [CITY]


@pytest.mark.parametrize("name", ["a", "bandung", "kota_baru2", "a" * 41, "console"])
def test_ordinary_names_are_valid(name):
    assert cities.is_valid_name(name)


@pytest.mark.parametrize("name", ["con", "Kota", "a" * 60, "kota baru"])
def test_a_package_in_a_folder_with_no_valid_name_is_no_city(tmp_path, monkeypatch, name):
    place = open_project(monkeypatch, tmp_path)
    place.raw.rename(place.raw.with_name(name))
    assert cities.known() == []


def test_a_symlinked_folder_is_no_city(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    place.raw.with_name("alias").symlink_to(place.raw, target_is_directory=True)
    assert cities.known() == [CITY]
    with pytest.raises(cities.UnknownCityError):
        cities.find("alias")


def test_a_folder_without_a_package_is_no_city(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    place.raw.with_name("kosong").mkdir()
    assert cities.known() == [CITY]


def test_an_unknown_city_is_one_sentence_in_each_language_with_those_known_and_the_nearest(
    tmp_path, monkeypatch
):
    place = open_project(monkeypatch, tmp_path)
    place.raw.with_name("aceh").mkdir()
    write_yaml(place.raw.with_name("aceh") / "datapackage.yaml", {})
    with pytest.raises(cities.UnknownCityError) as caught:
        cities.find("kotabary")
    for line, lang in zip(str(caught.value).splitlines(), LANGUAGES, strict=True):
        assert line.startswith(text("cli.unknown_city", lang, asked="kotabary", known=f"aceh, {CITY}"))
        assert line.endswith(text("import.nearest", lang, nearest=CITY))


def test_every_folder_of_a_city_lies_inside_the_project(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    folders = [place.raw, place.framework, place.processed, place.build, place.figures, place.papers]
    assert all(folder.is_relative_to(tmp_path) for folder in folders)
    assert place.is_synthetic


def test_results_go_to_the_project_unless_a_build_sets_a_folder_aside(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    assert place.outbox == cities.Outbox(place.processed, place.figures, is_aside=False)
    monkeypatch.setenv(cities.OUTBOX, str(tmp_path / "aside"))
    assert place.outbox == cities.Outbox(
        tmp_path / "aside/processed", tmp_path / "aside/figures", is_aside=True
    )


def test_the_project_is_the_one_around_the_working_directory(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    monkeypatch.chdir(place.raw)
    assert cities.project_root() == tmp_path


def test_outside_a_project_the_package_s_own_is_taken(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cities.project_root() == Path(cities.__file__).parents[3]


def test_without_any_project_the_error_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cities, "__file__", str(tmp_path / "site/lib/python/analysis/cities.py"))
    with pytest.raises(FileNotFoundError, match=r"framework\.csv not found in "):
        cities.project_root()


def test_yaml_that_would_run_code_is_refused(tmp_path):
    path = tmp_path / "datapackage.yaml"
    path.write_text("name: !!python/object/apply:os.system [exit]\n")
    with pytest.raises(yaml.YAMLError):
        cities.read_yaml(path)
