import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.raw_data.row_ranges import joined, row_ranges, rows_in, runs, separate

sets_of_rows = st.sets(st.integers(2, 60))


@pytest.mark.parametrize(
    ("ranges", "rows"), [("", []), ("2-4 8", [2, 3, 4, 8]), ("5", [5]), ("9-11", [9, 10, 11])]
)
def test_ranges_stand_for_rows(ranges, rows):
    assert rows_in(ranges) == rows
    assert row_ranges(rows[::-1]) == ranges


def test_what_is_no_row_number_is_passed_over():
    assert rows_in("2 descriptor 4-5") == [2, 4, 5]


@given(sets_of_rows)
def test_rows_read_back(rows):
    assert rows_in(row_ranges(list(rows))) == sorted(rows)


@given(sets_of_rows)
def test_ranges_are_as_few_as_can_be(rows):
    assert len(runs(list(rows))) == sum(row - 1 not in rows for row in rows)


def test_rows_of_several_files_are_written_as_one_and_read_back():
    places = [("a.csv", "2 5-7"), ("b.csv", "3"), ("a.csv", "5-7 9")]
    assert joined(places) == ("a.csv + b.csv", "2 5-7 9 + 3")
    assert separate(*joined(places)) == [("a.csv", "2 5-7 9"), ("b.csv", "3")]
    assert joined([joined(places), ("b.csv", "4")]) == ("a.csv + b.csv", "2 5-7 9 + 3 4")
    assert separate("", "") == [("", "")]
