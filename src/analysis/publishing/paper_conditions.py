"""What the papers can say about a city, and which blocks of their sources stay because of it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analysis.language.formats import Result
from analysis.raw_data.raw import Package
from analysis.tables.applications import CATEGORIES
from analysis.tables.integrations import has_hub

CONDITION = re.compile(
    r"^[ \t]*<!-- when: (?P<flags>[a-z_ ]+) -->\n(?P<then>.*?)"
    r"(?:^[ \t]*<!-- otherwise -->\n(?P<other>.*?))?^[ \t]*<!-- end -->\n",
    re.DOTALL | re.MULTILINE,
)
"""Text that stays only if a city has all the parts named."""
PARTS = ("integrations", "informants", "evidence", "findings", "claims")
"""Raw files whose presence the papers' conditions can ask for."""
UNLICENSED = "notspecified"
"""Name that a descriptor gives where there is no licence."""


def flags(package: Package, results: Mapping[str, Result]) -> frozenset[str]:
    """Return what the papers can say about a city: its parts, its kind, and what was found.

    Parameters
    ----------
    package : Package
        The city's raw package.
    results : mapping of str to Result
        What was derived from it; a missing result counts as 0.
    """
    named = {name for name in PARTS if name in package}
    is_alone = not named
    if "applications" in package:
        named |= {"inventory", *_inventory_flags(package, results)} | (
            {"inventory_only"} if is_alone else set()
        )
    else:
        named.add("recap")
    if "evidence" in package:
        named.add("coded_once" if package["evidence"]["coder"].nunique() == 1 else "recoded")
    else:
        named.add("uncoded")
    if "integrations" in package and has_hub(package["integrations"]):
        named.add("hub")
    sizes = [_value(results, f"applications.type.{name}.count") for name in CATEGORIES["type"]]
    named |= {
        name for name, end in (("one_largest", max), ("one_smallest", min)) if sizes.count(end(sizes)) == 1
    }
    if any(one["name"] != UNLICENSED for one in package.descriptor.get("licenses") or []):
        named.add("licensed")
    if package.is_synthetic:
        named.add("synthetic")
    if package.descriptor["city"].get("original"):
        named.add("original")
    return frozenset(named)


def _inventory_flags(package: Package, results: Mapping[str, Result]) -> set[str]:
    """Return what the papers can say about an inventory: its dates, and whether its lists are empty."""
    is_dated = package["applications"]["last_updated"].ne("").any()
    has_stale = _value(results, "insights.stale.count") > 0
    reachable, ready = (
        _value(results, f"{key}.count")
        for key in ("services.web_or_mobile", "insights.reachable_operational")
    )
    named = {"dated" if is_dated else "undated"}
    named.add("duplicates" if _value(results, "insights.duplicates.groups") else "no_duplicates")
    named.add("stale" if has_stale else "no_stale")
    named |= {"fresh"} if is_dated and not has_stale else set()
    named |= {"some_unready" if ready < reachable else "all_ready"} if reachable else set()
    return named


def _value(results: Mapping[str, Result], key: str) -> float:
    return float(results[key].value) if key in results else 0.0


def choose(document: str, has: frozenset[str]) -> str:
    """Resolve the conditions of a paper's source.

    Parameters
    ----------
    document : str
        With blocks of lines ``<!-- when: FLAGS -->`` … ``<!-- otherwise -->`` … ``<!-- end -->``, not nested;
        several flags mean all of them; the middle line may be left out.
    has : frozenset of str
        The flags that hold.

    Returns
    -------
    str
        The document with the lines of one branch of each block.
    """

    def branch(match: re.Match[str]) -> str:
        return match["then"] if has.issuperset(match["flags"].split()) else match["other"] or ""

    return CONDITION.sub(branch, document)
