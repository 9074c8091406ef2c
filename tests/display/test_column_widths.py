import pandas as pd

from analysis.display.column_widths import GAP, LINE, LONGEST_WORD, column_widths

PROSE = "a word and another " * 40
AGENCY = "Dinas Kependudukan dan Pencatatan Sipil"


def widths(**columns):
    return column_widths(pd.DataFrame(columns, dtype=str))


def test_where_all_cells_fit_a_column_is_as_wide_as_its_longest():
    assert widths(agency=[AGENCY, "x"], n=["12", "3"]) == [GAP + len(AGENCY), GAP + len("12")]


def test_a_column_of_prose_gets_what_the_others_leave():
    dimension, finding = widths(dimension=["Infrastructure"], finding=[PROSE])
    assert (dimension, finding) == (GAP + len("Infrastructure"), LINE - GAP - len("Infrastructure"))


def test_a_short_cell_stays_on_one_line_unless_prose_beside_it_took_more_lines():
    short, findings = "Open Government", [PROSE[:n] for n in range(50, 700, 7)]
    alone, among_many = (
        widths(dimension=[short] + [""] * (len(rows) - 1), finding=rows)[0]
        for rows in (findings[:1], findings)
    )
    assert alone >= GAP + len(short) > among_many >= GAP + len("Government")


def test_longer_agencies_get_more_beside_the_same_numbers():
    numbers = {f"Beroperasi{n}": ["1"] for n in range(5)}
    short, *_ = widths(agency=["Bappeda"], **numbers)
    long, *rest = widths(agency=[AGENCY], **numbers)
    assert long > short
    assert all(width >= GAP + len("Beroperasi1") for width in rest)


def test_one_endless_word_takes_no_more_than_a_part_of_the_line():
    first, _ = widths(word=["x" * 500], other=[PROSE])
    assert first < GAP + LONGEST_WORD + LINE / 2


def test_more_words_than_fit_share_the_line_by_their_lengths():
    got = widths(**{f"{'x' * 20}{n}": ["y"] for n in range(9)})
    assert got == [GAP + 21] * 9


def test_a_table_without_rows_has_its_headings_width():
    assert widths(key=[], value=[]) == [GAP + 3, GAP + 5]
