"""What margins alone say about joint counts: Fréchet-Hoeffding bounds, in place of invented data.

Source of the method: M. Fréchet (1951), "Sur les tableaux de corrélation dont les marges sont données",
Annales de l'Université de Lyon, section A, 14, 53-77; W. Hoeffding (1940), "Masstabinvariante
Korrelationstheorie".
"""

from itertools import combinations

import pandas as pd

from analysis.results.operations import at_least, at_most
from analysis.table_list.entries import COUNTS
from analysis.tables.applications import TOTAL

GROUPS = {"type": {"web_or_mobile": ("web", "mobile")}}
"""Sums of categories that the article mentions, bounded like categories."""


def joint_bounds(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Bound how many applications belong to two categories of different attributes at once.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        ``table4``, ``table5``, ``table6``: columns ``category``, ``count``, last row ``total``.

    Returns
    -------
    pandas.DataFrame
        One row per pair: ``first_attribute``, ``first``, ``second_attribute``, ``second`` (codes),
        ``first_count``, ``second_count``, ``lower``, ``upper`` (applications). Where the attributes' totals
        differ, the larger one is taken, which makes the bounds wider, never wrong.
    """
    margins = {attribute: _margins(tables[name], attribute) for attribute, name in COUNTS.items()}
    size = max(int(margin.pop(TOTAL)) for margin in margins.values())
    rows = [
        (one, a, other, b, n, m, *frechet(n, m, size))
        for one, other in combinations(margins, 2)
        for a, n in margins[one].items()
        for b, m in margins[other].items()
    ]
    columns = ["first_attribute", "first", "second_attribute", "second"]
    return pd.DataFrame(rows, columns=[*columns, "first_count", "second_count", "lower", "upper"])


def frechet(n: int, m: int, size: int) -> tuple[int, int]:
    """Return the least and the largest possible overlap of `n` and `m` things out of `size`."""
    return int(at_least((n, m), size)), int(at_most((n, m)))


def _margins(table: pd.DataFrame, attribute: str) -> dict[str, int]:
    counts = {str(code): int(n) for code, n in table[["category", "count"]].itertuples(index=False)}
    sums = {
        group: sum(counts[code] for code in members) for group, members in GROUPS.get(attribute, {}).items()
    }
    return {**counts, **sums}
