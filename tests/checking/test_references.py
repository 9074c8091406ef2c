import pytest
from helpers import FILES, open_project

from analysis.checking.references import check_references
from analysis.language.problems import Problem
from analysis.raw_data import raw
from analysis.raw_data.schemas import columns_of

CELLS = "table,row,column,value,says,locator\n"
KNOWN = "entry,issue,verdict,printed,rebuilt\n"
ISSUES = f"{','.join(columns_of('issues'))}\n"


def told(monkeypatch, folder, known=(), **files):
    """Return what refers to nothing: kind, file, row, column."""
    package, _ = raw.read(open_project(monkeypatch, folder, **files))
    return [(p.kind, p.file, p.row, p.column) for p in check_references(package, known)]


def test_what_refers_to_what_is_there_is_no_problem(tmp_path, monkeypatch):
    columns = ("claim_id", "kind", "says", "text_id", "text_en", "printed", "relation", "result", "tolerance")
    claims = f"{','.join(columns)},needed_id,needed_en,locator\n"
    assert (
        told(
            monkeypatch,
            tmp_path,
            claims=f"{claims}C001,count,article,x,y,3,equals,integrations.count framework.aspects,0,,,S\n",
            published=f"{CELLS}"
            "table2,total,count,5,article,T2\ntable4,web,count,6,article,T4\n"
            "table6,total,count,10,article,T6\n"
            "table7,3,integrated_with,Sehat,article,T7\ntable8,OS1,services.web_or_mobile.count,7,article,T8\n"
            "table8,IN1,polarity,hinders,article,T8\n",
            discrepancies=f"{KNOWN}C001,I01,ambiguous,1,2\ntable4/web/count,I02,inconsistent,6,7\n",
            issues=f"{ISSUES}I01,term,a,b,{{integrations.count}},d,e,f,g,h\nI02,term,a,b,c,d,e,f,g,h\n",
        )
        == []
    )


def test_whether_an_informant_was_found_by_snowball_sampling_is_no_matter_of_references(
    tmp_path, monkeypatch
):
    published = f"{CELLS}table2,experts,count,1,article,T2\n"
    assert told(monkeypatch, tmp_path, published=published) == []


def test_a_row_of_a_table_that_cannot_be_rebuilt_is_told(tmp_path, monkeypatch):
    published = f"{CELLS}table7,1,application,Siaga,article,T7\n"
    expected = [("cell.reference", "published.csv", 2, "row")]
    assert told(monkeypatch, tmp_path, published=published, integrations=None) == expected


@pytest.mark.parametrize(
    ("key", "column"), [("wifi.capacity.users", "value"), ("wifi.users_per_access_point", "metric")]
)
def test_a_result_is_not_missed_where_a_wrong_metric_may_have_given_it(tmp_path, monkeypatch, key, column):
    findings = FILES["findings"].replace("WiFi kurang", f"WiFi {{{key}}}")
    wrong = {"value": "wifi.users_per_access_point,10 orang", "metric": "WiFi!,10"}[column]
    metrics = FILES["metrics"].replace("wifi.users_per_access_point,10", wrong)
    known = [Problem("cell.pattern", "metrics.csv", 3, column)]
    got = told(monkeypatch, tmp_path, known, findings=findings, metrics=metrics)
    assert [problem for problem in got if problem[0] == "cell.result"] == []


@pytest.mark.parametrize("gone", ["integrations", "metrics", "informants", "evidence"])
def test_results_of_a_file_that_the_city_lacks_cannot_be_asked_for(tmp_path, monkeypatch, gone):
    key = {"integrations": "integrations.count", "metrics": "wifi.access_points"}.get(gone, f"{gone}.total")
    findings = FILES["findings"].replace("WiFi kurang", f"WiFi {{{key}}}")
    assert told(monkeypatch, tmp_path, findings=findings) == []
    got = told(monkeypatch, tmp_path / "without", findings=findings, **{gone: None})
    assert ("cell.result", "findings.csv", 3, "text_id") in got


def test_what_a_file_gives_that_cannot_be_read_is_not_missed(tmp_path, monkeypatch):
    findings = FILES["findings"].replace("WiFi kurang", "WiFi {integrations.count}")
    assert told(monkeypatch, tmp_path, findings=findings, integrations="a;b\n") == []


def derived(rows):
    return f"key,operation,inputs,condition,unit\n{rows}\n"


def test_a_claim_can_ask_for_a_derived_number(tmp_path, monkeypatch):
    findings = FILES["findings"].replace("WiFi kurang", "WiFi {a.b}")
    files = {"findings": findings, "derivations": derived("a.b,sum,wifi.access_points 1,,x")}
    assert told(monkeypatch, tmp_path, **files) == []


def test_what_a_wrong_derived_number_would_give_is_not_missed(tmp_path, monkeypatch):
    findings = FILES["findings"].replace("WiFi kurang", "WiFi {a.b}")
    files = {"findings": findings, "derivations": derived("a.b,sum,wifi.acces_points 1,,x")}
    assert told(monkeypatch, tmp_path, **files) == [("cell.result", "derivations.csv", 2, "inputs")]


def test_what_is_left_out_for_want_of_records_cannot_be_asked_for(tmp_path, monkeypatch):
    findings = FILES["findings"].replace("WiFi kurang", "WiFi {a.b}")
    files = {"findings": findings, "derivations": derived("a.b,count_where,integrations.csv,,x")}
    got = told(monkeypatch, tmp_path, integrations=None, **files)
    assert got == [
        ("cell.no_records", "derivations.csv", 2, "inputs"),
        ("cell.result", "findings.csv", 3, "text_id"),
    ]


@pytest.mark.parametrize(
    ("known", "issues", "expected"),
    [
        ("I02,ambiguous", "I01,term,a,b,c,d,e,f,g,h", ("cell.reference", "discrepancies.csv", 2, "issue")),
        ("I01,ambiguous", "I01,term,a,b,{a.b},d,e,f,g,h", ("cell.result", "issues.csv", 2, "shown_id")),
        ("I01,ambiguous", "I01,term,a,b,c,d,e,{a.b},g,h", ("cell.result", "issues.csv", 2, "cite_en")),
    ],
)
def test_an_issue_has_entries_and_names_results_that_there_are(
    monkeypatch, tmp_path, known, issues, expected
):
    got = told(
        monkeypatch,
        tmp_path,
        published=f"{CELLS}table4,web,count,6,article,T4\n",
        discrepancies=f"{KNOWN}table4/web/count,{known},6,7\n",
        issues=f"{ISSUES}{issues}\n",
    )
    assert expected in got
