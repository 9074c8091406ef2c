"""The whole audit as its readers see it: the texts that page and PDF show, in one language."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.auditing import audit_tables, conclusion_tables
from analysis.auditing.checks import AGREES, BASES, VERDICTS
from analysis.display.display_table import city_name
from analysis.language.formats import Result, display, integer
from analysis.language.labels import text, texts
from analysis.publishing import declarations
from analysis.raw_data import raw
from analysis.raw_data.raw import Package
from analysis.reporting import report_tables
from analysis.reporting.report_entries import SIGNS, Reader
from analysis.reporting.report_issues import issues
from analysis.reporting.report_tables import table
from analysis.results.sensitivity import COLUMNS

REFERENCES = {
    "grim": (
        "N. J. L. Brown & J. A. J. Heathers (2017), The GRIM Test: A Simple Technique Detects Numerous "
        "Anomalies in the Reporting of Results in Psychology, Social Psychological and Personality Science "
        "8 (4), 363–369, doi:10.1177/1948550616673876"
    ),
    "bounds": (
        "M. Fréchet (1951), Sur les tableaux de corrélation dont les marges sont données, Annales de "
        "l’Université de Lyon, section A, 14, 53–77; W. Hoeffding (1940), Masstabinvariante "
        "Korrelationstheorie"
    ),
    "coders": (
        "K. Krippendorff (2019), Content Analysis: An Introduction to Its Methodology, 4th ed., ch. 12"
    ),
}
WORDS = (
    *("skip", "contents", "pdf", "counts", "counted", "explained", "top"),
    *("unexpected", "unexpected_note", "known", "known_note", "no_known", "conclusion", "judged"),
    *("mend", "cite", "issue_entries", "unfold", "sensitivity", "conclusion_figure", "sections_figure"),
    *("grim", "grim_note", "no_grim", "bounds", "bounds_figure", "coders"),
    *("ledger", "ledger_note", "ledger_links", "lineage", "statement", "needed", "search", "all"),
    *("filter_verdict", "filter_basis", "none_shown", "raw", "raw_note", "environment", "date_note"),
)
"""Texts that the templates show as they are."""
HEADLINE = ("checked", "reproduced", "inconsistent", "ambiguous", "undecided")
"""Counts of the ledger that the headline gives."""
GROUPS = ("failed", "inconsistent", "ambiguous", "not_checkable", "reproduced", "transcribed")
"""The entries by verdict, in the order of the full list; what agrees only when rounded agrees."""
COPIED = GROUPS[-1]
HEADINGS = ("entry", "printed", "rebuilt", "basis", "verdict")


def view(package: Package, found: Mapping[str, Any], lang: str, epoch: int) -> dict[str, Any]:
    """Return everything that the report shows in `lang`: texts only, in the order of reading.

    Parameters
    ----------
    found : mapping
        The audit as `ledger.as_json` gives it.
    epoch : int
        The time that stands for now, in seconds since 1970.
    """
    reader = Reader(package, lang)
    return {
        **_head(package, found, lang),
        "date": declarations.dated(package.city, epoch, lang),
        **_numbers(found["counts"], package, lang),
        **_entries(found, reader),
        **_tests(found, reader),
        **_coders(found["coders"], lang),
        "methods": {
            name: text("ledger.method", lang, reference=reference) for name, reference in REFERENCES.items()
        },
        "software": table(report_tables.software(lang)),
        "files": table(report_tables.files(package, lang)),
    }


def headline(counts: Mapping[str, int], lang: str) -> str:
    """Say how many of the article's statements were tested, what came out, and what cannot be decided."""
    return text("ledger.headline", lang, **{name: integer(counts[name], lang) for name in HEADLINE})


def source(package: Package, lang: str) -> dict[str, str]:
    """Return ``title`` and ``path`` of the study that the city's data are from; both "" if it names none."""
    listed = package.descriptor.get("sources") or [{}]
    title = listed[0].get(raw.TITLE[lang], "")
    return {"title": str(title), "path": str(listed[0].get("path", ""))}


