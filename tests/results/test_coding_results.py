import pytest
from helpers import bandung

from analysis.raw_data.row_ranges import rows_in
from analysis.results.coding_results import PARTS

# What follows by hand from the article's Table 1.
EXPECTED = {
    "audit.framework.government_areas": 3,
    "audit.framework.indicators.online_services": 2,
    "audit.framework.indicators.infrastructure": 4,
    "audit.framework.indicators.open_government": 3,
    "audit.framework.dimensions_with_indicators": 1,
}


def results_of(package, name):
    """Return the results from one raw file by key: value, unit, file, rows, rule."""
    return {row[0]: row[1:] for row in PARTS[name](package)}


@pytest.mark.parametrize(("key", "expected"), EXPECTED.items(), ids=str)
def test_the_framework_is_counted_as_by_hand(key, expected):
    assert results_of(bandung(), "framework")[key][0] == expected


def test_the_aspects_behind_the_findings_are_counted_once_each():
    package = bandung()
    named = {name for cell in package["findings"]["evidence_ids"] for name in cell.split()}
    aspects = {row.aspect for row in package["evidence"].itertuples() if row.evidence_id in named}
    value, *_ = results_of(package, "findings")["findings.aspects_covered"]
    assert value == len(aspects) == 11


def test_the_rows_of_counted_evidence_are_those_that_are_counted():
    for key, (count, _, file, rows, _) in results_of(bandung(), "evidence").items():
        if key.startswith("audit.evidence."):
            chosen = bandung()["evidence"].loc[rows_in(rows)]
            assert (file, len(chosen)) == ("evidence.csv", count)
            assert set(chosen["aspect"] + "." + chosen["polarity"]) <= {key.removeprefix("audit.evidence.")}
