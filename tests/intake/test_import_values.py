import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.intake.import_values import (
    THOUSANDS,
    Values,
    read_category,
    read_code,
    read_date,
    read_name,
    read_number,
    read_owner,
    read_text,
)
from analysis.intake.mapping import SpellingChoice
from analysis.intake.sheets import Cell


def read(reader, *cells):
    """Return the texts that a reader makes of cells from row 2 on, and its problems."""
    values = Values("t.xlsx [S]", "A (x)")
    listed = [cell if isinstance(cell, Cell) else Cell(cell) for cell in cells]
    reader(values, list(enumerate(listed, start=2)))
    problems = [(p.kind, p.row, p.found, p.is_warning) for p in values.problems]
    assert all((p.file, p.column) == ("t.xlsx [S]", "A (x)") for p in values.problems)
    return list(values.texts.values()), problems


@pytest.mark.parametrize(
    "reader",
    [
        read_text,
        read_name,
        read_number,
        read_code(["a"]),
        read_date(),
        read_category("type", {"x": SpellingChoice("web", 100, 1)}),
    ],
)
def test_errors_and_unsaved_formulas_are_told_in_any_column(reader):
    got = read(reader, Cell("#N/A", "error"), Cell("=A1", "formula"))
    assert got == ([None, None], [("error_cell", 2, "#N/A", False), ("formula", 3, "=A1", False)])


def test_spaces_around_a_text_and_line_breaks_in_it_are_no_part_of_it():
    assert read(read_text, "  a\n\u00a0b ", "=1+1") == (["a b", "=1+1"], [])


@pytest.mark.parametrize(
    ("cell", "kind", "is_warning"),
    [
        (Cell("2024-02-01", "date"), "date_in_text", False),
        (Cell("1,23E+11"), "scientific", False),
        (Cell("1.23e+20", "number"), "scientific", False),
        (Cell("SÃ©hat"), "mojibake", True),
        (Cell("A â€“ B"), "mojibake", True),
        (Cell("S\ufffdhat"), "mojibake", True),
    ],
)
def test_what_excel_did_to_a_text_is_told(cell, kind, is_warning):
    assert read(read_text, cell)[1] == [(kind, 2, cell.text, is_warning)]


def test_a_name_that_is_a_number_may_have_lost_its_zeros():
    texts, problems = read(read_name, Cell("112", "number"), "0112", "112", "e-112", "")
    assert texts == ["112", "0112", "112", "e-112", ""]
    assert problems == [("number_in_text", 2, "112", True), ("number_in_text", 4, "112", True)]


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("1. SIMRS 2. Antrean", True),
        ("a) SIMRS\nb) Antrean", True),
        ("- SIMRS\n- Antrean", True),
        ("SIPD; SIRUP", True),
        ("SIMPEG\ne-Kinerja\nSIAP", True),
        ("Sistem Informasi\nKepegawaian", False),
        ("Posyandu 2. 0", False),
        ("SIM-RS (1. 5)", False),
    ],
)
def test_a_cell_that_seems_to_hold_several_names_counts_as_one_and_is_told(name, is_told):
    texts, problems = read(read_name, name)
    assert texts == [" ".join(name.split())]
    assert [kind for kind, *_ in problems] == ["several_names"] * is_told


def test_mere_signs_are_no_name():
    assert read(read_name, "A", "-", "–", "a-b", "n/a", "?", "ꦱ") == (
        ["A", "", "", "a-b", "n/a", "", "ꦱ"],
        [],
    )


def test_a_code_is_one_of_those_allowed():
    texts, problems = read(read_code(["supports", "hinders"]), "suports", "hinders")
    assert (texts, problems) == ([None, "hinders"], [("code", 2, "suports", False)])


def test_a_spelling_nobody_knows_is_told_once_with_its_rows():
    choices = {
        "Web": SpellingChoice("web", 100, 2),
        "Fax": SpellingChoice("", 0, 2),
        "Wbsite": SpellingChoice("web", 92, 1),
        "": SpellingChoice("", 0, 1),
    }
    texts, problems = read(read_category("type", choices), "Web", "Fax", "Wbsite", "Fax", "", " ")
    assert texts == ["web", None, "web", None, None, None]
    assert problems == [
        ("category", 3, "Fax", False),
        ("spelling", 4, "Wbsite", True),
        ("blank_category", 6, "", False),
    ]


