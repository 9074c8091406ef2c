import pandas as pd

from analysis.display.column_widths import GAP, LINE, LONGEST_WORD, SHORT, column_widths

PROSE = "a word and another " * 40
AGENCY = "Dinas Kependudukan dan Pencatatan Sipil"


def widths(**columns):
    return column_widths(pd.DataFrame(columns, dtype=str))


def test_where_all_cells_fit_a_column_is_as_wide_as_its_longest():
    assert widths(agency=[AGENCY, "x"], n=["12", "3"]) == [GAP + len(AGENCY), GAP + len("12")]


def test_a_column_of_prose_gets_what_the_others_leave_and_they_stay_on_one_line():
    dimension, finding = widths(dimension=["Open Government"], finding=[PROSE])
    assert dimension >= GAP + len("Open Government")
    assert dimension + finding == LINE


def test_longer_agencies_get_more_beside_the_same_numbers():
    numbers = {f"Beroperasi{n}": ["1"] for n in range(5)}
    short, *_ = widths(agency=["Bappeda"], **numbers)
    long, *rest = widths(agency=[AGENCY], **numbers)
    assert long > short
    assert all(width >= GAP + len("Beroperasi1") for width in rest)


def test_a_heading_may_take_two_lines_where_a_short_cell_does_not():
    heading = "Latest update of the data"
    (wide, _), (narrow, _) = (
        widths(**{name: [cell], "finding": [PROSE]})
        for name, cell in (("x", heading[:SHORT]), (heading, "x"))
    )
    assert wide > narrow


def test_one_endless_word_takes_no_more_than_a_part_of_the_line():
    first, _ = widths(word=["x" * 500], other=[PROSE])
    assert first < GAP + LONGEST_WORD + LINE / 2


def test_more_words_than_fit_share_the_line_by_their_lengths():
    got = widths(**{f"{'x' * 20}{n}": ["y"] for n in range(9)})
    assert got == [GAP + 21] * 9


def test_a_table_without_rows_has_its_headings_width():
    assert widths(key=[], value=[]) == [GAP + 3, GAP + 5]
