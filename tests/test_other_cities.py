"""Cities other than Bandung: the sample city with everything, and spreadsheets of applications alone."""

import json
import re
import shutil
import zipfile

import pandas as pd
import pytest
import spreadsheet_files
from conftest import EMBEDDED, ROOT, compendium, copy_project
from test_end_to_end import text_of

PAPERS = {f"article.{lang}.{kind}" for lang in ("id", "en") for kind in ("html", "pdf", "docx")}
MARKS = {"id": "data sintetis", "en": "synthetic data"}


def test_the_committed_results_of_the_sample_city_are_those_of_a_fresh_build_in_either_language(sample):
    """Those that are committed are from notebooks in Indonesian, the fresh ones from English ones."""
    fresh, committed = (
        {path.name: path.read_bytes() for path in (root / "data/processed/contoh").iterdir()}
        for root in (sample, ROOT)
    )
    assert fresh == committed


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_the_papers_of_the_sample_city_have_every_section_and_say_that_it_is_made_up(sample, name):
    words = " ".join(text_of(sample / "build/contoh/paper" / name).split())
    lang = name.split(".")[1]
    assert words.count(MARKS[lang]) >= 10
    captions = {
        "id": ("kemungkinan rangkap", "tidak dimutakhirkan selama", "menurut perangkat daerah"),
        "en": ("may be running in parallel", "have not been updated for", "by agency and status"),
    }[lang]
    assert [caption for caption in captions if caption not in words] == []


def test_every_figure_and_table_of_the_sample_city_is_marked(sample):
    figures = list((sample / "build/contoh/figures").glob("*.svg"))
    lineages = list((sample / "data/processed/contoh").glob("t*.lineage.json"))
    assert figures and lineages
    for path in figures:
        mark = {"id": "Data sintetis", "en": "Synthetic data"}[path.suffixes[0][1:]]
        assert mark in path.read_text("utf-8"), path.name
    for path in lineages:
        assert all(cell["synthetic"] is True for cell in json.loads(path.read_text("utf-8"))), path.name


def test_every_file_of_results_of_the_sample_city_is_marked_on_its_own(sample):
    folder = sample / "data/processed/contoh"
    for path in folder.glob("*.csv"):
        table = pd.read_csv(path, dtype=str)
        assert table.columns[-1] == "synthetic", path.name
        assert table["synthetic"].eq("true").all(), path.name
    assert json.loads((folder / "ledger.json").read_text("utf-8"))["synthetic"] is True
    for name in ("results.json", "results.lineage.json"):
        entries = json.loads((folder / name).read_text("utf-8")).values()
        assert all(entry["synthetic"] is True for entry in entries)


@pytest.mark.parametrize(("lang", "mark"), [("id", "(data sintetis)"), ("en", "(synthetic data)")])
def test_the_title_and_every_page_of_the_word_file_say_that_the_data_are_made_up(sample, lang, mark):
    paper = sample / "build/contoh/paper"
    title = re.search("<title>(.*?)</title>", (paper / f"article.{lang}.html").read_text("utf-8"))[1]
    assert title.endswith(mark)
    with zipfile.ZipFile(paper / f"article.{lang}.docx") as parts:
        assert mark in parts.read("docProps/core.xml").decode()
        assert mark in parts.read("word/header1.xml").decode()


def test_nothing_of_bandung_is_marked():
    for path in (ROOT / "data/processed/bandung").iterdir():
        assert "synthetic" not in path.read_text("utf-8")


AGAIN = pytest.mark.slow("the same way again, to both papers; importing each is tested quickly")
NAMES = ("--name-id", "Kota Baru", "--name-en", "New City", "--province-id", "Jawa", "--province-en", "Java")


@pytest.mark.parametrize(
    ("name", "part", "papers"),
    [
        ("mixed", ("--only", "paper.id"), {name for name in PAPERS if ".id." in name}),
        *(pytest.param(name, (), PAPERS, marks=AGAIN) for name in spreadsheet_files.SIZES if name != "mixed"),
    ],
)
def test_a_spreadsheet_becomes_papers_with_at_most_one_edit_of_the_mapping(name, part, papers, tmp_path):
    project = copy_project(tmp_path / "project")
    shutil.rmtree(project / "data/raw/contoh")
    source = getattr(spreadsheet_files, name)(tmp_path)
    result = compendium(project, "new", "kotabaru", "--from", str(source), *NAMES)
    if result.returncode:
        draft = source.with_name(f"{source.stem}.mapping.yaml")
        spreadsheet_files.mend(draft, name)
        edited = ("--mapping", str(draft))
        result = compendium(project, "new", "kotabaru", "--from", str(source), *NAMES, *edited)
    assert result.returncode == 0, result.stdout + result.stderr
    result = compendium(project, "build", "kotabaru", *EMBEDDED, *part)
    assert result.returncode == 0, result.stdout + result.stderr
    folder = project / "build/kotabaru/paper"
    assert {path.name for path in folder.iterdir()} == papers
    said = " ".join(text_of(folder / "article.id.html").split())
    assert "Kota Baru" in said
    assert "Bukti terkode belum tersedia" in said
    assert "Gambaran tambahan dari inventaris" in said
    assert said.count("Bagian ini masih harus ditulis") == 3
    assert "data sintetis" not in said
