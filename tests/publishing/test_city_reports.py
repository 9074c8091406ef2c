"""The short report: true of every city, short, and but for its marked text the authors' own."""

import itertools
import json
import re
import shutil
import subprocess
from dataclasses import replace

import pypandoc
import pytest
import yaml
from helpers import ROOT, bandung, make_package
from inventories import inventory

from analysis.language.formats import Result
from analysis.project.cities import City
from analysis.publishing.paper_metadata import CONDITIONS, OWN, conditions
from analysis.publishing.variables import variables
from analysis.raw_data.languages import OneLanguageError, translated
from analysis.results import results
from analysis.table_list.entries import BY_NAME, TABLES
from analysis.table_list.formatting import unrecorded

SHARED = ("counted", "results", "limits", "availability")
"""Sections that are the compendium's; the box before the first says so."""
WORDS = 1200
VARIABLE = re.compile(r"\{\{< var (\S+) >\}\}")
PARTS = ("integrations", "informants", "evidence", "findings")
SIZES = {
    "many": inventory(
        ("A", "Dinas Kesehatan"),
        {"name": "B", "owner": "RSUD", "type": "mobile", "status": "planned", "last_updated": "2024-12-31"},
        {"name": "C", "owner": "RSUD", "type": "desktop", "status": "inactive", "last_updated": "2020-01-01"},
        {"name": "Surat masuk", "owner": "RSUD", "function": "Mencatat surat masuk"},
        {"name": "Surat masuk", "owner": "Bappeda", "function": "Mencatat surat masuk"},
    ),
    "one application": inventory({"name": "A", "owner": "RSUD", "last_updated": "2024-12-31"}),
    "one agency": inventory(("A", "RSUD"), {"name": "B", "owner": "RSUD", "type": "mobile"}),
    "none inactive": inventory(("A", "RSUD"), ("B", "Bappeda")),
    "none reachable": inventory({"name": "A", "owner": "RSUD", "type": "desktop", "status": "planned"}),
}


def city(applications, parts):
    """Return a tiny city that has these applications (None for counts) and parts."""
    left_out = {name: None for name in (*PARTS, "derivations", "metrics") if name not in parts}
    counts = {} if applications is None else {"applications": applications, "applications_recap": None}
    package = make_package(framework=bandung()["framework"], **left_out, **counts)
    for name in PARTS:  # a file without records is there as soon as another one is
        package.frames.setdefault(name, bandung()[name][:0])
    return replace(package, city=City("contoh", ROOT))


CITIES = {
    **{
        f"inventory, {' '.join(parts) or 'nothing else'}": (SIZES["many"], parts)
        for n in range(len(PARTS) + 1)
        for parts in itertools.combinations(PARTS, n)
    },
    **{f"{name}, inventory alone": (table, ()) for name, table in SIZES.items()},
    **{f"{name}, all parts": (table, PARTS) for name, table in SIZES.items()},
    **{f"counts, {' '.join(parts) or 'alone'}": (None, parts) for parts in ((), PARTS)},
}


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    """Return a function that reads the report of a city: its text, and the texts of its sections by name."""
    base = tmp_path_factory.mktemp("reports")
    shutil.copytree(ROOT / "paper/templates", base / "templates")

    def report(package, lang, own=None):
        folder = base / lang
        folder.mkdir(exist_ok=True)
        head, source = (
            (ROOT / "paper" / lang / name).read_text("utf-8") for name in ("_report.yml", "report.qmd")
        )
        found = _results(package)
        holding = conditions(package, found) | set(own or ())
        source = re.sub(r"\{\{< include city/(\w+)\.md >\}\}", lambda m: (own or {}).get(m[1], ""), source)
        source = re.sub(r"\{\{< include (\S+) >\}\}", "", source)
        asked = VARIABLE.findall(head + source)
        known = variables(package.city, found, {}, lang, asked)
        filled = VARIABLE.sub(lambda m: re.sub(r"\]\{.*?\}|\[", "", known.get(m[1], f"?{m[1]}?")), source)
        settings = {"has": {name: name in holding for name in CONDITIONS}}
        (folder / "_city.yml").write_text(yaml.safe_dump(settings))
        (folder / "article.qmd").write_text(filled, encoding="utf-8")
        command = [pypandoc.get_pandoc_path(), "article.qmd", "--from=../templates/quarto.lua", "--to=json"]
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True)
        return _sections(json.loads(done.stdout)["blocks"])

    return report


