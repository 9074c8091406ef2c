from helpers import FILES, open_project

from analysis.checking.consistency import check_across
from analysis.language.problems import Problem
from analysis.raw_data import raw


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


def test_a_role_is_told_only_if_it_looks_like_a_group_misspelt(tmp_path, monkeypatch):
    evidence = FILES["evidence"].replace("officials", "official").replace("citizens", "mayor")
    assert told(monkeypatch, tmp_path, evidence=evidence) == [("cell.role", "evidence.csv", 2, "role")]
