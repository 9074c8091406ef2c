"""The audit of a city's source as a whole: ledger, arithmetic, bounds, conclusion, coders."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.auditing import audit, bounds, grim, reliability
from analysis.auditing.reliability import Agreement
from analysis.project import cities
from analysis.project.atomic import write_json, write_text
from analysis.raw_data.raw import Package
from analysis.results import verdicts
from analysis.results.export import as_csv
from analysis.results.rebuilt_files import MARK, Processed


@dataclass(frozen=True)
class Audit:
    """What an audit found.

    Parameters
    ----------
    checks : pandas.DataFrame
        The ledger, one row per check (`checks.Check`).
    counts : dict of str to int
        The ledger in numbers (`audit.summarise`).
    grim : pandas.DataFrame
        Whether printed percentages and averages can come from whole numbers (`grim.try_figures`).
    bounds : pandas.DataFrame
        What the margins say of joint counts (`bounds.joint_bounds`).
    conclusion : pandas.DataFrame
        Which dimensions fall short under which rule (`verdicts.conclude`).
    agreement : Agreement
        How far the coders of the evidence agree.
    """

    checks: pd.DataFrame
    counts: dict[str, int]
    grim: pd.DataFrame
    bounds: pd.DataFrame
    conclusion: pd.DataFrame
    agreement: Agreement

    @property
    def unexpected(self) -> pd.DataFrame:
        """The checks that came out otherwise than the city's list of known discrepancies says."""
        return self.checks[~self.checks["is_expected"].astype(bool)]


def audit_source(package: Package, rebuilt: Processed) -> Audit:
    """Audit the source that a city's raw files were transcribed from.

    Parameters
    ----------
    package : Package
        The city's raw package.
    rebuilt : Processed
        The tables and results rebuilt from it.
    """
    checks = audit.verify(package, rebuilt.tables, rebuilt.lineages, rebuilt.results, rebuilt.origins)
    return Audit(
        checks,
        audit.summarise(checks),
        grim.try_figures(package),
        bounds.joint_bounds(rebuilt.tables),
        verdicts.conclude(package),
        reliability.agreement(package["evidence"]),
    )


def save(found: Audit, city: str) -> None:
    """Write ``ledger.csv`` (one row per check) and ``ledger.json`` (the whole audit), marked if made up."""
    folders = cities.find(city)
    folder = folders.outbox.processed
    mark = {MARK: True} if folders.is_synthetic else {}
    write_text(folder / "ledger.csv", as_csv(found.checks, is_synthetic=folders.is_synthetic))
    write_json(folder / "ledger.json", {**mark, **as_json(found)})


def as_json(found: Audit) -> dict[str, Any]:
    """Return an audit as plain values by part: counts, checks, grim, bounds, conclusion, coders."""
    agreement = found.agreement
    return {
        "counts": found.counts,
        "checks": _records(found.checks),
        "grim": _records(found.grim),
        "bounds": _records(found.bounds),
        "conclusion": _records(found.conclusion),
        "coders": {
            "coders": agreement.coders,
            "records": agreement.records,
            "alpha": agreement.alpha,
            "low": agreement.low,
            "high": agreement.high,
            "disagreements": _records(agreement.disagreements),
        },
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(frame.to_json(orient="records", double_precision=15))
    return records
