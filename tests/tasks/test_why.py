"""Which tasks are looked at when it is asked why something is stale."""

from pathlib import Path

import pytest

from analysis.tasks import why
from analysis.tasks.staleness import Reason, Standing

PROJECT = Path("/project")
CHANGED = Reason("changed", "a.in")
FOUND = {
    "a": Standing("a", ("a.in",), ("made/a.csv",), (CHANGED,), {}),
    "b": Standing("b", ("b.in",), ("made/b.csv",), (), {}),
    "c": Standing("c", ("made/a.csv",), ("made/c.csv",), (), {"a": ("made/a.csv",)}),
    "d": Standing("d", ("made/c.csv",), ("else/d.html", "else/d.pdf"), (), {"c": ("made/c.csv",)}),
}


def test_a_target_concerns_its_task_and_what_that_waits_for_the_nearest_first():
    assert why.concerned(PROJECT, FOUND, "d") == ["d", "c", "a"]
    assert why.concerned(PROJECT, FOUND, "b.csv") == ["b"]


def test_without_a_target_everything_that_is_not_fresh_is_concerned():
    assert why.concerned(PROJECT, FOUND, "") == ["a", "c", "d"]


def test_the_roots_of_a_task_are_what_is_certainly_done_before_it():
    assert why.roots(FOUND, "d") == ["a"]
    assert why.roots(FOUND, "a") == []


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("a", "a"),
        ("a.csv", "a"),
        ("made/a.csv", "a"),
        ("/project/made/a.csv", "a"),
        ("d.pdf", "d"),
        ("else/d.html", "d"),
    ],
)
def test_a_target_is_a_task_or_a_file_that_it_makes(target, expected):
    assert why.resolve(PROJECT, FOUND, target) == expected


@pytest.mark.parametrize("target", ["e", "made", "../a", "/etc/passwd", "a.in"])
def test_an_unknown_target_is_refused_with_the_tasks_that_there_are(target):
    with pytest.raises(why.UnknownTargetError) as caught:
        why.resolve(PROJECT, FOUND, target)
    assert caught.value.known == list(FOUND)


def test_a_path_from_a_folder_below_is_understood(tmp_path, monkeypatch):
    folder = tmp_path / "made"
    folder.mkdir()
    (folder / "a.csv").touch()
    monkeypatch.chdir(folder)
    assert why.below(tmp_path, "a.csv") == "made/a.csv"
    assert why.below(tmp_path, "b.csv") == "b.csv"
    assert why.resolve(tmp_path, FOUND, "a.csv") == "a"
