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
    metrics = package["metrics"]
    topic = metrics["metric"].str.split(".").str[0]
    overall = metrics["metric"].str.count(r"\.") == 1
    whole = metrics["value"].str.fullmatch(r"\d+") & ~metrics["unit"].isin(NOT_COUNTS)
    named = set(metrics.loc[overall, "metric"])
    rows: list[dict[str, object]] = []
    for figure, own_topic in zip(metrics.itertuples(index=False), topic, strict=True):
        is_percent = figure.unit == "percent"
        if not (is_percent or str(figure.unit).endswith("_per_month")) or str(figure.metric).endswith(BOUND):
            continue
        counts = metrics[whole & (topic == own_topic) & (metrics["metric"] != figure.metric)]
        values = {str(key): int(value) for key, value in zip(counts["metric"], counts["value"], strict=True)}
        denominators = (
            {k: n for k, n in values.items() if k in named and n >= SMALLEST}
            if is_percent
            else {"": MONTHS_A_YEAR}
        )
        for key, denominator in denominators.items():
            found = numerators(str(figure.value), denominator, 100 if is_percent else 1)
            rows.append(
                {
                    "figure": figure.metric,
                    "printed": figure.value,
                    "unit": figure.unit,
                    "denominator_key": key,
                    "denominator": denominator,
                    "least": found[0] if found else None,
                    "largest": found[-1] if found else None,
                    "matches": " ".join(k for k, n in values.items() if n in found),
                    "is_possible": bool(found),
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS).astype({"least": "Int64", "largest": "Int64"})
