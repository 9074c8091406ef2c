"""Write the ledger as a page and a PDF in the languages of its city, and the certificate of one page."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from analysis.display.svg_files import description_of
from analysis.project import cities
from analysis.project.provenance import epoch
from analysis.raw_data import raw
from analysis.reporting import pages
from analysis.reporting.certificate import certificate
from analysis.reporting.report_data import view
from analysis.reporting.report_tables import raw_tables
from analysis.results.rebuilt_files import load_audit

SCRATCH = ".reports.part"
FIGURES = ("sections", "conclusion", "bounds")
"""Figures of the ledger notebook that the report shows."""


def write_reports(city: str) -> list[Path]:
    """Write the page and PDF of a city's audit in its languages, and the certificate: all, or none.

    Raises
    ------
    NotBuiltError
        When the ledger notebook has not run yet.
    """
    folders = cities.find(city)
    package = raw.load(city)
    found = load_audit(city)
    now = epoch(folders.root)
    documents: dict[str, bytes] = {}
    for lang in package.languages:
        seen = view(package, found, lang, now)
        figures = {name: pages.figure(folders, name, lang) for name in FIGURES}
        documents[f"ledger.{lang}.html"] = page(seen, raw_tables(package, lang), figures).encode("utf-8")
        drawn = {
            name: {"svg": one[0].decode(), "words": description_of(one[0])} for name, one in figures.items()
        }
        documents[f"ledger.{lang}.pdf"] = _typeset("ledger", {**seen, "figures": drawn}, now)
    documents["certificate.pdf"] = _typeset("certificate", certificate(package, found, now), now)
    return _write_all(folders.build, documents)


def page(
    seen: dict[str, Any], raw_files: list[dict[str, Any]], figures: Mapping[str, tuple[bytes, bytes]]
) -> str:
    """Return the report (`report_data.view`) as one HTML page; of each figure there are two widths."""
    pictures = {name: pages.picture(*figures[name]) for name in FIGURES}
    return pages.render("ledger.html", **seen, raw_files=raw_files, pictures=pictures)


def _typeset(template: str, shown: dict[str, Any], now: int) -> bytes:
    """Return the PDF of a Typst template; its content is passed as data, never as markup."""
    compiler = typst.Compiler(
        pages.source(f"{template}.typ").encode("utf-8"),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(shown, ensure_ascii=False)},
    )
    document = compiler.compile(format="pdf", timestamp=now)
    if not isinstance(document, bytes):
        raise TypeError(f"Typst made no single document of {template}")
    return document


def _write_all(folder: Path, documents: dict[str, bytes]) -> list[Path]:
    """Write all documents to a scratch folder first, so that all of them are replaced, or none."""
    scratch = folder / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        for name, document in documents.items():
            (scratch / name).write_bytes(document)
        return [(scratch / name).replace(folder / name) for name in documents]
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
