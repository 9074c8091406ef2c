"""The cities of a comparison: what was found for each, and its name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.display.display_table import city_name, framework_labels
from analysis.language.formats import Result
from analysis.language.labels import LANGUAGES
from analysis.raw_data import raw
from analysis.raw_data.raw import Package
from analysis.results import rebuilt_files


@dataclass(frozen=True)
class Names:
    """Names of cities (unique, those made up marked) and of dimensions, by language and code."""

    cities: Mapping[str, Mapping[str, str]]
    dimensions: Mapping[str, Mapping[str, str]]
    synthetic: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Compared:
    """What a comparison is made from: results and ledger of each city, and the names."""

    results: Mapping[str, Mapping[str, Result]]
    ledgers: Mapping[str, Mapping[str, int]]
    names: Names


def load(cities: Sequence[str]) -> Compared:
    """Read what the notebooks made for each of several cities, of which repeats are ignored.

    Raises
    ------
    NotBuiltError
        When the notebooks of one have not run yet.
    """
    packages = {name: raw.load(name) for name in cities}
    first = next(iter(packages.values()))
    return Compared(
        {name: rebuilt_files.load_results(name) for name in packages},
        {name: rebuilt_files.load_audit(name)["counts"] for name in packages},
        Names(
            {lang: _titles(packages, lang) for lang in LANGUAGES},
            {lang: framework_labels(first, lang) for lang in LANGUAGES},
            frozenset(name for name, package in packages.items() if package.is_synthetic),
        ),
    )


def _titles(packages: Mapping[str, Package], lang: str) -> dict[str, str]:
    """Return each city's name, with its folder where several cities share the name."""
    titles = {name: city_name(package, lang) for name, package in packages.items()}
    times = Counter(titles.values())
    return {name: f"{title} [{name}]" if times[title] > 1 else title for name, title in titles.items()}
