import itertools

import pandas as pd
import pytest
from helpers import bandung
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.auditing import bounds
from analysis.tables import applications
from analysis.tables.applications import CATEGORIES, TOTAL

TABLES = dict(zip(("table4", "table5", "table6"), CATEGORIES, strict=True))
PAIRS = ["first_attribute", "first", "second_attribute", "second"]


def table(attribute, counts):
    """Return counts as Table 4, 5 or 6."""
    rows = [*zip(CATEGORIES[attribute], counts, strict=True), (TOTAL, sum(counts))]
    return pd.DataFrame(rows, columns=["category", "count"])


def tables(counts):
    """Return counts by attribute as Tables 4 to 6."""
    return {name: table(attribute, counts[attribute]) for name, attribute in TABLES.items()}


def splits(total, limits):
    """Yield every way to split a total over cells none of which may exceed its limit."""
    if not limits:
        if total == 0:
            yield ()
        return
    for first in range(min(total, limits[0]) + 1):
        for rest in splits(total - first, limits[1:]):
            yield (first, *rest)


def cross_tables(rows, columns):
    """Yield every table of whole numbers with the given margins, row by row."""
    if not rows:
        if not any(columns):
            yield ()
        return
    for row in splits(rows[0], columns):
        left = tuple(total - n for total, n in zip(columns, row, strict=True))
        for rest in cross_tables(rows[1:], left):
            yield (row, *rest)


@st.composite
def small_margins(draw, most=6, widest=3):
    """Draw the margins of a small table: place every thing into a row and a column."""
    size = draw(st.integers(0, most))
    shape = draw(st.tuples(st.integers(2, widest), st.integers(2, widest)))
    placed = [draw(st.lists(st.integers(0, n - 1), min_size=size, max_size=size)) for n in shape]
    return tuple(tuple(part.count(k) for k in range(n)) for part, n in zip(placed, shape, strict=True))


@settings(max_examples=60)
@given(small_margins())
def test_the_bounds_of_every_cell_are_reached_by_some_table_with_these_margins(both):
    rows, columns = both
    found = list(cross_tables(rows, columns))
    for i, j in itertools.product(range(len(rows)), range(len(columns))):
        cells = [table[i][j] for table in found]
        assert bounds.frechet(rows[i], columns[j], sum(rows)) == (min(cells), max(cells))


@settings(max_examples=60)
@given(small_margins())
def test_categories_added_up_are_bounded_like_one_category(both):
    rows, columns = both
    sums = [table[0][0] + table[1][0] for table in cross_tables(rows, columns)]
    got = bounds.frechet(rows[0] + rows[1], columns[0], sum(rows))
    assert got == (min(sums), max(sums))


def test_every_pair_of_categories_of_different_attributes_is_bounded_once():
    got = bounds.joint_bounds(tables({name: [1] * len(codes) for name, codes in CATEGORIES.items()}))
    codes = {**CATEGORIES, "type": (*CATEGORIES["type"], "web_or_mobile")}
    expected = [
        (one, first, other, second)
        for one, other in itertools.combinations(codes, 2)
        for first in codes[one]
        for second in codes[other]
    ]
    assert list(got[PAIRS].itertuples(index=False, name=None)) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # Tables 4-6: web 222, mobile 14, own 329, operational 239, inactive 25 of 388.
        ("web_or_mobile", "operational", (236, 239, 87, 236)),
        ("own", "operational", (329, 239, 180, 239)),
        ("own", "inactive", (329, 25, 0, 25)),
        ("web", "own", (222, 329, 163, 222)),
        ("desktop", "operational", (125, 239, 0, 125)),
    ],
    ids=str,
)
def test_what_the_margins_of_bandung_say(first, second, expected):
    rebuilt = {name: applications.count_by(bandung(), attribute) for name, attribute in TABLES.items()}
    got = bounds.joint_bounds(rebuilt).set_index(["first", "second"]).loc[(first, second)]
    assert tuple(got[["first_count", "second_count", "lower", "upper"]]) == expected


@pytest.mark.parametrize(("larger", "total"), [("table4", 12), ("table5", 13), ("table6", 14)])
def test_of_totals_that_differ_the_larger_is_taken(larger, total):
    handmade = tables({"type": [8, 2, 0, 0], "ownership": [9, 1, 0], "status": [0, 0, 0, 10, 0]})
    same = bounds.joint_bounds(handmade).set_index(["first", "second"])["lower"]
    assert same[("web", "own")] == 7
    handmade[larger].loc[handmade[larger]["category"] == TOTAL, "count"] = total
    got = bounds.joint_bounds(handmade).set_index(["first", "second"])["lower"]
    assert got[("web", "own")] == max(0, 8 + 9 - total)
    assert got[("own", "operational")] == max(0, 9 + 10 - total)
