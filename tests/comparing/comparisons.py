"""Handmade cities for the tests of comparisons."""

from functools import cache

from analysis.comparing.compared import Names
from analysis.comparing.comparison import compare
from analysis.comparing.comparison_figures import FIGURES, draw
from analysis.language.formats import Result
from analysis.language.labels import text
from analysis.tables.applications import CATEGORIES
from analysis.tables.findings import DIMENSIONS, POLARITIES

TITLES = {"atas": {"id": "Kota Atas", "en": "Upper City"}, "bawah": {"id": "Kota Bawah", "en": "Lower City"}}
LABELS = {
    "id": {"online_services": "Layanan", "infrastructure": "Prasarana", "open_government": "Terbuka"},
    "en": {"online_services": "Services", "infrastructure": "Infrastructure", "open_government": "Open"},
}
LEDGER = {"checked": 8, "reproduced": 6, "total": 20}
NO_LEDGER = {"checked": 0, "reproduced": 0, "total": 0}


def applications(**counts):
    """Return the results of a city with so many applications by category of each attribute, and no others."""
    found = {}
    for attribute, categories in CATEGORIES.items():
        of_attribute = counts.get(attribute, {})
        total = sum(of_attribute.values())
        found[f"applications.{attribute}.total"] = Result(total, "application")
        for category in categories:
            share = of_attribute.get(category, 0) / total if total else 0.0
            found[f"applications.{attribute}.{category}.share"] = Result(share, "share")
    return found | {"applications.total": found["applications.type.total"]}


def integrations(share):
    """Return the results of a city of whose applications a share is integrated."""
    return {
        "integrations.count": Result(2, "integration"),
        "integrations.applications": Result(3, "application"),
        "integrations.share": Result(share, "share"),
    }


def polarities(part, **by_dimension):
    """Return the results of evidence or findings with (supports, mixed, hinders) by dimension."""
    rows = {name: by_dimension.get(name, (0, 0, 0)) for name in DIMENSIONS}
    sums = tuple(map(sum, zip(*rows.values(), strict=True)))
    found = {}
    for stem, counts in {part: sums, **{f"{part}.{name}": row for name, row in rows.items()}}.items():
        found[f"{stem}.total"] = Result(sum(counts), "record")
        found |= {f"{stem}.{name}": Result(n, "record") for name, n in zip(POLARITIES, counts, strict=True)}
    return found


WHOLE = (
    applications(type={"web": 3, "desktop": 1}, ownership={"own": 4}, status={"trial": 1, "operational": 3})
    | integrations(0.75)
    | polarities("evidence", online_services=(2, 0, 1), infrastructure=(0, 1, 3), open_government=(1, 0, 1))
    | polarities("findings", online_services=(1, 0, 0), infrastructure=(0, 0, 1), open_government=(0, 1, 0))
)
BARE = applications(type={"web": 1, "mobile": 1}, ownership={"grant": 2}, status={"planned": 2})
"""A city with everything, and one with applications only."""


def names(synthetic=("bawah",), titles=TITLES):
    """Return how the cities are called, some of them made up."""
    marked = {
        lang: {
            city: text("synthetic.mark", lang, words=title[lang]) if city in synthetic else title[lang]
            for city, title in titles.items()
        }
        for lang in ("id", "en")
    }
    return Names(marked, LABELS, frozenset(synthetic))


def both():
    """Return the comparison of a city with everything and one with applications only."""
    return compare({"atas": WHOLE, "bawah": BARE}, {"atas": LEDGER, "bawah": NO_LEDGER})


MANY = {f"c{n}": {"id": f"Kabupaten Kepulauan ke-{n}", "en": f"Regency of the Isles {n}"} for n in range(12)}
ALONE = names(titles={"bawah": {"id": "B", "en": "B"}})
"""How a single city is called, which is made up."""


def many():
    """Return the comparison of twelve cities, and their names."""
    results = {city: WHOLE if n % 2 else BARE for n, city in enumerate(MANY)}
    return compare(results, dict.fromkeys(MANY, LEDGER)), names(tuple(MANY)[::3], MANY)


@cache
def drawn():
    """Return the figures of a comparison of two cities, drawn once; read only."""
    return draw(both(), names())


@cache
def alone(name, lang):
    """Return a figure of a single city, which is made up, drawn once; read only."""
    return FIGURES[name](compare({"bawah": WHOLE}, {"bawah": LEDGER}), ALONE, lang)
