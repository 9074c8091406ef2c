"""The notebooks of the chain: what each reads, what it must leave behind, and which a city allows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from analysis.language.labels import LANGUAGES
from analysis.project.cities import City

SOURCE_FILES = ("published", "claims", "discrepancies")
"""Raw files that hold what the source prints, for the audit to compare with."""

RAW_FILES = (
    "framework",
    "applications_recap",
    "integrations",
    "informants",
    "metrics",
    "evidence",
    "findings",
)

ARTICLE = tuple(f"table{n}" for n in range(1, 9))
INSIGHTS = ("type_by_status", "owner_by_status", "duplicates", "stale")
"""Tables of the article, and those that an inventory adds."""


@dataclass(frozen=True)
class Step:
    """One notebook of the chain: what it reads and what it must leave behind.

    Parameters
    ----------
    name : str
        Stem of the notebook.
    raw : tuple of str
        Raw files that its results follow from.
    reads : tuple of str
        Processed files of earlier steps.
    tables : tuple of str
        Rebuilt tables, each with its lineage.
    figures : tuple of str
        Figures, each in both languages and formats.
    others : tuple of str
        Other processed files.
    needs : tuple of str
        Raw files that must hold records; without them there is nothing to build.
    """

    name: str
    raw: tuple[str, ...]
    reads: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def processed(self) -> tuple[str, ...]:
        """Names of the processed files it writes."""
        of_tables = (f"{name}.{kind}" for name in self.tables for kind in ("csv", "lineage.json"))
        return (*of_tables, *self.others)

    @property
    def drawn(self) -> tuple[str, ...]:
        """Names of the figure files it writes."""
        return tuple(
            f"{name}.{lang}.{suffix}"
            for name in self.figures
            for lang in LANGUAGES
            for suffix in ("svg", "png")
        )


STEPS = (
    Step("raw_package", (*RAW_FILES, *SOURCE_FILES)),
    Step("context", ("framework", "informants"), tables=("table1", "table2", "table3")),
    Step("table4", ("applications_recap",), tables=("table4",), figures=("table4",)),
    Step("table5", ("applications_recap",), tables=("table5",), figures=("table5",)),
    Step("table6", ("applications_recap",), tables=("table6",), figures=("table6",)),
    Step("table7", ("integrations",), tables=("table7",), figures=("table7",), needs=("integrations",)),
    Step(
        "inventory_insights",
        ("applications", "integrations"),
        tables=INSIGHTS,
        figures=("type_by_status", "stale"),
        needs=("applications",),
    ),
    Step(
        "results",
        RAW_FILES,
        reads=tuple(f"{name}.csv" for name in ("table4", "table5", "table6", "table7", *INSIGHTS)),
        others=("results.json", "results.lineage.json"),
    ),
    Step(
        "table8",
        ("framework", "evidence", "findings"),
        reads=("results.json",),
        tables=("table8",),
        figures=("table8",),
        needs=("evidence", "findings"),
    ),
    Step(
        "ledger",
        (*RAW_FILES, *SOURCE_FILES),
        reads=(
            *(f"{name}.{kind}" for name in (*ARTICLE, *INSIGHTS) for kind in ("csv", "lineage.json")),
            "results.json",
            "results.lineage.json",
        ),
        figures=("bounds",),
        others=("ledger.csv", "ledger.json"),
    ),
)


def steps(city: City) -> list[Step]:
    """Return the steps that a city's raw files allow, each reading only what the others make."""
    wanted = [step for step in STEPS if city.parts.issuperset(step.needs)]
    made = {name for step in wanted for name in step.processed}
    return [
        replace(step, reads=tuple(name for name in step.reads if name in made), raw=_sources(step.raw, city))
        for step in wanted
    ]


def _sources(names: tuple[str, ...], city: City) -> tuple[str, ...]:
    """Name the inventory where a city has one instead of a recap."""
    inventory = "applications" in city.parts
    return tuple("applications" if inventory and name == "applications_recap" else name for name in names)
