import io
import shlex
import subprocess

import pytest
import typer
from helpers import CITY, LANGUAGES, open_project
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from terminals import read_problems, squeeze, suggested

from analysis import cities, terminal
from analysis.cities import UnknownCityError
from analysis.intake.sheets import ImportProblem
from analysis.labels import text
from analysis.problems import Problem, RawDataError, arranged
from analysis.terminal import command_line, refusals, show_problems, show_rows, shown_path, visible

PROBLEMS = [
    Problem("file.totals", "recap.csv", column="count", found="ownership 10, type 9", is_warning=True),
    Problem("cell.enum", "evidence.csv", 7, "polarity", "suports", "supports, mixed", nearest="supports"),
    Problem("file.missing", "metrics.csv"),
    ImportProblem(
        "category", "a b.xlsx [Sheet 1]", 3, "C (Basis)", "Fax [/bold] :smile:", "web, mobile", count=3
    ),
    Problem("cell.unique", "evidence.csv", 2, "evidence_id", "E" * 200),
]


def printed(show, width=80, *, is_terminal=False, **options):
    """Return what is shown on a terminal or in a file of some width."""
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        console = Console(file=stream, width=width, force_terminal=is_terminal, highlight=False)
        patch.setattr(terminal, "out", console)
        show(**options)
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_problem_is_a_numbered_row_with_all_there_is_to_say(lang, width):
    shown = printed(lambda: show_problems(PROBLEMS, lang), width)
    assert all(len(line) <= min(width, terminal.WIDEST) for line in shown.splitlines())
    if width > 40:  # narrower, the headings themselves wrap
        for row, problem in zip(read_problems(shown), arranged(PROBLEMS), strict=True):
            assert (row.is_warning, row.file) == (problem.is_warning, problem.file)
            assert row.place == squeeze(problem.spot(lang, ""))
            assert row.problem == squeeze(problem.message(lang))
            assert row.remedy == squeeze(problem.remedy(lang))


@settings(max_examples=60)
@given(st.text(st.characters(min_codepoint=33, max_codepoint=0x24F, exclude_categories=["C"]), min_size=1))
def test_a_cell_is_shown_whole_and_as_it_is(found):
    problem = Problem("cell.unique", "t.csv", 2, "c", found)
    (row,) = read_problems(printed(lambda: show_problems([problem], "en")))
    assert squeeze(visible(problem.statement("en"))) == row.problem


def test_in_a_file_there_are_no_colours_and_on_a_terminal_nothing_is_obeyed_that_a_cell_holds():
    hostile = [Problem("cell.unique", "t\x1b]0;x\x07.csv", 2, "\x1b[2J", "\x1b[31m\x9b1m\r\u202e")]
    in_file = printed(lambda: show_problems(hostile, "en"))
    assert in_file.isprintable() or set(filter(lambda c: not c.isprintable(), in_file)) == {"\n"}
    assert r"\x1b[31m\x9b1m\r\u202e" in squeeze(in_file)
    on_terminal = printed(lambda: show_problems(hostile, "en"), is_terminal=True)
    assert "\x1b[31m" not in on_terminal and "\x1b[2J" not in on_terminal and "\x07" not in on_terminal


def test_a_group_of_problems_bears_the_name_of_its_file_once():
    shown = printed(lambda: show_problems(PROBLEMS, "id"))
    for title in ("Kesalahan di evidence.csv", "Kesalahan di metrics.csv", "Peringatan tentang recap.csv"):
        assert shown.count(title) == 1
    assert shown.count("Tempat") == 1


def test_rows_are_shown_whole():
    cells = [("a" * 100, "1"), ("[b]x[/b]", "2")]
    shown = printed(lambda: show_rows(["Head", "N"], cells, number=1))
    assert shown.count("a") == 101 and "[b]x[/b]" in shown  # the heading has one, too


def test_a_message_is_one_line_however_long(capsys):
    terminal.say("x y " * 100 + "[red]")
    terminal.complain("z " * 100)
    shown = capsys.readouterr()
    assert shown.out.rstrip("\n") == "x y " * 100 + "[red]"
    assert shown.err.count("\n") == 1


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


def stopped(capsys, error):
    """Return what is said where an error stops a command."""
    with pytest.raises(typer.Exit) as caught, refusals("en"):
        raise error
    assert caught.value.exit_code == 1
    shown = capsys.readouterr()
    return shown.out + shown.err


def test_an_unknown_city_and_one_without_descriptor_are_told_apart(tmp_path, monkeypatch, capsys):
    place = open_project(monkeypatch, tmp_path)
    assert text("cli.unknown_city", "en", city="x", known=CITY) in stopped(
        capsys, UnknownCityError("x", [CITY])
    )
    (place.raw / "datapackage.yaml").unlink()
    said = stopped(capsys, UnknownCityError(CITY, []))
    assert "has no datapackage.yaml" in said and f"compendium new {CITY} --force" in said
    assert "no city called" in stopped(capsys, UnknownCityError("../raw", []))


def test_errors_of_files_are_told_with_the_file(capsys):
    locked = stopped(capsys, PermissionError(13, "Permission denied", "t.xlsx"))
    assert "t.xlsx: Permission denied" in locked and "Excel" in locked
    assert "t.xlsx: No space" in stopped(capsys, OSError(28, "No space", "t.xlsx"))
    assert "run inside" in stopped(capsys, FileNotFoundError("run inside the folder"))


def test_raw_data_that_cannot_be_used_are_told_problem_by_problem(capsys):
    said = stopped(capsys, RawDataError(CITY, PROBLEMS))
    assert len(read_problems(said)) == len(PROBLEMS)


@pytest.mark.parametrize("kind", ["cell.unique", "file.hash"])
def test_a_check_ends_with_counts_page_and_what_to_do_about_changed_files(
    tmp_path, monkeypatch, capsys, kind
):
    place = open_project(monkeypatch, tmp_path)
    with pytest.raises(typer.Exit):
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
    assert "id | en" in capsys.readouterr().err
    assert [terminal.language(lang) for lang in LANGUAGES] == list(LANGUAGES)
