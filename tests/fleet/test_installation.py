"""What client and worker must have in common: every file of the package, Python, the libraries."""

import platform
from importlib.metadata import version

import pytest

from analysis.fleet import installation
from analysis.fleet.installation import LIBRARIES, differences, installed


def test_the_same_installation_does_not_differ():
    assert differences(installed("embedded"), dict(installed("embedded"))) == []


def test_every_library_that_matters_is_installed_here():
    found = installed("embedded")
    assert found["python"] == platform.python_version()
    assert found["pandas"] == version("pandas")
    assert [name for name in LIBRARIES if found[name] == "-"] == []


def test_what_differs_is_named_with_both_versions():
    ours = {"pandas": "3.0.1", "python": "3.12.1", "typst": "0.13"}
    theirs = {"pandas": "3.0.2", "python": "3.12.1", "quarto": "1.9"}
    assert differences(ours, theirs) == ["pandas 3.0.1 ≠ 3.0.2", "quarto - ≠ 1.9", "typst 0.13 ≠ -"]


def test_quarto_counts_only_where_it_renders():
    assert "quarto" not in installed("embedded")
    assert "quarto" in installed("quarto")


@pytest.mark.parametrize("change", ["edited", "added", "renamed"])
def test_every_change_of_the_package_is_noticed(tmp_path, monkeypatch, change):
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "words.csv").write_text("a,b")
    monkeypatch.setattr(installation, "PACKAGE", tmp_path)
    before = installation._code()
    if change == "edited":
        (tmp_path / "inner" / "words.csv").write_text("a,c")
    elif change == "added":
        (tmp_path / "new.py").touch()
    else:
        (tmp_path / "inner" / "words.csv").rename(tmp_path / "words.csv")
    assert installation._code() != before


@pytest.mark.parametrize("name", ["__pycache__/cli.pyc", ".cli.py.swp", ".ipynb_checkpoints/x.py"])
def test_compiled_files_and_those_of_editors_do_not_count(tmp_path, monkeypatch, name):
    monkeypatch.setattr(installation, "PACKAGE", tmp_path)
    before = installation._code()
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"x")
    assert installation._code() == before
