import pytest
from helpers import CITY
from paper_project import BODY, make_project

from analysis.publishing import papers
from analysis.publishing.paper_problems import PaperError, problem_of


@pytest.fixture
def place(tmp_path, monkeypatch):
    return make_project(monkeypatch, tmp_path)


def staged(place, lang="id"):
    """Stage the paper and return its folder."""
    folder = place.build / "stage" / lang
    papers.stage(CITY, lang, folder)
    return folder


def test_sources_are_staged_unchanged_beside_what_they_include(place):
    folder, sources = staged(place, "en"), place.root / "paper"
    for name in ("_common.yml", "references.bib", "templates/shape.lua", "en/_quarto.yml"):
        assert (folder / name).read_bytes() == (sources / name).read_bytes()
    assert (folder / "en/article.qmd").read_text() == BODY
    assert "{#tbl-types}" in (folder / "en/tables/table4.md").read_text()
    assert (folder / "en/figures/table7.svg").read_text() == "table7 en"


def test_staging_twice_gives_the_same_files_and_clears_old_ones(place):
    folder = staged(place)
    first = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "id/tables/table9.md").write_text("of another city")
    second = {path: path.read_bytes() for path in staged(place).rglob("*") if path.is_file()}
    assert second == first


def test_what_does_not_resolve_is_told_where_it_stands_in_the_sources(place, monkeypatch):
    def refuse(*_, **__):
        raise PaperError([problem_of("unresolved variable a.bb")])

    monkeypatch.setattr(papers.rendering, "render", refuse)
    path = f"paper/cities/{CITY}/method.id.md"
    (place.root / path).write_text("Benar.\n\nAda {{< var a.bb >}}.\n")
    with pytest.raises(PaperError) as caught:
        papers.make(place, "id", renderer="embedded")
    assert [(one.file, one.row, one.nearest) for one in caught.value.problems] == [(path, 3, "a.b")]


def test_what_only_one_renderer_understands_is_refused_before_either_runs(place, monkeypatch):
    monkeypatch.setattr(papers.rendering, "render", None)
    path = f"paper/cities/{CITY}/method.en.md"
    (place.root / path).write_text("Benar.\n\n::: {.callout-note}\n")
    with pytest.raises(PaperError) as caught:
        papers.make(place, "en", renderer="embedded")
    assert [(one.file, one.row) for one in caught.value.problems] == [(path, 3)]


def test_what_a_paper_includes_is_there_for_quarto_after_a_build(place, monkeypatch):
    monkeypatch.setattr(papers.rendering, "render", lambda *_, **__: [])
    there = place.root / "paper/id/tables/table8.md"
    assert not there.exists()
    papers.make(place, "id", renderer="embedded")
    assert there.read_text() == "\n"
    there.write_text("prepared")
    papers.make(place, "id", renderer="embedded")
    assert there.read_text() == "prepared"
    assert (place.root / "paper/id/report.qmd").read_text() == BODY
