import pytest

from analysis.intake import sheets
from analysis.intake.sheets import Cell, ImportProblem, Sheet
from analysis.language.labels import catalogue


def test_columns_have_the_letters_that_excel_shows():
    assert [sheets.letter(column) for column in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]


def test_a_cell_beyond_the_rows_is_empty():
    sheet = Sheet("t.csv", "", [[Cell("a")]])
    assert [sheet.cell(1, 1).text, sheet.cell(1, 2).text, sheet.cell(2, 1).text] == ["a", "", ""]


def test_a_problem_names_file_sheet_row_column_and_the_nearest_match(lang):
    sheet = Sheet("inventaris.xlsx", "Sheet1", [])
    problem = ImportProblem("code", sheet.place, 7, "F (Status)", "x", "a, b", nearest="a")
    for part in ("inventaris.xlsx [Sheet1]", "7", "F (Status)", "x", "a, b"):
        assert part in problem.line(lang)
    assert {"id": "Mungkin", "en": "Perhaps"}[lang] in problem.message(lang)
    assert problem.remedy(lang) in problem.line(lang)


@pytest.mark.parametrize(("lang", "most"), [("id", "500.000"), ("en", "500,000")])
def test_sizes_are_written_as_the_language_does(lang, most):
    problem = ImportProblem("many_cells", "t.xlsx", expected=str(sheets.MAX_CELLS))
    assert most in problem.message(lang)
    problem = ImportProblem("too_large", "t.csv", found="7 × 60000", expected="50000 × 500")
    assert {"id": "7 × 60.000", "en": "7 × 60,000"}[lang] in problem.message(lang)


def test_every_problem_has_a_remedy_and_the_other_way_round():
    kinds = [
        {key.removeprefix(f"import.{part}.") for key in catalogue() if key.startswith(f"import.{part}.")}
        for part in ("problem", "remedy")
    ]
    assert kinds[0] == kinds[1]
