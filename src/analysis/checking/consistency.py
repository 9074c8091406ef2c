"""Rules across raw files: the codes and names that one file uses must exist in another."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from rapidfuzz import fuzz, process

from analysis.checking.plausibility import check_plausible, filled, not_allowed
from analysis.checking.references import check_references
from analysis.checking.translations import check_translated
from analysis.language.names import comparable
from analysis.language.problems import Problem
from analysis.language.synonyms import nearest
from analysis.raw_data.raw import Package

ALIKE = 85
"""Similarity, 0 to 100, from which a name counts as a misspelling of another."""
LINKS = (("evidence", "aspect", "aspect"), ("findings", "dimension", "working_area"))
"""Columns that hold codes of the framework: file, column, level of the framework."""
CODED_ALIKE = ("aspect", "method", "role", "locator")
"""Columns that must agree whoever codes a piece of evidence."""


def check_across(package: Package, told: Sequence[Problem] = ()) -> list[Problem]:
    """Return what is wrong inside and between files, as far as the cells concerned can be used.

    Cells may be text or numbers, and "" where they could not be used. What is `told` is not reported again,
    nor anything that only follows from the loss of its rows.
    """
    cells = {(problem.file, problem.row, problem.column) for problem in told}
    columns = {(problem.file, problem.column) for problem in told}
    found = [
        *check_plausible(package),
        *check_translated(package),
        *_check_integrations(package),
        *_check_links(package),
        *(() if ("informants.csv", "group") in columns else _check_roles(package)),
        *(() if ("evidence.csv", "evidence_id") in columns else _check_evidence_ids(package)),
    ]
    found += _check_codings(package, [*told, *found])
    found += check_references(package, [*told, *found])
    return [
        problem
        for problem in found
        if (problem.file, problem.row, problem.column) not in cells
        and (problem.row or (problem.file, problem.column) not in columns)
    ]


def _check_integrations(package: Package) -> Iterator[Problem]:
    """No application is integrated with itself; the inventory, if there is one, knows them all."""
    if "integrations" not in package:
        return
    pairs, file = package["integrations"], "integrations.csv"
    names, partners = pairs["application"].map(comparable), pairs["integrated_with"].map(comparable)
    for row, partner in filled(pairs["integrated_with"][names == partners]):
        yield Problem("row.self", file, row, "integrated_with", partner)
    yield from _check_directions(names, partners)
    if "applications" not in package:
        return
    listed = {comparable(name): name for name in package["applications"]["name"].unique()}
    others = pairs["integrated_with"].where(names != partners, "")
    for column, names in (("application", pairs["application"]), ("integrated_with", others)):
        for row, name in filled(names):
            if comparable(name) not in listed:
                near = _alike(name, listed)
                yield Problem("cell.unlisted", file, row, column, name, is_warning=True, nearest=near)


def _check_directions(names: pd.Series, partners: pd.Series) -> Iterator[Problem]:
    """No pair appears in both directions."""
    seen: dict[tuple[str, str], int] = {}
    for row, name, partner in zip(names.index, names, partners, strict=True):
        if name != partner and (first := seen.get((partner, name))):
            yield Problem("row.reversed", "integrations.csv", int(row), found=str(first), is_warning=True)
        seen.setdefault((name, partner), int(row))


def _alike(name: str, listed: Mapping[str, str]) -> str:
    """Return the listed name that a name probably stands for, by comparable form; "" for none."""
    best = process.extractOne(comparable(name), listed.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return listed[best[0]] if best else ""


def _check_roles(package: Package) -> Iterator[Problem]:
    """No role interviewed is a misspelt group of informants; a source may name more roles than it lists."""
    if "evidence" not in package or "informants" not in package:
        return
    evidence, groups = package["evidence"], {group: group for group in package["informants"]["group"]}
    interviews = evidence.loc[evidence["method"] == "interview", "role"]
    for row, role in filled(interviews):
        if role not in groups and (near := _alike(role, groups)):
            yield Problem("cell.role", "evidence.csv", row, "role", role, is_warning=True, nearest=near)


def _check_links(package: Package) -> Iterator[Problem]:
    """Codes of the framework exist at the level that the column stands for."""
    framework = package["framework"]
    words = framework[["label_id", "label_en"]].to_numpy().tolist()
    labels = dict(zip(framework["code"], words, strict=True))
    for name, column, level in LINKS:
        allowed = framework.loc[framework["level"] == level, "code"].tolist()
        for row, cell in filled(package[name][column]) if name in package else ():
            if cell not in allowed:
                yield not_allowed(f"{name}.csv", row, column, cell, allowed, labels)


def _check_codings(package: Package, told: Sequence[Problem]) -> Iterator[Problem]:
    """Codings of one piece of evidence differ in polarity and wording only, as far as cells are right."""
    if "evidence" not in package:
        return
    evidence = package["evidence"]
    said = evidence[list(CODED_ALIKE)].to_dict("index")
    wrong = {(one.row, one.column) for one in told if one.file == "evidence.csv"}
    firsts: dict[str, int] = {}
    for row, key in filled(evidence["evidence_id"]):
        first = firsts.setdefault(key, row)
        odd = [name for name in CODED_ALIKE if said[first][name] != said[row][name]]
        if odd := [name for name in odd if not {(first, name), (row, name)} & wrong]:
            yield Problem("row.recoded", "evidence.csv", row, odd[0], str(first), ", ".join(odd))


def _check_evidence_ids(package: Package) -> Iterator[Problem]:
    """A finding rests on evidence that exists."""
    if "findings" not in package or "evidence" not in package.frames:
        return
    if "evidence" not in package:
        yield Problem("file.no_evidence", "findings.csv", is_warning=True)
        return
    known = set(package["evidence"]["evidence_id"])
    for row, cell in filled(package["findings"]["evidence_ids"]):
        for evidence_id in cell.split():
            if evidence_id not in known:
                near = nearest(evidence_id, sorted(known))
                yield Problem("cell.evidence", "findings.csv", row, "evidence_ids", evidence_id, nearest=near)
