"""Table 7: which applications are integrated, and the graph that the integrations make."""

from __future__ import annotations

import networkx as nx
import pandas as pd

from analysis.language.names import spelt_alike
from analysis.raw_data.raw import Package


def list_integrations(package: Package) -> pd.DataFrame:
    """List the integrations in the order of the raw file.

    Parameters
    ----------
    package : Package
        With ``integrations`` (columns ``application``, ``integrated_with``).

    Returns
    -------
    pandas.DataFrame
        Columns ``number`` (1, 2, …), ``application``, ``integrated_with``, ``component`` (1 for the largest
        set of connected applications). An application whose spellings differ only in case and
        spacing has its first spelling everywhere.
    """
    pairs = spelt_alike(package["integrations"][["application", "integrated_with"]]).reset_index(drop=True)
    pairs.insert(0, "number", pairs.index + 1)
    place = {name: n for n, names in enumerate(components(pairs), start=1) for name in names}
    return pairs.assign(component=pairs["application"].map(place).astype("int64"))


def trace(package: Package) -> pd.DataFrame:
    """Say which raw row each integration comes from; columns as those of `applications.trace`."""
    rows = package["integrations"].index
    return pd.DataFrame(
        {
            "row": range(1, len(rows) + 1),
            "column": "application integrated_with",
            "file": "integrations.csv",
            "rows": rows.astype(str),
            "rule": "copy",
        }
    )


def graph(table: pd.DataFrame) -> nx.Graph[str]:
    """Return the undirected graph whose edges are the rows of Table 7."""
    return nx.from_pandas_edgelist(table, "application", "integrated_with")


def components(table: pd.DataFrame) -> list[set[str]]:
    """Return the sets of connected applications, largest first, then by name."""
    return sorted(nx.connected_components(graph(table)), key=lambda names: (-len(names), min(names)))


def hub(table: pd.DataFrame) -> tuple[str, int]:
    """Return the application with the most partners and their number; of several, the first by name.

    Whether it stands out, `has_hub` tells.

    Raises
    ------
    ValueError
        When the table has no rows.
    """
    degrees = dict(graph(table).degree())
    name = min(degrees, key=lambda node: (-degrees[node], node))
    return name, degrees[name]


def has_hub(table: pd.DataFrame) -> bool:
    """Return whether one application has more than one partner, and more than any other has."""
    degrees = sorted((degree for _, degree in graph(table).degree()), reverse=True)
    return len(degrees) > 1 and degrees[0] > max(1, degrees[1])
