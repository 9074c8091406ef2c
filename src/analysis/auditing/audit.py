"""The ledger: every printed cell and every claim of the article beside what the raw data give.

A check has a basis (what is compared with what) and a verdict (what came out). A printed value that the raw
file simply repeats is `transcribed`: it proves careful copying only, and is no test.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import pandas as pd

from analysis.auditing import distinct, issues
from analysis.auditing.checks import EXPLAINED, SEPARATOR, Check, compare, raw_rows, written
from analysis.raw_data.raw import Package
from analysis.results.rebuilt_files import Processed
from analysis.table_list.entries import BY_NAME
from analysis.tables.applications import TOTAL

JUDGED_PREFIXES = ("verdict.", "findings.", "audit.short.")
"""Results that depend on how evidence and findings were coded."""
CLAIMED = ("kind", "says", "printed", "relation", "result", "locator", "text_id", "text_en")
"""What the check of a claim takes over as it is."""
NAMED, ASKED = ("set_names(",), ("is_equal(", "is_at_least(")
"""Rules that repeat a name of a list, and rules that say yes or no of a number."""


def verify(package: Package, rebuilt: Processed) -> pd.DataFrame:
    """Check every printed cell and every claim of a city's source: a row a `Check`, cells first."""
    source = _Source(package, rebuilt)
    checks = list(distinct.numbered(_blamed([*source.cells(), *source.claims()])))
    known = issues.known(package, rebuilt.results)
    checks = [_explain(check, known) for check in checks]
    checks += list(_unused(known, {check.entry for check in checks}))
    return pd.DataFrame([vars(check) for check in checks], columns=[field.name for field in fields(Check)])


def cells(package: Package, rebuilt: Processed) -> list[Check]:
    """Check the printed cells of the rebuilt tables alone."""
    checks = _Source(package, rebuilt).cells()
    return _blamed([check for check in checks if check.entry.partition("/")[0] in rebuilt.tables])


@dataclass(frozen=True)
class _Source:
    """The source of a city's raw package, beside what was rebuilt."""

    package: Package
    rebuilt: Processed

    def cells(self) -> Iterator[Check]:
        """Yield a check for every printed cell."""
        if "published" not in self.package:
            return
        results = self.rebuilt.results
        tables = {name: _by_row(table, BY_NAME[name].key) for name, table in self.rebuilt.tables.items()}
        traced = {name: _by_row(lineage, "row") for name, lineage in self.rebuilt.lineages.items()}
        for printed in issues.records(self.package["published"]):
            name, row, column = (printed[part] for part in ("table", "row", "column"))
            check = Check(
                entry=f"{name}/{row}/{column}",
                kind="cell",
                basis="transcribed",
                verdict="failed",
                printed=printed["value"],
                relation="equals",
                rebuilt="",
                result=column if column in results else name,
                says=printed["says"],
                locator=printed["locator"],
            )
            cells, origin = tables.get(name, {}).get(row), traced.get(name, {}).get(row)
            if column in results:
                yield self._decide(check, [column], 0.0)
            elif cells and origin and column in cells:
                basis = "recomputed" if row == TOTAL else "transcribed"
                verdict = "reproduced" if cells[column] == check.printed else "inconsistent"
                found = {"basis": basis, "verdict": verdict, "rebuilt": cells[column], **_lineage([origin])}
                yield replace(check, **found)
            else:
                yield check

    def claims(self) -> Iterator[Check]:
        """Yield a check for every claim."""
        if "claims" not in self.package:
            return
        for claim in issues.records(self.package["claims"]):
            taken: dict[str, Any] = {part: claim[part] for part in CLAIMED}
            check = Check(
                entry=claim["claim_id"],
                basis="none",
                verdict="not_checkable",
                rebuilt="",
                explanation_id=claim["needed_id"],
                explanation_en=claim["needed_en"],
                **taken,
            )
            keys = check.result.split()
            yield self._decide(check, keys, float(claim["tolerance"])) if keys else check

    def _decide(self, check: Check, keys: list[str], tolerance: float) -> Check:
        """Compare a printed value with every result that may decide it."""
        results, origins = self.rebuilt.results, self.rebuilt.origins
        if missing := [key for key in keys if key not in results]:
            return replace(check, basis="recomputed", verdict="failed", rebuilt=f"? {' '.join(missing)}")
        outcomes = {compare(check.printed, check.relation, tolerance, results[key]) for key in keys}
        if outcomes == {"differs"}:
            verdict = "inconsistent"
        elif "differs" in outcomes:
            verdict = "ambiguous"
        else:
            verdict = "rounding" if "rounding" in outcomes else "reproduced"
        read_at = [self._place(origins[key]) for key in keys]
        elsewhere = [place for place in read_at if place and place != check.locator]
        return replace(
            check,
            basis=self._basis(check, keys),
            verdict=verdict,
            rebuilt=SEPARATOR.join(written(results[key]) for key in keys),
            other_locator=SEPARATOR.join(dict.fromkeys(elsewhere)),
            **_lineage(origins[key] for key in keys),
        )

    def _basis(self, check: Check, keys: list[str]) -> str:
        """Return what is compared with a printed value.

        A value typed from the place where it is printed is `transcribed`; one typed from another place, or
        held against a bound, is `repeated`.
        """
        origins = [self.rebuilt.origins[key] for key in keys]
        if any(key.startswith(JUDGED_PREFIXES) for key in keys):
            return "judged"
        if not all(map(_is_read, origins)):
            return "recomputed"
        if len(keys) > 1 or check.relation != "equals" or origins[0]["rule"].startswith(ASKED):
            return "repeated"
        return "transcribed" if self._place(origins[0]) == check.locator else "repeated"

    def _place(self, origin: Mapping[str, str]) -> str:
        """Return where in the article a result was read, "" where it is from no single place."""
        if not _is_read(origin):
            return ""
        places = self.package.locators.get(origin["file"].removesuffix(".csv"), {})
        return places.get(int(origin["rows"]), "")


