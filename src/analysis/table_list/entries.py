"""One entry per table: every list of tables derives from these."""

from typing import Any

from analysis.project.cities import City
from analysis.table_list.entry import Entry

RESULTS = "results.json"
"""What is read by tables that show derived numbers."""

COUNTED: dict[str, Any] = {
    "raw": ("applications_recap",),
    "builder": "applications.count_by",
    "tracer": "applications.trace",
    "display": "article_tables.categories",
    "figure": "count_figures.category_bars",
    "key": "category",
    "is_counted": True,
}
"""What the tables that count applications by one attribute have in common."""
OF_INVENTORY: dict[str, Any] = {
    "raw": ("applications",),
    "needs": ("applications",),
    "notebook": "inventory_insights",
    "is_counted": True,
}
CROSSED = OF_INVENTORY | {
    "builder": "insights.cross_table",
    "tracer": "insights.trace_cross",
    "display": "insight_tables.cross_table",
    "key": "category",
}

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
    Entry(name="table4", of=("type",), paper_id="tbl-types", **COUNTED),
    Entry(name="table5", of=("ownership",), paper_id="tbl-ownership", **COUNTED),
    Entry(name="table6", of=("status",), paper_id="tbl-status", **COUNTED),
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
        of=("type",),
        figure="insight_figures.cross_heatmap",
        paper_id="tbl-type-status",
        added=9,
        **CROSSED,
    ),
    Entry(name="owner_by_status", of=("owner",), paper_id="tbl-owner-status", added=10, **CROSSED),
    Entry(
        name="duplicates",
        builder="duplicates.in_inventory",
        tracer="insights.trace_rows",
        display="insight_tables.duplicates",
        paper_id="tbl-duplicates",
        added=11,
        **OF_INVENTORY,
    ),
    Entry(
        name="stale",
        builder="insights.neglected",
        tracer="insights.trace_rows",
        display="insight_tables.stale",
        figure="insight_figures.stale_bars",
        paper_id="tbl-stale",
        added=12,
        **OF_INVENTORY,
    ),
    Entry(
        name="table8",
        raw=("framework", "evidence", "findings"),
        builder="findings.summarise",
        tracer="findings.trace",
        display="article_tables.findings",
        figure="evidence_figures.evidence_balance",
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
