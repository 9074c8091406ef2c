"""The site of Bandung: what its pages say, what they lead to, and what can be downloaded from them."""

import io
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import openpyxl
import pandas as pd
import pytest
from conftest import compendium_process
from helpers import LANGUAGES

from analysis.chain.steps import STEPS
from analysis.site import addresses, notebook_pages, paper_page, start_pages, table_pages

CITY = "bandung"


class Read(HTMLParser):
    """Reads a page: its anchors, its links, what it loads, its text."""

    def __init__(self, path):
        super().__init__()
        self.anchors = set()
        self.links = []
        self.loaded = []
        self.words = []
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if "id" in found:
            self.anchors.add(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif loaded := found.get("href") or found.get("src") or found.get("data-index"):
            self.loaded.append(loaded)

    def handle_data(self, data):
        self.words.append(data)


def test_a_figure_leads_to_the_notebook_that_draws_it():
    drawn = {name: step.name for step in STEPS for name in step.figures}
    assert {name: paper_page.step_of(name) for name in drawn} == drawn


@pytest.fixture(scope="module")
def pages(site):
    """Every page of the site as read, by its path."""
    return {path: Read(path) for path in sorted((site / "build/site").rglob("*.html"))}


def home(site, lang):
    return site / "build/site" / lang / CITY


def led_to(path, href):
    """Return the file and the anchor that a link of a page leads to."""
    parts = urlsplit(href)
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    return target, unquote(parts.fragment)


def is_inside(href):
    return not urlsplit(href).scheme


def test_every_link_leads_to_a_file_or_an_anchor_that_is_there(site, pages):
    missing = set()
    for path, page in pages.items():
        for href in filter(is_inside, page.links):
            target, anchor = led_to(path, href)
            if not target.is_file() or (anchor and target in pages and anchor not in pages[target].anchors):
                missing.add(f"{path.relative_to(site)}: {href}")
    assert missing == set()


def test_every_page_and_download_can_be_reached_from_the_first(site, pages):
    folder = site / "build/site"
    reached, waiting = set(), [folder / "index.html"]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            page = pages.get(path)
            hrefs = filter(is_inside, [*page.links, *page.loaded]) if page else ()
            waiting += [led_to(path, href)[0] for href in hrefs]
    files = {path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")}
    assert {path.name for path in files - reached} == set(addresses.FONTS)  # from the style sheet


def test_pages_load_nothing_from_elsewhere(pages):
    loaded = {href for page in pages.values() for href in page.loaded if not href.startswith("data:")}
    assert all(is_inside(href) for href in loaded)
    assert {Path(href).name for href in loaded} == {*addresses.ASSETS, addresses.SEARCHED, "bandung.css"}


def test_the_type_that_a_style_sheet_names_is_beside_it(site):
    style = (site / "build/site/assets/bar.css").read_text("utf-8")
    named = re.findall(r'url\("([^"]+)"\)', style)
    assert set(named) == set(addresses.FONTS)
    assert all((site / "build/site/assets" / name).is_file() for name in named)


def test_both_languages_have_the_same_addresses(site):
    found = [
        {path.relative_to(home(site, lang)) for path in home(site, lang).rglob("*")} for lang in LANGUAGES
    ]
    assert found[0] == found[1]


def test_every_number_of_the_paper_leads_to_its_result_and_that_to_raw_rows(site, pages, lang):
    paper, results = pages[home(site, lang) / "paper.html"], pages[home(site, lang) / "results.html"]
    keys = {href.partition("#")[2] for href in paper.links if href.startswith("results.html#")}
    assert len(keys) > 30
    assert keys <= results.anchors
    source = (home(site, lang) / "paper.html").read_text("utf-8")
    assert "data-key=" not in source
    share = {"id": "61,6%", "en": "61.6%"}[lang]
    assert f'href="results.html#applications.status.operational.share">{share}</a>' in source
    assert "raw/applications_recap.html#rows-9-13" in results.links


def test_the_numbers_of_our_own_paper_are_in_the_checking_sheet(site, pages, lang):
    sheet = pages[home(site, lang) / "checks.html"]
    assert "results.html#applications.status.operational.share" in sheet.links
    assert {"id": "61,6%", "en": "61.6%"}[lang] in sheet.words


def test_a_raw_row_leads_to_numbers_cells_and_statements_that_use_it(site, pages):
    links = set(pages[home(site, "en") / "raw/applications_recap.html"].links)
    assert "../results.html#applications.type.web.share" in links
    assert "../table4.html#web-count" in links
    assert "../checks.html#entry-table4-web-count" in links


def test_what_can_be_downloaded_is_what_was_built(site):
    for lang in LANGUAGES:
        for name in ("table4", "table8"):
            processed = site / f"data/processed/{CITY}/{name}.csv"
            assert (home(site, lang) / f"{name}.csv").read_bytes() == processed.read_bytes()
        raw = site / f"data/raw/{CITY}/claims.csv"
        assert (home(site, lang) / "raw/claims.csv").read_bytes() == raw.read_bytes()
        paper = site / f"build/{CITY}/paper/article.{lang}.pdf"
        assert (home(site, lang) / "paper.pdf").read_bytes() == paper.read_bytes()


def test_the_table_that_is_downloaded_holds_no_live_formula(tmp_path):
    frame = pd.DataFrame({"name": ["=1+1"], "count": [-5]})
    frame.to_csv(tmp_path / "apps.csv", index=False)
    study = SimpleNamespace(
        processed=SimpleNamespace(tables={"apps": frame}),
        package=SimpleNamespace(is_synthetic=False),
        city=SimpleNamespace(processed=tmp_path),
    )
    files = table_pages.downloads(study, "apps")
    assert files["apps.csv"] == b"name,count\n'=1+1,-5\n"
    assert openpyxl.load_workbook(io.BytesIO(files["apps.xlsx"])).active["A2"].data_type == "s"


def test_a_workbook_has_the_cells_of_the_table(site):
    sheet = openpyxl.load_workbook(home(site, "en") / "table4.xlsx").active
    head, *rows = sheet.iter_rows(values_only=True)
    table = pd.read_csv(home(site, "en") / "table4.csv")
    assert head == tuple(table.columns)
    assert [row[:2] for row in rows] == list(zip(table["category"], table["count"], strict=True))
    assert [row[2] for row in rows] == pytest.approx(table["share"].tolist())


def test_each_table_and_figure_of_the_paper_leads_to_notebook_data_and_sheet(site):
    source = (home(site, "en") / "paper.html").read_text("utf-8")
    line = r'<a href="notebooks/(\w+)\.html">notebook</a> · <a href="[^"]+">data</a> · <a href="[^"]+">'
    assert {"context", "table4", "table6", "ledger"} <= set(re.findall(line, source))
    assert len(re.findall(line, source)) >= source.count("<figure")


def test_notebooks_are_shown_as_run_in_the_language_without_times_and_random_names(site, lang):
    source = (home(site, lang) / "notebooks/table4.html").read_text("utf-8")
    assert {"id": "Jumlah", "en": "Count"}[lang] in source
    assert "cell-id" not in source and "start_time" not in source


def test_search_finds_pages_numbers_and_entries(site):
    source = (home(site, "en") / addresses.SEARCHED).read_text("utf-8")
    rows = json.loads(source.removeprefix("window.COMPENDIUM_PAGES = ").removesuffix(";\n"))
    kinds = {kind for kind, _, _ in rows}
    assert kinds == {"page", "number", "entry"}
    assert any("61.6%" in words for _, words, _ in rows)


@pytest.mark.parametrize(
    ("lang", "said"), [("id", "# Satu\n\nDua *kata*.\n\n|a|"), ("en", "# One\n\nTwo.\n\n|a|")]
)
def test_a_text_of_a_notebook_is_shown_in_one_language(lang, said):
    source = "# Satu\n\n*One*\n\nDua *kata*.\n\n*Two.*\n\n|a|"
    assert notebook_pages.in_language(source, lang) == said
    assert notebook_pages.in_language("Saja.", lang) == "Saja."


def test_a_comparison_is_taken_over_with_its_table_and_led_to(site, tmp_path):
    for lang in LANGUAGES:
        (tmp_path / f"build/comparison/compare.{lang}.html").parent.mkdir(parents=True, exist_ok=True)
        other = f'<a href="compare.{lang}.html" lang="{lang}">x</a>'
        page = f"<html><head></head><body>{other}<main>Two cities</main></body></html>"
        (tmp_path / f"build/comparison/compare.{lang}.html").write_text(page)
    (tmp_path / "build/comparison/comparison.csv").write_text("a\n")
    shutil.copytree(site / "paper/templates", tmp_path / "paper/templates")
    start_pages.write(
        tmp_path, [site / f"build/{CITY}/card.json"], sorted(tmp_path.glob("build/comparison/*.html"))
    )
    for lang, other in zip(LANGUAGES, reversed(LANGUAGES), strict=True):
        page = Read(tmp_path / f"build/site/{lang}/compare.html")
        assert f"../{other}/compare.html" in page.links
        assert "Two cities" in page.words and "x" not in page.words
        assert (tmp_path / f"build/site/{lang}/comparison.csv").read_text() == "a\n"
        assert "compare.html" in Read(tmp_path / f"build/site/{lang}/index.html").links


@pytest.mark.slow("writes the pages once more; equal bytes are tried for all else anyway")
def test_pages_that_were_deleted_are_made_again_as_the_same_bytes_elsewhere(site, tmp_path):
    other = Path(shutil.copytree(site, tmp_path / "elsewhere"))
    shutil.rmtree(home(other, "en"))
    surroundings = {"TZ": "Asia/Jakarta", "PYTHONHASHSEED": "1", "LANG": "id_ID.UTF-8"}
    result = compendium_process(other, "build", CITY, "--renderer", "embedded", **surroundings)
    assert re.findall(r"^(\S+)\t[\d.]+ s$", result.stdout, re.MULTILINE) == ["site"], result.stderr
    for path in (path for path in home(site, "en").rglob("*") if path.is_file()):
        assert (home(other, "en") / path.relative_to(home(site, "en"))).read_bytes() == path.read_bytes(), (
            path
        )
