import pandas as pd
from test_ledger import audited

from analysis.auditing import distinct
from analysis.auditing.checks import SAYS, TESTED, Check


def check(entry, printed="3", rule="type: total", says="article", **other):
    """Return a check of the total of Table 4."""
    values = {"kind": "count", "basis": "recomputed", "verdict": "reproduced", "relation": "equals"}
    lineage = {"rebuilt": "3", "result": "x", "locator": "P", "file": "f.csv", "rows": "2-3", "rule": rule}
    return Check(entry=entry, printed=printed, says=says, **{**values, **lineage, **other})


def numbers(*checks):
    return [one.test for one in distinct.numbered(checks)]


def test_checks_of_the_same_rows_rule_value_and_relation_are_one_test():
    assert numbers(check("C1"), check("C2"), check("C3", printed="4")) == ["T001", "T001", "T002"]
    assert numbers(check("C1"), check("C2", relation="at_least")) == ["T001", "T002"]
    assert numbers(check("C1"), check("C2", rule="type: web")) == ["T001", "T002"]


def test_a_printed_total_and_a_claim_about_it_are_one_test():
    assert numbers(check("table4/total/count", kind="cell", rule="sum"), check("C1")) == ["T001", "T001"]
    assert numbers(check("table5/total/count", kind="cell", rule="sum"), check("C1")) == ["T001", "T002"]


def test_what_is_copied_or_undecided_is_no_test():
    assert numbers(check("C1", basis="transcribed"), check("C2", basis="none")) == ["", ""]


def test_a_test_is_the_article_s_if_any_of_its_entries_is():
    checks = distinct.numbered(
        [check("C1", says="imputed"), check("C2"), check("C3", printed="4", says="imputed")]
    )
    found = distinct.tests(pd.DataFrame([vars(one) for one in checks]))
    assert found[["test", "says", "entries"]].to_numpy().tolist() == [
        ["T001", "article", "C1 C2"],
        ["T002", "imputed", "C3"],
    ]
    counts = distinct.count(found)
    assert (counts["tests.article.total"], counts["tests.imputed.total"]) == (1, 1)
    assert counts["tests.compendium.total"] == 0


def test_no_two_tests_of_bandung_compare_the_same():
    checks = audited().checks
    tested = checks[checks["basis"].isin(TESTED)]
    assert (tested["test"] != "").all()
    pairs = tested.groupby(["file", "rows", "rule", "printed", "relation"])["test"].nunique()
    assert (pairs == 1).all()


def test_the_outcomes_of_the_tests_add_up():
    counts = audited().counts
    for says in SAYS:
        outcomes = sum(counts[f"tests.{says}.{name}"] for name in distinct.OUTCOMES)
        assert outcomes == counts[f"tests.{says}.total"]


def test_tests_as_records_list_their_entries():
    records = distinct.as_records(audited().tests)
    assert sum(len(one["entries"]) for one in records) == (audited().checks["test"] != "").sum()
