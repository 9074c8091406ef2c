import pytest
from helpers import LANGUAGES

from analysis.language.problem_groups import arranged
from analysis.language.problems import Problem, RawDataError

WORDS = {"id": ("baris 7", "kolom count"), "en": ("row 7", "column count")}


def test_a_problem_names_file_row_and_column_in_both_languages(lang):
    problem = Problem("cell.type.integer", "t.csv", 7, "count", found="dua")
    assert problem.place(lang) == ", ".join(["t.csv", *WORDS[lang]])
    assert problem.line(lang).startswith(problem.place(lang))
    assert "dua" in problem.line(lang)
    assert problem.remedy(lang) in problem.line(lang)


def test_row_and_column_are_left_out_where_they_do_not_apply():
    assert Problem("file.missing", "t.csv").place("id") == "t.csv"


@pytest.mark.parametrize("found", ["{expected}", "{0}", "{", "}", "%s", "“”"])
def test_a_cell_is_quoted_as_it_is(found):
    assert f"“{found}”" in Problem("cell.enum", "t.csv", 2, "c", found=found, expected="x").message("en")


def test_the_error_lists_every_problem_once_in_each_language():
    problems = [Problem("file.missing", f"{name}.csv") for name in "abc"]
    error = RawDataError("kotabaru", problems)
    assert error.problems == problems
    for lang in LANGUAGES:
        assert all(str(error).count(problem.line(lang)) == 1 for problem in problems)
    assert "kota kotabaru" in str(error)
    assert "3 problems" in str(error)


def test_what_comes_nearest_is_told_only_if_something_does():
    problem = Problem("cell.enum", "t.csv", 2, "c", "wbe", "web, mobile", nearest="web")
    assert problem.message("en") == f"{problem.statement('en')} Perhaps “web” is meant."
    assert Problem("cell.enum", "t.csv", 2, "c", "fax", "web, mobile").guess("en") == ""


def test_problems_are_arranged_by_weight_file_and_row():
    given = [("b", 9, True), ("b", 7, False), ("a", 3, False), ("b", None, False), ("a", 2, True)]
    problems = [Problem("x", file, row, is_warning=is_warning) for file, row, is_warning in given]
    got = [(p.file, p.row, p.is_warning) for p in arranged(problems)]
    assert got == [("b", None, False), ("b", 7, False), ("a", 3, False), ("b", 9, True), ("a", 2, True)]
