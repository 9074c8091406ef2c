"""What is read in a child process comes back, or one sentence that names the cap that was reached."""

import sys

import pytest
from spreadsheet_files import refusal

from analysis.intake import confined
from analysis.intake.sheets import refuse

ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits what a process may take")


def why(function, *arguments):
    """Return the kind of problem and the limit that a function ends in."""
    problem = refusal(confined.confined, function, *arguments, file="t.xlsx")
    return problem.kind, problem.expected


def endless():
    while True:
        pass


def hungry(size):
    return len(bytearray(size))


def broken():
    raise RuntimeError("not as it should be")


def refusing():
    refuse("unsafe", "t.xlsx", expected="x")


def test_what_a_function_returns_comes_back():
    assert confined.confined(hungry, 10, file="t.xlsx") == 10


def test_what_a_function_refuses_is_refused():
    assert why(refusing) == ("unsafe", "x")


def test_an_error_of_any_kind_is_told_as_damage():
    assert why(broken)[0] == "damaged"


@ONLY_LINUX
def test_too_much_memory_ends_in_one_sentence():
    assert why(hungry, 2 * confined.MEMORY) == ("heavy", "700 MB")


@ONLY_LINUX
def test_too_much_time_ends_in_one_sentence(monkeypatch):
    monkeypatch.setattr(confined, "SECONDS", 1)
    assert why(endless) == ("slow", "1")


def test_a_child_that_does_not_answer_is_ended(monkeypatch):
    monkeypatch.setattr(confined, "PATIENCE", 0.2)
    assert why(endless)[0] == "slow"
