"""The certificate: one page on whether the audit came out as expected, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.display.display_table import city_name
from analysis.display.listings import HASH_DIGITS
from analysis.language.formats import day, integer
from analysis.language.labels import LANGUAGES, text, texts
from analysis.raw_data import raw
from analysis.raw_data.raw import Package
from analysis.reporting import report_tables
from analysis.reporting.report_data import source

CERTIFIED = ("reproduced", "inconsistent", "ambiguous")
"""What became of the statements of the article that were tested."""
CERTIFICATE_WORDS = ("package", "software", "date", "rerun")
BY_CLAIMS = {
    "title": "title_unchecked",
    "study": "study_unchecked",
    "what": "what_unchecked",
    "caveat": "caveat_unchecked",
}
"""Texts of the certificate, and their replacements where the source has no statements to check."""
MOST_NAMED = 12
"""Entries named at most by a certificate that is not passed."""


def certificate(package: Package, found: Mapping[str, Any], epoch: int) -> dict[str, Any]:
    """Return what the certificate shows: ``rows`` of counts, ``texts`` by language, software and files.

    Parameters
    ----------
    package, found, epoch
        As for `report_data.view`.
    """
    counts = found["counts"]
    numbers = {
        **{name: counts[name] for name in ("checked", *CERTIFIED, "undecided", "failed")},
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
        "words": texts("certificate", CERTIFICATE_WORDS, lang)
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