def _results(package):
    """Return all results of a city in memory."""
    wanted = (one for one in TABLES if one.is_counted and all(name in package for name in one.needs))
    derived = results.derive(package, {one.name: one.build(package) for one in wanted})
    rows = derived[["key", "value", "unit"]].itertuples(index=False)
    return {key: Result(value, unit) for key, value, unit in rows}


def _sections(blocks):
    """Return the text of each section by the name of its heading, "" for what comes before the first."""
    found, name = {}, ""
    for block in blocks:
        if block["t"] == "Header" and block["c"][0] == 1:
            prefix, _, name = block["c"][1][0].partition("-")
            name = name if prefix == "sec" else "references"
        found[name] = f"{found.get(name, '')} {_plain(block)}".strip()
    return found


def _plain(node):
    if isinstance(node, list):
        return "".join(map(_plain, node))
    if not isinstance(node, dict):
        return ""
    if node.get("t") in ("Space", "SoftBreak"):
        return " "
    if node.get("t") == "Code":
        return str(node["c"][1])
    if node.get("t") == "Str":
        return node["c"]
    end = " " if node.get("t") in ("Para", "Plain", "Header", "Div") else ""
    content = node.get("c")
    return (_plain(content[-1] if node.get("t") in ("Div", "Span", "Cite") else content)) + end


CLAIMS = {
    "No informants are recorded": lambda p: "informants" not in p,
    "without names": lambda p: "informants" in p,
    "come from an inventory": lambda p: "applications" in p,
    "known from counts by category": lambda p: "applications_recap" in p,
    "lists applications that have been integrated": lambda p: "integrations" in p,
    "No integrations are recorded": lambda p: "integrations" not in p,
    "What flows between applications": lambda p: "integrations" in p,
    "No evidence from interviews": lambda p: "evidence" not in p,
    "It was coded by": lambda p: "evidence" in p and p["evidence"]["coder"].nunique() > 1,
    "Which side outweighs the other": lambda p: "evidence" in p,
    "A finding joins": lambda p: "evidence" in p and "findings" in p,
    "No findings with coded evidence": lambda p: not ("evidence" in p and "findings" in p),
    "How type, ownership and status coincide": lambda p: "applications_recap" in p,
    "What the inventory adds": lambda p: "applications" in p,
    "All web and mobile applications are in operation": lambda p: _ready(p) == (True, True),
    "the others cannot be used yet": lambda p: _ready(p) == (True, False),
    "lists one group of applications": lambda p: _named_twice(p),  # noqa: PLW0108 - defined below
    "resemble one another enough": lambda p: _agencies(p) > 1 and not _named_twice(p),
    "without an update for": lambda p: bool(_days(p)),
    "no application with a date has been": lambda p: set(_days(p)) == {"2024-12-31"},
    "does not say when": lambda p: "applications" in p and not _days(p),
    "No single type is the most frequent": lambda p: _is_tied(_cells(p, "type")),
}
"""What the English report says, and when it is true, read from the raw files anew."""


def _cells(package, column):
    return list(package["applications"][column]) if "applications" in package else []


def _days(package):
    return [day for day in _cells(package, "last_updated") if day]


def _is_tied(kinds):
    counts = sorted(map(kinds.count, set(kinds)))
    return len(counts) > 1 and counts[-2] == counts[-1]


def _agencies(package):
    return len(set(_cells(package, "owner")))


def _named_twice(package):
    return len(set(_cells(package, "name"))) < len(_cells(package, "name"))


def _ready(package):
    """Return whether there are web or mobile applications, and whether all of them are in operation."""
    pairs = zip(_cells(package, "type"), _cells(package, "status"), strict=True)
    ready = [status == "operational" for kind, status in pairs if kind in ("web", "mobile")]
    return bool(ready), all(ready)


@pytest.mark.parametrize("name", CITIES)
def test_every_sentence_is_true_of_its_city(name, read):
    package = city(*CITIES[name])
    said = " ".join(read(package, "en").values())
    assert [claim for claim, is_true in CLAIMS.items() if (claim in said) != is_true(package)] == []
    assert not re.search(r"\?[\w.]+\?|\bnan\b|None", said)


@pytest.mark.parametrize("name", ["many, all parts", "one application, all parts", "counts, alone"])
def test_a_city_of_one_language_has_the_report_that_it_would_have_beside_another(name, lang, read):
    package = city(*CITIES[name])
    other = {"id": "_en", "en": "_id"}[lang]
    blank = {
        part: package[part].assign(**{f"{stem}{other}": "" for stem in translated(part)})
        for part in (*PARTS, "metrics")
        if part in package.frames
    }
    alone = replace(package, frames={**package.frames, **blank})
    if any(translated(part) and part in alone for part in blank):
        assert alone.languages == (lang,)
        with pytest.raises(OneLanguageError):
            alone.language(other.removeprefix("_"))
    assert read(alone, lang) == read(package, lang)


