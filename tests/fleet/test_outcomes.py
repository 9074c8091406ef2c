"""Why a city failed: told in both languages, briefly, and whether trying again may help."""

import pickle
from typing import Any

import pytest

from analysis.fleet.outcomes import TOLD, Outcome, PassingError, is_passing, lost, reason
from analysis.language.problems import Problem, RawDataError
from analysis.project.locking import BusyError
from analysis.tasks.running import BuildError


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def sent_and_received(thing: object) -> Any:
    return pickle.loads(pickle.dumps(thing))  # noqa: S301 - our own


def problems(n: int, *, is_warning: bool = False) -> list[Problem]:
    return [Problem("row.blank", f"file{i}.csv", is_warning=is_warning) for i in range(n)]


def test_problems_of_raw_data_are_told_one_a_line_and_no_more_than_a_few():
    found = reason(RawDataError("kotabaru", problems(TOLD + 4)))
    for lang in ("id", "en"):
        lines = found[lang].splitlines()
        assert len(lines) == TOLD + 1
        assert lines[0].startswith("file0.csv")
        assert "4" in lines[-1] and "compendium check" in lines[-1]


def test_warnings_are_no_reason():
    found = reason(RawDataError("kotabaru", [*problems(2, is_warning=True), Problem("file.hash", "x.csv")]))
    assert found["en"].startswith("x.csv")
    assert len(found["en"].splitlines()) == 1


def test_the_step_that_failed_is_named():
    found = reason(caused(BuildError("table4"), ZeroDivisionError("division by zero")))
    assert found["en"].splitlines()[0] == "Step table4 failed:"
    assert "division by zero" in found["id"]


def test_every_step_that_failed_is_named():
    other = caused(BuildError("paper.en"), ValueError("no figure"))
    found = reason(caused(BuildError("paper.id", [other]), ValueError("no table")))
    assert [line for line in found["en"].splitlines() if line.endswith("failed:")] == [
        "Step paper.id failed:",
        "Step paper.en failed:",
    ]
    assert "no figure" in found["id"]


def test_a_city_that_is_busy_and_a_process_that_died_are_told_in_both_languages():
    for found in (reason(BusyError("cli.busy", city="kotabaru")), lost(3)):
        assert found["id"] != found["en"]
    assert "kotabaru" in reason(BusyError("cli.busy", city="kotabaru"))["id"]
    assert "3" in lost(3)["en"]


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(28, "No space left on device"), True),
        (MemoryError(), True),
        (caused(BuildError("table4"), OSError(28, "No space left on device")), True),
        (caused(BuildError("table4"), ZeroDivisionError()), False),
        (RawDataError("kotabaru", problems(1)), False),
        (BusyError("cli.busy", city="kotabaru"), False),
    ],
)
def test_only_what_may_not_come_again_is_worth_another_try(error, expected):
    assert is_passing(error) is expected


def test_a_killed_kernel_is_worth_another_try():
    dead = type("DeadKernelError", (RuntimeError,), {})("Kernel died")
    assert is_passing(caused(BuildError("table4"), caused(RuntimeError("kernel mati"), dead)))


def test_outcomes_and_errors_travel_between_processes():
    for sent in (Outcome("a", "failed", 1.5, lost(2)), Outcome("a", "built")):
        assert sent_and_received(sent) == sent
    assert reason(sent_and_received(PassingError(lost(2)))) == lost(2)
