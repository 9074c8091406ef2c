"""What a city's first page says: what the study is, what holds and what does not, and where to go on."""

from typing import Any

from analysis.display.display_table import city_name
from analysis.language.formats import display
from analysis.language.labels import LANGUAGES, text
from analysis.raw_data.languages import name_of, only
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
    cards: dict[str, Any] = {lang: _elsewhere(studies[0], lang) for lang in LANGUAGES}
    for study in studies:
        shown, name = overview(study), study.city.name
        cards[study.lang] = _place(study, study.lang) | {
            "about": shown["about"],
            "headline": shown["headline"],
            "figures": [(label, value, f"{name}/{href}") for label, value, href in shown["figures"]],
            "elsewhere": "",
        }
    return cards


def _place(study: Study, lang: str) -> dict[str, Any]:
    return {
        "code": study.city.name,
        "name": city_name(study.package, lang),
        "province": name_of(study.package.descriptor["city"], lang, "province"),
        "is_synthetic": study.package.is_synthetic,
    }


def _elsewhere(study: Study, lang: str) -> dict[str, Any]:
    """Return what the page that the site begins with shows of a city whose pages are in another language."""
    return _place(study, lang) | {
        "about": only(city_name(study.package, lang), study.package.languages, lang),
        "headline": "",
        "figures": [],
        "elsewhere": study.lang,
        "link": text("languages.pages", lang, language=text(f"languages.{study.lang}", lang)),
    }
