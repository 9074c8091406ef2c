"""The tables of the report in one language: conclusion, arithmetic tests, bounds, coders, files, software."""

import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from itertools import groupby
from operator import itemgetter
from typing import Any

import pandas as pd

from analysis.display.display_table import LEFT, RIGHT, DisplayTable, without_repeats
from analysis.language.formats import Result, display, integer
from analysis.language.labels import text
from analysis.publishing.renderers import quarto_version
from analysis.raw_data import raw
from analysis.raw_data.raw import Package
from analysis.reporting.report_entries import Reader

LIBRARIES = (
    *("pandas", "numpy", "networkx", "frictionless", "papermill"),
    *("matplotlib", "seaborn", "typst", "pypandoc-binary"),
)
VERDICT_KEYS = "verdict."
"""Prefix of the results that judge the conclusion under a rule."""

Records = Sequence[Mapping[str, Any]]


def table(shown: DisplayTable) -> dict[str, Any]:
    """Return a table as plain lists of texts."""
    return {
        "caption": shown.caption.replace("*", ""),
        "note": shown.note,
        "head": [str(name) for name in shown.frame.columns],
        "rows": [[str(cell) for cell in row] for row in shown.frame.to_numpy().tolist()],
        "align": list(shown.align),
        "widths": shown.widths,
        "has_total": shown.has_total,
    }


def raw_tables(package: Package, lang: str) -> list[dict[str, Any]]:
    """Return the raw files as they are: ``name``, ``caption``, ``head``, ``rows`` (number and cells)."""
    found = []
    for name, resource in package.resources.items():
        frame, title = package[name], resource[raw.TITLE[lang]]
        count = integer(len(frame), lang)
        caption = text("ledger.file_caption", lang, file=resource["path"], title=title, n=count)
        numbered = zip(frame.index, frame.to_numpy().tolist(), strict=True)
        rows = [(int(str(row)), list(map(str, cells))) for row, cells in numbered]
        found.append({"name": name, "caption": caption, "head": list(frame.columns), "rows": rows})
    return found


def versions() -> list[tuple[str, str]]:
    """Return the programs that make report and papers here, with their versions."""
    own = ("compendium", version("smart-government-compendium"))
    quarto = [("Quarto", found)] if (found := quarto_version()) else []
    libraries = [(name, version(name)) for name in LIBRARIES]
    return [own, ("Python", platform.python_version()), *libraries, *quarto]


def holds(checks: Records, reader: Reader) -> DisplayTable:
    """List under which rules each concluding statement of the article holds."""
    lang = reader.lang
    rows = []
    for check in checks:
        if check["result"].startswith(VERDICT_KEYS):
            entry = reader.entry(check)
            sides: dict[bool, list[str]] = {True: [], False: []}
            for reading in entry["readings"]:
                sides[reading["outcome"] == "reproduced"].append(reading["rule"])
            lists = ["; ".join(sides[holds]) or text("ledger.nothing", lang) for holds in (True, False)]
            rows.append([entry["entry"], entry["statement"], entry["printed"], *lists])
    keys = ("column.entry", "column.claim", "column.printed", "ledger.holds", "ledger.fails")
    frame = pd.DataFrame(rows, columns=[text(key, lang) for key in keys])
    return DisplayTable(frame, (LEFT,) * 5, text("ledger.holds_caption", lang))


def grim(tests: Records, reader: Reader) -> DisplayTable:
    """List which whole numbers can have given each printed figure, by denominator."""
    lang = reader.lang
    rows = []
    for test in tests:
        unit = "%" if test["unit"] == "percent" else ""
        key = test["denominator_key"]
        denominator = reader.figure(key) if key else text("ledger.months", lang)
        ends = [integer(test[end], lang) for end in ("least", "largest") if test[end] is not None]
        rows.append(
            [
                f"{reader.figure(test['figure'])}: {reader.number(test['printed'])}{unit}",
                f"{integer(test['denominator'], lang)} ({denominator})",
                "–".join(dict.fromkeys(ends)) or "–",
                "; ".join(map(reader.figure, test["matches"].split())) or "–",
                display(Result(bool(test["is_possible"]), "truth"), lang),
            ]
        )
    keys = ("figure", "denominator", "numerator", "matches", "possible")
    frame = pd.DataFrame(rows, columns=[text(f"ledger.{key}", lang) for key in keys])
    frame = without_repeats(frame, [str(frame.columns[0])])
    align = (LEFT, LEFT, RIGHT, LEFT, LEFT)
    return DisplayTable(frame, align, text("ledger.grim_caption", lang))


def bounds(intervals: Records, lang: str) -> list[DisplayTable]:
    """Return one table per pair of attributes: categories of one down, of the other across."""
    by_pair = groupby(intervals, itemgetter("first_attribute", "second_attribute"))
    return [_bounds(first, second, list(part), lang) for (first, second), part in by_pair]


def _bounds(first: str, second: str, part: Records, lang: str) -> DisplayTable:
    down = dict.fromkeys((row["first"], row["first_count"]) for row in part)
    across = dict.fromkeys((row["second"], row["second_count"]) for row in part)
    intervals = {
        (row["first"], row["second"]): dict.fromkeys(integer(row[end], lang) for end in ("lower", "upper"))
        for row in part
    }
    rows = [
        [_category(first, one, n, lang), *("–".join(intervals[one, other]) for other, _ in across)]
        for one, n in down
    ]
    head = [text(first, lang), *(_category(second, other, n, lang) for other, n in across)]
    caption = text("ledger.bounds_caption", lang, first=text(first, lang), second=text(second, lang))
    frame = pd.DataFrame(rows, columns=head)
    return DisplayTable(frame, (LEFT, *[RIGHT] * len(across)), caption)


def _category(attribute: str, code: str, n: int, lang: str) -> str:
    return f"{text(f'{attribute}.{code}', lang)} ({integer(n, lang)})"


def disagreements(records: Records, lang: str) -> DisplayTable:
    """List the records that coders coded differently, one column per coder."""
    coders = [name for name in records[0] if name != "evidence_id"]
    rows = [
        [item["evidence_id"], *(item[name] and text(f"polarity.{item[name]}", lang) for name in coders)]
        for item in records
    ]
    frame = pd.DataFrame(rows, columns=[text("ledger.evidence", lang), *coders])
    return DisplayTable(frame, (LEFT,) * len(frame.columns), text("ledger.disagreements", lang))


def software(lang: str) -> DisplayTable:
    """List the programs that made the report."""
    frame = pd.DataFrame(versions(), columns=[text("ledger.software", lang), text("ledger.version", lang)])
    return DisplayTable(frame, (LEFT, LEFT), text("ledger.software_caption", lang))


def files(package: Package, lang: str) -> DisplayTable:
    """List the raw files with their whole SHA-256."""
    listed = raw.list_files(package)
    frame = pd.DataFrame(
        {
            text("column.file", lang): listed["file"],
            text("column.records", lang): [integer(n, lang) for n in listed["records"]],
            text("column.sha256", lang): [digest.removeprefix("sha256:") for digest in listed["hash"]],
        }
    )
    return DisplayTable(frame, (LEFT, RIGHT, LEFT), text("ledger.files_caption", lang))