def _by_row(frame: pd.DataFrame, key: str) -> dict[str, dict[str, str]]:
    """Return the cells of a frame as texts, by the key of the row (its first occurrence) and column."""
    if key not in frame.columns:
        return {}
    return {record[key]: record for record in reversed(issues.records(frame))}


def _lineage(origins: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    readings = list(origins)
    return {part: SEPARATOR.join(one[part] for one in readings) for part in ("file", "rows", "rule")}


def _is_read(origin: Mapping[str, str]) -> bool:
    """Return whether a result is one raw value as it stands, or a yes or no about it."""
    file, rule = origin["file"], origin["rule"]
    is_one = origin["rows"].isdigit() and "/" not in rule
    is_category = "applications" in file and "(" not in rule
    return is_one and (rule == "copy" or is_category or rule.startswith((*NAMED, *ASKED)))


def _blamed(checks: list[Check]) -> list[Check]:
    """Return the checks, a difference as `failed` if raw rows behind it no longer repeat what is printed.

    Then our file is at fault, and not the article.
    """
    behind = [raw_rows(check.file, check.rows) for check in checks]
    is_copied = [check.basis == "transcribed" for check in checks]
    wrong = {
        row
        for check, rows, copied in zip(checks, behind, is_copied, strict=True)
        if check.verdict == "inconsistent" and copied
        for row in rows
    }
    return [
        replace(check, verdict="failed") if check.verdict in EXPLAINED and (copied or rows & wrong) else check
        for check, rows, copied in zip(checks, behind, is_copied, strict=True)
    ]


def _explain(check: Check, known: Mapping[str, Mapping[str, str]]) -> Check:
    """Add what is known of a discrepancy; and whether the check came out as expected."""
    item = known.get(check.entry)
    if item is None:
        return replace(check, is_expected=check.verdict not in (*EXPLAINED, "failed"))
    return replace(
        check,
        **{key: item[key] for key in ("explanation_id", "explanation_en", "issue", "weight")},
        is_expected=all(getattr(check, key) == item[key] for key in ("verdict", "printed", "rebuilt")),
    )


def _unused(known: Mapping[str, Mapping[str, str]], entries: set[str]) -> Iterator[Check]:
    """Report known discrepancies of checks that there are not."""
    for entry in known:
        if entry not in entries:
            unused = Check(entry, "cell", "compendium", "none", "failed", "", "equals", "?", "", "")
            yield replace(unused, is_expected=False)
