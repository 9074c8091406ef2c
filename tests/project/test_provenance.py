import subprocess

import pytest
from helpers import ROOT

from analysis.project import provenance

COMMITTED = 1_500_000_000


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "CITATION.cff").write_text('date-released: "2001-09-09"\n')
    return tmp_path


def commit(root, monkeypatch):
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_DATE", f"{COMMITTED} +0700")
    settings = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "x"]):
        subprocess.run(["git", "-C", str(root), *settings, *words], check=True)


def test_the_environment_comes_first(root, monkeypatch):
    commit(root, monkeypatch)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert provenance.epoch(root) == 86400


def test_then_the_time_of_the_last_commit(root, monkeypatch):
    commit(root, monkeypatch)
    assert provenance.epoch(root) == COMMITTED


def test_a_copy_without_history_has_its_release_date_in_utc(root, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Jakarta")
    assert provenance.epoch(root) == 999_993_600  # 2001-09-09 00:00 UTC


def test_a_history_without_commits_does_not_count(root):
    subprocess.run(["git", "-C", str(root), "init", "-q"], check=True)
    assert provenance.epoch(root) == 999_993_600


def test_git_need_not_be_installed(root, monkeypatch):
    monkeypatch.setenv("PATH", str(root))
    assert provenance.epoch(root) == 999_993_600


def test_an_unquoted_date_is_read_the_same(root):
    (root / "CITATION.cff").write_text("date-released: 2001-09-09\n")
    assert provenance.epoch(root) == 999_993_600


def test_the_compendium_has_a_time(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert provenance.epoch(ROOT) == provenance.epoch(ROOT) > 0


def test_a_committed_file_that_is_another_now_is_named(root, monkeypatch):
    path = root / "data/é table.csv"
    path.parent.mkdir()
    path.write_text("a")
    commit(root, monkeypatch)
    assert provenance.uncommitted(root, path.parent) == []  # it is not committed yet
    subprocess.run(["git", "-C", str(root), "add", "."], check=True)
    commit(root, monkeypatch)
    assert provenance.uncommitted(root, path.parent) == []
    path.write_text("b")
    assert provenance.uncommitted(root, path.parent) == ["data/é table.csv"]
    assert provenance.uncommitted(root / "data", path.parent) == []  # no repository of its own


@pytest.mark.parametrize("given", ["abc", "-1", "1e9", "99999999999999", " "])
def test_a_time_of_the_environment_that_is_none_is_told_as_it_stands(root, monkeypatch, given):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", given)
    with pytest.raises(provenance.DateOfBuildError) as caught:
        provenance.epoch(root)
    assert f"“{given}”" in caught.value.message("id") and f"“{given}”" in caught.value.message("en")
