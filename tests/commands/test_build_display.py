"""A build says what rendered the papers; one that failed says why, and what can be done about it."""

import pytest
import typer
from conftest import ROOT

from analysis.commands.build_display import BuildDisplay, stop_failed
from analysis.tasks.running import BuildError, Made


def told(capsys, cause):
    """Return what is said of a step that failed for a cause."""
    error = BuildError("paper.en")
    error.__cause__ = cause
    with pytest.raises(typer.Exit):
        stop_failed(error, "en")
    return capsys.readouterr().err


def test_an_output_that_is_open_elsewhere_is_named_with_a_hint(capsys):
    said = told(capsys, PermissionError(13, "Access is denied", ".article.part", None, "article.en.pdf"))
    assert "Step paper.en failed" in said
    assert "Excel" in said and "article.en.pdf: Access is denied" in said


def test_any_other_cause_is_told_as_it_is(capsys):
    assert "no table" in told(capsys, ValueError("no table"))


@pytest.mark.parametrize(
    ("lang", "words"), [("id", "dirender oleh perender bawaan (pandoc 3"), ("en", "Typst")]
)
def test_what_rendered_the_papers_is_said_with_its_version(capsys, lang, words):
    display = BuildDisplay(lang)
    display.made = [Made("table4", (), 1.0), Made("paper.en", (), None)]
    display.tell_renderer("embedded")
    assert capsys.readouterr().out == ""
    display.made.append(Made("paper.id", (), 1.0))
    display.tell_renderer("embedded")
    assert words in " ".join(capsys.readouterr().out.split())


def test_of_many_files_in_a_folder_their_number_is_said(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    display = BuildDisplay("en")
    pages = tuple(ROOT / f"build/site/en/x/{n}.html" for n in range(40))
    saved = tuple(ROOT / f"data/processed/bandung/results{end}" for end in (".json", ".lineage.json"))
    display.made = [Made("site", pages, 1.0), Made("inventory_insights", saved, 1.0)]
    display.summary(1.0)
    said = capsys.readouterr().out
    assert "build/site/en/x/ (40 files)" in said
    assert "data/processed/bandung/{results.json, results.lineage.json}" in said
    assert max(map(len, said.splitlines())) <= 100
