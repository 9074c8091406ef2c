"""Where every number comes from: results by key, and cells of tables as ``table/row/column``."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import pandas as pd

from analysis.language.formats import Result, display
from analysis.language.labels import LANGUAGES
from analysis.raw_data.row_ranges import separate
from analysis.results.rebuilt_files import Processed
from analysis.table_list.entries import BY_NAME

MOST_NEAR = 8
"""Keys that are named where an unknown one was asked for."""


@dataclass(frozen=True)
class Origin:
    """A number: its key, its value, and the rule and raw rows that it follows from."""

    key: str
    result: Result
    rule: str
    places: tuple[tuple[str, str], ...]
    """Raw files, each with its rows: ``2-5 8``."""


def every(rebuilt: Processed) -> dict[str, Origin]:
    """Return the origin of every result and of every cell of the rebuilt tables, by key."""
    found = {
        key: _origin(key, result, rebuilt.origins[key])
        for key, result in rebuilt.results.items()
        if key in rebuilt.origins
    }
    cells = (one for name, table in rebuilt.tables.items() for one in _cells(name, table, rebuilt))
    return found | {one.key: one for one in cells}


def near(key: str, known: Iterable[str]) -> list[str]:
    """Return the keys that begin as one that is not known, or else those spelt much like it."""
    names = list(known)
    below = [name for name in names if key and name.startswith(key)]
    return below[:MOST_NEAR] or get_close_matches(key, names, n=MOST_NEAR)


def printed_as(asked: str, found: Mapping[str, Origin]) -> list[Origin]:
    """Return the numbers whose printed form in either language was asked for: 61.6, 61,6 or 61,6 %."""
    wanted = _bare(asked)
    return [
        one for one in found.values() if wanted in {_bare(display(one.result, lang)) for lang in LANGUAGES}
    ]


def _bare(number: str) -> str:
    return "".join(number.split()).removesuffix("%").casefold()


def _cells(name: str, table: pd.DataFrame, rebuilt: Processed) -> Iterator[Origin]:
    """Yield the origins of a table's cells, in which one line of the lineage may be about several."""
    key = BY_NAME[name].key
    if not key:
        return
    rows = {str(row[key]): row for row in table.to_dict(orient="records")}
    for line in rebuilt.lineages[name].to_dict(orient="records"):
        row = rows.get(str(line["row"]), {})
        for column in str(line["column"]).split():
            if column in row:
                unit = "name" if isinstance(row[column], str) else ""
                yield _origin(f"{name}/{line['row']}/{column}", Result(row[column], unit), line)


def _origin(key: str, result: Result, line: Mapping[Any, Any]) -> Origin:
    places = separate(line["file"], line["rows"]) if line["file"] else []
    return Origin(key, result, str(line["rule"]), tuple(places))
