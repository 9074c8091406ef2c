import json

import pytest
from helpers import ROOT, committed

from analysis.chain import code_files
from analysis.chain.code_files import PACKAGE, files_used_by
from analysis.chain.steps import STEPS
from analysis.table_list.entries import TABLES

EXTENSION = "strict_shell.py"
"""Of IPython's, which is loaded by its name."""
MODULES = {path.name for path in PACKAGE.rglob("*.py")}


def used(*sources):
    """Return the names of the files that sources use."""
    return {path.name for path in files_used_by(*sources)}


@pytest.fixture
def fake(tmp_path, monkeypatch):
    """A package called `fake` in place of ours; returns what writes one of its files."""
    package = tmp_path / "fake"
    package.mkdir()
    monkeypatch.setattr(code_files, "PACKAGE", package)

    def write(name, content=""):
        (package / name).parent.mkdir(exist_ok=True)
        (package / name).write_text(content, encoding="utf-8")
        return package / name

    write("__init__.py")
    return write


def test_imports_are_followed_to_the_end(fake):
    fake("d.py")
    fake("c.py", "def late():\n    from fake import d\n")
    fake("b.py", "from fake.c import x as y\n")
    source = fake("a.py", "from fake import b\n")
    assert used(source) == {"__init__.py", "b.py", "c.py", "d.py"}


def test_modules_that_import_each_other_are_no_trap(fake):
    fake("b.py", "from fake import a\n")
    assert used(fake("a.py", "from fake import b\n")) == {"__init__.py", "a.py", "b.py"}


@pytest.mark.parametrize("line", ["import fake.b", "import fake.b as b", "import os, fake.b"])
def test_a_plain_import_counts_too(fake, line):
    fake("b.py")
    assert used(fake("a.py", line)) == {"__init__.py", "b.py"}


@pytest.mark.parametrize(
    "line", ["from other import b", "import b", "from fakes import b", "# from fake import b"]
)
def test_other_packages_are_not_followed(fake, line):
    fake("b.py")
    assert used(fake("a.py", line)) == set()


def test_a_data_file_counts_where_it_is_named(fake):
    fake("words.csv")
    fake("other.csv")
    assert used(fake("a.py", 'files("fake").joinpath("words.csv")\n')) == {"words.csv"}


@pytest.mark.parametrize(
    "line", ["from fake.inner import b", "import fake.inner.b", "from fake.inner.b import x"]
)
def test_a_module_of_a_package_below_is_followed_and_brings_its_package(fake, line):
    fake("inner/__init__.py")
    fake("inner/b.py", "from fake import c")
    fake("c.py")
    source = fake("a.py", line)
    assert {path.relative_to(source.parent).as_posix() for path in files_used_by(source)} == {
        "__init__.py",
        "c.py",
        "inner/__init__.py",
        "inner/b.py",
    }


def test_a_data_file_is_looked_for_beside_the_module_that_names_it(fake):
    fake("words.csv")
    fake("inner/words.csv")
    source = fake("inner/b.py", 'files(__package__).joinpath("words.csv")')
    assert files_used_by(source) == [source.with_name("words.csv")]


def test_nothing_outside_the_package_is_found(fake, tmp_path):
    (tmp_path / "secret.csv").touch()
    assert used(fake("a.py", 'open("../secret.csv"); open("..")\n')) == set()


def test_only_the_code_of_a_notebook_is_read(fake, tmp_path):
    fake("b.py")
    fake("c.py")
    cells = [
        {"cell_type": "markdown", "source": ["from fake import c"]},
        {"cell_type": "code", "source": ["from fake import b\n", "b.run()"]},
    ]
    notebook = tmp_path / "n.ipynb"
    notebook.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    assert used(notebook) == {"__init__.py", "b.py"}


def test_table_4_depends_on_what_it_uses_and_on_no_more():
    got = used(ROOT / "notebooks/table4.ipynb")
    assert {"applications.py", "raw.py", "cities.py", "labels.py", "labels.csv", "export.py"} <= got
    assert got.isdisjoint(
        {"results.py", "checking/validation.py", "publishing/papers.py", "city_tasks.py", "cli.py"}
    )


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_every_notebook_depends_on_the_loader_and_the_words(step):
    assert {"raw.py", "problems.py", "labels.csv"} <= used(ROOT / f"notebooks/{step.name}.ipynb")


def test_validation_depends_on_the_schemas():
    assert "schemas.yaml" in used(PACKAGE / "checking/validation.py")


def test_every_module_is_reached_from_the_command_line_or_a_notebook():
    notebooks = committed("notebooks/*.ipynb")
    displays = [PACKAGE / entry.module("display") for entry in TABLES]
    reached = used(PACKAGE / "cli.py", *notebooks, *displays) | {path.name for path in displays}
    assert MODULES - reached == {"cli.py", "readme_map.py", EXTENSION}
