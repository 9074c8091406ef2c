import pytest
from helpers import LANGUAGES, ROOT

from analysis.project import cities, paper_sources


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_written_by_hand_is_ignored_by_git(lang):
    folder = ROOT / "paper" / lang
    rules = (folder / ".gitignore").read_text("utf-8").splitlines()
    written = set(paper_sources.project(ROOT, lang))
    made = {path.relative_to(folder).parts[0] for path in folder.iterdir() if path not in written}
    assert {f"/{name}" for name in made} <= {rule.rstrip("/") for rule in rules}


def test_everything_that_both_papers_share_is_named():
    papers = ROOT / "paper"
    there = [path for path in papers.iterdir() if path.is_file()] + list((papers / "templates").rglob("*"))
    assert sorted(paper_sources.shared(ROOT)) == sorted(there)


def test_the_article_comes_first_and_passages_are_of_one_language():
    assert paper_sources.project(ROOT, "en")[0] == ROOT / "paper/en/article.qmd"
    names = {path.name for path in paper_sources.own(cities.find("bandung"), "en")}
    assert {"method.en.md", "metadata.yml"} <= names
    assert "method.id.md" not in names
