import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from terminals import PROBLEMS, read_problems, squeeze

from analysis.commands import terminal_tables
from analysis.commands.terminal_tables import show_problems, show_rows, show_table
from analysis.display.display_table import DisplayTable
from analysis.language.problem_groups import arranged
from analysis.language.problems import Problem, visible


def printed(show, width=80, *, is_terminal=False, **options):
    """Return what is shown on a terminal or in a file of some width."""
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        console = Console(file=stream, width=width, force_terminal=is_terminal, highlight=False)
        patch.setattr(terminal_tables, "out", console)
        show(**options)
    return stream.getvalue()


@pytest.mark.parametrize("width", [40, 80, 200])
def test_every_problem_is_a_numbered_row_with_all_there_is_to_say(lang, width):
    shown = printed(lambda: show_problems(PROBLEMS, lang), width)
    assert all(len(line) <= min(width, terminal_tables.WIDEST) for line in shown.splitlines())
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


def test_where_the_output_is_no_terminal_no_row_is_broken(capsys):
    show_problems(PROBLEMS, "en")
    shown = capsys.readouterr().out
    for problem in PROBLEMS:
        (line,) = [line for line in shown.splitlines() if visible(problem.statement("en")) in line]
        assert problem.remedy("en") in line


def wide(columns):
    """Return a table of one row, too wide for a terminal from some number of columns."""
    frame = pd.DataFrame([["x" * 15] * columns], columns=[f"c{n}" for n in range(columns)])
    return DisplayTable(frame, ("left",) * columns, "*A* caption", "A note")


def test_a_table_as_people_read_it_has_caption_and_note():
    shown = printed(lambda: show_table(wide(2)))
    assert "A caption" in shown and shown.rstrip().endswith("A note")
    assert shown.count("x" * 15) == 2


def test_the_cells_of_a_table_too_wide_for_the_terminal_stand_below_each_other():
    lines = printed(lambda: show_table(wide(6))).splitlines()
    assert lines[1:7] == [f"{'    ' if n else ''}c{n}: {'x' * 15}" for n in range(6)]
