"""The outcome of a city's build: built, up to date or failed, and why, in Indonesian and English."""

from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field
from typing import Literal

from analysis.chain import failures
from analysis.language.labels import LANGUAGES, WordedError, text
from analysis.language.problems import Problem, RawDataError
from analysis.tasks.running import BuildError

Reason = Mapping[str, str]
"""Why something failed, by language."""
State = Literal["built", "up_to_date", "failed"]
TOLD = 3
"""Problems of one city that are listed; its own check lists all of them."""


class ClusterError(WordedError, RuntimeError):
    """A cluster that cannot be used; the text of `key` says why."""


@dataclass(frozen=True)
class Outcome:
    """The outcome of one city's build."""

    city: str
    """Name of the city."""
    state: State
    """What became of it: ``built``, ``up_to_date``, ``failed``."""
    seconds: float = 0.0
    """Time that building it took."""
    reason: Reason = field(default_factory=dict)
    """Why it failed, by language; empty if it did not."""


class PassingError(Exception):
    """A failure that may be temporary; `reason` says what it was, by language."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason)


def reason(error: BaseException) -> Reason:
    """Return why building a city failed: problems of raw data line by line, or the task and its error."""
    if isinstance(error, PassingError):
        return error.reason
    return {lang: _told(error, lang) for lang in LANGUAGES}


def is_passing(error: BaseException | None) -> bool:
    """Return whether an error may be temporary: a full disk or memory, a kernel that was killed."""
    while error is not None:
        if isinstance(error, (OSError, MemoryError)) or type(error).__name__ == "DeadKernelError":
            return True
        error = error.__cause__
    return False


def _told(error: BaseException, lang: str) -> str:
    if isinstance(error, BuildError):
        told = [text("cli.failed", lang, task=error.task), _cause(error.__cause__ or error, lang)]
        return "\n".join([*told, *(_told(other, lang) for other in error.others)])
    if isinstance(error, WordedError):
        return error.message(lang)
    if isinstance(error, CancelledError):
        return text("fleet.cancelled", lang)
    return _cause(error, lang)


def _cause(error: BaseException, lang: str) -> str:
    problems: Sequence[Problem] = getattr(error, "problems", ())
    if isinstance(error, RawDataError):
        problems = [problem for problem in error.problems if not problem.is_warning] or problems
    if not problems:
        return f"{type(error).__name__}: {failures.say(error, lang)}"
    lines = [problem.line(lang) for problem in problems[:TOLD]]
    left = len(problems) - len(lines)
    return "\n".join([*lines, text("fleet.more", lang, n=left)] if left else lines)


def lost(times: int) -> Reason:
    """Return the reason of a city whose builder died each time."""
    return {lang: text("fleet.lost", lang, times=times) for lang in LANGUAGES}