@pytest.mark.parametrize("name", ["many, all parts", "one application, inventory alone", "counts, alone"])
def test_both_languages_say_as_much(name, read):
    package = city(*CITIES[name])
    english, indonesian = (read(package, lang) for lang in ("en", "id"))
    assert list(english) == list(indonesian)
    assert not re.search(r"\?[\w.]+\?|\bnan\b", " ".join(indonesian.values()))
    for section in SHARED:
        assert english[section].count(". ") == pytest.approx(indonesian[section].count(". "), abs=3)


def test_numbers_and_nouns_agree(read):
    said = " ".join(read(city(SIZES["one application"], ()), "en").values())
    assert "It lists one application of one agency." in said
    assert "finds one application in operation (100.0%) and no applications out of use (0.0%)" in said
    assert not re.search(r"\b(?:1|one) (?:applications|agencies|groups|pairs|months|people)\b", said)
    said = " ".join(read(city(SIZES["one application"], ()), "id").values())
    assert "memuat satu aplikasi dari satu perangkat daerah" in said
    assert "tidak beroperasi (tidak satu pun aplikasi, 0,0%)" in said


def test_the_shared_text_is_short_whatever_a_city_has(lang, read):
    for name in ("many, all parts", "counts, findings", "counts, alone"):
        said = read(city(*CITIES.get(name, (None, PARTS))), lang)
        words = sum(len(said[section].split()) for section in ("", *SHARED))
        assert 700 < words <= WORDS, (name, words)


def _sentences(texts):
    return {one.strip() for text in texts for one in re.split(r"(?<=[.?!])\s", text) if len(one.split()) > 4}


def test_two_cities_reports_share_no_more_than_the_marked_text(lang, read):
    own = [
        {name: f"Di kota {n} bagian {name} ditulis sendiri oleh penulisnya." for name in OWN} for n in "AB"
    ]
    first, second = (
        read(city(table, PARTS), lang, texts)
        for table, texts in zip((SIZES["many"], SIZES["one agency"]), own, strict=True)
    )
    assert set(first) == {"", *SHARED, *OWN, "references"}
    for section in OWN:
        assert _sentences([first[section]]).isdisjoint(_sentences(second.values()))
    alike = _sentences(first.values()) & _sentences(second.values())
    assert alike <= _sentences(first[section] for section in ("", *SHARED))


def _source(lang, section):
    text = (ROOT / "paper" / lang / "report.qmd").read_text("utf-8")
    return text.partition(f"{{#sec-{section}}}")[2].partition("\n# ")[0]


def test_each_shared_section_is_marked_as_the_compendium_s_and_no_other(lang):
    for section in (*SHARED, *OWN):
        first = _source(lang, section).strip().splitlines()[0]
        assert ("@compendium" in first) == (section in SHARED)


def test_what_the_authors_have_to_write_is_asked_for_until_it_is_there(lang, read):
    asked = {"id": "Bagian ini masih harus ditulis", "en": "To be written by the authors"}[lang]
    package = city(SIZES["many"], ())
    blank, written = read(package, lang), read(package, lang, dict.fromkeys(OWN, "Ini teks kami."))
    for section in OWN:
        assert asked in blank[section]
        assert f"{section}.{lang}.md" in blank[section]
        assert asked not in written[section]
        assert "Ini teks kami." in written[section]


def test_nothing_in_the_report_is_of_bandung(lang):
    for name in ("_report.yml", "report.qmd"):
        assert "Bandung" not in (ROOT / "paper" / lang / name).read_text("utf-8")


def test_the_study_s_tables_are_there_in_its_numbering_whatever_a_city_has():
    source = (ROOT / "paper/en/report.qmd").read_text("utf-8")
    names = list(dict.fromkeys(re.findall(r"include tables/(\w+)\.md", source)))[: len(TABLES)]
    assert [BY_NAME[name].number for name in names] == list(range(1, len(TABLES) + 1))
    assert list(unrecorded(city(SIZES["many"], ()), "en")) == ["table7", "table8"]
    assert list(unrecorded(city(None, ("integrations",)), "en")) == ["table8"]
    [cell] = unrecorded(city(None, PARTS[:3]), "id")["table8"].frame.to_numpy().ravel()
    assert cell == "Tidak ada yang tercatat"
