"""The notebooks of the chain, in order: those of the tables, and those that are about no table.

``python -m analysis.chain.steps`` lists their stems.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace

from analysis.language.labels import LANGUAGES
from analysis.project.cities import City
from analysis.raw_data.languages import languages
from analysis.raw_data.schemas import PRINTED
from analysis.table_list.entries import RESULTS, TABLES
from analysis.table_list.entry import Entry

FIGURE_FORMATS = ("svg", "narrow.svg", "png")
RAW_FILES = (
    "framework",
    "applications_recap",
    "integrations",
    "informants",
    "metrics",
    "derivations",
    "lists",
    "evidence",
    "findings",
    "recodings",
)


PRINTED_CELLS = ("published",)
"""What a table whose rows have names is shown beside."""


@dataclass(frozen=True)
class Step:
    """One notebook of the chain: what it reads and what it must leave behind."""

    name: str
    """Stem of the notebook."""
    raw: tuple[str, ...]
    """Raw files that its results follow from."""
    reads: tuple[str, ...] = ()
    """Processed files of earlier steps."""
    tables: tuple[str, ...] = ()
    """Rebuilt tables, each with its lineage."""
    figures: tuple[str, ...] = ()
    """Figures, each in all languages and formats."""
    others: tuple[str, ...] = ()
    """Other processed files."""
    needs: tuple[str, ...] = ()
    """Raw files that must hold records; without them there is nothing to build."""
    functions: tuple[str, ...] = ()
    """What does its work, as ``module.function``."""
    languages: tuple[str, ...] = LANGUAGES
    """Languages that its figures are drawn in."""

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
            for lang in self.languages
            for suffix in FIGURE_FORMATS
        )


def _of_tables(entries: Iterable[Entry]) -> tuple[Step, ...]:
    """Return the steps that make tables, one per notebook."""
    together: dict[str, list[Entry]] = {}
    for entry in entries:
        together.setdefault(entry.step, []).append(entry)
    return tuple(
        Step(
            name,
            raw=_union((*entry.raw, *(PRINTED_CELLS if entry.key else ())) for entry in made),
            reads=_union(entry.reads for entry in made),
            tables=tuple(entry.name for entry in made),
            figures=tuple(entry.name for entry in made if entry.figure),
            needs=_union(entry.needs for entry in made),
            functions=_union((entry.builder, entry.tracer) for entry in made),
        )
        for name, made in together.items()
    )


def _union(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in parts for name in part))


CAPACITY = "capacity"
"""Figure that is drawn for a city whose descriptor says what its capacity consists of."""
RAW_PACKAGE = Step("raw_package", (*RAW_FILES, *PRINTED), functions=("validation.require_valid",))
DERIVED = Step(
    "results",
    RAW_FILES,
    reads=tuple(f"{entry.name}.csv" for entry in TABLES if entry.is_counted),
    figures=("margins", CAPACITY),
    others=(RESULTS, "results.lineage.json"),
    functions=("results.derive",),
)
LEDGER = Step(
    "ledger",
    (*RAW_FILES, *PRINTED),
    reads=(
        *(f"{entry.name}.{kind}" for entry in TABLES for kind in ("csv", "lineage.json")),
        *DERIVED.others,
    ),
    figures=("sections", "conclusion", "bounds"),
    others=("ledger.csv", "ledger.json"),
    functions=("ledger.audit_source",),
)
STEPS = (
    RAW_PACKAGE,
    *_of_tables(entry for entry in TABLES if RESULTS not in entry.reads),
    DERIVED,
    *_of_tables(entry for entry in TABLES if RESULTS in entry.reads),
    LEDGER,
)
"""The steps of a city, each after what it reads."""
ABOUT_ALL = Step("compare_cities", (), functions=("comparison.compare",))
"""The notebook on all cities, which is therefore not a step of any."""

START = Step("start", (), functions=("picture.draw_chain",))
"""The notebook to begin with, which shows where the others are and what they found."""


def steps(city: City) -> list[Step]:
    """Return the steps that a city's raw files allow, each reading only what the others make."""
    wanted = [step for step in STEPS if city.parts.issuperset(step.needs)]
    made = {name for step in wanted for name in step.processed}
    spoken = languages(city)
    unwanted = () if CAPACITY in city.descriptor["city"] else (CAPACITY,)
    return [
        replace(
            step,
            reads=tuple(name for name in step.reads if name in made),
            raw=_sources(step.raw, city),
            figures=tuple(name for name in step.figures if name not in unwanted),
            languages=spoken,
        )
        for step in wanted
    ]


def _sources(names: tuple[str, ...], city: City) -> tuple[str, ...]:
    """Name the inventory where a city has one instead of a recap."""
    inventory = "applications" in city.parts
    return tuple("applications" if inventory and name == "applications_recap" else name for name in names)


if __name__ == "__main__":
    sys.stdout.write("".join(f"{step.name}\n" for step in (*STEPS, ABOUT_ALL, START)))
