"""Both tutorials are followed to the letter: every command, edit and paste, and what is said to appear."""

import json
import os
import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pypdfium2
import pytest
import tutorial
from conftest import ROOT, copy_project
from helpers import LANGUAGES

from analysis.intake.mapping import FIELDS, OPTIONAL
from analysis.intake.templates_xlsx import HEADER, examples
from analysis.language.headings import recognise
from analysis.language.labels import catalogue, text
from analysis.language.synonyms import match_category
from analysis.language.terms import plain
from analysis.tables.applications import CATEGORIES

FOLLOWED = pytest.mark.slow("two readers build four cities; whatever they type has quick tests of its own")

CITY = "surabaya"
OURS = ("pesan kompendium", "message of the compendium")
"""Headings of the table of messages that the compendium prints."""
NAMES = {"id": "Kota Surabaya", "en": "Surabaya"}


def squeeze(text):
    """Drop white space and hyphens: lines break differently on a page."""
    return re.sub(r"[\s\u00ad\u200b\ufffe\u0002-]+", "", text)


@pytest.fixture(scope="module")
def readers(tmp_path_factory):
    """Two readers with a compendium each, as it comes out of the ZIP file; Bandung as built as it is here."""
    folder = tmp_path_factory.mktemp("tutorial")
    for lang in LANGUAGES:
        project = copy_project(folder / lang)
        for name in ("docs", "data/processed", "build/bandung"):
            if (ROOT / name).exists():
                shutil.copytree(ROOT / name, project / name)
    return {lang: tutorial.Reader(lang, folder / lang) for lang in LANGUAGES}


@pytest.fixture(scope="module")
def builds(tmp_path_factory):
    return tutorial.Builds(tmp_path_factory.mktemp("builds"))


@pytest.fixture(scope="module")
def followed(readers, builds):
    """What came of every step, by language; both readers work side by side."""
    with ThreadPoolExecutor(len(LANGUAGES)) as both:
        working = {lang: both.submit(tutorial.follow, readers[lang], builds) for lang in LANGUAGES}
        return {lang: steps.result() for lang, steps in working.items()}


@pytest.fixture(scope="module")
def papers(readers, followed):
    """The text of the papers in PDF that both readers end up with, by reader and language of the paper."""
    texts = {}
    for reader in LANGUAGES:
        for lang in LANGUAGES:
            path = readers[reader].project / f"build/{CITY}/paper/article.{lang}.pdf"
            with pypdfium2.PdfDocument(path) as document:
                texts[reader, lang] = "\f".join(page.get_textpage().get_text_range() for page in document)
    return texts


def headings(lang):
    return re.findall(r"^(#+) ", tutorial.FENCE.sub("", tutorial.text(lang)), flags=re.MULTILINE)


def tables(lang):
    """Return the tables of a tutorial: rows of cells, heading first."""
    found = re.findall(r"(?:^\|.*\n)+", tutorial.text(lang), flags=re.MULTILINE)
    rows = [[line.strip("|\n").split(" | ") for line in table.splitlines()] for table in found]
    return [[[cell.strip() for cell in row] for n, row in enumerate(table) if n != 1] for table in rows]


@FOLLOWED
def test_every_command_ends_as_the_tutorial_says(followed, lang):
    for step in followed[lang]:
        assert (step.code != 0) == (step.block.info == "fails"), step.block.body + step.output


@FOLLOWED
def test_every_command_prints_what_the_tutorial_shows(followed, lang):
    assert sum(bool(step.expected) for step in followed[lang]) >= 8
    for step in followed[lang]:
        assert not step.expected or tutorial.is_shown(step.expected, step.output), step.output


@FOLLOWED
def test_every_build_was_done_and_done_once(followed, builds):
    for steps in followed.values():
        assert len(builds.kept) == sum(bool(tutorial.BUILDING.search(s.block.body)) for s in steps) == 4


