"""GRIM-style tests: whether a printed percentage or average can come from whole numbers at all.

Source of the method: N. J. L. Brown and J. A. J. Heathers (2017), "The GRIM Test", Social Psychological and
Personality Science 8 (4), 363-369, doi:10.1177/1948550616673876. It tests means of integer scales; here it
is applied to percentages of counted things and averages over a known number of months.
"""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import pandas as pd

from analysis.raw_data.raw import Package
from analysis.results.operations import MONTHS_A_YEAR

HALF = Decimal("0.5")
SMALLEST = 10
"""Smaller collections do not give percentages with decimals."""
NOT_COUNTS = ("percent", "year", "date", "month", "ordinal")
BOUND = ("_below", "_at_least", "_about")
COLUMNS = [
    *("figure", "printed", "unit", "denominator_key", "denominator"),
    *("least", "largest", "matches", "is_possible"),
]


def half_unit(printed: str) -> Decimal:
    """Return half of the last printed digit: 0.005 for "19.33", 0.5 for "90"."""
    exponent = Decimal(printed).as_tuple().exponent
    return HALF.scaleb(exponent if isinstance(exponent, int) else 0)


def numerators(printed: str, denominator: int, scale: int = 1) -> range:
    """Return the whole numbers that give the printed figure when divided by `denominator`.

    Parameters
    ----------
    printed : str
        The figure with its printed digits and a decimal point, such as "19.33".
    denominator : int
        What was divided by, above 0.
    scale : int
        100 for a percentage, 1 for an average.

    Returns
    -------
    range
        Every n with ``|scale * n / denominator - printed|`` at most half of the last printed digit, so that
        either way of rounding a tie counts; negative numbers are left out.

    Raises
    ------
    ValueError
        When `denominator` is not above 0.
    """
    if denominator <= 0:
        raise ValueError(f"denominator must be above 0, not {denominator}")
    value, half = Decimal(printed), half_unit(printed)
    lowest = ((value - half) * denominator / scale).to_integral_value(ROUND_CEILING)
    highest = ((value + half) * denominator / scale).to_integral_value(ROUND_FLOOR)
    return range(max(0, int(lowest)), int(highest) + 1)


def try_figures(package: Package) -> pd.DataFrame:
    """Test every percentage and monthly average among a city's metrics.

    A percentage is tried with every overall count (10 or more) of the same topic (keys ``topic.count``) as
    its denominator, an average with the months of a year. Percentages that are bounds are left out.

    Parameters
    ----------
    package : Package
        With ``metrics``.

    Returns
    -------
    pandas.DataFrame
        One row per figure and denominator: ``figure``, ``printed``, ``unit``, ``denominator_key`` ("" for the
        months), ``denominator``, ``least``, ``largest`` (numerators that give the figure; missing where
        none does), ``matches`` (keys of counts among these), ``is_possible``.
    """
    metrics = package["metrics"][["metric", "value", "unit"]].astype(str).to_numpy().tolist()
    whole = {key: int(value) for key, value, unit in metrics if value.isdecimal() and unit not in NOT_COUNTS}
    rows: list[tuple[object, ...]] = []
    for figure, printed, unit in metrics:
        is_percent = unit == "percent"
        if figure.endswith(BOUND) or not (is_percent or unit.endswith("_per_month")):
            continue
        topic = figure.split(".")[0]
        counts = {key: n for key, n in whole.items() if key.split(".")[0] == topic and key != figure}
        overall = {key: n for key, n in counts.items() if key.count(".") == 1 and n >= SMALLEST}
        for key, denominator in (overall if is_percent else {"": MONTHS_A_YEAR}).items():
            found = numerators(printed, denominator, 100 if is_percent else 1)
            ends = (found[0], found[-1]) if found else (None, None)
            matches = " ".join(key for key, n in counts.items() if n in found)
            rows.append((figure, printed, unit, key, denominator, *ends, matches, bool(found)))
    return pd.DataFrame(rows, columns=COLUMNS).astype({"least": "Int64", "largest": "Int64"})
