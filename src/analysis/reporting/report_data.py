"""The whole audit as its readers see it: texts by language, which page, PDF and certificate show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from babel.dates import format_date

from analysis.auditing import audit_tables
from analysis.auditing.checks import BASES, EXPLAINED, VERDICTS
from analysis.display.display_table import city_name
from analysis.display.listings import HASH_DIGITS
from analysis.language.formats import LOCALES, Result, display, integer
from analysis.language.labels import LANGUAGES, text
from analysis.raw_data import raw
from analysis.raw_data.raw import Package
from analysis.reporting import report_tables
from analysis.reporting.report_entries import SIGNS, Reader
from analysis.reporting.report_tables import table
from analysis.results.verdicts import COLUMNS

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
    *("skip", "contents", "pdf", "counts", "explained", "top"),
    *("unexpected", "unexpected_note", "known", "known_note", "no_known", "conclusion"),
    *("grim", "grim_note", "no_grim", "bounds", "bounds_figure", "coders"),
    *("ledger", "ledger_note", "ledger_links", "lineage", "statement", "needed", "search", "all"),
    *("filter_verdict", "filter_basis", "none_shown", "raw", "raw_note", "environment", "date_note"),
)
"""Texts that the templates show as they are."""
CERTIFIED = ("reproduced", "rounding", "inconsistent", "ambiguous")
"""Verdicts that the certificate counts among the statements which could have failed."""
CERTIFICATE_WORDS = ("package", "software", "date", "rerun")
BY_CLAIMS = {
    "title": "title_unchecked",
    "study": "study_unchecked",
    "what": "what_unchecked",
    "caveat": "caveat_unchecked",
}
"""Texts of the certificate, and which take their place where the source has no statements to check."""
MOST_NAMED = 12
"""Entries that a certificate names at most when it is not passed."""
HEADINGS = ("entry", "printed", "rebuilt", "basis", "verdict")


def view(package: Package, found: Mapping[str, Any], lang: str, epoch: int) -> dict[str, Any]:
    """Return everything that the report shows in `lang`: texts only, in the order of reading.

    Parameters
    ----------
    package : Package
        The city's raw package.
    found : mapping
        The audit as `ledger.as_json` gives it.
    lang : {"id", "en"}
        The language.
    epoch : int
        Seconds since 1970 that stand for now.
    """
    reader = Reader(package, lang)
    entries = [reader.entry(check) for check in found["checks"]]
    expected = [bool(check["is_expected"]) for check in found["checks"]]
    counts, coders = found["counts"], found["coders"]
    differing, has_claims = coders["disagreements"], bool(found["checks"])
    judged = pd.DataFrame(found["conclusion"], columns=COLUMNS)
    return {
        "lang": lang,
        "city": package.city.name,
        "words": {word: text(f"ledger.{word}", lang) for word in WORDS}
        | {word: text(f"column.{word}", lang) for word in HEADINGS}
        | _words(package, lang, has_claims=has_claims),
        "has_claims": has_claims,
        "title": text("ledger.title", lang, city=city_name(package, lang)),
        "synthetic": text("ledger.synthetic", lang) if package.is_synthetic else "",
        "source": source(package, lang),
        "date": day(epoch, lang),
        "headline": headline(counts, lang) if has_claims else text("ledger.no_claims", lang),
        "beside": text(
            "ledger.beside",
            lang,
            transcribed=integer(counts["basis.transcribed"], lang),
            none=integer(counts["basis.none"], lang),
            total=integer(counts["total"], lang),
        ),
        "shown": text("ledger.shown", lang, n="{n}", all=integer(len(entries), lang)),
        "counts": table(audit_tables.ledger_counts(counts, package, lang)),
        "bases": _choices("basis", BASES, counts, lang),
        "verdicts": _choices("verdict", VERDICTS, counts, lang),
        "unexpected": [entry for entry, is_known in zip(entries, expected, strict=True) if not is_known],
        "known": [
            entry
            for entry, is_known in zip(entries, expected, strict=True)
            if is_known and entry["verdict"] in EXPLAINED
        ],
        "entries": entries,
        "conclusion": table(audit_tables.conclusion(judged, package, lang)) if len(judged) else None,
        "holds": table(report_tables.holds(found["checks"], reader)),
        "grim": table(report_tables.grim(found["grim"], reader)) if found["grim"] else None,
        "bounds": [table(shown) for shown in report_tables.bounds(found["bounds"], lang)],
        "coders": _coders(coders, lang),
        "has_coders": coders["coders"] > 0,
        "disagreements": table(report_tables.disagreements(differing, lang)) if differing else None,
        "methods": {
            name: text("ledger.method", lang, reference=reference) for name, reference in REFERENCES.items()
        },
        "software": table(report_tables.software(lang)),
        "files": table(report_tables.files(package, lang)),
    }


def certificate(package: Package, found: Mapping[str, Any], epoch: int) -> dict[str, Any]:
    """Return what the certificate shows: ``rows`` of counts, ``texts`` by language, software and files.

    Parameters
    ----------
    package, found, epoch
        As for `view`.
    """
    counts = found["counts"]
    numbers = {
        "checked": counts["checked"],
        **{verdict: _tested(counts, verdict) for verdict in CERTIFIED},
        "failed": counts["verdict.failed"],
        "not_checkable": counts["verdict.not_checkable"],
        "transcribed": counts["basis.transcribed"],
        "total": counts["total"],
    }
    wrong = [check["entry"] for check in found["checks"] if not check["is_expected"]]
    return {
        "city": package.city.name,
        "outcome": ("failed" if wrong else "passed") if found["checks"] else "unchecked",
        "rerun": f"compendium {'verify' if found['checks'] else 'build'} {package.city.name}",
        "rows": [
            {
                "is_part": name in CERTIFIED,
                "label": [text(f"certificate.{name}", lang) for lang in LANGUAGES],
                "n": [integer(n, lang) for lang in LANGUAGES],
            }
            for name, n in numbers.items()
            if found["checks"]
        ],
        "texts": [_certificate_texts(package, counts, wrong, lang, epoch) for lang in LANGUAGES],
        "software": [" ".join(pair) for pair in report_tables.versions()],
        "files": [
            [file, digest.removeprefix("sha256:")[:HASH_DIGITS]]
            for file, digest in raw.list_files(package)[["file", "hash"]].to_numpy().tolist()
        ],
    }


def headline(counts: Mapping[str, int], lang: str) -> str:
    """Say how many of the statements that could have failed reproduce, and what became of the others."""
    return text(
        "ledger.headline",
        lang,
        checked=integer(counts["checked"], lang),
        reproduced=integer(counts["reproduced"], lang),
        failed=integer(counts["verdict.failed"], lang),
        **{verdict: integer(_tested(counts, verdict), lang) for verdict in EXPLAINED},
    )


def source(package: Package, lang: str) -> dict[str, str]:
    """Return ``title`` and ``path`` of the study that the city's data are from; both "" if it names none."""
    listed = package.descriptor.get("sources") or [{}]
    title = listed[0].get("title" if lang == "id" else "title_en", "")
    return {"title": str(title), "path": str(listed[0].get("path", ""))}


