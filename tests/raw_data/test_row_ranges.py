import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.raw_data.row_ranges import row_ranges, rows_in, runs

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
