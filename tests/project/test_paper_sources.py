import pytest
from helpers import ROOT

from analysis.project import cities, paper_sources


def test_what_is_not_written_by_hand_is_ignored_by_git(lang):
    folder = ROOT / "paper" / lang
    rules = (folder / ".gitignore").read_text("utf-8").splitlines()
    written = set(paper_sources.every(ROOT, lang))
    made = {path.relative_to(folder).parts[0] for path in folder.iterdir() if path not in written}
    assert {f"/{name}" for name in made} <= {rule.rstrip("/") for rule in rules}


def test_everything_that_both_papers_share_is_named():
    papers = ROOT / "paper"
    there = [path for path in papers.iterdir() if path.is_file()] + list((papers / "templates").rglob("*"))
    assert sorted(paper_sources.shared(ROOT)) == sorted(there)


@pytest.mark.parametrize(("city", "name"), [("bandung", "article"), ("contoh", "report")])
def test_the_text_that_the_descriptor_names_comes_first_and_then_its_head(city, name):
    folder = ROOT / "paper/en"
    assert paper_sources.project(cities.find(city), "en")[:2] == [
        folder / f"{name}.qmd",
        folder / f"_{name}.yml",
    ]
    assert paper_sources.text(cities.find(city), folder) == folder / f"{name}.qmd"


def test_a_staged_text_is_named_for_all(tmp_path):
    assert paper_sources.text(cities.find("contoh"), tmp_path) == tmp_path / "article.qmd"


def test_passages_are_of_one_language(tmp_path):
    folder = tmp_path / "paper/cities/lain"
    folder.mkdir(parents=True)
    for name in ("method.en.md", "method.id.md", "metadata.yml"):
        (folder / name).touch()
    names = [path.name for path in paper_sources.own(cities.City("lain", tmp_path), "en")]
    assert names == ["method.en.md", "metadata.yml"]
