import pytest
from helpers import bandung

from analysis.auditing import ledger
from analysis.auditing.sections import UNDECIDED, by_section
from analysis.results import rebuilt_files


@pytest.fixture(scope="module")
def found():
    return ledger.audit_source(bandung(), rebuilt_files.load("bandung"))


def test_the_sections_add_up_to_the_headline(found):
    sums = by_section(found.checks).drop(columns="section").sum()
    assert sums[UNDECIDED] == found.counts["undecided"]
    assert sums.drop(UNDECIDED).sum() == found.counts["checked"]
    for outcome in ("reproduced", "inconsistent", "ambiguous"):
        assert sums[outcome] == found.counts[outcome]


def test_sections_stand_in_the_order_of_the_article_and_tables_and_figures_at_the_end(found):
    sections = list(by_section(found.checks)["section"])
    assert sections.index("Pendahuluan") < sections.index("Metode") < sections.index("Simpulan")
    assert sections[-2:] == ["table", "figure"]


def test_a_ledger_without_statements_has_no_sections(found):
    assert by_section(found.checks.iloc[:0]).empty
