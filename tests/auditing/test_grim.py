from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from helpers import bandung, make_package
from hypothesis import given
from hypothesis import strategies as st

from analysis.auditing import grim

METRICS = """\
metric,value,unit,label_id,label_en,locator
shop.items,16,item,b,b,P
shop.none,0,item,b,b,P
shop.doors,8,item,b,b,P
shop.opened,2016,year,b,b,P
shop.by_kind.toys,6,item,b,b,P
shop.by_kind.books,1,item,b,b,P
shop.share.toys,37.5,percent,b,b,P
shop.share.games,38.1,percent,b,b,P
shop.share.rest_below,50,percent,b,b,P
shop.monthly.sales,1.3,item_per_month,b,b,P
other.items,1000,item,b,b,P
"""


def rounded(ratio, places):
    """Round a fraction exactly, ties up and ties down, as whole numbers of the last printed digit."""
    scaled = ratio * 10**places
    up = (2 * scaled + 1) // 2
    down = -((1 - 2 * scaled) // 2)
    return up, down


def as_printed(units, places):
    """Write a whole number of last digits as it would be printed."""
    return str(Decimal(units).scaleb(-places))


figures = st.tuples(st.integers(0, 2), st.integers(0, 2500)).map(lambda pair: as_printed(pair[1], pair[0]))


@given(figures, st.integers(1, 40), st.sampled_from((1, 100)))
def test_the_numerators_are_all_that_round_to_the_figure_and_no_others(printed, denominator, scale):
    places = -Decimal(printed).as_tuple().exponent
    units = int(Decimal(printed).scaleb(places))
    beyond = int(Decimal(printed) * denominator / scale) + denominator + 2
    # Stay near the figure: numerators further off cannot round to it.
    nearby = range(max(0, beyond - 4 * denominator - 4), beyond)
    expected = [n for n in nearby if units in rounded(Fraction(scale * n, denominator), places)]
    assert list(grim.numerators(printed, denominator, scale)) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("19.33", "0.005"), ("90", "0.5"), ("0.5", "0.05"), ("20.0", "0.05"), ("0", "0.5")],
)
def test_half_of_the_last_printed_digit(printed, expected):
    assert grim.half_unit(printed) == Decimal(expected)


@pytest.mark.parametrize("denominator", [0, -1, -12])
def test_a_denominator_that_is_not_above_0_is_an_error(denominator):
    with pytest.raises(ValueError, match=f"not {denominator}$"):
        grim.numerators("19.33", denominator, 100)


def test_no_count_gives_a_negative_figure():
    assert not grim.numerators("-1", 5)


def test_percentages_are_tried_with_overall_counts_and_averages_with_months():
    got = grim.try_figures(make_package(metrics=METRICS))
    assert list(got.itertuples(index=False, name=None)) == [
        ("shop.share.toys", "37.5", "percent", "shop.items", 16, 6, 6, "shop.by_kind.toys", True),
        ("shop.share.games", "38.1", "percent", "shop.items", 16, pd.NA, pd.NA, "", False),
        ("shop.monthly.sales", "1.3", "item_per_month", "", 12, 15, 16, "shop.items", True),
    ]
    assert got.columns.tolist() == grim.COLUMNS


def test_a_city_without_such_figures_has_an_empty_table():
    got = grim.try_figures(make_package())
    assert got.empty
    assert got.columns.tolist() == grim.COLUMNS


@pytest.mark.parametrize(
    ("figure", "denominator", "expected"),
    [
        ("open_data.category_share_2016.population_labour", "open_data.records_2016", (209, 209)),
        ("open_data.category_share_2016.economy_finance", "open_data.records_2016", (146, 146)),
        ("open_data.monthly_stated.records", "", (1074, 1086)),
        ("open_data.monthly_stated.market", "", (162, 174)),
    ],
)
def test_the_article_s_figures_and_what_they_can_come_from(figure, denominator, expected):
    table = grim.try_figures(bandung())
    got = table[(table["figure"] == figure) & (table["denominator_key"] == denominator)].iloc[0]
    assert (got["least"], got["largest"]) == expected
    assert got["is_possible"]


def test_no_other_count_of_the_article_can_be_the_whole_of_its_category_shares():
    table = grim.try_figures(bandung())
    shares = table[table["unit"] == "percent"]
    assert set(shares.loc[shares["is_possible"], "denominator_key"]) == {"open_data.records_2016"}
    assert "open_data.datasets_2016" in set(shares["denominator_key"])


def test_the_monthly_averages_match_the_records_that_the_article_gives():
    table = grim.try_figures(bandung()).set_index("figure")["matches"]
    assert table["open_data.monthly_stated.records"] == "open_data.records_2016"
    assert table["open_data.monthly_stated.market"] == "open_data.records_2016_by_agency.market"
