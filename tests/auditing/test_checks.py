from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.auditing.checks import compare, written
from analysis.language.formats import Result

HOLDS = {
    "equals": (False, True, False),
    "more_than": (False, False, True),
    "at_least": (False, True, True),
    "less_than": (True, False, False),
    "at_most": (True, True, False),
}
"""Whether each relation holds of a result that is less than, equal to and more than the printed value."""

digits = st.integers(0, 3)
whole = st.integers(-3000, 3000)


def decimal(units, places):
    """Return a whole number of last digits as the decimal it stands for."""
    return Decimal(units).scaleb(-places)


@pytest.mark.parametrize(
    ("relation", "got", "expected"),
    [(name, 9 + n, holds) for name, part in HOLDS.items() for n, holds in enumerate(part)],
)
@pytest.mark.parametrize("number", [int, float])
def test_a_number_stands_in_each_relation_or_differs(relation, got, expected, number):
    outcome = compare("10", relation, 0.0, Result(number(got), "person"))
    assert outcome == ("reproduced" if expected else "differs")


@pytest.mark.parametrize(
    ("relation", "got", "expected"),
    [
        (name, got, holds)
        for name, part in HOLDS.items()
        for got, holds in zip(("2014-12-04", "2014-12-05", "2015-01-01"), part, strict=True)
    ],
)
def test_dates_are_compared_by_their_order(relation, got, expected):
    outcome = compare("2014-12-05", relation, 0.5, Result(got, "date"))
    assert outcome == ("reproduced" if expected else "differs")


@given(whole, digits, whole, digits, st.integers(0, 50), digits)
def test_a_value_equals_within_the_tolerance_exactly_when_it_is_no_further_off(a, b, c, d, e, f):
    printed, got, tolerance = decimal(a, b), decimal(c, d), decimal(e, f)
    outcome = compare(str(printed), "equals", float(tolerance), Result(float(got), "percent"))
    expected = "reproduced" if got == printed else "rounding"
    assert outcome == (expected if abs(got - printed) <= tolerance else "differs")


@given(whole, st.integers(1, 3))
def test_a_tie_of_rounding_is_within_half_of_the_last_digit_on_either_side(units, places):
    half = decimal(5, places + 1)
    for tie in (decimal(units, places) - half, decimal(units, places) + half):
        outcome = compare(str(decimal(units, places)), "equals", float(half), Result(float(tie), "percent"))
        assert outcome == "rounding"


@given(st.sampled_from(list(HOLDS)[1:]), whole, whole, st.integers(0, 10))
def test_the_tolerance_counts_for_equality_only(relation, printed, got, tolerance):
    loose, strict = (compare(str(printed), relation, limit, Result(got, "x")) for limit in (tolerance, 0.0))
    assert loose == strict


@pytest.mark.parametrize(
    ("printed", "value", "unit", "expected"),
    [
        ("infrastructure", "infrastructure", "name", "reproduced"),
        ("infrastructure", "infrastructure+open_government", "name", "differs"),
        ("true", True, "truth", "reproduced"),
        ("true", False, "truth", "differs"),
        ("false", False, "truth", "reproduced"),
        ("1", True, "truth", "differs"),
        ("0", False, "truth", "differs"),
        ("236", "236 services", "name", "differs"),
        ("many", 236, "service", "differs"),
        ("2016-12", "2016-12", "date", "reproduced"),
        ("2016-12", "2016-12-01", "date", "differs"),
        ("nan", "nan", "name", "reproduced"),
        ("007", 7, "x", "reproduced"),
        ("7.0", 7, "x", "reproduced"),
    ],
    ids=str,
)
def test_texts_truths_and_dates_are_equal_or_not(printed, value, unit, expected):
    assert compare(printed, "equals", 0.5, Result(value, unit)) == expected


@pytest.mark.parametrize("relation", HOLDS)
def test_names_and_truths_have_no_order(relation):
    assert compare("b", relation, 0.0, Result("b", "name")) == "reproduced"
    assert compare("b", relation, 0.0, Result("c", "name")) == "differs"
    assert compare("false", relation, 0.0, Result(True, "truth")) == "differs"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(True, "true"), (False, "false"), (3, "3"), (1 / 3, "0.3333333333"), (90.0, "90"), ("a b", "a b")],
    ids=str,
)
def test_values_are_written_plainly(value, expected):
    assert written(Result(value, "x")) == expected
