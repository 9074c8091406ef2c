"""The certificate: one page, in the languages of its city, on what is complete, stable and consistent.

The words are those of offices that verify reproductions; every number has its denominator beside it.
"""

import json
from collections.abc import Mapping
from typing import Any

from analysis.auditing.checks import SAYS
from analysis.display.display_table import city_name
from analysis.display.listings import HASH_DIGITS
from analysis.language.formats import integer
from analysis.language.labels import text, texts
from analysis.project.cities import City
from analysis.publishing.declarations import dated, signature
from analysis.raw_data import raw
from analysis.raw_data.languages import name_of
from analysis.raw_data.raw import Package
from analysis.reporting import report_tables
from analysis.reporting.report_data import source

PARTS = {
    "complete": ("tables", "cells", "failed"),
    "stable": ("stable",),
    "consistent": (
        *("checked", "reproduced", "inconsistent", "ambiguous", "undecided"),
        *("issues", "heavy", "misprint"),
    ),
}
"""What is certified, and the rows of each part."""
INDENTED = ("reproduced", "inconsistent", "ambiguous", "heavy", "misprint")
"""Rows that are parts of the row above them."""
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
    """Return what the certificate shows: ``parts`` with rows, ``texts`` by language, software and files."""
    numbers = _numbers(found, package.city)
    wrong = [check["entry"] for check in found["checks"] if not check["is_expected"]]
    return {
        "city": package.city.name,
        "outcome": ("failed" if wrong else "passed") if found["checks"] else "unchecked",
        "rerun": f"compendium {'verify' if found['checks'] else 'build'} {package.city.name}",
        "parts": [
            {
                "title": [text(f"certificate.part.{part}", lang) for lang in package.languages],
                "rows": [_row(name, numbers[name], package.languages) for name in rows],
            }
            for part, rows in PARTS.items()
            if found["checks"]
        ],
        "texts": [
            _certificate_texts(package, found["counts"], wrong, lang, epoch) for lang in package.languages
        ],
        "software": [" ".join(pair) for pair in report_tables.versions()],
        "files": [
            [file, digest.removeprefix("sha256:")[:HASH_DIGITS]]
            for file, digest in raw.list_files(package)[["file", "hash"]].to_numpy().tolist()
        ],
    }


def _numbers(found: Mapping[str, Any], city: City) -> dict[str, tuple[int, int] | None]:
    """Return the number of each row with what it is out of; None for what is not tried here."""
    counts, cells = found["counts"], [check for check in found["checks"] if check["kind"] == "cell"]
    rebuilt = [check for check in cells if check["verdict"] != "failed"]
    tables = {check["entry"].split("/")[0] for check in cells}
    incomplete = {check["entry"].split("/")[0] for check in cells if check["verdict"] == "failed"}
    checked, issues = counts["checked"], counts["issues.article.total"]
    weights = {"heavy": "issues.article.conclusion", "misprint": "issues.article.misprint"}
    return {
        "tables": (len(tables - incomplete), len(tables)),
        "cells": (len(rebuilt), len(cells)),
        "failed": (counts["failed"], counts["total"]),
        "stable": _stable(city),
        "checked": (checked, sum(counts[f"tests.{says}.total"] for says in SAYS)),
        **{name: (counts[name], checked) for name in ("reproduced", "inconsistent", "ambiguous")},
        "undecided": (counts["undecided"], checked + counts["undecided"]),
        "issues": (issues, issues + counts["issues.imputed.total"] + counts["issues.compendium.total"]),
        **{name: (counts[key], issues) for name, key in weights.items()},
    }


def _stable(city: City) -> tuple[int, int] | None:
    """Return how many rebuilt files came out the same when the city was built elsewhere; None if not tried.

    A trial of other files than those that are here now does not count.
    """
    if not city.rebuilt.is_file():
        return None
    folder = city.processed.relative_to(city.root).as_posix()
    tried = json.loads(city.rebuilt.read_text("utf-8"))
    files = {name: digest for name, digest in tried.items() if name.startswith(f"{folder}/")}
    paths = [city.root / name for name in files]
    now = [path.is_file() and raw.sha256(path).removeprefix("sha256:") for path in paths]
    return (len(files), len(files)) if now == list(files.values()) else None


def _row(name: str, number: tuple[int, int] | None, languages: tuple[str, ...]) -> dict[str, Any]:
    return {
        "is_part": name in INDENTED,
        "label": [text(f"certificate.{name}", lang) for lang in languages],
        "n": [
            " / ".join(integer(n, lang) for n in number) if number else text("certificate.not_tried", lang)
            for lang in languages
        ],
    }


def _certificate_texts(
    package: Package, counts: Mapping[str, int], wrong: list[str], lang: str, epoch: int
) -> dict[str, Any]:
    named = ", ".join(wrong[:MOST_NAMED]) + (" …" if len(wrong) > MOST_NAMED else "")
    variant = "" if counts["total"] else "_unchecked"
    if wrong:
        verdict = text("certificate.not_passed", lang, n=integer(len(wrong), lang), entries=named)
    elif counts["total"]:
        verdict = text("certificate.passed", lang)
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
            province=name_of(package.descriptor["city"], lang, "province"),
        ),
        "synthetic": text("ledger.synthetic", lang) if package.is_synthetic else "",
        "source": source(package, lang),
        "signed": signature(package.city, lang),
        "verdict": verdict,
        "date": dated(package.city, epoch, lang),
    }
