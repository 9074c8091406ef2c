import re

from helpers import bandung, make_package
from test_ledger import audited, rebuilt

from analysis.auditing import issues
from analysis.auditing.checks import EXPLAINED, SAYS, WEIGHTS
from analysis.language.formats import Result
from analysis.tables.findings import PLACEHOLDER

ISSUES = """\
issue,weight,title_id,title_en,shown_id,shown_en,cite_id,cite_en,mend_id,mend_en
I01,term,Judul,Title,Ada {a.sum} dari {b}.,{a.sum} of {b}.,Kutip.,Cite.,Ubah.,Change.
"""


def told():
    return audited().issues


def test_numbers_are_filled_in_as_each_language_writes_them():
    results = {"a.sum": Result(1081, "record"), "b": Result(0.5, "share")}
    got = issues.texts(make_package(issues=ISSUES), results)["I01"]
    assert (got["shown_id"], got["shown_en"]) == ("Ada 1.081 dari 50,0%.", "1,081 of 50.0%.")


def test_a_text_that_names_no_result_keeps_its_placeholder():
    assert issues.texts(make_package(issues=ISSUES), {})["I01"]["shown_en"] == "{a.sum} of {b}."


def test_a_city_without_issues_has_none():
    assert issues.texts(make_package(), {}) == {}
    assert issues.known(make_package(), {}) == {}


def test_an_entry_is_explained_by_what_is_seen_what_may_be_cited_and_what_would_mend_it():
    known = "entry,issue,verdict,printed,rebuilt\nC1,I01,ambiguous,1,2\nC2,I09,ambiguous,1,2\n"
    got = issues.known(make_package(issues=ISSUES, discrepancies=known), {})
    assert got["C1"]["explanation_id"] == "Ada {a.sum} dari {b}. Kutip. Ubah."
    assert (got["C1"]["weight"], got["C2"]["weight"], got["C2"]["explanation_en"]) == ("term", "", "")


def test_what_changes_a_conclusion_comes_first_and_misprints_last():
    weights = [WEIGHTS.index(one["weight"]) for one in told()]
    assert weights == sorted(weights)
    assert told()[0]["weight"] == "conclusion"
    assert told()[-1]["weight"] == "misprint"


def test_every_entry_that_does_not_agree_belongs_to_one_issue_with_one_verdict():
    checks = audited().checks
    differing = checks[checks["verdict"].isin(EXPLAINED)]
    assert sorted(entry for one in told() for entry in one["entries"]) == sorted(differing["entry"])
    assert (differing.groupby("issue")["verdict"].nunique() == 1).all()


def test_every_issue_of_bandung_is_told_in_full(lang):
    for one in told():
        for part in issues.TOLD:
            said = one[f"{part}_{lang}"]
            assert said.strip(), one["issue"]
            assert not PLACEHOLDER.search(said), one["issue"]


def test_explanations_in_english_name_places_in_english():
    assert not [
        one["issue"] for one in told() if re.search(r"kutipan|catatan|Tabel|kalimat", one["shown_en"])
    ]


def test_every_issue_is_counted_once():
    counts = issues.count(told())
    assert sum(counts[f"issues.{says}.total"] for says in SAYS) == len(told()) == len(bandung()["issues"])
    assert sum(counts[f"issues.{says}.{weight}"] for says in SAYS for weight in WEIGHTS) == len(told())


def test_issues_read_the_same_from_the_same_checks():
    assert issues.listed(audited().checks, bandung(), rebuilt().results) == told()
