"""What makes the outputs of tasks stale: found in the state of the last build, without running anything."""

import json
import sqlite3
import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import chdir, closing, contextmanager
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from doit.dependency import Dependency, SqliteDB

from analysis.tasks.fingerprints import ContentChecker, Fingerprint
from analysis.tasks.running import controlled

FRESH, UNDECIDED, STALE = "fresh", "undecided", "stale"


@dataclass(frozen=True)
class Reason:
    """One thing that changed since a task was done."""

    kind: str
    """What kind of thing, such as ``file``, ``module`` or ``setting``."""
    name: str = ""
    """Its name: a path from the root folder, or where a setting is found (``city.name_id``)."""
    old: Any = None
    new: Any = None
    """What it was and is, where known; None for what was or is missing, such as a setting."""


@dataclass(frozen=True)
class Standing:
    """How a task stands."""

    task: str
    """Its name."""
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    """Files that it reads and makes: paths from the root folder."""
    reasons: tuple[Reason, ...]
    """Why it is certainly done again at the next build."""
    awaited: dict[str, tuple[str, ...]]
    """Its inputs that are perhaps made anew before, by the task that makes them: it is done again if the
    content of any changes.
    """

    @property
    def state(self) -> str:
        """``stale``, ``undecided`` or ``fresh``."""
        if self.reasons:
            return STALE
        return UNDECIDED if self.awaited else FRESH


def standings(
    root: Path, state: Path, planned: list[dict[str, Any]], only: Collection[str] = ()
) -> dict[str, Standing]:
    """Report how tasks stand, each after those that it needs: all, or `only` some and what they need.

    `root`, `state` and `planned` are as for `running.run`.
    """
    found: dict[str, Standing] = {}
    inputs = {task["basename"]: tuple(task["file_dep"]) for task in planned}
    with chdir(root), _opened(state) as memory:
        control = controlled(planned)
        needs = {name: task.task_dep for name, task in control.tasks.items()}
        for name in _ordered(needs, only):
            task = control.tasks[name]
            awaited: dict[str, tuple[str, ...]] = {}
            for file in inputs[name]:
                maker = control.targets.get(file)
                if maker and found[maker].state != FRESH:
                    awaited[maker] = (*awaited.get(maker, ()), file)
            open_files = {file for files in awaited.values() for file in files}
            reasons = tuple(_reasons(task, control.tasks, memory, open_files))
            found[name] = Standing(name, inputs[name], tuple(task.targets), reasons, awaited)
    return found


def _ordered(needs: dict[str, list[str]], only: Collection[str]) -> list[str]:
    """Return tasks, each after what it needs: all, or some with what they need, directly or not."""
    order = list(TopologicalSorter(needs).static_order())
    wanted = set(only or order)
    for name in reversed(order):
        if name in wanted:
            wanted.update(needs[name])
    return [name for name in order if name in wanted]


@contextmanager
def _opened(path: Path) -> Iterator[Dependency]:
    """Open a copy of what doit remembers, or nothing: opening the original could write to it."""
    with tempfile.TemporaryDirectory(prefix="compendium-") as folder:
        copy = Path(folder) / path.name
        if path.is_file() and not _copied(path, copy):
            copy.unlink(missing_ok=True)
        state = Dependency(SqliteDB, str(copy), checker_cls=ContentChecker)
        try:
            yield state
        finally:
            state.close()


def _copied(path: Path, copy: Path) -> bool:
    """Copy a state, also while a build writes it; tell whether it can be read."""
    with (
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as original,
        closing(sqlite3.connect(copy)) as target,
    ):
        try:
            original.backup(target)
            return bool(target.execute("pragma quick_check").fetchone() == ("ok",))
        except sqlite3.DatabaseError:
            return False


def _reasons(task: Any, tasks: dict[str, Any], state: Dependency, open_files: set[str]) -> list[Reason]:
    """Return why a task is done again whatever becomes of `open_files`, which others make anew before."""
    values = state.get_values(task.name)
    unchanged = task.uptodate[0][0]
    if "settings" not in values:
        return [Reason("unrecorded" if all(Path(target).is_file() for target in task.targets) else "never")]
    status = state.get_status(task, tasks, get_log=True)
    found = [*_input_reasons(status.reasons, open_files)]
    if status.reasons["uptodate_false"]:
        found += (Reason("disturbed", name) for name in values["disturbed"])
        found += _settings(json.loads(values["settings"]), json.loads(unchanged.settings))
        found += _damage(unchanged.damaged(values))
    if not found and not open_files and status.status != "up-to-date":
        found = [Reason("unrecorded")]
    return found


def _input_reasons(log: Mapping[str, Any], open_files: set[str]) -> Iterator[Reason]:
    for kind, names in (
        ("changed", set(log["changed_file_dep"]).difference(open_files, log["added_file_dep"])),
        ("added", log["added_file_dep"]),
        ("dropped", log["removed_file_dep"]),
        ("missing", set(log["missing_file_dep"]).difference(open_files)),
    ):
        yield from (Reason(kind, name) for name in sorted(names))


def _damage(damaged: Mapping[str, tuple[Fingerprint, Fingerprint]]) -> Iterator[Reason]:
    for name, (old, new) in damaged.items():
        yield Reason("edited", name, old and old[0], new[0]) if new else Reason("removed", name)


def _settings(old: dict[str, Any], new: dict[str, Any]) -> Iterator[Reason]:
    for (first, *rest), was, is_now in differences(old, new):
        yield Reason(first, ".".join(rest), was, is_now)


def differences(old: Any, new: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    """Yield every place where two structures of mappings and lists differ, with what each has there.

    Items of a list are identified by ``name`` or value where all can be, else by position.
    """
    if json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True):
        return
    before, after = _parts(old), _parts(new)
    keys = dict.fromkeys((*before, *after)) if type(old) is type(new) else {}
    found = [one for key in keys for one in differences(before.get(key), after.get(key), (*path, key))]
    yield from found or [(path, old, new)]


def _parts(value: Any) -> dict[str, Any]:
    """Return the parts of a value by what they are called; none if it is not a mapping or list."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list):
        return {}
    if all(isinstance(item, dict) and "name" in item for item in value):
        return {str(item["name"]): item for item in value}
    if all(isinstance(item, str) for item in value):
        return {item: item for item in value}
    return {str(number): item for number, item in enumerate(value, start=1)}