def _head(package: Package, found: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """Return what the report says about itself; much depends on whether there are statements to check."""
    has_claims = bool(found["checks"])
    variant = "" if has_claims else "_unchecked"
    unstated = [text("ledger.conclusion_unstated", lang)] if has_claims else []
    known = "inventory" if "applications" in package else "recap"
    failed = found["counts"]["verdict.failed"]
    return {
        "lang": lang,
        "spoken": package.languages,
        "city": package.city.name,
        "has_claims": has_claims,
        "title": text("ledger.title", lang, city=city_name(package, lang)),
        "synthetic": text("ledger.synthetic", lang) if package.is_synthetic else "",
        "source": source(package, lang),
        "signed": declarations.signature(package.city, lang),
        "headline": headline(found["counts"], lang) if has_claims else text("ledger.no_claims", lang),
        "failed": text("ledger.failed", lang, failed=integer(failed, lang)) if failed else "",
        "words": texts("ledger", WORDS, lang)
        | texts("column", HEADINGS, lang)
        | {
            "subtitle": text(f"ledger.subtitle{variant}", lang),
            "source": text(f"ledger.source{variant}", lang),
            "certificate": text(f"ledger.certificate{variant}", lang),
            "conclusion_note": " ".join([*unstated, text("ledger.conclusion_note", lang)]),
            "bounds_note": text(f"ledger.bounds.{known}", lang),
        },
    }


def _numbers(counts: Mapping[str, int], package: Package, lang: str) -> dict[str, Any]:
    beside = {
        "transcribed": counts["basis.transcribed"],
        "imputed": counts["tests.imputed.total"],
        "ours": counts["tests.compendium.total"],
        "total": counts["total"],
    }
    return {
        "beside": text("ledger.beside", lang, **{name: integer(n, lang) for name, n in beside.items()}),
        "counts": table(audit_tables.ledger_counts(counts, package, lang)),
        "bases": _choices("basis", BASES, counts, lang),
        "verdicts": _choices("verdict", VERDICTS, counts, lang),
    }


def _choices(
    family: str, names: tuple[str, ...], counts: Mapping[str, int], lang: str
) -> list[dict[str, str]]:
    """Return the bases or verdicts with label, meaning, sign and count."""
    return [
        {
            "name": name,
            "label": text(f"{family}.{name}", lang),
            "meaning": text(f"ledger.meaning.{name}", lang),
            "sign": SIGNS.get(name, ""),
            "n": integer(counts[f"{family}.{name}"], lang),
        }
        for name in names
    ]


def _entries(found: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    """Return every entry of the ledger by verdict; issues and what is unexpected are listed separately."""
    checks = found["checks"]
    entries = [reader.entry(check) for check in checks]
    return {
        "issues": issues(found, entries, reader.lang),
        "groups": _groups(entries, reader.lang),
        "unexpected": [
            entry for entry, check in zip(entries, checks, strict=True) if not check["is_expected"]
        ],
        "shown": text("ledger.shown", reader.lang, n="{n}", all=integer(len(entries), reader.lang)),
    }


def _groups(entries: Sequence[Mapping[str, Any]], lang: str) -> list[dict[str, Any]]:
    """Sort the entries by verdict, what disagrees first and what was merely copied last."""
    groups = []
    for name in GROUPS:
        part = [entry for entry in entries if _group_of(entry) == name]
        if part:
            label = text(f"basis.{name}" if name == COPIED else f"verdict.{name}", lang)
            groups.append({"name": name, "label": label, "n": integer(len(part), lang), "entries": part})
    return groups


def _group_of(entry: Mapping[str, Any]) -> str:
    """Return the group of an entry: its verdict, or that it agrees because it was copied."""
    if entry["verdict"] not in AGREES:
        return str(entry["verdict"])
    return COPIED if entry["basis"] == COPIED else AGREES[0]


def _tests(found: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    tried = pd.DataFrame(found["sensitivity"], columns=COLUMNS)
    conclusion = conclusion_tables.conclusion(tried, reader.package, reader.lang)
    sensitivity = conclusion_tables.sensitivity(tried, reader.package, reader.lang)
    return {
        "conclusion": table(conclusion) if len(tried) else None,
        "sensitivity": table(sensitivity) if len(tried) else None,
        "holds": table(report_tables.holds(found["checks"], reader)),
        "grim": table(report_tables.grim(found["grim"], reader)) if found["grim"] else None,
        "bounds": [table(pair) for pair in report_tables.bounds(found["bounds"], reader.lang)],
    }


def _coders(coders: Mapping[str, Any], lang: str) -> dict[str, Any]:
    differing = coders["disagreements"]
    return {
        "coders": _agreement(coders, lang),
        "has_coders": coders["coders"] > 0,
        "disagreements": table(report_tables.disagreements(differing, lang)) if differing else None,
    }


def _agreement(coders: Mapping[str, Any], lang: str) -> str:
    if not coders["coders"]:
        return text("ledger.no_evidence", lang)
    if coders["coders"] == 1:
        return text("ledger.one_coder", lang)
    numbers = {key: integer(coders[key], lang) for key in ("coders", "records")}
    if coders["alpha"] is None:
        return text("ledger.no_alpha", lang, **numbers)
    shares = {
        key: "–" if coders[key] is None else display(Result(coders[key], "score"), lang)
        for key in ("alpha", "low", "high")
    }
    return text("ledger.alpha", lang, **numbers, **shares)
