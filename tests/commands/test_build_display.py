"""The end of a build: what was made, what rendered the papers, what became of each of many cities."""

import pytest
from conftest import ROOT

from analysis.commands.build_display import BuildDisplay, tell_outcomes
from analysis.fleet.outcomes import Outcome, lost
from analysis.language.labels import text
from analysis.tasks.running import Made


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


@pytest.mark.parametrize(("planned", "is_told"), [(["table4", "table5"], True), (["table4"], False)])
def test_a_build_that_ends_since_nobody_reads_its_output_says_so(capsys, lang, planned, is_told):
    with pytest.raises(BrokenPipeError), BuildDisplay(lang, is_quiet=True) as display:
        display.planned(planned)
        display.finished(Made("table4", (), 1.0))
        raise BrokenPipeError
    assert (text("build.unread", lang) in capsys.readouterr().err) == is_told


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


OUTCOMES = [
    Outcome("satu", "built", 1.25),
    Outcome("dua", "up_to_date"),
    Outcome("tiga", "failed", 2, lost(3)),
]


def test_of_many_cities_what_failed_is_told_with_its_reason_and_what_was_up_to_date_only_counted(capsys):
    assert not tell_outcomes(OUTCOMES, "en", 12.34)
    shown = " ".join(capsys.readouterr().out.split())
    assert "satu built" in shown and "tiga failed 2.0 The process" in shown
    assert "dua" not in shown
    assert "built: 1; up to date: 1; failed: 1; 12.3 s" in shown


@pytest.mark.parametrize(("lang", "words"), [("id", "0 kota dibangun"), ("en", "Cities built: 0")])
def test_one_line_tells_that_nothing_was_to_be_done(capsys, lang, words):
    assert tell_outcomes(OUTCOMES[1:2], lang, 0.1)
    shown = capsys.readouterr().out
    assert words in shown and len(shown.splitlines()) == 1
