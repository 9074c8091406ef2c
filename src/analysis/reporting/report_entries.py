"""The entries of the ledger as its readers see them: every value as text in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest
from typing import Any

from babel.numbers import format_decimal

from analysis.auditing.checks import SEPARATOR, compare
from analysis.display.display_table import framework_labels
from analysis.display.rule_words import in_words
from analysis.language.formats import LOCALES, Result, display
from analysis.language.labels import text
from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import rows_in, separate
from analysis.results.verdicts import RULES
from analysis.tables.applications import CATEGORIES, TOTAL
from analysis.tables.findings import POLARITIES

SIGNS = {
    "reproduced": "✓",
    "rounding": "≈",
    "inconsistent": "≠",
    "ambiguous": "?",
    "not_checkable": "–",
    "failed": "✗",
}
"""Signs before a verdict, so that colour is not the only cue."""
MARKS = {"reproduced": "✓", "rounding": "≈", "differs": "✗"}
"""Signs before a rebuilt value, by the outcome of `checks.compare`."""

NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
DATE = re.compile(r"\d{4}-\d\d(-\d\d)?")
NAMES = ("application", "integrated_with")
"""Columns of table cells that hold names, which are shown unchanged."""
KINDS = (
    *("cell", "number", "sum", "average", "percentage", "count", "date", "comparison", "cross_reference"),
    "conclusion",
)
YEAR_KINDS = ("date", "cross_reference")
DECIMALS = 4
FEW_PLACES, FEW_PARTS = 2, 3
"""Most places that are named in full, and most sections or tables that are named."""
CELL_PARTS = 3
RULE_NAMES = tuple(rule.name for rule in RULES)

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Reader:
    """Writes the entries of a city's ledger in one language.

    Parameters
    ----------
    package : Package
        The city's raw package: labels, roles, places in the article.
    lang : {"id", "en"}
        The language.
    """

    package: Package
    lang: str

    def entry(self, check: Entry) -> dict[str, Any]:
        """Return everything that a report shows of one check (a record of ``ledger.json``)."""
        kind, printed = check["kind"], self.value(check["printed"], check)
        return {
            "entry": check["entry"],
            "id": "entry-" + re.sub(r"[^\w.]+", "-", check["entry"]),
            "kind": text(f"kind.{kind}", self.lang) if kind in KINDS else kind,
            "statement": check[f"text_{self.lang}"] or self._cell(check["entry"]),
            "place": check["locator"],
            "elsewhere": check["other_locator"].replace(SEPARATOR, "; "),
            "printed": text(f"relation.{check['relation']}", self.lang, value=printed),
            "readings": list(self._readings(check)),
            "basis": check["basis"],
            "basis_label": text(f"basis.{check['basis']}", self.lang),
            "verdict": check["verdict"],
            "verdict_label": text(f"verdict.{check['verdict']}", self.lang),
            "sign": SIGNS[check["verdict"]],
            "explanation": check[f"explanation_{self.lang}"],
        }

    def value(self, written: str, check: Entry) -> str:
        """Return a printed or rebuilt value of `check`: numbers and dates in the language, codes in words."""
        column = check["entry"].split("/")[-1]
        if check["kind"] == "cell" and column in NAMES:
            return written
        if written in ("true", "false"):
            return display(Result(written == "true", "truth"), self.lang)
        if written in POLARITIES:
            return text(f"polarity.{written}", self.lang)
        if (check["kind"] != "cell" or column == "dimension") and self._has_codes(check):
            return " + ".join(self._framework[code] for code in written.split("+"))
        if NUMBER.fullmatch(written):
            is_year = check["kind"] in YEAR_KINDS or check["result"].endswith("year")
            return self._number(written, is_grouped=not is_year)
        return self._date(written) if DATE.fullmatch(written) else written

    def figure(self, key: str) -> str:
        """Return the label of a metric, or its key where it has none."""
        return self._metrics.get(key, key)

    def number(self, written: str) -> str:
        """Write a number with all its decimals."""
        return self._number(written, is_grouped=True)

    @cached_property
    def _framework(self) -> dict[str, str]:
        return framework_labels(self.package, self.lang)

    @cached_property
    def _metrics(self) -> dict[str, str]:
        if "metrics" not in self.package:
            return {}
        metrics = self.package["metrics"]
        return dict(zip(metrics["metric"], metrics[f"label_{self.lang}"], strict=True))

    def _has_codes(self, check: Entry) -> bool:
        """Return whether all values of a check are codes of the framework: all are translated, or none."""
        values = [check["printed"], *(check["rebuilt"].split(SEPARATOR) if check["rebuilt"] else [])]
        return all(code and code in self._framework for value in values for code in value.split("+"))

    def _number(self, written: str, *, is_grouped: bool) -> str:
        decimals = len(written.partition(".")[2])
        pattern = "#,##0." + ("#" * DECIMALS if decimals > DECIMALS else "0" * decimals)
        return format_decimal(
            Decimal(written), pattern, locale=LOCALES[self.lang], group_separator=is_grouped
        )

    def _date(self, written: str) -> str:
        try:
            date.fromisoformat(f"{written}-01"[:10])
        except ValueError:
            return written
        return display(Result(written, "date"), self.lang)

    def _cell(self, entry: str) -> str:
        """Return in words which cell ``table/row/column`` is."""
        parts = entry.split("/")
        if len(parts) != CELL_PARTS:
            return entry
        table, row, column = parts
        heading = {
            "count": "column.count",
            "application": "column.application",
            "integrated_with": "column.integrated_with",
            "dimension": "column.dimension",
            "polarity": "column.polarity",
        }.get(column)
        return text(
            "ledger.cell",
            self.lang,
            table=f"{text('paper.table', self.lang)} {table.removeprefix('table')}",
            row=self._row(row),
            column=text(heading, self.lang) if heading else self.figure(column),
        )

    def _row(self, row: str) -> str:
        """Return the words for a row of Tables 2 to 8: group of informants, category, or number."""
        if row == TOTAL:
            return text("total", self.lang)
        informants = self.package.frames.get("informants")
        if informants is not None and row in set(informants["group"]):
            return str(informants.loc[informants["group"] == row, f"role_{self.lang}"].iloc[0])
        for attribute, names in CATEGORIES.items():
            if row in names:
                return text(f"{attribute}.{row}", self.lang)
        return text("ledger.row", self.lang, row=row)

    def _readings(self, check: Entry) -> Iterator[dict[str, Any]]:
        """Yield what the raw data yield under each reading, how that compares, and where it comes from."""
        if not check["rebuilt"]:
            return
        columns = [check[key] for key in ("rebuilt", "file", "rows", "rule")]
        parts = [[cell] if check["kind"] == "cell" else cell.split(SEPARATOR) for cell in columns]
        for value, file, rows, rule in zip_longest(*parts, fillvalue=""):
            outcome = compare(check["printed"], check["relation"], self._tolerance(check), Result(value, ""))
            yield {
                "value": self.value(value, check),
                "outcome": outcome,
                "mark": MARKS[outcome],
                "said": text(f"ledger.mark.{outcome}", self.lang),
                "file": separate(file, rows)[0][0],
                "rows": list(self._links(file, rows)),
                "anchor": f"raw-{_stem(file)}" if _stem(file) in self.package else "",
                "place": self._place(file, rows),
                "rule": text(f"ledger.rule.{rule}", self.lang)
                if rule in RULE_NAMES
                else in_words(rule, self.lang),
                "is_rule": rule in RULE_NAMES,
            }

    def _tolerance(self, check: Entry) -> float:
        return self._tolerances.get(check["entry"], 0.0)

    @cached_property
    def _tolerances(self) -> dict[str, float]:
        if "claims" not in self.package:
            return {}
        claims = self.package["claims"]
        return {entry: float(n) for entry, n in zip(claims["claim_id"], claims["tolerance"], strict=True)}

    def _links(self, file: str, rows: str) -> Iterator[dict[str, str]]:
        """Yield the ranges of rows of raw files, with the anchor of the first row of each.

        The first range of a second file, and of any further one, begins with the name of that file.
        """
        for n, (one, ranges) in enumerate(separate(file, rows)):
            stem = _stem(one)
            known = set(self.package[stem].index) if stem in self.package else set()
            beginning = f"+ {one}: " if n else ""
            for part in ranges.split():
                first = part.split("-")[0]
                anchor = f"{stem}-{first}" if first.isdigit() and int(first) in known else ""
                yield {
                    "text": beginning + part.replace("-", "–"),
                    "file": one,
                    "anchor": anchor,
                    "rows": part,
                }
                beginning = ""

    @cached_property
    def _locators(self) -> dict[str, dict[int, str]]:
        """Where in the article each raw row comes from, by file and row."""
        located = {stem: table for stem, table in self.package.frames.items() if "locator" in table}
        return {
            stem: dict(zip(table.index.tolist(), table["locator"].tolist(), strict=True))
            for stem, table in located.items()
        }

    def _place(self, file: str, rows: str) -> str:
        """Return where in the article the raw rows are from: whole places if few, else sections."""
        found: dict[str, None] = {}
        for one, ranges in separate(file, rows):
            locators = self._locators.get(_stem(one), {})
            found |= dict.fromkeys(locators[row] for row in sorted(set(rows_in(ranges)) & locators.keys()))
        places = list(found)
        if len(places) > FEW_PLACES:
            places = list(dict.fromkeys(place.split(" · ")[0] for place in places))
        return "; ".join(places) if len(places) <= FEW_PARTS else ""


def _stem(file: str) -> str:
    return file.removesuffix(".csv")
