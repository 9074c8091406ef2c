"""The ledger: every printed cell and every claim of the article beside what the raw data give.

A check has a basis (what is compared with what) and a verdict (what came out). A printed value that the raw
file simply repeats is `transcribed`: it proves careful copying only, and is no test.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace

import pandas as pd

from analysis.auditing import distinct, issues
from analysis.auditing.checks import EXPLAINED, SEPARATOR, Check, compare, written
from analysis.language.formats import Result
from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import rows_in, separate
from analysis.table_list.entries import BY_NAME
from analysis.tables.applications import TOTAL

JUDGED_PREFIXES = ("verdict.", "findings.", "audit.short.")
"""Results that depend on how evidence and findings were coded."""
NAMED, ASKED = ("set_names(",), ("is_equal(", "is_at_least(")
"""Rules that repeat a name of a list, and rules that say yes or no of a number."""
Lineage = Mapping[str, Mapping[str, str]]
Places = Mapping[tuple[str, int], str]
"""Where in the article a raw row is from, by file and row."""


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
        With ``published``, ``claims``, ``discrepancies`` and ``issues`` as far as the city has them.
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
    places = _places(package)
    checks = list(_cells(package, tables, lineages, results, origins, places))
    checks += list(_claims(package, results, origins, places))
    checks = _blamed(checks)
    checks = list(distinct.numbered(checks))
    known = issues.known(package, results)
    checks = [_explain(check, known) for check in checks]
    checks += list(_unused(known, {check.entry for check in checks}))
    return pd.DataFrame([vars(check) for check in checks], columns=[field.name for field in fields(Check)])


def cells(
    package: Package,
    tables: Mapping[str, pd.DataFrame],
    lineages: Mapping[str, pd.DataFrame],
    results: Mapping[str, Result],
    origins: Lineage,
) -> list[Check]:
    """Check the printed cells of the given tables alone; parameters as of `verify`."""
    checks = _cells(package, tables, lineages, results, origins, _places(package))
    return _blamed([check for check in checks if check.entry.partition("/")[0] in tables])


def _cells(
    package: Package,
    tables: Mapping[str, pd.DataFrame],
    lineages: Mapping[str, pd.DataFrame],
    results: Mapping[str, Result],
    origins: Lineage,
    places: Places,
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
            says=str(printed.says),
            basis="transcribed",
            verdict="failed",
            printed=str(printed.value),
            relation="equals",
            rebuilt="",
            result=column if column in results else name,
            locator=str(printed.locator),
        )
        if column in results:
            yield _decide(check, [column], 0.0, results, origins, places)
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
    basis = "recomputed" if row == TOTAL else "transcribed"
    verdict = "reproduced" if rebuilt == check.printed else "inconsistent"
    return replace(check, basis=basis, verdict=verdict, rebuilt=rebuilt, file=file, rows=rows, rule=rule)


def _claims(
    package: Package, results: Mapping[str, Result], origins: Lineage, places: Places
) -> Iterator[Check]:
    if "claims" not in package:
        return
    for claim in package["claims"].itertuples(index=False):
        check = Check(
            entry=str(claim.claim_id),
            kind=str(claim.kind),
            says=str(claim.says),
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
        yield (_decide(check, keys, float(str(claim.tolerance)), results, origins, places) if keys else check)


def _decide(
    check: Check,
    keys: list[str],
    tolerance: float,
    results: Mapping[str, Result],
    origins: Lineage,
    places: Places,
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
    read_at = [_place(origins[key], places) for key in keys]
    elsewhere = [place for place in read_at if place and place != check.locator]
    return replace(
        check,
        basis=_basis(check, keys, origins, places),
        verdict=verdict,
        rebuilt=SEPARATOR.join(written(results[key]) for key in keys),
        other_locator=SEPARATOR.join(dict.fromkeys(elsewhere)),
        file=SEPARATOR.join(origins[key]["file"] for key in keys),
        rows=SEPARATOR.join(origins[key]["rows"] for key in keys),
        rule=SEPARATOR.join(origins[key]["rule"] for key in keys),
    )


def _basis(check: Check, keys: list[str], origins: Lineage, places: Places) -> str:
    """Return what is compared with a printed value.

    A value typed from the place where it is printed is `transcribed`; one typed from another place, or held
    against a bound, is `repeated`.
    """
    if any(key.startswith(JUDGED_PREFIXES) for key in keys):
        return "judged"
    if not all(_is_read(origins[key]) for key in keys):
        return "recomputed"
    if len(keys) > 1 or check.relation != "equals" or origins[keys[0]]["rule"].startswith(ASKED):
        return "repeated"
    return "transcribed" if _place(origins[keys[0]], places) == check.locator else "repeated"


def _is_read(origin: Mapping[str, str]) -> bool:
    """Return whether a result is one raw value as it stands, or a yes or no about it."""
    file, rule = origin["file"], origin["rule"]
    is_one = origin["rows"].isdigit() and "/" not in rule
    is_category = "applications" in file and "(" not in rule
    return is_one and (rule == "copy" or is_category or rule.startswith((*NAMED, *ASKED)))


def _place(origin: Mapping[str, str], places: Places) -> str:
    """Return where in the article a result was read, "" where it is from no single place."""
    return places.get((origin["file"], int(origin["rows"])), "") if _is_read(origin) else ""


def _blamed(checks: list[Check]) -> list[Check]:
    """Return the checks; where a raw row no longer repeats what is printed, the fault is ours."""
    wrong = {
        place
        for check in checks
        if check.verdict == "inconsistent" and check.basis == "transcribed"
        for place in _raw_rows(check)
    }
    return [_blame(check, wrong) for check in checks]


def _blame(check: Check, wrong: set[tuple[str, int]]) -> Check:
    """Call a difference `failed` if the raw rows behind it no longer repeat what is printed.

    Then our file is at fault, and not the article.
    """
    is_ours = check.basis == "transcribed" or bool(_raw_rows(check) & wrong)
    return replace(check, verdict="failed") if check.verdict in EXPLAINED and is_ours else check


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


def _places(package: Package) -> dict[tuple[str, int], str]:
    located = {name: frame["locator"] for name, frame in package.frames.items() if "locator" in frame}
    return {
        (f"{name}.csv", row): str(place)
        for name, cells in located.items()
        for row, place in zip(cells.index.tolist(), cells.tolist(), strict=True)
    }


def _raw_rows(check: Check) -> set[tuple[str, int]]:
    """Return the file and number of every raw row behind a check."""
    readings = zip(check.file.split(SEPARATOR), check.rows.split(SEPARATOR), strict=False)
    places = (place for files, ranges in readings for place in separate(files, ranges))
    return {(file, row) for file, ranges in places for row in rows_in(ranges)}
