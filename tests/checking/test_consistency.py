import pytest
from helpers import FILES, open_project

from analysis import raw
from analysis.checking.consistency import check_across
from analysis.problems import Problem


def told(monkeypatch, folder, known=(), **files):
    """Return what is told across a city's files: kind, file, row, column."""
    package, _ = raw.read(open_project(monkeypatch, folder, **files))
    return [(p.kind, p.file, p.row, p.column) for p in check_across(package, known)]


def test_a_city_in_order_has_no_problem(tmp_path, monkeypatch):
    assert told(monkeypatch, tmp_path) == []


def test_a_cell_that_was_told_is_not_told_again(tmp_path, monkeypatch):
    evidence = FILES["evidence"].replace("E1,service_access", "E1,service")
    expected = [("cell.enum", "evidence.csv", 2, "aspect")]
    assert told(monkeypatch, tmp_path, evidence=evidence) == expected
    known = [Problem("cell.pattern", "evidence.csv", 2, "aspect")]
    assert told(monkeypatch, tmp_path / "again", known, evidence=evidence) == []


def test_nothing_is_told_of_references_to_names_that_are_wrong_themselves(tmp_path, monkeypatch):
    evidence = FILES["evidence"].replace("E1,", "e1,")
    known = [Problem("cell.pattern", "evidence.csv", 2, "evidence_id")]
    assert told(monkeypatch, tmp_path, known, evidence=evidence) == []


@pytest.mark.parametrize(
    ("key", "column"), [("wifi.capacity.users", "value"), ("wifi.users_per_access_point", "metric")]
)
def test_a_result_is_not_missed_where_a_wrong_metric_may_have_given_it(tmp_path, monkeypatch, key, column):
    findings = FILES["findings"].replace("WiFi kurang", f"WiFi {{{key}}}")
    metrics = FILES["metrics"].replace("wifi.users_per_access_point,10", "WiFi!,10 orang")
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


def test_a_role_is_told_only_if_it_looks_like_a_group_misspelt(tmp_path, monkeypatch):
    evidence = FILES["evidence"].replace("officials", "official").replace("citizens", "mayor")
    assert told(monkeypatch, tmp_path, evidence=evidence) == [("cell.role", "evidence.csv", 2, "role")]
