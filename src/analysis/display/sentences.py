"""What a notebook's table says, in one sentence whose numbers come from the table."""

from collections.abc import Mapping

import pandas as pd

from analysis.display.display_table import city_name
from analysis.display.passages import Passage
from analysis.language.formats import integer, percent
from analysis.language.labels import known_language, text
from analysis.raw_data.raw import Package
from analysis.tables import integrations
from analysis.tables.applications import TOTAL, share
from analysis.tables.findings import POLARITIES


def of_files(files: pd.DataFrame, package: Package, lang: str) -> Passage:
    """Say how many raw files (`raw.list_files`) and rows a city has."""
    return _said(
        "files", lang, city=city_name(package, lang), files=len(files), rows=int(files["records"].sum())
    )


def of_context(table2: pd.DataFrame, table3: pd.DataFrame, lang: str) -> Passage:
    """Say how many informants there are (`context.snowball_informants`), and aspects (`research_aspects`)."""
    groups = table2[table2["group"] != TOTAL]
    return _said(
        "context",
        lang,
        persons=int(groups["count"].sum()),
        groups=len(groups),
        aspects=table3["aspect"].nunique(),
        dimensions=table3["working_area"].nunique(),
    )


def of_categories(table: pd.DataFrame, attribute: str, lang: str) -> Passage:
    """Say which category of Table 4, 5 or 6 (`applications.count_by`) is the largest, which the smallest."""
    total = int(table["count"].iloc[-1])
    parts = table[table["category"] != TOTAL].set_index("category")["count"]
    return _said(
        "categories",
        lang,
        first=text(f"{attribute}.{parts.idxmax()}", lang),
        n=int(parts.max()),
        total=total,
        percent=percent(share(parts.max(), total), lang),
        last=text(f"{attribute}.{parts.idxmin()}", lang),
        fewest=int(parts.min()),
    )


def of_integrations(table: pd.DataFrame, lang: str) -> Passage:
    """Say how many applications Table 7 (`integrations.list_integrations`) connects, and which the most."""
    numbers = {"applications": len(integrations.graph(table)), "components": int(table["component"].max())}
    said = [_said("integrations", lang, pairs=len(table), **numbers).words]
    if integrations.has_hub(table):
        hub, degree = integrations.hub(table)
        said.append(_said("hub", lang, hub=hub, degree=degree).words)
    return Passage(" ".join(said))


def of_findings(table: pd.DataFrame, package: Package, lang: str) -> Passage:
    """Say in which direction the findings of Table 8 (`findings.summarise`) point."""
    directions = {name: int((table["polarity"] == name).sum()) for name in POLARITIES}
    return _said("findings", lang, all=len(table), records=len(package["evidence"]), **directions)


def of_results(results: pd.DataFrame, lang: str) -> Passage:
    """Say how many results (`results.derive`) were read, and how many computed."""
    read = int(((results["rule"] == "copy") & results["rows"].str.fullmatch(r"\d+")).sum())
    return _said("results", lang, results=len(results), read=read, computed=len(results) - read)


def of_inventory(groups: pd.DataFrame, stale: pd.DataFrame, package: Package, lang: str) -> Passage:
    """Say how many applications may be duplicates (`duplicates.in_inventory`), and how many are stale."""
    count = groups["group"].nunique()
    return _said("inventory", lang, groups=count, stale=len(stale), all=len(package["applications"]))


def of_audit(counts: Mapping[str, int], package: Package, lang: str) -> Passage:
    """Say how many statements of a city's source reproduce (`ledger.summarise`)."""
    if not counts["total"]:
        return Passage(text("cli.no_claims", lang))
    return Passage(f"{city_name(package, lang)}. {text('ledger.headline', lang, **counts)}")


def of_comparison(table: pd.DataFrame, names: Mapping[str, Mapping[str, str]], lang: str) -> Passage:
    """Say which cities, by language and code, are compared (`comparison.compare`), and in how much."""
    listed = names[known_language(lang)].values()
    had = table.groupby("measure")["city"].nunique()
    complete = int((had == len(listed)).sum())
    return _said("comparison", lang, cities=", ".join(listed), complete=complete, measures=len(had))


def _said(key: str, lang: str, **values: int | str) -> Passage:
    """Return a sentence of the catalogue with its numbers as `lang` writes them."""
    written = {name: integer(v, lang) if isinstance(v, int) else v for name, v in values.items()}
    return Passage(text(f"sentence.{key}", lang, **written))