def test_windows_and_linux_commands_are_the_same(lang):
    assert len(tutorial.pairs(lang)) == sum(block.kind == "sh" for block in tutorial.blocks(lang))
    for windows, linux in tutorial.pairs(lang):
        assert linux.kind == "sh"
        assert [tutorial.on_linux(command) for command in windows.lines] == linux.lines


def test_setting_up_is_what_make_does_with_pip(lang):
    command = ["make", "--dry-run", "--always-make", "--no-print-directory", ".venv/installed"]
    env = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "PYTHON")}
    recipe = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
    commands = [c for block in tutorial.blocks(lang) if block.kind == "sh" for c in block.lines]
    told = [command for command in commands if tutorial.SETUP.search(command)]
    places = [recipe.index(command) for command in told]
    assert len(told) == 3
    assert places == sorted(places)


def test_both_tutorials_have_the_same_steps():
    assert headings("id") == headings("en")
    assert [(len(t), len(t[0])) for t in tables("id")] == [(len(t), len(t[0])) for t in tables("en")]
    found = [[(block.kind, block.info) for block in tutorial.blocks(lang)] for lang in LANGUAGES]
    assert found[0] == found[1]
    for one, other in zip(*map(tutorial.blocks, LANGUAGES), strict=True):
        if one.kind != "text":
            assert one.body.replace("id_ID.UTF-8", "en_GB.UTF-8") == other.body


@FOLLOWED
@pytest.mark.parametrize("reader", LANGUAGES)
def test_the_papers_are_of_the_city_and_of_no_other(papers, reader, lang):
    paper = squeeze(papers[reader, lang])
    assert squeeze(NAMES[lang]) in paper
    article = (ROOT / f"paper/{lang}/article.qmd").read_text("utf-8")
    about = [one for one in re.findall(r"[^.{}@]{60,}\.", article) if "Bandung" in one]
    assert about
    assert not [sentence for sentence in about if squeeze(sentence) in paper]


@FOLLOWED
@pytest.mark.parametrize("reader", LANGUAGES)
def test_the_papers_hold_what_was_pasted_and_written(papers, reader, lang):
    paper = squeeze(papers[reader, lang])
    for block in tutorial.blocks(lang):
        if block.kind == "markdown" and block.info.endswith(f".{lang}.md"):
            parts = re.split(r"\{\{<.*?>\}\}", block.body)
            assert all(squeeze(part) in paper for part in parts)
        if block.kind == "tsv" and block.info.split()[1] in ("integrations", "findings"):
            for line in block.lines:
                cells = line.split("\t")
                kept = cells[:2] if "integrations" in block.info else [cells[4 if lang == "id" else 5]]
                parts = [part for cell in kept for part in re.split(r"\{.*?\}", cell)]
                assert all(squeeze(part) in paper for part in parts), line


@FOLLOWED
@pytest.mark.parametrize("reader", LANGUAGES)
def test_made_up_data_are_marked_on_every_page(papers, reader):
    for lang in LANGUAGES:
        pages = papers[reader, lang].split("\f")
        assert len(pages) > 5
        assert all(text("synthetic.figure", lang).lower() in page.lower() for page in pages)


@FOLLOWED
def test_two_readers_end_up_with_the_same_papers(papers):
    for lang in LANGUAGES:
        assert papers["id", lang] == papers["en", lang]


@FOLLOWED
def test_the_second_coder_is_counted(readers, followed):
    for reader in readers.values():
        ledger = json.loads((reader.project / f"data/processed/{CITY}/ledger.json").read_text("utf-8"))
        assert (ledger["coders"]["coders"], ledger["coders"]["records"]) == (2, 3)
        assert len(ledger["coders"]["disagreements"]) == 1


def test_every_file_that_is_edited_is_named_before_it(lang):
    document = tutorial.text(lang)
    for match in tutorial.FENCE.finditer(document):
        if match["kind"] in ("diff", "markdown", "tsv"):
            before = document[: match.start()].split("```")[-1]
            for word in match["info"].split():
                assert f"`{word}`" in before or (match["kind"] == "tsv" and word.endswith("xlsx")), word


