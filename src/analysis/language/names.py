"""Names of applications and agencies, which are spelt in more than one way."""

import unicodedata

import pandas as pd


def comparable(text: str) -> str:
    """Return a text without differences of case, spacing and Unicode form."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def spelt_alike(names: pd.DataFrame) -> pd.DataFrame:
    """Return a frame in which names that differ only in case, spacing or Unicode form are spelt alike.

    The first spelling, row by row, is used for all.
    """
    first: dict[str, str] = {}
    for name in names.to_numpy().ravel():
        first.setdefault(comparable(name), name)
    return names.map(lambda name: first[comparable(name)])
