"""The values and cells of the ledger in words of one language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from babel.numbers import format_decimal

from analysis.auditing.checks import SEPARATOR
from analysis.display.display_table import framework_labels
from analysis.language.formats import LOCALES, Result, display
from analysis.language.labels import text
from analysis.raw_data.raw import Package
from analysis.results.derivations import AND, NOTHING
from analysis.tables.applications import CATEGORIES, TOTAL
from analysis.tables.findings import POLARITIES

NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
DATE = re.compile(r"\d{4}-\d\d(-\d\d)?")
CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+")
NAMES = ("application", "integrated_with")
"""Columns of table cells that hold names, which are shown unchanged."""
HEADED = ("count", *NAMES, "dimension", "polarity")
"""Columns whose cells are printed; the printed results of Table 8 have labels of their own."""
YEAR_KINDS = ("date", "cross_reference")
DECIMALS = 4
CELL_PARTS = 3

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """Writes what the ledger compares in one language, with the labels and roles of a city's raw package."""

    package: Package
    lang: str

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
            return self._listed([self._codes[code] for code in written.split(AND)])
        if NUMBER.fullmatch(written):
            is_year = check["kind"] in YEAR_KINDS or check["result"].endswith("year")
            return self._number(written, is_grouped=not is_year)
        if DATE.fullmatch(written):
            return self._date(written)
        return written.replace("_", " ") if CODE.fullmatch(written) else written

    def statement(self, check: Entry) -> str:
        """Return what is checked: the claim, or which cell."""
        return str(check[f"text_{self.lang}"]) or self._cell(check["entry"])

    def cell(self, entry: str) -> str:
        """Return in words which cell ``table/row/column`` of its table is."""
        _, row, column = entry.split("/")
        return f"{self._row(row)}: {self._column(column)}"

    def figure(self, key: str) -> str:
        """Return the label of a metric, or its key where it has none."""
        return self._metrics.get(key, key)

    def number(self, written: str) -> str:
        """Write a number with all its decimals."""
        return self._number(written, is_grouped=True)

    @cached_property
    def _codes(self) -> dict[str, str]:
        """Words for the codes that results may name: of the framework, of roles, and for none at all."""
        nothing = {NOTHING: text("ledger.nothing", self.lang)}
        return {**self._roles, **framework_labels(self.package, self.lang), **nothing}

    @cached_property
    def _roles(self) -> dict[str, str]:
        if "informants" not in self.package:
            return {}
        return dict(self.package["informants"][["group", f"role_{self.lang}"]].to_numpy().tolist())

    def _listed(self, words: list[str]) -> str:
        """Return words as a list in a sentence: the last two with an "and" between them."""
        *others, last = words
        return text("figure.pair", self.lang, first=", ".join(others), second=last) if others else last

    @cached_property
    def _metrics(self) -> dict[str, str]:
        if "metrics" not in self.package:
            return {}
        metrics = self.package["metrics"]
        return dict(zip(metrics["metric"], metrics[f"label_{self.lang}"], strict=True))

    def _has_codes(self, check: Entry) -> bool:
        """Return whether all values of a check are codes with words: all are translated, or none."""
        values = [check["printed"], *(check["rebuilt"].split(SEPARATOR) if check["rebuilt"] else [])]
        return all(code and code in self._codes for value in values for code in value.split(AND))

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
        parts = entry.split("/")
        if len(parts) != CELL_PARTS:
            return entry
        table, row, column = parts
        return text(
            "ledger.cell",
            self.lang,
            table=f"{text('paper.table', self.lang)} {table.removeprefix('table')}",
            row=self._row(row),
            column=self._column(column),
        )

    def _column(self, column: str) -> str:
        """Return the heading of a column of Tables 2 to 8, or the label of the metric that is printed."""
        return text(f"column.{column}", self.lang) if column in HEADED else self.figure(column)

    def _row(self, row: str) -> str:
        """Return the words for a row of Tables 2 to 8: group of informants, category, or number."""
        if row == TOTAL:
            return text("total", self.lang)
        if row in self._roles:
            return self._roles[row]
        for attribute, names in CATEGORIES.items():
            if row in names:
                return text(f"{attribute}.{row}", self.lang)
        return text("ledger.row", self.lang, row=row)