def test_rows_are_pasted_below_the_examples():
    for block in tutorial.blocks("id"):
        if block.kind == "tsv":
            _, sheet, cell = block.info.split()
            assert cell == f"B{HEADER + len(examples()[sheet]) + 1}"


def test_the_headings_and_spellings_that_are_named_are_recognised(lang):
    columns = next(table for table in tables(lang) if table[1][0] == "`name`")[1:]
    assert [row[0].strip("`") for row in columns] == list(FIELDS)
    for name, _, spelt, needed in columns:
        assert {recognise(heading) for heading in spelt.split(", ")} == {name.strip("`")}
        assert (plain(needed) in ("tidak", "no")) == (name.strip("`") in OPTIONAL)
    codes = next(table for table in tables(lang) if table[1][0].startswith("`web`"))[1:]
    for (named, spelt), (attribute, known) in zip(codes, CATEGORIES.items(), strict=True):
        assert re.findall(r"`(\w+)`", named) == list(known)
        assert [match_category(one, attribute).code for one in spelt.split(", ")] == list(known)


def test_messages_that_are_explained_are_messages_of_ours(lang):
    table = next(table for table in tables(lang) if plain(table[0][0]) in OURS)
    said = [words[lang] for words in catalogue().values()]
    assert len(table) > 8
    for row in table[1:]:
        message = re.escape(row[0]).replace("…", ".*")
        assert any(re.search(message, words) for words in said), row[0]


def test_every_link_leads_somewhere(lang):
    targets = re.findall(r"\]\((?!http)([^)#]+)", tutorial.text(lang))
    assert [target for target in targets if not (ROOT / "docs" / target).is_file()] == []


@FOLLOWED
def test_every_place_that_is_named_is_there_in_the_end(readers, followed, lang):
    named = set(re.findall(r"`((?:build|data|paper|docs)/[\w./]+)`", tutorial.text(lang)))
    assert len(named) >= 8
    assert {place for place in named if not (readers[lang].project / place).exists()} == set()


def test_the_sample_is_small_made_up_and_says_so():
    data = (ROOT / "docs/contoh-inventaris.csv").read_bytes().decode("utf-8-sig")
    assert "rekaan" in data.splitlines()[0]
    assert 30 <= len(re.findall(r"^\d+;", data, flags=re.MULTILINE)) <= 50


@pytest.mark.parametrize(
    "unfollowed",
    [
        *("```bash\nfalse\n```\n", "```\nfalse\n```\n", "~~~sh\nfalse\n~~~\n"),
        *("  ```sh\n  false\n  ```\n", "```text\nshown after nothing\n```\n"),
        *("```powershell\nfalse\n```\n", "```sh\ntrue\n", "```sh\ntrue\n```sh\nfalse\n```\n"),
    ],
)
def test_no_block_of_the_tutorial_is_skipped(unfollowed):
    followed = "```sh\ntrue\n```\n\n```text\nseen\n```\n\n"
    assert [block.kind for block in tutorial.read(followed)] == ["sh", "text"]
    with pytest.raises(ValueError, match="not followed"):
        tutorial.read(followed + unfollowed)


def test_what_is_shown_is_compared_line_by_line():
    assert tutorial.is_shown("…\nb … d\n", "a\n\nb c d \n")
    assert not tutorial.is_shown("a\n", "a\nb\n")
    assert not tutorial.is_shown("a\n…\nc d\n", "a\nc\n")


def test_pasted_rows_are_cells_of_text(tmp_path):
    (tmp_path / ".venv").mkdir()
    book = openpyxl.Workbook()
    book.active.title = "evidence"
    book.save(tmp_path / "x.xlsx")
    (tmp_path / ".venv").rmdir()
    tutorial.Reader("id", tmp_path).paste(tutorial.Block("tsv", "x.xlsx evidence B2", "007\t=1+1\n"))
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["evidence"]
    assert [sheet["B2"].value, sheet["C2"].value, sheet["C2"].data_type] == ["007", "=1+1", "s"]
