"""What the head of a city's paper says, and what the paper can say of the city at all: its ``_city.yml``."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from analysis.display.display_table import city_name, marked
from analysis.language.formats import Result
from analysis.language.labels import text
from analysis.project import cities, paper_sources
from analysis.project.cities import City
from analysis.project.provenance import epoch
from analysis.publishing import declarations
from analysis.publishing.declarations import UNLICENSED
from analysis.publishing.markdown import escape
from analysis.raw_data.raw import Package
from analysis.tables.applications import CATEGORIES
from analysis.tables.integrations import has_hub

PARTS = ("integrations", "informants", "evidence", "findings")
"""Raw files whose presence the papers' conditions can ask for."""
JOINED = {"evidence_and_findings": {"evidence", "findings"}}
"""Conditions that ask for several others, for what a paper says where one of these is missing."""
OWN = ("introduction", "discussion", "conclusion")
"""What the authors of a report write themselves, each in a file of the city's own."""
CONDITIONS = frozenset(
    {
        *PARTS,
        *JOINED,
        *OWN,
        *("inventory", "recap", "undated", "duplicates", "no_duplicates", "stale", "fresh"),
        *("several_agencies", "some_unready", "all_ready", "coded_once", "recoded", "hub"),
        *("one_largest", "licensed", "synthetic"),
    }
)
"""All that the papers' conditions can ask for, as ``has.NAME``."""


def metadata(package: Package, results: Mapping[str, Result], lang: str) -> dict[str, Any]:
    """Return the metadata of a city's paper in one language, for Quarto and the embedded renderer alike."""
    city = package.city
    day = declarations.date_of(city) or datetime.fromtimestamp(epoch(city.root), UTC).date().isoformat()
    named = {"author": declarations.authors(city), "byline": declarations.byline(city)}
    head = front_matter(city, lang)
    holding = conditions(package, results) | _written(city, lang)
    return head | {
        **(named if named["author"] else {}),
        "title": marked(head["title"], package, lang),
        "date": day,
        "date-iso": day,
        "running-head": escape(running_head(package, lang)),
        "has": {name: name in holding for name in sorted(CONDITIONS)},
    }


def _written(city: City, lang: str) -> set[str]:
    """Return which passages the authors of a city's report have written."""
    passages = {path.name.partition(".")[0]: path for path in paper_sources.own(city, lang)}
    return {name for name in OWN if name in passages and passages[name].read_text("utf-8").strip()}


def front_matter(city: City, lang: str) -> dict[str, Any]:
    """Return title, abstract and so on: the city's own, or else those that serve any city."""
    papers = city.root / "paper"
    own = papers / "cities" / city.name / "metadata.yml"
    shared = cities.read_yaml(papers / lang / f"_{paper_sources.document(city)}.yml")
    return dict(shared) | (dict(cities.read_yaml(own).get(lang) or {}) if own.is_file() else {})


def running_head(package: Package, lang: str) -> str:
    """Return what stands at the top of every page but the first."""
    return text("paper.running_head", lang, city=city_name(package, lang))


def conditions(package: Package, results: Mapping[str, Result]) -> frozenset[str]:
    """Return what the papers can say of a city: the parts it has, what kind of city it is, what was found.

    A result that is not there counts as 0.
    """
    sizes = [_value(results, f"applications.type.{name}.count") for name in CATEGORIES["type"]]
    licences = [one["name"] for one in package.descriptor.get("licenses") or []]
    coders = package["evidence"]["coder"].nunique() if "evidence" in package else 0
    holds = {
        **{name: name in package for name in PARTS},
        "recap": "applications" not in package,
        "coded_once": coders == 1,
        "recoded": coders != 1 and "evidence" in package,
        "hub": "integrations" in package and has_hub(package["integrations"]),
        "one_largest": sizes.count(max(sizes)) == 1,
        "licensed": any(name != UNLICENSED for name in licences),
        "synthetic": package.is_synthetic,
        **(_of_inventory(package, results) if "applications" in package else {}),
    }
    named = {name for name, is_so in holds.items() if is_so}
    return frozenset(named | {name for name, parts in JOINED.items() if parts <= named})


def _of_inventory(package: Package, results: Mapping[str, Result]) -> dict[str, bool]:
    """Return what the papers can say of an inventory: its dates, and whether its lists are empty."""
    is_dated = bool(package["applications"]["last_updated"].ne("").any())
    has_stale = _value(results, "insights.stale.count") > 0
    has_duplicates = _value(results, "insights.duplicates.groups") > 0
    reachable, ready = (
        _value(results, f"{key}.count")
        for key in ("services.web_or_mobile", "insights.reachable_operational")
    )
    return {
        "inventory": True,
        "undated": not is_dated,
        "several_agencies": _value(results, "insights.agencies") > 1,
        "duplicates": has_duplicates,
        "no_duplicates": not has_duplicates,
        "stale": has_stale,
        "fresh": is_dated and not has_stale,
        "some_unready": ready < reachable,
        "all_ready": ready >= reachable > 0,
    }


def _value(results: Mapping[str, Result], key: str) -> float:
    return float(results[key].value) if key in results else 0.0
