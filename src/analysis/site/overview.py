"""What a city's first page says: what the study is, what holds and what does not, and where to go on."""

from typing import Any

from analysis.language.formats import display
from analysis.language.labels import text
from analysis.reporting.report_data import headline, source
from analysis.reporting.report_issues import issues
from analysis.site import addresses
from analysis.site.raw_pages import DESCRIPTION
from analysis.site.study import Study

FIGURES = {
    "applications": "applications.total",
    "operational": "applications.status.operational.share",
    "integrations": "integrations.count",
    "informants": "informants.total",
    "evidence": "evidence.total",
}
"""Results that are shown first, as far as there are any."""
WEIGHTY = ("conclusion", "number")
"""Weights of the issues that the first page names."""


def overview(study: Study) -> dict[str, Any]:
    """Return what the first page of a city shows, besides its tables and notebooks."""
    has_claims = bool(study.audit["checks"])
    groups = issues(study.audit, list(study.entries.values()), study.lang) if has_claims else []
    results = study.processed.results
    return {
        "about": str(study.package.descriptor.get(DESCRIPTION[study.lang], "")),
        "source": source(study.package, study.lang),
        "synthetic": text("ledger.synthetic", study.lang) if study.package.is_synthetic else "",
        "headline": headline(study.audit["counts"], study.lang) if has_claims else "",
        "issues": [group for group in groups if group["name"] in WEIGHTY],
        "figures": [
            (
                text(f"site.figure.{name}", study.lang),
                display(results[key], study.lang),
                addresses.of_number(key),
            )
            for name, key in FIGURES.items()
            if key in results
        ],
    }


def card(studies: list[Study]) -> dict[str, Any]:
    """Return what the page that the site begins with shows of a city, by language."""
    cards = {}
    for study in studies:
        shown, name = overview(study), study.city.name
        cards[study.lang] = {
            "code": name,
            "name": study.name,
            "province": study.package.descriptor["city"][f"province_{study.lang}"],
            "is_synthetic": study.package.is_synthetic,
            "about": shown["about"],
            "headline": shown["headline"],
            "figures": [(label, value, f"{name}/{href}") for label, value, href in shown["figures"]],
        }
    return cards