def day(epoch: int, lang: str) -> str:
    """Write the day of a time in words."""
    return format_date(datetime.fromtimestamp(epoch, UTC).date(), "long", locale=LOCALES[lang])


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


def _coders(coders: Mapping[str, Any], lang: str) -> str:
    """Say how far the coders agree, or why that cannot be said."""
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


def _tested(counts: Mapping[str, int], verdict: str) -> int:
    """Count the statements that could have failed and got `verdict`."""
    return sum(counts[f"{basis}.{verdict}"] for basis in BASES if basis not in ("transcribed", "none"))


def _words(package: Package, lang: str, *, has_claims: bool) -> dict[str, str]:
    """Return the texts that depend on what the city has: statements to check, an inventory."""
    variant = "" if has_claims else "_unchecked"
    unstated = [text("ledger.conclusion_unstated", lang)] if has_claims else []
    known = "inventory" if "applications" in package else "recap"
    return {
        "subtitle": text(f"ledger.subtitle{variant}", lang),
        "source": text(f"ledger.source{variant}", lang),
        "certificate": text(f"ledger.certificate{variant}", lang),
        "conclusion_note": " ".join([*unstated, text("ledger.conclusion_note", lang)]),
        "bounds_note": text(f"ledger.bounds.{known}", lang),
    }


def _certificate_texts(
    package: Package, counts: Mapping[str, int], wrong: list[str], lang: str, epoch: int
) -> dict[str, Any]:
    """Return the texts of the certificate in one language."""
    known = counts["verdict.inconsistent"] + counts["verdict.ambiguous"]
    named = ", ".join(wrong[:MOST_NAMED]) + (" …" if len(wrong) > MOST_NAMED else "")
    variant = "" if counts["total"] else "_unchecked"
    if wrong:
        verdict = text("certificate.not_passed", lang, n=integer(len(wrong), lang), entries=named)
    elif counts["total"]:
        verdict = text("certificate.passed", lang, n=integer(known, lang))
    else:
        verdict = text("ledger.no_claims", lang)
    return {
        "lang": lang,
        "words": {word: text(f"certificate.{word}", lang) for word in CERTIFICATE_WORDS}
        | {
            word: text(f"certificate.{word if counts['total'] else unchecked}", lang)
            for word, unchecked in BY_CLAIMS.items()
        },
        "subtitle": text(
            f"certificate.subtitle{variant}",
            lang,
            city=city_name(package, lang),
            province=package.descriptor["city"][f"province_{lang}"],
        ),
        "synthetic": text("ledger.synthetic", lang) if package.is_synthetic else "",
        "source": source(package, lang),
        "verdict": verdict,
        "date": day(epoch, lang),
    }
