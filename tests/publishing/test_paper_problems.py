"""What a renderer complains of becomes a problem, told at every place of the sources where it stands."""

import pytest

from analysis.language.labels import catalogue
from analysis.language.problems import Problem
from analysis.publishing.paper_problems import PaperError, placed, problem_of

COMPLAINTS = {
    "unresolved variable no.such": ("variable", "no.such"),
    "unresolved include tables/none.md": ("include", "tables/none.md"),
    "unresolved shortcode meta title": ("shortcode", "meta title"),
    "unresolved figure figures/none.svg": ("figure", "figures/none"),
    "unresolved reference tbl-none": ("reference", "tbl-none"),
    "unresolved duplicate tbl-types": ("duplicate", "tbl-types"),
    "unresolved mixture tbl-types": ("mixture", "tbl-types"),
    "unresolved fence :::": ("fence", ":::"),
    "Citeproc: citation nobody2000 not found": ("citation", "nobody2000"),
    "[WARNING] Citeproc: citation nobody2000 not found": ("citation", "nobody2000"),
    "WARN: Unable to resolve crossref @tbl-none": ("reference", "tbl-none"),
    "in the page: ?@tbl-none": ("reference", "tbl-none"),
    "WARNING (/x.lua:1) Unknown var no.such specified in a var shortcode.": ("variable", "no.such"),
    "in the page: ?var:no.such": ("variable", "no.such"),
    "typst: unknown font family": ("renderer", "typst: unknown font family"),
}
FOUND_FIRST = ("quarto", "dialect", "condition")
KINDS = {f"prose.{kind}" for kind in (*dict(COMPLAINTS.values()), *FOUND_FIRST)}


@pytest.mark.parametrize(("said", "expected"), COMPLAINTS.items())
def test_a_complaint_becomes_a_problem_that_names_what_did_not_resolve(said, expected):
    got = problem_of(said)
    assert (got.kind, got.found) == (f"prose.{expected[0]}", expected[1])


def test_every_kind_has_its_words_and_its_remedy():
    prefixes = ("problem.", "remedy.")
    got = {key for key in catalogue() if key.startswith(tuple(f"{prefix}prose." for prefix in prefixes))}
    assert got == {prefix + kind for prefix in prefixes for kind in KINDS}


@pytest.fixture
def sources(tmp_path):
    texts = {
        "paper/id/article.qmd": "satu\n@tbl-a dan @tbl-a-b\n",
        "paper/cities/x/method.id.md": "figures/none.svg\n@tbl-a, {{< var a.b.c >}}, {{< var a.b >}}\n",
    }
    paths = {name: tmp_path / name.replace("/", "-") for name in texts}
    for name, path in paths.items():
        path.write_text(texts[name], "utf-8")
    return paths


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        ("reference", "tbl-a", [("article.qmd", 2), ("method.id.md", 2)]),
        ("variable", "a.b", [("method.id.md", 2)]),
        ("figure", "figures/none", [("method.id.md", 1)]),
        ("renderer", "typst: stopped", [("article.qmd", None)]),
    ],
)
def test_a_problem_is_told_wherever_its_key_stands(sources, kind, found, expected):
    got = placed([Problem(f"prose.{kind}", "article", found=found)], sources, [])
    assert [(one.file.split("/")[-1], one.row) for one in got] == expected


def test_a_variable_comes_with_its_nearest_name(sources):
    [got] = placed([problem_of("unresolved variable a.b.c")], sources, ["b", "a.b.d"])
    assert got.nearest == "a.b.d"


def test_a_problem_is_told_in_both_languages(lang):
    line = Problem("prose.variable", "paper/id/article.qmd", 3, found="a.b", nearest="a.c").line(lang)
    assert {"id": "Tidak ada hasil yang bernama a.b", "en": "no result called a.b"}[lang] in line
    assert {"id": "baris 3", "en": "row 3"}[lang] in line


def test_a_problem_is_kept_once():
    problem = problem_of("unresolved figure figures/none.svg")
    assert PaperError([problem, problem_of("unresolved figure figures/none.png")]).problems == [problem]
