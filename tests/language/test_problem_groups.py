"""The same in many rows is one message, and what concerns most comes first."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.sheets import ImportProblem
from analysis.language.problem_groups import arranged, grouped
from analysis.language.problems import Problem, as_ranges, rows_in


def test_the_same_kind_in_the_same_column_is_one_message_with_its_rows():
    problems = [ImportProblem("date", "i.xlsx [S]", row, "G (Tanggal)", "31/13/2023") for row in (7, 3, 4, 5)]
    (one,) = grouped(problems)
    assert (one.row, one.rows, one.count, one.found) == (3, "3-5, 7", 4, "31/13/2023")
    assert one.spot("id") == "baris 3-5, 7, kolom G (Tanggal)"


def test_what_was_found_is_quoted_as_far_as_there_is_room():
    problems = [ImportProblem("date", "i", row, "G", f"x{row}") for row in range(2, 8)]
    (one,) = grouped(problems)
    assert one.statement("en") == "“x2”, “x3”, “x4”, … is not a date."
    numbers = [ImportProblem("scientific", "i", row, "G", f"{row}E+9") for row in (2, 3)]
    assert "(2E+9, 3E+9)" in grouped(numbers)[0].statement("en")


def test_other_columns_files_remedies_and_guesses_stay_apart():
    apart = [
        Problem("cell.enum", "a.csv", 2, "type", "wbe", "web, mobile", nearest="web"),
        Problem("cell.enum", "a.csv", 3, "type", "fax", "web, mobile"),
        Problem("cell.enum", "a.csv", 3, "status", "fax", "web, mobile"),
        Problem("cell.enum", "b.csv", 3, "type", "fax", "web, mobile"),
        Problem("cell.enum", "a.csv", 3, "type", "fax", "web, mobile", is_warning=True),
        Problem("file.missing", "a.csv"),
        Problem("file.missing", "b.csv"),
    ]
    assert grouped(apart) == apart


def test_what_concerns_most_comes_first():
    given = [
        ImportProblem("date", "i", 2, "G", "x"),
        *(ImportProblem("error_cell", "i", row, "A", "#N/A") for row in (5, 6, 7)),
        ImportProblem("column_missing", "i", 1, "", "", "owner"),
        ImportProblem("hidden_rows", "i", 3, is_warning=True),
    ]
    assert [one.kind for one in arranged(given)] == ["column_missing", "error_cell", "date", "hidden_rows"]


@given(st.lists(st.integers(1, 60)))
def test_rows_survive_being_written_as_ranges(rows):
    assert rows_in(as_ranges(rows)) == sorted(set(rows))
