"""The page of results: every number with its rule, the raw rows behind it, and what the ledger says of it."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from analysis.auditing.checks import raw_rows
from analysis.language.formats import display, integer
from analysis.language.units import unit_words
from analysis.raw_data.row_ranges import ALSO, rows_in, spots
from analysis.reporting.report_entries import rule_words, stem
from analysis.site import addresses
from analysis.site.study import Study
from analysis.table_list.entries import COUNTS

MOST_SHOWN = 6
"""Raw rows up to which their cells are shown, too."""
EXACT = ("share", "score", "ratio")
"""Units whose values are rounded where they are printed."""
UNSPOKEN = ("share", "percent", "truth", "name", "label", "date", "year", "IDR")
"""Units that a value as it is written speaks for itself of."""
OF_LEDGER = "ledger."


def groups(study: Study, printed: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return every result by the first part of its key; `printed` says where the paper first prints it."""
    found = [_result(study, key, printed) for key in study.processed.results]
    found += [_count(study, key, printed) for key in study.audit["counts"] if f"{OF_LEDGER}{key}" in printed]
    by_group = groupby(found, lambda one: str(one["key"]).partition(".")[0])
    return [{"name": name, "items": list(items)} for name, items in by_group]


def _result(study: Study, key: str, printed: Mapping[str, str]) -> dict[str, Any]:
    result, origin = study.processed.results[key], study.processed.origins[key]
    rows = study.rows(origin["file"], origin["rows"])
    is_few = len(rows_in(origin["rows"].replace("+", " "))) <= MOST_SHOWN
    return {
        "key": key,
        "label": study.reader.figure(key) if study.reader.figure(key) != key else "",
        "value": _value(study, key),
        "exact": str(result.value) if result.unit in EXACT else "",
        "unit": "" if result.unit in UNSPOKEN else unit_words(result.unit, study.lang),
        "rule": rule_words(origin["rule"], study.lang),
        "files": [] if rows else _files(study, origin["file"]),
        "rows": [
            {"link": row, "told": study.told(row) if is_few and row.words.isdigit() else ""} for row in rows
        ],
        "printed": printed.get(key, ""),
        "checks": [_check(study, entry) for entry in study.checks_of.get(key, ())],
        "related": _related(study, key, origin),
        "cell": _cell(study, key),
        "notebook": addresses.of_notebook("results"),
    }


def _files(study: Study, files: str) -> list[dict[str, str]]:
    """Return the raw files of a result that no row is behind."""
    names = [file for file in files.split(ALSO) if stem(file) in study.package.resources]
    return [{"name": name, "href": addresses.of_raw(stem(name))} for name in names]


def _count(study: Study, key: str, printed: Mapping[str, str]) -> dict[str, Any]:
    """Return a count of the ledger that the paper prints."""
    return {
        **dict.fromkeys(("label", "exact", "unit", "cell"), ""),
        **dict.fromkeys(("rows", "checks", "related"), ()),
        "key": f"{OF_LEDGER}{key}",
        "value": integer(study.audit["counts"][key], study.lang),
        "rule": study.words("counted"),
        "files": [{"name": "checks.csv", "href": f"{addresses.SHEET}#numbers"}],
        "printed": printed[f"{OF_LEDGER}{key}"],
        "notebook": addresses.of_notebook("ledger"),
    }


def _value(study: Study, key: str) -> str:
    """Return a result as it is printed, codes in words."""
    result = study.processed.results[key]
    shown = display(result, study.lang)
    if result.unit != "name":
        return shown
    check = {"entry": key, "kind": "", "printed": shown, "rebuilt": shown, "result": key}
    return study.reader.value(shown, check)


def _check(study: Study, entry: str) -> dict[str, Any]:
    found = study.entries[entry]
    shown = ("entry", "statement", "verdict", "verdict_label", "sign")
    return {name: found[name] for name in shown} | {"href": study.of_entry(entry)}


def _related(study: Study, key: str, origin: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return entries that rest on nothing but raw rows of a result that no entry is about."""
    if study.checks_of.get(key) or not origin["rows"]:
        return []
    own = spots(origin["file"], origin["rows"]).keys()
    return [
        _check(study, check["entry"])
        for check in study.audit["checks"]
        if len(own) <= MOST_SHOWN and (used := raw_rows(check["file"], check["rows"])) and used <= own
    ]


def _cell(study: Study, key: str) -> str:
    """Return the address of the cell of a counting table that a result is, or is a share of; "" for none."""
    for attribute, table in COUNTS.items():
        prefix = f"applications.{attribute}."
        if key.startswith(prefix):
            code = key.removeprefix(prefix).partition(".")[0]
            known = study.processed.tables[table]["category"].tolist()
            return addresses.of_cell(table, code, "count") if code in known else addresses.of_table(table)
    return ""
