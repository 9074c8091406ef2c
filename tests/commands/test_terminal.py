import shlex
import subprocess
import sys

import pytest
import typer
from helpers import CITY, LANGUAGES, make_project, open_project
from terminals import PROBLEMS, suggested

from analysis.commands import terminal
from analysis.commands.terminal import command_line, decimal, shown_path
from analysis.language.labels import text
from analysis.language.problems import Problem
from analysis.project import cities


def test_a_message_is_one_line_however_long(capsys):
    terminal.say("x y " * 100 + "[red]")
    terminal.complain("z " * 100)
    shown = capsys.readouterr()
    assert shown.out.rstrip("\n") == "x y " * 100 + "[red]"
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    "is_terminal, expected", [(True, ["99 agree,", "20 disagree"]), (False, ["99 agree, 20 disagree"])]
)
def test_a_sentence_breaks_between_words_and_only_on_a_terminal(monkeypatch, capsys, is_terminal, expected):
    monkeypatch.setenv("COLUMNS", "11")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    terminal.say_prose("99 agree, 20 disagree")
    assert capsys.readouterr().out.splitlines() == expected


def test_a_command_can_be_pasted_as_it_is_printed():
    words = ["new", "x", "--from", "My file; 'a'.xlsx", "--name-id", "$(touch x)"]
    assert shlex.split(command_line(*words)) == ["compendium", *words]
    got = subprocess.run(["sh", "-c", command_line(*words).replace("compendium", "printf '%s\\n'", 1)], 
                         capture_output=True, text=True, check=True)  # fmt: skip
    assert got.stdout.splitlines() == words


def test_a_command_for_windows_is_quoted_as_windows_does(monkeypatch):
    monkeypatch.setattr(terminal.os, "name", "nt")
    assert (
        command_line("new", "--from", r"C:\My files\a.xlsx") == r'compendium new --from "C:\My files\a.xlsx"'
    )


def test_paths_are_shown_as_they_can_be_typed_here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shown_path(tmp_path / "a" / "b.csv") == "a/b.csv"
    assert shown_path(tmp_path.parent) == str(tmp_path.parent)


@pytest.mark.parametrize("kind", ["cell.unique", "file.hash"])
def test_a_check_ends_with_counts_page_and_what_to_do_about_changed_files(
    tmp_path, monkeypatch, capsys, kind
):
    place = open_project(monkeypatch, tmp_path)
    terminal.tell_check(place, [Problem(kind, "t.csv"), PROBLEMS[0]], place.build / "check.en.html", "en")
    said = capsys.readouterr().out
    assert text("cli.found", "en", city=CITY, errors=1, warnings=1) in said
    assert f"build/{CITY}/check.en.html" in said
    assert suggested(said) == ([["check", CITY, "--update-hashes"]] if kind == "file.hash" else [])


def test_a_valid_check_names_the_files_without_records(tmp_path, monkeypatch, capsys):
    place = open_project(monkeypatch, tmp_path, metrics="metric,value,unit,label_id,label_en,locator\n")
    terminal.tell_check(cities.find(CITY), [PROBLEMS[0]], place.build / "check.id.html", "id")
    said = capsys.readouterr().out
    assert text("cli.blank", "id", files="metrics.csv") in said
    assert text("cli.valid", "id", city=CITY) in said


def test_another_language_than_ours_is_refused(capsys):
    with pytest.raises(typer.Exit):
        terminal.language("fr")
    assert "id, en" in capsys.readouterr().err
    assert [terminal.language(lang) for lang in LANGUAGES] == list(LANGUAGES)


@pytest.mark.parametrize(("lang", "expected"), [("id", "1.012,3"), ("en", "1,012.3")])
def test_seconds_are_written_as_the_language_writes_them(lang, expected):
    assert decimal(1012.34, lang) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="cmd.exe closes no streams")
def test_a_command_works_with_its_streams_closed(tmp_path):
    command = f'"{sys.executable}" -m analysis.cli list <&- >&- 2>&-'
    assert subprocess.run(["sh", "-c", command], cwd=make_project(tmp_path), check=False).returncode == 0
