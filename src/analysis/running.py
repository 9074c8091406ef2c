"""Run a graph of tasks with doit, and tell whoever watches what happens."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import chdir, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from doit.cmd_base import ModuleTaskLoader
from doit.doit_cmd import DoitMain

from analysis.cities import City
from analysis.fingerprints import ContentChecker


class BuildError(RuntimeError):
    """A task of a build failed; `task` names it, and the cause is the exception it raised."""

    def __init__(self, task: str) -> None:
        self.task = task
        super().__init__(task)


class MissingInputError(RuntimeError):
    """A task needs files that there are not, and that no task makes."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(f"berkas tidak ada / files missing: {', '.join(names)}")


@dataclass(frozen=True)
class Made:
    """What a build says about one task: seconds is None when it was up to date."""

    task: str
    targets: tuple[Path, ...]
    seconds: float | None


class Watcher(Protocol):
    """Whoever wants to know how a build goes on."""

    def planned(self, tasks: list[str]) -> None:
        """Take note of the tasks of the build, in order."""

    def started(self, task: str) -> None:
        """Take note that a task is being done."""

    def finished(self, made: Made) -> None:
        """Take note that a task is done, or was up to date."""


def run(planned: list[dict[str, Any]], place: City, watcher: Watcher, jobs: int, selected: list[str]) -> None:
    """Let doit decide and run; the first exception of a task becomes a `BuildError`."""
    errors: dict[str, Exception] = {}
    for task in planned:
        task["actions"] = [_remember(task["basename"], task["actions"][0], errors)]
    targets = {task["basename"]: tuple(place.root / target for target in task["targets"]) for task in planned}
    watcher.planned(list(targets))
    state = place.build / ".state.sqlite3"
    _forget_damaged(state)
    settings = {
        "dep_file": str(state),
        "backend": "sqlite3",
        "check_file_uptodate": ContentChecker,
        "num_process": jobs if jobs > 1 else 0,
        "par_type": "thread",
        "verbosity": 0,
        "reporter": _reporter(watcher, targets, errors),
    }
    loader = ModuleTaskLoader({"task_city": lambda: (task for task in planned)})
    with chdir(place.root):
        code = DoitMain(loader, extra_config={"GLOBAL": settings}).run(["run", *selected])
    for name, error in errors.items():
        raise BuildError(name) from error
    if code:
        raise RuntimeError("doit failed before a task did")


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


def _reporter(watcher: Watcher, targets: dict[str, tuple[Path, ...]], errors: dict[str, Exception]) -> type:
    """Return a doit reporter that tells `watcher` what happens."""
    since: dict[str, float] = {}

    class Reporter:
        desc = "tells the watcher"

        def __init__(self, outstream: Any, options: Any) -> None:
            del outstream, options

        def execute_task(self, task: Any) -> None:
            since[task.name] = time.perf_counter()
            watcher.started(task.name)

        def add_success(self, task: Any) -> None:
            seconds = time.perf_counter() - since[task.name]
            watcher.finished(Made(task.name, targets[task.name], seconds))

        def skip_uptodate(self, task: Any) -> None:
            watcher.finished(Made(task.name, targets[task.name], None))

        def add_failure(self, task: Any, fail: Any) -> None:
            del fail
            if missing := sorted(name for name in task.file_dep if not Path(name).is_file()):
                errors.setdefault(task.name, MissingInputError(missing))

        def runtime_error(self, msg: str) -> None:
            raise RuntimeError(msg)

        def _nothing(self, *_: Any) -> None:
            """Take no notice."""

        initialize = get_status = skip_ignore = cleanup_error = _nothing
        teardown_task = complete_run = _nothing

    return Reporter
