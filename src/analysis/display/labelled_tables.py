"""A table whose columns and codes have labels, as people read it: the display of whatever needs no other."""

import pandas as pd
from pandas.api.types import is_numeric_dtype

from analysis.display.display_table import LEFT, RIGHT, DisplayTable
from analysis.language.formats import integer, percent
from analysis.language.labels import catalogue, text
from analysis.raw_data.raw import Package
from analysis.tables.applications import TOTAL


def labelled(table: pd.DataFrame, package: Package, lang: str, *_: str) -> DisplayTable:
    """Prepare a table for reading by the labels of its columns and codes.

    Parameters
    ----------
    table : pandas.DataFrame
        A column is headed by the text ``column.<name>``; whole numbers are written as such, fractions as
        percentages, and a code as the text ``<column>.<code>`` where there is one. The last row may be
        ``total``.
    """
    del package
    is_number = [is_numeric_dtype(table[column]) for column in table.columns]
    has_total = table.iloc[:, 0].tolist()[-1:] == [TOTAL]
    shown = pd.DataFrame(
        {text(f"column.{column}", lang): _cells(table[column], lang) for column in table.columns}
    )
    if has_total:
        shown.iloc[-1, 0] = text(TOTAL, lang)
    return DisplayTable(
        shown,
        tuple(RIGHT if number else LEFT for number in is_number),
        has_total=has_total,
    )


def _cells(column: pd.Series, lang: str) -> list[str]:
    if is_numeric_dtype(column):
        write = percent if column.dtype.kind == "f" else integer
        return [write(number, lang) for number in column]
    keys = ((f"{column.name}.{cell}", str(cell)) for cell in column)
    return [text(key, lang) if key in catalogue() else cell for key, cell in keys]
