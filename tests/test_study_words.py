"""The package knows no study: what only Bandung's raw files name stands in them, and not in the code."""

import csv
import re
from functools import cache

import pytest
import yaml
from conftest import ROOT

KINDS = {".py", ".yaml", ".csv", ".html", ".typ", ".css", ".md", ".lua"}
BODIES = r"\b(?:Badan|Dewan|Dinas|Kecamatan|Perusahaan Daerah)(?: (?:dan )?[A-Z]\w+)+"
"""How agencies and subdistricts are called in Indonesian."""
GENERIC = {
    "purposive": "a way of sampling, of which Bandung has a group of informants",
    "Dinas Kesehatan": "the health office that every Indonesian city has",
    "Dinas Lingkungan Hidup": "the environment office that most Indonesian cities have",
    "Dinas Kependudukan dan Pencatatan Sipil": "the civil registry that every Indonesian city has",
}
DEFAULT = re.compile(r'^DEFAULT_CITY = "bandung"$', re.MULTILINE)
"""The one line that may name the study: which city commands are about where none is named."""


def column(city, file, name):
    with (ROOT / "data/raw" / city / f"{file}.csv").open(encoding="utf-8", newline="") as stream:
        return {row[name] for row in csv.DictReader(stream)}


def codes(city):
    """Return the metrics, derived numbers and roles that a city's raw files name."""
    places = (("metrics", "metric"), ("derivations", "key"), ("informants", "group"), ("evidence", "role"))
    return set().union(*(column(city, *place) for place in places))


def names():
    """Return the applications, agencies and places of Bandung."""
    integrated = column("bandung", "integrations", "application")
    integrated |= column("bandung", "integrations", "integrated_with")
    texts = [
        *column("bandung", "metrics", "label_id"),
        *column("bandung", "informants", "role_id"),
        *column("bandung", "evidence", "text_id"),
    ]
    bodies = {body for text in texts for body in re.findall(BODIES, text)}
    block = yaml.safe_load((ROOT / "data/raw/bandung/datapackage.yaml").read_text("utf-8"))["city"]
    places = {block["name_en"], block["province_id"], block["province_en"]}
    return (integrated - column("contoh", "applications", "name")) | bodies | places


def study_words():
    return sorted((codes("bandung") - codes("contoh")) | names())


@cache
def package():
    """Return the texts of the package by path, in lower case."""
    paths = (path for path in (ROOT / "src/analysis").rglob("*") if path.suffix in KINDS)
    return {
        path.relative_to(ROOT).as_posix(): DEFAULT.sub("", path.read_text("utf-8")).lower() for path in paths
    }


def naming(word, texts):
    """Return the texts, in lower case, that have a word which is not a part of another one."""
    found = re.compile(rf"(?<![\w.]){re.escape(word.lower())}(?![\w-]|\.\w)")
    return [name for name, text in texts.items() if word.lower() in text and found.search(text)]


def test_the_package_names_nothing_that_only_bandung_has():
    named = {word: naming(word, package()) for word in study_words() if word not in GENERIC}
    assert {word: places for word, places in named.items() if places} == {}


@pytest.mark.parametrize("word", GENERIC)
def test_what_is_allowed_as_generic_would_be_noticed_otherwise(word):
    assert word in study_words()


@pytest.mark.parametrize(
    "planted",
    [
        'key = "open_data.records_2016"',
        "wifi.park_example.mbps: 6",
        'group == "smart_city_council"',
        "such as e-Musrenbang,",
        "# Kecamatan Antapani",
        'city = "bandung"',
        "Jawa Barat",
    ],
)
def test_a_study_word_that_is_planted_is_noticed(planted):
    assert [word for word in study_words() if naming(word, {"x": planted.lower()})]
