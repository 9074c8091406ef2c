"""How far coders agree: Krippendorff's alpha with a bootstrap interval, and where they differ.

Source of the method: K. Krippendorff (2019), Content Analysis: An Introduction to Its Methodology, 4th ed.,
ch. 12. The interval is a percentile bootstrap over coded records.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.tables.findings import POLARITIES

DRAWS, SEED, LEVEL = 1000, 20201122, 0.95
FEWEST_CODERS = 2


@dataclass(frozen=True)
class Agreement:
    """Agreement of the coders on polarity."""

    coders: int
    records: int  # that two or more of them coded
    # Krippendorff's alpha for ordinal data (hinders < mixed < supports), with the ends of its 95 % bootstrap
    # interval; None with one coder, or where all codes are the same and alpha is not defined.
    alpha: float | None
    low: float | None
    high: float | None
    disagreements: pd.DataFrame  # ``evidence_id`` and one column per coder


def agreement(evidence: pd.DataFrame) -> Agreement:
    """Measure how far the coders agree on the polarity of the evidence.

    Parameters
    ----------
    evidence : pandas.DataFrame
        One row per coding: columns ``evidence_id``, ``coder``, ``polarity``.
    """
    wide = evidence.pivot_table(index="coder", columns="evidence_id", values="polarity", aggfunc="first")
    shared = wide.loc[:, wide.notna().sum() >= FEWEST_CODERS]
    differing = shared.loc[:, shared.nunique() > 1].T.fillna("").rename_axis(columns=None).reset_index()
    if len(wide) < FEWEST_CODERS or shared.shape[1] == 0:
        return Agreement(len(wide), shared.shape[1], None, None, None, differing)
    codes = shared.replace({name: n for n, name in enumerate(reversed(POLARITIES))}).astype(float).to_numpy()
    generator = np.random.default_rng(SEED)
    draws = [_alpha(codes[:, generator.integers(0, codes.shape[1], codes.shape[1])]) for _ in range(DRAWS)]
    defined = [draw for draw in draws if draw is not None]
    tail = (1 - LEVEL) / 2
    low, high = (float(np.quantile(defined, q)) for q in (tail, 1 - tail)) if defined else (None, None)
    return Agreement(len(wide), codes.shape[1], _alpha(codes), low, high, differing)


def _alpha(codes: np.ndarray) -> float | None:
    """Return alpha of ordinal codes: one row a coder, one column a record, NaN where there is no code."""
    values = np.unique(codes[~np.isnan(codes)])
    if len(values) < FEWEST_CODERS:
        return None
    counts = np.stack([(codes == value).sum(axis=0) for value in values])
    weighed = counts / (counts.sum(axis=0) - 1)
    coincidences = weighed @ counts.T - np.diag(weighed.sum(axis=1))
    totals = coincidences.sum(axis=1)
    middles = totals.cumsum() - totals / 2
    distances = (middles[:, None] - middles) ** 2
    expected = (np.outer(totals, totals) * distances).sum() / (totals.sum() - 1)
    return float(1 - (coincidences * distances).sum() / expected)
