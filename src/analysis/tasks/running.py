"""Run a graph of tasks with doit, and tell whoever watches what happens."""

from __future__ import annotations

import sqlite3
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from contextlib import chdir, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doit.control import TaskControl
from doit.dependency import DatabaseException, Dependency, SqliteDB
from doit.exceptions import UnmetDependency
from doit.loader import generate_tasks
from doit.reporter import ZeroReporter
from doit.runner import MThreadRunner

from analysis.tasks.fingerprints import ContentChecker


class BuildError(RuntimeError):
    """A task of a build failed; `task` names it, and the cause is the exception it raised.

    `others` are the errors of further tasks that failed in the same build.
    """

    def __init__(self, task: str, others: Sequence[BuildError] = ()) -> None:
        self.task, self.others = task, others
        super().__init__(task)


class MissingInputError(RuntimeError):
    """A task needs files that there are not, and that no task makes."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(", ".join(names))


@dataclass(frozen=True)
class Made:
    """What a build says about one task: seconds is None when it was up to date."""

    task: str
    targets: tuple[Path, ...]
    seconds: float | None


class Watcher:
    """Whoever wants to know how a build goes on; this one does nothing about it."""

    def planned(self, tasks: list[str]) -> None:
        """Take note of the tasks of the build, in order."""

    def started(self, task: str) -> None:
        """Take note that a task is being done."""

    def finished(self, made: Made) -> None:
        """Take note that a task is done, or was up to date."""


def run(
    planned: list[dict[str, Any]], root: Path, state: Path, watcher: Watcher, jobs: int, selected: list[str]
) -> None:
    """Let doit decide and run, in the folder `root`, and tell `watcher` what happens.

    Each of the `planned` tasks is as doit takes it, has one action, and names files from `root`. What was
    done is remembered in the file `state`. Only those `selected` are brought up to date, with what they
    need, if there are any.

    Raises
    ------
    BuildError
        When tasks failed: the first one's, which has those of the others. Its cause is what the task raised,
        or a `MissingInputError`.
    """
    errors: dict[str, Exception] = {}
    for task in planned:
        task["actions"] = [_remember(task["basename"], task["actions"][0], errors)]
    targets = {task["basename"]: tuple(root / target for target in task["targets"]) for task in planned}
    watcher.planned(list(targets))
    control = controlled(planned)
    control.process(selected or None)
    _forget_damaged(state)
    with chdir(root):
        memory = _opened(state)
        reporter = _Reporter(watcher, targets, errors)
        runner = MThreadRunner(memory, reporter, continue_=True, num_process=jobs)
        dispatcher = control.task_dispatcher()
        dispatcher.ready = _InOrder(planned)
        code = runner.run_all(dispatcher)
    if errors:
        first, *others = (_failed(name, error) for name, error in errors.items())
        first.others = others
        raise first
    if code:
        raise RuntimeError("doit failed before a task did")


class _InOrder(deque[Any]):
    """Tasks that can begin, the one that most others wait for first, else as planned; doit would take any."""

    def __init__(self, planned: list[dict[str, Any]]) -> None:
        super().__init__()
        readers = Counter(file for task in planned for file in task["file_dep"])
        waiting = [max((readers[target] for target in task["targets"]), default=0) for task in planned]
        order = sorted(range(len(planned)), key=lambda place: -waiting[place])
        self.places = {planned[place]["basename"]: turn for turn, place in enumerate(order)}

    def popleft(self) -> Any:
        """Take out the next task."""
        first = min(self, key=lambda node: self.places[node.task.name])
        self.remove(first)
        return first


def controlled(planned: Iterable[dict[str, Any]]) -> TaskControl:
    """Return tasks as doit takes them: checked, by name, with what each depends on."""
    return TaskControl(generate_tasks("planned", (dict(task) for task in planned)))


def _opened(state: Path) -> _Memory:
    try:
        return _Memory(SqliteDB, str(state), checker_cls=ContentChecker)
    except DatabaseException as error:  # It has the form of one, so that the disk is full, or the like.
        raise sqlite3.OperationalError(str(error.__context__)) from error


def _forget_damaged(state: Path) -> None:
    """Remove a state that cannot be read, so that everything is made again."""
    if not state.is_file():
        return
    try:
        with closing(sqlite3.connect(state)) as connection:
            is_sound = connection.execute("pragma quick_check").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        is_sound = False
    if not is_sound:
        state.unlink()


def _remember(name: str, action: Callable[[], None], errors: dict[str, Exception]) -> Callable[[], bool]:
    def attempt() -> bool:
        try:
            action()
        except Exception as error:
            errors[name] = error
            return False
        return True

    return attempt


def _failed(name: str, cause: Exception) -> BuildError:
    error = BuildError(name)
    error.__cause__ = cause
    return error


class _Memory(Dependency):  # type: ignore[misc]
    """What doit remembers; it would also forget a task that never began, since what it needs failed."""

    def remove_success(self, task: Any) -> None:
        """Forget what a task did before, if that is no longer so."""
        if task.executed:
            super().remove_success(task)


class _Reporter(ZeroReporter):  # type: ignore[misc]
    """Passes doit's reports on to `watcher`."""

    def __init__(
        self, watcher: Watcher, targets: dict[str, tuple[Path, ...]], errors: dict[str, Exception]
    ) -> None:
        self.watcher, self.targets, self.errors = watcher, targets, errors
        self.since: dict[str, float] = {}

    def execute_task(self, task: Any) -> None:
        self.since[task.name] = time.perf_counter()
        self.watcher.started(task.name)

    def add_success(self, task: Any) -> None:
        seconds = time.perf_counter() - self.since[task.name]
        self.watcher.finished(Made(task.name, self.targets[task.name], seconds))

    def skip_uptodate(self, task: Any) -> None:
        self.watcher.finished(Made(task.name, self.targets[task.name], None))

    def add_failure(self, task: Any, fail: Any) -> None:
        if isinstance(fail, UnmetDependency):
            return
        if missing := sorted(name for name in task.file_dep if not Path(name).is_file()):
            self.errors.setdefault(task.name, MissingInputError(missing))

    def runtime_error(self, message: str) -> None:
        raise RuntimeError(message)
