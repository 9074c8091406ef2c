"""The entries of the ledger as its readers see them: every value as text in one language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any

from analysis.auditing.checks import SEPARATOR, compare
from analysis.auditing.words import Entry, Words
from analysis.display.places import place
from analysis.display.rule_words import in_words
from analysis.language.formats import Result
from analysis.language.labels import text
from analysis.raw_data.row_ranges import rows_in, separate
from analysis.results.verdicts import RULES

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

KINDS = (
    *("cell", "number", "sum", "average", "percentage", "count", "date", "comparison", "cross_reference"),
    "conclusion",
)
FEW_PLACES, FEW_PARTS = 2, 3
"""Most places that are named in full, and most sections or tables that are named."""
KEY = re.compile(r"[a-z]\w*(?:\.\w+)+")
"""What may be the key of a metric."""
RULE_NAMES = tuple(rule.name for rule in RULES)


@dataclass(frozen=True)
class Reader(Words):
    """Writes the entries of a city's ledger in one language."""

    def entry(self, check: Entry) -> dict[str, Any]:
        """Return everything that a report shows of one check (a record of ``ledger.json``)."""
        kind, printed = check["kind"], self.value(check["printed"], check)
        return {
            "entry": check["entry"],
            "id": "entry-" + re.sub(r"[^\w.]+", "-", check["entry"]),
            "kind": text(f"kind.{kind}", self.lang) if kind in KINDS else kind,
            "statement": self.statement(check),
            "place": place(check["locator"], self.lang),
            "elsewhere": place(check["other_locator"].replace(SEPARATOR, "; "), self.lang),
            "printed": text(f"relation.{check['relation']}", self.lang, value=printed),
            "readings": list(self._readings(check)),
            "basis": check["basis"],
            "basis_label": text(f"basis.{check['basis']}", self.lang),
            "verdict": check["verdict"],
            "verdict_label": text(f"verdict.{check['verdict']}", self.lang),
            "sign": SIGNS[check["verdict"]],
            "explanation": check[f"explanation_{self.lang}"],
        }

    def _readings(self, check: Entry) -> Iterator[dict[str, Any]]:
        """Yield what the raw data yield under each reading, how that compares, and where it comes from."""
        if not check["rebuilt"]:
            return
        columns = [check[key] for key in ("rebuilt", "file", "rows", "rule")]
        parts = [[cell] if check["kind"] == "cell" else cell.split(SEPARATOR) for cell in columns]
        for value, file, rows, rule in zip_longest(*parts, fillvalue=""):
            tolerance = self._tolerances.get(check["entry"], 0.0)
            outcome = compare(check["printed"], check["relation"], tolerance, Result(value, ""))
            words = rule_words(rule, self.lang)
            yield {
                "value": self.value(value, check),
                "outcome": outcome,
                "mark": MARKS[outcome],
                "said": text(f"ledger.mark.{outcome}", self.lang),
                "file": separate(file, rows)[0][0],
                "rows": list(self._links(file, rows)),
                "anchor": f"raw-{stem(file)}" if stem(file) in self.package else "",
                "place": self._place(file, rows),
                # With the label of every metric in place of its key.
                "rule": KEY.sub(lambda key: self.figure(key[0]), words),
                "is_rule": words != rule,
            }

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
            name = stem(one)
            known = set(self.package[name].index) if name in self.package else set()
            beginning = f"+ {one}: " if n else ""
            for part in ranges.split():
                first = part.split("-")[0]
                anchor = f"{name}-{first}" if first.isdigit() and int(first) in known else ""
                words = beginning + part.replace("-", "–")
                yield {"text": words, "file": one, "anchor": anchor, "rows": part}
                beginning = ""

    def _place(self, file: str, rows: str) -> str:
        """Return where in the article the raw rows are from: whole places if few, else sections."""
        found: dict[str, None] = {}
        for one, ranges in separate(file, rows):
            locators = self.package.locators.get(stem(one), {})
            found |= dict.fromkeys(locators[row] for row in sorted(set(rows_in(ranges)) & locators.keys()))
        places = list(found)
        if len(places) > FEW_PLACES:
            places = list(dict.fromkeys(one.split(" · ")[0] for one in places))
        return place("; ".join(places), self.lang) if len(places) <= FEW_PARTS else ""


def stem(file: str) -> str:
    """Return the name of a raw file."""
    return file.removesuffix(".csv")


def rule_words(rule: str, lang: str) -> str:
    """Return a rule of a lineage, or one of judging, in words; one that there are no words for as it is."""
    return text(f"ledger.rule.{rule}", lang) if rule in RULE_NAMES else in_words(rule, lang)
