"""From a copy of the sources to six papers: the tables, the committed results, the text of the papers."""

import re
from html import unescape
from pathlib import Path

import pypdfium2
import pytest
from conftest import ROOT
from docx import Document

from analysis.raw_data import raw
from analysis.results import rebuilt_files
from analysis.table_list.formatting import format_table

TABLES = [f"table{n}" for n in range(1, 9)]
LANGUAGES = ("id", "en")


def squeeze(text: str) -> str:
    """Drop white space, hyphens and soft hyphens: lines break differently in every format."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\u0002-]+", "", text)


def text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
    if path.suffix == ".docx":
        document = Document(str(path))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    page = re.sub(r"<(style|script|svg)\b.*?</\1>", " ", path.read_text("utf-8"), flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", page))


@pytest.fixture(scope="module")
def texts(built):
    folder = built / "build/bandung/paper"
    return {path.name: text_of(path) for path in folder.iterdir()}


def test_there_are_six_papers(texts):
    assert set(texts) == {f"article.{lang}.{kind}" for lang in LANGUAGES for kind in ("html", "pdf", "docx")}


@pytest.mark.parametrize("name", TABLES)
def test_committed_processed_data_equal_a_fresh_build_byte_for_byte(built, name):
    for kind in ("csv", "lineage.json"):
        file = f"data/processed/bandung/{name}.{kind}"
        assert (built / file).read_bytes() == (ROOT / file).read_bytes()


def test_committed_processed_data_are_all_that_a_build_makes(built):
    fresh, committed = (
        {path.name for path in (root / "data/processed/bandung").iterdir()} for root in (built, ROOT)
    )
    assert fresh == committed
    for name in ("results.json", "results.lineage.json"):
        file = f"data/processed/bandung/{name}"
        assert (built / file).read_bytes() == (ROOT / file).read_bytes()


@pytest.mark.parametrize("kind", ["pdf", "html", "docx"])
@pytest.mark.parametrize("name", TABLES)
def test_every_cell_of_every_table_stands_in_every_paper(texts, name, lang, kind):
    package = raw.load("bandung")
    shown = format_table(name, rebuilt_files.load_table("bandung", name), package, lang)
    paper = squeeze(texts[f"article.{lang}.{kind}"])
    cells = [cell for row in shown.frame.to_numpy().tolist() for cell in row if cell]
    assert [cell for cell in cells if squeeze(cell) not in paper] == []


@pytest.mark.parametrize("kind", ["pdf", "html", "docx"])
@pytest.mark.parametrize(("lang", "word"), [("id", "Tabel"), ("en", "Table")])
def test_tables_are_numbered_as_in_the_article(texts, lang, word, kind):
    paper = squeeze(texts[f"article.{lang}.{kind}"])
    package = raw.load("bandung")
    for n, name in enumerate(TABLES, start=1):
        shown = format_table(name, rebuilt_files.load_table("bandung", name), package, lang)
        assert squeeze(f"{word} {n}. {shown.caption.replace('*', '')}") in paper


@pytest.mark.parametrize("name", ["article.id.html", "article.en.html"])
def test_nothing_unresolved_is_left_in_a_paper(texts, name):
    assert not re.search(r"\{\{<|>\}\}|\?var|@(tbl|fig|sec)-|\{[a-z_]+\.[a-z_.]+\}", texts[name])


def test_the_date_is_that_of_the_sources_and_not_of_the_clock(texts):
    assert "13 September 2020" in texts["article.en.html"]
    assert "13 September 2020" in texts["article.id.pdf"]


def test_numbers_follow_the_language(texts):
    assert "57,2%" in texts["article.id.html"] and "57.2%" in texts["article.en.html"]
    assert "57.2%" not in texts["article.id.html"] and "57,2%" not in texts["article.en.html"]


def prose_words(lang: str) -> int:
    text = (ROOT / f"paper/{lang}/article.qmd").read_text("utf-8")
    text = re.sub(r"\{\{<.*?>\}\}|\{#.*?\}|!\[.*?\]\(.*?\)\{.*?\}|:::.*", " ", text)
    return len(re.findall(r"[^\W\d_]+", text))


def test_each_paper_has_the_length_of_an_article(lang):
    assert prose_words(lang) >= 2500


def test_no_number_of_the_data_is_typed_by_hand():
    """Digits in the prose are only years of citations, table numbers of the article, and the like."""
    allowed = re.compile(r"@\w+|\]\(.*?\)|\{.*?\}|\b(19|20)\d\d\b|Tab(el|le)s? \d([–-]\d)?|CC BY 4\.0")
    for path in ROOT.glob("paper/*/*.qmd"):
        assert re.findall(r"\d+", allowed.sub(" ", path.read_text("utf-8"))) == [], path.name


def test_no_path_of_this_machine_is_in_what_is_made(built):
    here = (str(ROOT), str(built), f"{Path.home()}/")
    for folder in ("data/processed/bandung", "build/bandung/paper", "build/bandung/figures"):
        for path in (built / folder).iterdir():
            content = path.read_bytes()
            assert not any(name.encode() in content for name in here if len(name) > 2), path.name
