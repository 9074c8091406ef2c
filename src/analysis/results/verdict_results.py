"""Results of judging the conclusion: what falls short under each rule, and how easily each verdict turns."""

from collections.abc import Iterator

from analysis.raw_data.raw import Package
from analysis.raw_data.row_ranges import row_ranges
from analysis.results import verdicts
from analysis.results.derivations import AND, NOTHING, Row
from analysis.results.sensitivity import STEP, sensitivity
from analysis.tables.findings import DIMENSIONS


def of_verdicts(package: Package) -> Iterator[Row]:
    """Yield which dimensions fall short under each rule, and whether the city as a whole is supportive."""
    for rule in verdicts.RULES:
        judged = verdicts.judge(rule, verdicts.scores_of(rule, rule.records(package)))
        short = [name for name in DIMENSIONS if judged[name]]
        others = [name for name in DIMENSIONS if not judged[name]]
        lineage = (f"{rule.source}.csv", row_ranges(package[rule.source].index), rule.name)
        yield (f"verdict.{rule.name}.short", AND.join(short) or NOTHING, "name", *lineage)
        yield (f"verdict.{rule.name}.supports", AND.join(others) or NOTHING, "name", *lineage)
        if verdicts.OVERALL in judged:
            yield (f"verdict.overall.{rule.name}", judged[verdicts.OVERALL], "truth", *lineage)
        for name in DIMENSIONS:
            yield (f"audit.short.{name}.{rule.name}", judged[name], "truth", *lineage)


def of_sensitivity(package: Package) -> Iterator[Row]:
    """Yield of how many ways of coding that differ by one step each verdict turns in how many."""
    tried = sensitivity(package)
    steps = tried[tried["kind"] == STEP]
    sources = {rule.name: rule.source for rule in verdicts.RULES}
    for rule, judged, turned, count in steps[["rule", "judged", "turned", "tried"]].itertuples(index=False):
        lineage = (f"{sources[rule]}.csv", row_ranges(package[sources[rule]].index), rule)
        yield (f"sensitivity.{rule}.{judged}.turned", int(turned), "count", *lineage)
        yield (f"sensitivity.{rule}.{judged}.tried", int(count), "count", *lineage)
    both = "findings.csv + evidence.csv"
    rows = " + ".join(row_ranges(package[name].index) for name in ("findings", "evidence"))
    for judged in dict.fromkeys(steps["judged"]):
        part = steps[steps["judged"] == judged]
        group = (both, rows, "all")
        yield (f"sensitivity.all.{judged}.turned", int(part["turned"].sum()), "count", *group)
        yield (f"sensitivity.all.{judged}.tried", int(part["tried"].sum()), "count", *group)
        yield (f"rules.{judged}.holds", int(part["verdict"].sum()), "count", *group)
        yield (f"rules.{judged}.count", len(part), "count", *group)
    short = steps[steps["judged"].isin(DIMENSIONS) & steps["verdict"]].groupby("rule")["judged"].agg(list)
    for name in DIMENSIONS:
        alone = sum(listed == [name] for listed in short)
        yield (f"rules.{name}.alone", alone, "count", both, rows, "all")
