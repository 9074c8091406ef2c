"""The ledger: every printed cell and every claim of the article beside what the raw data give.

A check has a basis (how far it could have failed) and a verdict (what came out). A printed value that the
raw file simply repeats is `transcribed`: it proves careful copying only, so the headline leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

import pandas as pd

from analysis.auditing.checks import BASES, EXPLAINED, SEPARATOR, VERDICTS, Check, compare, written
from analysis.language.formats import Result
from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import rows_in, separate
from analysis.results.operations import OPERATIONS
from analysis.table_list.entries import BY_NAME
from analysis.tables.applications import TOTAL

CODED_PREFIXES = ("verdict.", "evidence.", "findings.", "audit.evidence.", "audit.short.")
Lineage = Mapping[str, Mapping[str, str]]


def verify(
    package: Package,
    tables: Mapping[str, pd.DataFrame],
    lineages: Mapping[str, pd.DataFrame],
    results: Mapping[str, Result],
    origins: Lineage,
) -> pd.DataFrame:
    """Check every printed cell and every claim of a city's source.

    Parameters
    ----------
    package : Package
        With ``published``, ``claims`` and ``discrepancies`` as far as the city has them.
    tables, lineages : mapping of str to pandas.DataFrame
        The rebuilt tables, and where their cells come from.
    results : mapping of str to Result
        The derived results by key.
    origins : mapping
        Lineage of the results by key: ``file``, ``rows``, ``rule``.

    Returns
    -------
    pandas.DataFrame
        One row per check, columns as the attributes of `Check`; cells first, then claims in order.
    """
    metric_places = _places(package, "metrics", "metric")
    checks = list(_cells(package, tables, lineages, results, origins, metric_places))
    checks += list(_claims(package, results, origins, metric_places))
    wrong = {
        place
        for check in checks
        if check.verdict == "inconsistent" and check.basis == "transcribed"
        for place in _raw_rows(check)
    }
    checks = [_blame(check, wrong) for check in checks]
    known = _known(package)
    checks = [_explain(check, known) for check in checks]
    checks += list(_unused(known, {check.entry for check in checks}))
    return pd.DataFrame([vars(check) for check in checks], columns=[field.name for field in fields(Check)])


def summarise(ledger: pd.DataFrame) -> dict[str, int]:
    """Count the ledger.

    Returns
    -------
    dict of str to int
        ``total``; ``checked`` (could have failed: neither transcribed nor undecidable) and how many of these
        are ``reproduced`` (rounding included); ``unexpected``; and the number of checks by ``basis.<basis>``,
        ``verdict.<verdict>`` and ``<basis>.<verdict>``.
    """
    could_fail = ledger[~ledger["basis"].isin(["transcribed", "none"])]
    counts = {
        "total": len(ledger),
        "checked": len(could_fail),
        "reproduced": int(could_fail["verdict"].isin(["reproduced", "rounding"]).sum()),
        "unexpected": int((~ledger["is_expected"]).sum()),
    }
    for basis in BASES:
        part = ledger[ledger["basis"] == basis]
        counts[f"basis.{basis}"] = len(part)
        counts |= {f"{basis}.{verdict}": int((part["verdict"] == verdict).sum()) for verdict in VERDICTS}
    return counts | {f"verdict.{name}": int((ledger["verdict"] == name).sum()) for name in VERDICTS}


def _cells(
    package: Package,
    tables: Mapping[str, pd.DataFrame],
    lineages: Mapping[str, pd.DataFrame],
    results: Mapping[str, Result],
    origins: Lineage,
    metric_places: Mapping[str, str],
) -> Iterator[Check]:
    if "published" not in package:
        return
    rebuilt = {name: _by_row(table, BY_NAME[name].key) for name, table in tables.items()}
    traced = {name: _by_row(lineage, "row") for name, lineage in lineages.items()}
    for printed in package["published"].itertuples(index=False):
        name, row, column = str(printed.table), str(printed.row), str(printed.column)
        check = Check(
            entry=f"{name}/{row}/{column}",
            kind="cell",
            basis="transcribed",
            verdict="failed",
            printed=str(printed.value),
            relation="equals",
            rebuilt="",
            result=column if column in results else name,
            locator=str(printed.locator),
        )
        if column in results:
            yield _decide(check, [column], 0.0, results, origins, metric_places)
        else:
            cells, origin = rebuilt.get(name, {}).get(row), traced.get(name, {}).get(row)
            if cells and origin and column in cells:
                yield _cell(check, cells[column], origin, row, column)
            else:
                yield check


def _by_row(frame: pd.DataFrame, key: str) -> dict[str, dict[str, str]]:
    """Return the cells of a frame as texts, by the key of the row (its first occurrence) and column."""
    if key not in frame.columns:
        return {}
    columns = [str(column) for column in frame.columns]
    records = (dict(zip(columns, map(str, values), strict=True)) for values in frame.to_numpy().tolist())
    found: dict[str, dict[str, str]] = {}
    for record in records:
        found.setdefault(record[key], record)
    return found


def _cell(check: Check, rebuilt: str, origin: Mapping[str, str], row: str, column: str) -> Check:
    """Compare a printed cell with the rebuilt one."""
    file, rows, rule = (origin[key] for key in ("file", "rows", "rule"))
    basis = "coded" if column == "polarity" else "recomputed" if row == TOTAL else "transcribed"
    verdict = "reproduced" if rebuilt == check.printed else "inconsistent"
    return replace(check, basis=basis, verdict=verdict, rebuilt=rebuilt, file=file, rows=rows, rule=rule)


def _claims(
    package: Package, results: Mapping[str, Result], origins: Lineage, metric_places: Mapping[str, str]
) -> Iterator[Check]:
    if "claims" not in package:
        return
    for claim in package["claims"].itertuples(index=False):
        check = Check(
            entry=str(claim.claim_id),
            kind=str(claim.kind),
            basis="none",
            verdict="not_checkable",
            printed=str(claim.printed),
            relation=str(claim.relation),
            rebuilt="",
            result=str(claim.result),
            locator=str(claim.locator),
            text_id=str(claim.text_id),
            text_en=str(claim.text_en),
            explanation_id=str(claim.needed_id),
            explanation_en=str(claim.needed_en),
        )
        keys = str(claim.result).split()
        yield (
            _decide(check, keys, float(str(claim.tolerance)), results, origins, metric_places)
            if keys
            else check
        )


def _decide(
    check: Check,
    keys: list[str],
    tolerance: float,
    results: Mapping[str, Result],
    origins: Lineage,
    metric_places: Mapping[str, str],
) -> Check:
    """Compare a printed value with every result that may decide it."""
    missing = [key for key in keys if key not in results]
    if missing:
        return replace(check, basis="recomputed", verdict="failed", rebuilt=f"? {' '.join(missing)}")
    outcomes = {compare(check.printed, check.relation, tolerance, results[key]) for key in keys}
    if outcomes == {"differs"}:
        verdict = "inconsistent"
    elif "differs" in outcomes:
        verdict = "ambiguous"
    else:
        verdict = "rounding" if "rounding" in outcomes else "reproduced"
    elsewhere = [metric_places[key] for key in keys if metric_places.get(key, check.locator) != check.locator]
    return replace(
        check,
        basis=_basis(keys, check.locator, origins, metric_places),
        verdict=verdict,
        rebuilt=SEPARATOR.join(written(results[key]) for key in keys),
        other_locator=SEPARATOR.join(dict.fromkeys(elsewhere)),
        file=SEPARATOR.join(origins[key]["file"] for key in keys),
        rows=SEPARATOR.join(origins[key]["rows"] for key in keys),
        rule=SEPARATOR.join(origins[key]["rule"] for key in keys),
    )


def _basis(keys: list[str], locator: str, origins: Lineage, metric_places: Mapping[str, str]) -> str:
    """Return how far a check could have failed, given where its results come from."""
    if any(key.startswith(CODED_PREFIXES) for key in keys):
        return "coded"
    if all(metric_places.get(key) == locator for key in keys):
        return "transcribed"
    if all(key in metric_places or _is_copy(origins[key]) for key in keys):
        return "cross_check"
    return "recomputed"


def _is_copy(origin: Mapping[str, str]) -> bool:
    """Return whether a result is one raw value as it stands, such as the count of one category."""
    is_one = origin["rows"].isdigit() and "applications" in origin["file"]
    return is_one and "/" not in origin["rule"] and origin["rule"].split("(")[0] not in OPERATIONS


def _blame(check: Check, wrong: set[tuple[str, int]]) -> Check:
    """Call a difference `failed` if the raw rows behind it no longer repeat what is printed.

    Then our file is at fault, and not the article.
    """
    is_ours = check.basis == "transcribed" or bool(_raw_rows(check) & wrong)
    return replace(check, verdict="failed") if check.verdict in EXPLAINED and is_ours else check


def _known(package: Package) -> dict[str, dict[str, str]]:
    """Return the city's known discrepancies by entry."""
    if "discrepancies" not in package:
        return {}
    frame = package["discrepancies"]
    columns = [str(column) for column in frame.columns]
    records = (dict(zip(columns, values, strict=True)) for values in frame.to_numpy().tolist())
    return {record["entry"]: record for record in records}


