"""The audit of a city's source as a whole: ledger, arithmetic, bounds, conclusion, coders."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.auditing import audit, bounds, distinct, grim, issues, reliability
from analysis.auditing.checks import BASES, VERDICTS
from analysis.auditing.reliability import Agreement
from analysis.project import cities
from analysis.project.atomic import write_json, write_text
from analysis.raw_data.raw import Package
from analysis.results.export import as_csv
from analysis.results.rebuilt_files import MARK, Processed
from analysis.results.sensitivity import sensitivity


@dataclass(frozen=True)
class Audit:
    """What an audit found."""

    checks: pd.DataFrame  # a row a `checks.Check`
    tests: pd.DataFrame  # `distinct.tests`
    issues: list[dict[str, Any]]  # `issues.listed`
    counts: dict[str, int]  # `summarise`
    grim: pd.DataFrame  # `grim.try_figures`
    bounds: pd.DataFrame  # `bounds.joint_bounds`
    sensitivity: pd.DataFrame  # `sensitivity.sensitivity`
    agreement: Agreement  # of those who coded the evidence

    @property
    def unexpected(self) -> pd.DataFrame:
        """The checks that came out otherwise than the city's list of known discrepancies says."""
        return self.checks[~self.checks["is_expected"].astype(bool)]


def audit_source(package: Package, rebuilt: Processed) -> Audit:
    """Audit the source that a city's raw files were transcribed from, beside what was rebuilt from these."""
    checks = audit.verify(package, rebuilt)
    tests = distinct.tests(checks)
    told = issues.listed(checks, package, rebuilt.results)
    return Audit(
        checks,
        tests,
        told,
        summarise(checks, tests, told),
        grim.try_figures(package),
        bounds.joint_bounds(rebuilt.tables),
        sensitivity(package),
        reliability.agreement(package["evidence"]),
    )


def summarise(checks: pd.DataFrame, tests: pd.DataFrame, told: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Count the ledger.

    Returns
    -------
    dict of str to int
        Of what the article says: ``checked`` (distinct tests), how many of these are ``reproduced`` (rounding
        included), ``inconsistent`` or ``ambiguous``, and ``undecided`` (claims that what is published cannot
        decide). ``failed`` (what we could not rebuild) and ``unexpected`` of all checks. Tests and issues by
        who says them (`distinct.count`, `issues.count`). ``total`` and the number of checks by
        ``basis.<basis>``, ``verdict.<verdict>`` and ``<basis>.<verdict>``.
    """
    of_tests = distinct.count(tests)
    is_open = (checks["says"] == "article") & (checks["verdict"] == "not_checkable")
    counts = {
        "total": len(checks),
        "checked": of_tests["tests.article.total"],
        **{outcome: of_tests[f"tests.article.{outcome}"] for outcome in distinct.OUTCOMES},
        "undecided": int(is_open.sum()),
        "failed": int((checks["verdict"] == "failed").sum()),
        "unexpected": int((~checks["is_expected"].astype(bool)).sum()),
        **of_tests,
        **issues.count(told),
    }
    for basis in BASES:
        part = checks[checks["basis"] == basis]
        counts[f"basis.{basis}"] = len(part)
        counts |= {f"{basis}.{verdict}": int((part["verdict"] == verdict).sum()) for verdict in VERDICTS}
    return counts | {f"verdict.{name}": int((checks["verdict"] == name).sum()) for name in VERDICTS}


def save(found: Audit, city: str) -> None:
    """Write ``ledger.csv`` (one row per check) and ``ledger.json`` (the whole audit), marked if made up."""
    folders = cities.find(city)
    folder = folders.outbox.processed
    mark = {MARK: True} if folders.is_synthetic else {}
    write_text(folder / "ledger.csv", as_csv(found.checks, is_synthetic=folders.is_synthetic))
    write_json(folder / "ledger.json", {**mark, **as_json(found)})


def as_json(found: Audit) -> dict[str, Any]:
    """Return an audit as plain values, part by part."""
    return {
        "counts": found.counts,
        "checks": _records(found.checks),
        "tests": distinct.as_records(found.tests),
        "issues": found.issues,
        "grim": _records(found.grim),
        "bounds": _records(found.bounds),
        "sensitivity": _records(found.sensitivity),
        "coders": vars(found.agreement) | {"disagreements": _records(found.agreement.disagreements)},
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=15))
    return records