def test_agencies_that_stand_only_in_the_first_row_of_their_group_are_told_once():
    got = read(read_owner, "Dinkes", "", "", "Disdik", "")
    assert got == (["Dinkes", None, None, "Disdik", None], [("blank_owner", 3, "", False)])
    assert read(read_owner, "Dinkes", "") == (["Dinkes", ""], [])


def test_an_empty_cell_may_be_given_a_meaning():
    choices = {"": SpellingChoice("operational", 0, 1)}
    assert read(read_category("status", choices), "") == (["operational"], [])


def test_dates_are_read_in_the_order_that_the_column_shows():
    assert read(read_date(), "31/12/2023", "01/02/2023", "") == (["2023-12-31", "2023-02-01", ""], [])
    assert read(read_date(), "12/31/2023", "01/02/2023")[0] == ["2023-12-31", "2023-01-02"]
    assert read(read_date("month_first"), "01/02/2023") == (["2023-01-02"], [])
    assert read(read_date("day_first"), "01/02/2023") == (["2023-02-01"], [])


def test_dates_in_both_orders_are_an_error_and_in_an_unknown_order_a_warning():
    mixed, unknown = ("31/12/2023", "12/30/2023"), ("01/02/2023", "03/04/2023")
    assert read(read_date(), *mixed)[1] == [("date_mixed", 3, mixed[1], False)]
    assert read(read_date(), *unknown)[1] == [("date_order", 2, unknown[0], True)]


TURNED = (Cell("2024-03-04", "date"), Cell("2024-05-05", "date"))
"""What an Excel that expects the month first makes of 03/04/2024 and 05/05/2024."""


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (["31/03/2024"], [("date_turned", 2, "2024-03-04", True)]),
        (["31/03/2024", Cell("2024-01-13", "date")], []),
        (["2024-03-31"], []),
    ],
)
def test_where_only_dates_that_have_no_twelve_months_stayed_texts_the_others_may_be_turned(others, expected):
    assert read(read_date(), *TURNED, *others)[1] == expected


def test_a_column_without_any_full_date_is_told_once():
    assert read(read_date(), "-", "2019", "2020") == (["", None, None], [("no_date", 3, "2019", False)])
    assert read(read_date(), "2019", "2020-01-31", "2021")[1] == [
        ("date_incomplete", 2, "2019", False),
        ("date_incomplete", 4, "2021", False),
    ]


def test_a_decimal_comma_is_read_where_nothing_contradicts_it():
    read_as = (["98.5", "1.125", "-3", "2023-12", ""], [])
    assert read(read_number, "98,5", "1,125", "-3", "2023-12", "") == read_as


def test_two_decimal_marks_and_thousands_are_errors_never_guesses():
    assert read(read_number, "1,5", "1.5")[1] == [("decimal_mixed", 3, "1.5", False)]
    assert read(read_number, "1,5", "1.000")[1] == [("decimal_mixed", 3, "1.000", False)]
    assert read(read_number, "1.000", "2")[1] == [("decimal_ambiguous", 2, "1.000", False)]
    assert read(read_number, Cell("1.125", "number")) == (["1.125"], [])


def test_a_whole_part_of_zero_is_no_thousand():
    assert read(read_number, "0,125", "0.005")[1] == [("decimal_mixed", 3, "0.005", False)]
    assert read(read_number, "0.005") == (["0.005"], [])
    assert read(read_number, "0,125", "1,500") == (["0.125", "1.500"], [])


@given(
    st.lists(st.decimals(allow_nan=False, allow_infinity=False), min_size=1),
    st.integers(1, 6),
    st.sampled_from(",."),
)
def test_decimals_read_back_with_either_mark(numbers, places, mark):
    written = [f"{number:.{places}f}" for number in numbers]
    assume(places != THOUSANDS or any(text.lstrip("-").startswith("0") for text in written))
    texts, problems = read(read_number, *(text.replace(".", mark) for text in written))
    assert (texts, problems) == (written, [])
