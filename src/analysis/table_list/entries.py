"""One entry per table: every list of tables derives from these.

Functions are named and not imported, since every build reads this list, also one that has nothing to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from analysis.project.cities import City

ROOMS = {"builder": "tables", "tracer": "tables", "display": "display", "figure": "display"}
"""Where the functions that an entry names are."""
RESULTS = "results.json"
"""What is read by tables that show derived numbers."""


@dataclass(frozen=True)
class Entry:
    """What chain, display, papers, audit and documentation know of a table.

    Parameters
    ----------
    name : str
        ``table4``, or what an inventory adds such as ``type_by_status``: stem of its files.
    raw : tuple of str
        Raw files that it follows from; a recap stands for the inventory where a city has one.
    builder, tracer : str
        Functions of `analysis.tables`, as ``module.function``: one makes the table of the package, of what
        it `reads`, and of `of`; the other says where its cells come from.
    paper_id : str
        By which the papers refer to it.
    of : tuple of str
        Passed to builder and display besides, such as the attribute that is counted.
    display : str
        Function of `analysis.display` that prepares it for reading, called with table, package, language
        and `of`.
    figure : str
        Function of `analysis.display` that draws its figure; "" for none.
    key : str
        Column that names its rows where printed cells are compared; "" where none are.
    reads : tuple of str
        Processed files of earlier steps.
    needs : tuple of str
        Raw files that must hold records; without them there is no such table.
    notebook : str
        Stem of the notebook that makes it; "" if it is named for the table.
    is_counted : bool
        Whether results are derived from it.
    """

    name: str
    raw: tuple[str, ...]
    builder: str
    tracer: str
    paper_id: str
    of: tuple[str, ...] = ()
    display: str = "labelled_tables.labelled"
    figure: str = ""
    key: str = ""
    reads: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    notebook: str = ""
    is_counted: bool = False

    @property
    def step(self) -> str:
        """Stem of the notebook that makes it."""
        return self.notebook or self.name

    def function(self, part: str) -> Callable[..., Any]:
        """Return the function that is its builder, tracer, display or figure."""
        module, name = getattr(self, part).split(".")
        found: Callable[..., Any] = getattr(import_module(f"analysis.{ROOMS[part]}.{module}"), name)
        return found

    def module(self, part: str) -> str:
        """Return the place in the package of the module that has its builder, tracer, display or figure."""
        return f"{ROOMS[part]}/{getattr(self, part).partition('.')[0]}.py"

    def build(self, package: Any, *read: Any) -> Any:
        """Return the table of a package (`raw.Package`), and of what it reads of earlier steps."""
        return self.function("builder")(package, *read, *self.of)


TABLES = (
    Entry(
        name="table1",
        raw=("framework",),
        builder="context.smart_city_indicators",
        tracer="context.trace_framework",
        display="article_tables.indicators",
        paper_id="tbl-framework",
        notebook="context",
    ),
    Entry(
        name="table2",
        raw=("informants",),
        builder="context.snowball_informants",
        tracer="context.trace_informants",
        display="article_tables.informants",
        paper_id="tbl-informants",
        key="group",
        notebook="context",
    ),
    Entry(
        name="table3",
        raw=("framework",),
        builder="context.research_aspects",
        tracer="context.trace_framework",
        display="article_tables.aspects",
        paper_id="tbl-aspects",
        notebook="context",
    ),
    Entry(
        name="table4",
        raw=("applications_recap",),
        builder="applications.count_by",
        tracer="applications.trace",
        of=("type",),
        display="article_tables.categories",
        figure="figures.category_bars",
        paper_id="tbl-types",
        key="category",
        is_counted=True,
    ),
    Entry(
        name="table5",
        raw=("applications_recap",),
        builder="applications.count_by",
        tracer="applications.trace",
        of=("ownership",),
        display="article_tables.categories",
        figure="figures.category_bars",
        paper_id="tbl-ownership",
        key="category",
        is_counted=True,
    ),
    Entry(
        name="table6",
        raw=("applications_recap",),
        builder="applications.count_by",
        tracer="applications.trace",
        of=("status",),
        display="article_tables.categories",
        figure="figures.category_bars",
        paper_id="tbl-status",
        key="category",
        is_counted=True,
    ),
    Entry(
        name="table7",
        raw=("integrations",),
        builder="integrations.list_integrations",
        tracer="integrations.trace",
        display="article_tables.integrations",
        figure="network_figures.integration_graph",
        paper_id="tbl-integrations",
        key="number",
        needs=("integrations",),
        is_counted=True,
    ),
    Entry(
        name="type_by_status",
        raw=("applications",),
        builder="insights.cross_table",
        tracer="insights.trace_cross",
        of=("type",),
        display="insight_tables.cross_table",
        figure="insight_figures.cross_heatmap",
        paper_id="tbl-type-status",
        key="category",
        needs=("applications",),
        notebook="inventory_insights",
        is_counted=True,
    ),
    Entry(
        name="owner_by_status",
        raw=("applications",),
        builder="insights.cross_table",
        tracer="insights.trace_cross",
        of=("owner",),
        display="insight_tables.cross_table",
        paper_id="tbl-owner-status",
        key="category",
        needs=("applications",),
        notebook="inventory_insights",
        is_counted=True,
    ),
    Entry(
        name="duplicates",
        raw=("applications",),
        builder="duplicates.in_inventory",
        tracer="insights.trace_rows",
        display="insight_tables.duplicates",
        paper_id="tbl-duplicates",
        needs=("applications",),
        notebook="inventory_insights",
        is_counted=True,
    ),
    Entry(
        name="stale",
        raw=("applications",),
        builder="insights.neglected",
        tracer="insights.trace_rows",
        display="insight_tables.stale",
        figure="insight_figures.stale_bars",
        paper_id="tbl-stale",
        needs=("applications",),
        notebook="inventory_insights",
        is_counted=True,
    ),
    Entry(
        name="table8",
        raw=("framework", "evidence", "findings"),
        builder="findings.summarise",
        tracer="findings.trace",
        display="article_tables.findings",
        figure="figures.evidence_heatmap",
        paper_id="tbl-findings",
        key="finding_id",
        reads=(RESULTS,),
        needs=("evidence", "findings"),
    ),
)
"""The tables, in the order in which they can be made."""

BY_NAME = {entry.name: entry for entry in TABLES}
COUNTS = {entry.of[0]: entry.name for entry in TABLES if entry.builder == "applications.count_by"}
"""Names of the tables that count applications, by attribute."""


def entries(city: City) -> list[Entry]:
    """Return the entries of the tables that a city's raw files allow."""
    return [entry for entry in TABLES if city.parts.issuperset(entry.needs)]
