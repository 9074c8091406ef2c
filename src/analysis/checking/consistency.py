"""Rules between raw files: codes and names that one file uses are those that another one has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from analysis import raw, results
from analysis.applications import EITHER
from analysis.checking.plausibility import check_plausible, filled, not_allowed
from analysis.derivations import DERIVATIONS
from analysis.findings import PLACEHOLDER
from analysis.labels import LANGUAGES
from analysis.problems import Problem, RawDataError
from analysis.raw import Package
from analysis.schemas import schemas
from analysis.wording.names import comparable
from analysis.wording.synonyms import nearest

ALIKE = 85
"""Similarity, 0 to 100, from which a name is taken for another one misspelt."""
LINKS = (("evidence", "aspect", "aspect"), ("findings", "dimension", "working_area"))
"""Columns that hold codes of the framework: file, column, level of the framework."""


def check_across(package: Package, told: Sequence[Problem] = ()) -> list[Problem]:
    """Return what is wrong inside and between files, as far as the cells concerned can be used.

    Parameters
    ----------
    package : Package
        The files that could be read; cells may be text or numbers, and "" where they could not be used.
    told : sequence of Problem
        What is known to be wrong: nothing is told of those cells again, and nothing that only follows from
        the loss of their rows.
    """
    cells = {(problem.file, problem.row, problem.column) for problem in told}
    columns = {(problem.file, problem.column) for problem in told}
    found = [
        *check_plausible(package),
        *_check_integrations(package),
        *_check_links(package),
        *(() if ("informants.csv", "group") in columns else _check_roles(package)),
        *(() if ("evidence.csv", "evidence_id") in columns else _check_evidence_ids(package)),
        *_check_results(package, told),
    ]
    return [problem for problem in found if (problem.file, problem.row, problem.column) not in cells]


def _check_integrations(package: Package) -> Iterator[Problem]:
    """No application is integrated with itself; the inventory, if there is one, knows them all."""
    if "integrations" not in package:
        return
    pairs, file = package["integrations"], "integrations.csv"
    for row, partner in filled(pairs["integrated_with"]):
        if partner == pairs.loc[row, "application"]:
            yield Problem("row.self", file, row, "integrated_with", partner)
    if "applications" not in package:
        return
    listed = {comparable(name): name for name in package["applications"]["name"].unique()}
    others = pairs["integrated_with"].where(pairs["integrated_with"] != pairs["application"], "")
    for column, names in (("application", pairs["application"]), ("integrated_with", others)):
        for row, name in filled(names):
            if comparable(name) not in listed:
                near = _alike(name, listed)
                yield Problem("cell.unlisted", file, row, column, name, is_warning=True, nearest=near)


def _alike(name: str, listed: Mapping[str, str]) -> str:
    """Return what a name probably stands for among those listed by their comparable form, "" for none."""
    best = process.extractOne(comparable(name), listed.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return listed[best[0]] if best else ""


def _check_roles(package: Package) -> Iterator[Problem]:
    """Who was interviewed is no group of informants misspelt; a source may name more roles than it lists."""
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


def _check_results(package: Package, told: Sequence[Problem]) -> Iterator[Problem]:
    """Findings ask for results that the data give; no metric is named like a derived result."""
    is_whole = not package.resources.keys() - package.frames.keys()
    is_shared = not any(problem.file == "framework.csv" for problem in told)
    if not is_whole or not is_shared or not set(EITHER) & package.frames.keys():
        return
    try:
        known = results.keys(_usable(package, told))
    except RawDataError as refusal:
        yield from refusal.problems
        return
    if "metrics" in package:
        known |= set(package["metrics"]["metric"])
    wrong = {problem.column for problem in told if problem.file == "metrics.csv" and not problem.is_warning}
    if wrong:
        known |= {derivation.key for derivation in DERIVATIONS}  # the rows left out may have given them
    for lang in LANGUAGES if "findings" in package and "metric" not in wrong else ():
        for row, cell in filled(package["findings"][f"text_{lang}"]):
            for key in PLACEHOLDER.findall(cell):
                if key not in known:
                    near = nearest(key, sorted(known))
                    place = ("findings.csv", row, f"text_{lang}")
                    yield Problem("cell.result", *place, f"{{{key}}}", nearest=near and f"{{{near}}}")


def _usable(package: Package, told: Sequence[Problem]) -> Package:
    """Leave out the rows that hold an error, and turn the others' numbers into such."""
    wrong: dict[str, set[int]] = {}
    for problem in told:
        if problem.row and not problem.is_warning:
            wrong.setdefault(problem.file, set()).add(problem.row)
    frames = {}
    for name, frame in package.frames.items():
        right = frame[~frame.index.isin(list(wrong.get(f"{name}.csv", ())))].astype("str")
        frames[name] = raw.parsed(right, schemas()[name]["schema"]["fields"], name, [])
    return replace(package, frames=frames)
