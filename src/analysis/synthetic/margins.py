"""Counts of applications that a made-up inventory must meet: another city's, or usual ones."""

from collections.abc import Mapping

from analysis.language.labels import WordedError
from analysis.raw_data.raw import Package
from analysis.synthetic.vocabulary import words
from analysis.tables.applications import CATEGORIES, count_by, source_name

Margins = Mapping[str, Mapping[str, int]]
"""Counts by attribute and category."""


class MarginsError(WordedError, ValueError):
    """Counts that no inventory can meet; the text of `key` says why."""


def margins_of(package: Package) -> dict[str, dict[str, int]]:
    """Return the counts of a city's applications by attribute and category, for a made-up city to meet.

    Raises
    ------
    MarginsError
        When the city has neither an inventory nor counts.
    """
    if source_name(package) not in package:
        raise MarginsError("cli.no_margins", city=package.city.name)
    found = {}
    for attribute, names in CATEGORIES.items():
        counts = count_by(package, attribute).set_index("category")["count"]
        found[attribute] = {name: int(counts[name]) for name in names}
    return found


def all_counts(margins: Margins, size: int) -> dict[str, dict[str, int]]:
    """Return the counts by attribute and category in the vocabulary's order; usual ones where left out.

    Raises
    ------
    MarginsError
        When `margins` names no known attribute or category, is negative, or its totals differ.
    """
    known = all(
        attribute in CATEGORIES
        and set(given) <= set(CATEGORIES[attribute])
        and min(given.values(), default=0) >= 0
        for attribute, given in margins.items()
    )
    totals = {sum(given.values()) for given in margins.values()} or {size}
    if not known or len(totals) > 1 or min(totals) < 0:
        raise MarginsError("insight.margins")
    total = totals.pop()
    return {
        attribute: {name: margins[attribute].get(name, 0) for name in shares}
        if attribute in margins
        else _largest_remainders(shares, total)
        for attribute, shares in words()["shares"].items()
    }


def _largest_remainders(shares: Mapping[str, float], total: int) -> dict[str, int]:
    exact = {name: share * total for name, share in shares.items()}
    counts = {name: int(value) for name, value in exact.items()}
    by_remainder = sorted(exact, key=lambda name: counts[name] - exact[name])
    for name in by_remainder[: total - sum(counts.values())]:
        counts[name] += 1
    return counts
