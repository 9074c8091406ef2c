"""One entry per table: every list of tables derives from these."""

from analysis.project.cities import City
from analysis.table_list.entry import Entry

RESULTS = "results.json"
"""What is read by tables that show derived numbers."""

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
        figure="count_figures.category_bars",
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
        figure="count_figures.category_bars",
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
        figure="count_figures.category_bars",
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
        added=9,
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
        added=10,
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
        added=11,
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
        added=12,
        is_counted=True,
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
