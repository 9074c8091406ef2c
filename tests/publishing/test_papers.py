import shutil

import pandas as pd
import pytest
import yaml
from helpers import CITY, LANGUAGES, RESULT, ROOT, make_package, open_project
from test_markdown import blocks_of, plain

from analysis.auditing import ledger
from analysis.language.formats import Result
from analysis.publishing import paper_conditions, papers
from analysis.publishing.paper_problems import PaperError, problem_of
from analysis.results import export, rebuilt_files
from analysis.table_list.entries import COUNTS
from analysis.tables import applications

FRONT = "---\ntitle: Di {{< var city.name >}}\nkeywords: [a, '{{< var a.b >}}']\n---\n"
BODY = """Ada {{< var a.b >}} dan {{< var no.such >}}.

{{< include city/method.md >}}

![A](figures/table7){#fig-a}
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A city whose tables, results and figures are there, with a paper of a few lines."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    place = open_project(monkeypatch, tmp_path)
    for attribute, name in COUNTS.items():
        table, lineage = (
            build(make_package(), attribute) for build in (applications.count_by, applications.trace)
        )
        export.save_table(table, lineage, CITY, name)
    export.save_results(pd.DataFrame([{**RESULT, "key": "a.b", "value": 1081, "unit": "record"}]), CITY)
    ledger.save(ledger.audit_source(make_package(), rebuilt_files.load(CITY)), CITY)
    place.figures.mkdir(parents=True)
    sources = tmp_path / "paper"
    (sources / "templates").mkdir(parents=True)
    (sources / "templates/style.typ").touch()
    shutil.copy(ROOT / "paper/templates/reference.docx", sources / "templates")
    (sources / "references.bib").touch()
    (sources / "_quarto.yml").write_text("number-sections: true\n")
    (sources / "cities" / CITY).mkdir(parents=True)
    for lang in LANGUAGES:
        (sources / f"article.{lang}.qmd").write_text(FRONT + BODY)
        for name in ("table4", "table7"):
            for suffix in ("svg", "png"):
                (place.figures / f"{name}.{lang}.{suffix}").write_text(f"{name} {lang}")
    return place


def staged(place, lang="id"):
    """Stage the paper and return its folder."""
    folder = place.build / "stage" / lang
    papers.stage(CITY, lang, folder)
    return folder


@pytest.mark.parametrize(
    ("lang", "city", "number"), [("id", "Kota Baru", "1.081"), ("en", "New City", "1,081")]
)
def test_a_paper_is_staged_in_its_language(place, lang, city, number):
    folder = staged(place, lang)
    head, body = papers._split((folder / "article.qmd").read_text())
    mark = {"id": "data sintetis", "en": "synthetic data"}[lang]
    assert head == {"title": f"Di {city} ({mark})", "keywords": ["a", number], "date": "1970-01-02"}
    assert body == BODY
    variables = yaml.safe_load((folder / "_variables.yml").read_text())
    assert variables["a"] == {"b": number}
    assert variables["city"]["name"] == city
    config = yaml.safe_load((folder / "_quarto.yml").read_text())
    assert config["number-sections"]
    assert config["lang"] == lang
    assert city in config["running-head"]
    assert (folder / "figures/table7.svg").read_text() == f"table7 {lang}"
    assert "{#tbl-types}" in (folder / "tables/table4.md").read_text()


def test_staging_twice_gives_the_same_files_and_clears_old_ones(place):
    folder = staged(place)
    first = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "tables/table8.md").write_text("of another city")
    second = {path: path.read_bytes() for path in staged(place).rglob("*") if path.is_file()}
    assert second == first


def test_a_part_that_the_city_does_not_have_is_left_empty(place):
    assert (staged(place) / "city/method.md").read_text() == "\n"


def test_a_part_of_the_city_is_taken_over(place):
    (place.root / "paper/cities" / CITY / "method.id.md").write_text("Di sini.\n")
    assert (staged(place, "id") / "city/method.md").read_text() == "Di sini.\n"
    assert (staged(place, "en") / "city/method.md").read_text() == "\n"


def test_the_city_s_own_front_matter_comes_first(place):
    path = place.root / "paper/cities" / CITY / "metadata.yml"
    path.write_text("id: {title: 'Hanya {{< var a.b >}}'}\nen: {}\n")
    head, _ = papers._split((staged(place, "id") / "article.qmd").read_text())
    assert head["title"] == "Hanya 1.081 (data sintetis)"
    head, _ = papers._split((staged(place, "en") / "article.qmd").read_text())
    assert head["title"] == "Di New City (synthetic data)"


def test_unknown_variables_of_the_front_matter_are_named(place):
    front = FRONT.replace("city.name", "no.one").replace("a.b", "no.two")
    (place.root / "paper/article.id.qmd").write_text(front + BODY)
    with pytest.raises(PaperError) as caught:
        staged(place)
    assert [problem.found for problem in caught.value.problems] == ["no.one", "no.two"]


def test_what_does_not_resolve_is_told_where_it_stands_in_the_sources(place, monkeypatch):
    def refuse(*_, **__):
        raise PaperError([problem_of("unresolved variable a.bb")])

    monkeypatch.setattr(papers.rendering, "render", refuse)
    path = f"paper/cities/{CITY}/method.id.md"
    (place.root / path).write_text("Benar.\n\nAda {{< var a.bb >}}.\n")
    with pytest.raises(PaperError) as caught:
        papers.make(place, "id", renderer="embedded")
    assert [(one.file, one.row, one.nearest) for one in caught.value.problems] == [(path, 3, "a.b")]


def test_a_paper_without_front_matter_is_an_error(place):
    (place.root / "paper/article.id.qmd").write_text(BODY)
    with pytest.raises(ValueError, match="front matter"):
        staged(place)


def test_a_missing_figure_is_an_error(place):
    (place.figures / "table7.id.png").unlink()
    with pytest.raises(FileNotFoundError, match=r"table7\.id\.png"):
        staged(place)


def test_a_name_with_markup_is_plain_text_in_variables(place):
    named = pd.DataFrame([{**RESULT, "key": "a.b", "value": "<b>*$x$*</b>", "unit": "name"}])
    export.save_results(named, CITY)
    value = yaml.safe_load((staged(place) / "_variables.yml").read_text())["a"]["b"]
    [paragraph] = blocks_of(value)
    assert plain(paragraph["c"]) == "<b>*$x$*</b>"


DOCUMENT = """Always.
<!-- when: evidence findings -->
Both.
<!-- otherwise -->
Not both.
<!-- end -->
<!-- when: claims -->
Claims.
<!-- end -->
Last.
"""


@pytest.mark.parametrize(
    ("has", "expected"),
    [
        (set(), "Always.\nNot both.\nLast.\n"),
        ({"evidence"}, "Always.\nNot both.\nLast.\n"),
        ({"evidence", "findings"}, "Always.\nBoth.\nLast.\n"),
        ({"claims"}, "Always.\nNot both.\nClaims.\nLast.\n"),
    ],
)
def test_text_stays_where_the_city_has_all_the_parts_it_needs(has, expected):
    assert paper_conditions.choose(DOCUMENT, frozenset(has)) == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_condition_is_left_whatever_a_city_has(lang):
    document = (ROOT / f"paper/article.{lang}.qmd").read_text("utf-8")
    every = {
        flag for match in paper_conditions.CONDITION.finditer(document) for flag in match["flags"].split()
    }
    for has in (frozenset(), frozenset(every), *(frozenset({flag}) for flag in every)):
        assert "<!--" not in paper_conditions.choose(document, has)


RESULTS = {
    "applications.type.web.count": 6,
    "applications.type.mobile.count": 1,
    "applications.type.desktop.count": 2,
    "applications.type.multiplatform.count": 1,
    "services.web_or_mobile.count": 7,
    "insights.reachable_operational.count": 5,
    "insights.duplicates.groups": 2,
    "insights.stale.count": 3,
}
INVENTORY = pd.DataFrame({"name": ["A"], "last_updated": ["2024-01-05"]})
NOTHING = dict.fromkeys(
    ("integrations", "informants", "metrics", "evidence", "findings", "applications_recap")
)


def flagged(package=None, **changes):
    """Return the flags of a city with an inventory and nothing else, with some results changed."""
    found = {key: Result(value, "x") for key, value in (RESULTS | changes).items()}
    return paper_conditions.flags(package or make_package(applications=INVENTORY, **NOTHING), found)


def test_a_city_with_an_inventory_alone_is_told_from_one_with_more():
    assert {"inventory", "inventory_only", "dated", "uncoded"} <= flagged()
    package = make_package(applications=INVENTORY, applications_recap=None)
    assert "inventory_only" not in flagged(package)
    assert "inventory_only" not in flagged(make_package())


def test_empty_lists_and_ties_are_told_apart():
    assert {"duplicates", "stale", "some_unready", "one_largest"} <= flagged()
    assert "one_smallest" not in flagged()
    empty = {"insights.duplicates.groups": 0, "insights.stale.count": 0}
    got = flagged(**empty, **{"insights.reachable_operational.count": 7})
    assert {"no_duplicates", "no_stale", "fresh", "all_ready"} <= got
    assert not {"duplicates", "stale", "some_unready"} & got


def test_one_coder_is_told_from_several():
    package = make_package()
    assert "recoded" in paper_conditions.flags(package, {})
    once = package["evidence"].assign(coder="c1")
    assert "coded_once" in paper_conditions.flags(make_package(evidence=once), {})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_second_coder_is_asked_for_only_where_there_is_one(lang):
    document = (ROOT / f"paper/article.{lang}.qmd").read_text("utf-8")
    asked = {"id": "pengode kedua", "en": "a second coder"}[lang]
    assert asked in paper_conditions.choose(document, frozenset({"evidence", "coded_once"}))
    assert asked not in paper_conditions.choose(document, frozenset({"evidence", "recoded"}))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_there_is_no_empty_table_or_figure(lang):
    document = (ROOT / f"paper/article.{lang}.qmd").read_text("utf-8")
    got = paper_conditions.choose(
        document, frozenset({"inventory", "dated", "fresh", "no_stale", "no_duplicates"})
    )
    assert not [
        name for name in ("duplicates", "stale") if f"tables/{name}.md" in got or f"tbl-{name}" in got
    ]
    assert "figures/stale" not in got


def test_terms_of_use_are_not_claimed_where_none_are_stated():
    package = make_package()
    for name, expected in (("notspecified", False), ("CC-BY-4.0", True)):
        package.descriptor["licenses"] = [{"name": name}]
        assert ("licensed" in paper_conditions.flags(package, {})) == expected


def test_both_languages_ask_for_the_same_parts_in_the_same_order():
    found = [
        [
            match["flags"]
            for match in paper_conditions.CONDITION.finditer((ROOT / f"paper/article.{lang}.qmd").read_text())
        ]
        for lang in LANGUAGES
    ]
    assert found[0] == found[1]
