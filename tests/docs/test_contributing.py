"""What CONTRIBUTING.md shows is carried out from its text, in a copy of the project with the package."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from conftest import EMBEDDED, ROOT, compendium_process, copy_project

from analysis.raw_data.schemas import schemas

TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
TABLE = TEXT[TEXT.index("## A table") : TEXT.index("## A city")]
BLOCK = re.compile(r"^```(python|diff)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MOST_FILES = 6


def blocks():
    """Return the kind, the file and the content of every block of the example."""
    for kind, content in BLOCK.findall(TABLE):
        if kind == "diff":
            _, head, rest = content.split("\n", 2)
            yield kind, head.removeprefix("+++ b/"), rest
        else:
            head, rest = content.split("\n", 1)
            yield kind, head.removeprefix("# "), rest


def add_lines(path: Path, change: str) -> None:
    """Add the lines marked ``+`` to a file, where those without a mark stand."""
    lines = change.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] == " ")
    document = path.read_text("utf-8")
    assert document.count(before) == 1, (path, before)
    path.write_text(document.replace(before, "".join(line[1:] for line in lines)), "utf-8")


def write_notebook(path: Path, code: str) -> None:
    """Write the code into a copy of the notebook that the text says to copy."""
    notebook = nbformat.read(path.with_name("table7.ipynb"), as_version=4)
    parameters = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ()))
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in code.split("# %%\n")]
    cells[1].metadata = parameters.metadata
    notebook.cells = cells
    nbformat.write(notebook, path)


@pytest.fixture(scope="module")
def contributed(tmp_path_factory):
    """A copy of the project and its package, changed as the text says, and built."""
    project = copy_project(tmp_path_factory.mktemp("contributing") / "project")
    shutil.copytree(ROOT / "src", project / "src")
    for name in ("README.md", "README.id.md"):
        shutil.copy(ROOT / name, project)
    for kind, name, content in blocks():
        if kind == "diff":
            add_lines(project / name, content)
        elif name.endswith(".ipynb"):
            write_notebook(project / name, content)
        else:
            (project / name).write_text(content, "utf-8")
    done = compendium_process(project, "build", "bandung", *EMBEDDED, PYTHONPATH=str(project / "src"))
    assert done.returncode == 0, done.stdout + done.stderr
    return project


def test_adding_a_table_takes_few_files():
    names = {name for _, name, _ in blocks()}
    assert len(names) == len(list(blocks())) <= MOST_FILES


def test_the_table_counts_what_the_raw_file_holds(contributed):
    with (contributed / "data/raw/bandung/informants.csv").open(encoding="utf-8", newline="") as stream:
        expected = Counter()
        for row in csv.DictReader(stream):
            expected[row["sampling"]] += int(row["count"])
    with (contributed / "data/processed/bandung/table9.csv").open(encoding="utf-8", newline="") as stream:
        got = {row["sampling"]: int(row["count"]) for row in csv.DictReader(stream)}
    assert got == expected
    assert (contributed / "data/processed/bandung/table9.lineage.json").is_file()


@pytest.mark.parametrize(
    ("lang", "caption", "cells"),
    [
        ("id", "Tabel 9. Informan di Kota Bandung menurut cara penentuan", ("Cara penentuan", "Purposif")),
        ("en", "Table 9. Informants in Bandung by sampling", ("Sampling", "Purposive")),
    ],
)
def test_both_papers_show_it_with_its_number_and_refer_to_it(contributed, lang, caption, cells):
    page = (contributed / f"build/bandung/paper/article.{lang}.html").read_text("utf-8")
    table = re.search(r'<[^>]*id="tbl-sampling".*?</table>', page, re.DOTALL)[0]
    words = " ".join(re.sub(r"<[^>]+>", " ", table).replace("\u00a0", " ").split())
    assert caption in words
    assert all(cell in words for cell in cells)
    assert 'href="#tbl-sampling"' in page


def test_the_map_in_the_readme_shows_it(contributed):
    environment = {**os.environ, "PYTHONPATH": str(contributed / "src")}
    command = [sys.executable, "-m", "analysis.chain.readme_map"]
    subprocess.run(command, cwd=contributed, env=environment, check=True)
    for name in ("README.md", "README.id.md"):
        assert re.search(r"^\| 9: .*table9\.csv` \|$", (contributed / name).read_text("utf-8"), re.MULTILINE)


def test_the_derived_number_and_the_claim_name_what_there_is():
    known = json.loads((ROOT / "data/processed/bandung/results.json").read_text("utf-8"))
    fields = {field["name"]: field for field in schemas()["derivations"]["schema"]["fields"]}
    [row] = re.findall(r"^```csv\n(.*)\n```$", TEXT, re.MULTILINE)
    cells = dict(zip(fields, row.split(","), strict=True))
    assert cells["operation"] in fields["operation"]["constraints"]["enum"]
    assert set(cells["inputs"].split()) <= set(known)
    assert f"{{{{< var {cells['key']} >}}}}" in TEXT
    assert "applications.type.web.count" in TEXT
    assert "applications.type.web.count" in known