def _explain(check: Check, known: Mapping[str, Mapping[str, str]]) -> Check:
    """Add the explanation of a known discrepancy, and whether the check came out as expected."""
    item = known.get(check.entry)
    if item is None:
        return replace(check, is_expected=check.verdict not in (*EXPLAINED, "failed"))
    return replace(
        check,
        explanation_id=item["explanation_id"],
        explanation_en=item["explanation_en"],
        is_expected=all(getattr(check, key) == item[key] for key in ("verdict", "printed", "rebuilt")),
    )


def _unused(known: Mapping[str, Mapping[str, str]], entries: set[str]) -> Iterator[Check]:
    """Report explanations of checks that do not exist."""
    for entry in known:
        if entry not in entries:
            yield Check(entry, "cell", "none", "failed", "", "equals", "?", "", "", is_expected=False)


def _places(package: Package, name: str, key: str) -> dict[str, str]:
    if name not in package:
        return {}
    return dict(zip(package[name][key], package[name]["locator"], strict=True))


def _raw_rows(check: Check) -> set[tuple[str, int]]:
    """Return the file and number of every raw row behind a check."""
    readings = zip(check.file.split(SEPARATOR), check.rows.split(SEPARATOR), strict=False)
    places = (place for files, ranges in readings for place in separate(files, ranges))
    return {(file, row) for file, ranges in places for row in rows_in(ranges)}
