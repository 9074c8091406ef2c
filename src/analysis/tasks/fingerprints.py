"""What is remembered of a finished task besides doit's own digests of its inputs: settings and outputs."""

import hashlib
import json
import os
from pathlib import Path
from stat import S_ISREG
from typing import Any

from doit.dependency import FileChangedChecker

Fingerprint = list[Any] | None
"""Size and SHA-256 of a file, as JSON keeps them; None where there is no file."""


class Unchanged:
    """Whether the settings and outputs of a task are those with which it was done, and its inputs lay still.

    doit keeps only a digest of settings, never looks into outputs, and takes the digest of an input after the
    task, so that what was edited meanwhile would pass for what the task has read.

    Parameters
    ----------
    root : Path
        Folder below which inputs and outputs are named.
    settings : dict
        Everything but files that the task's result follows from.
    outputs : list of Path
        Files that the task leaves behind.
    """

    def __init__(self, root: Path, settings: dict[str, Any], outputs: list[Path]) -> None:
        self.root = root
        # As one text: it is written and compared at every build, and taken apart only to be explained.
        self.settings = json.dumps(settings, sort_keys=True, default=str)
        self.outputs = outputs
        self.inputs: dict[str, tuple[int, int] | None] = {}

    def configure_task(self, task: Any) -> None:
        """Make the task remember everything when it is done."""
        task.value_savers.append(self._remember)

    def __call__(self, task: Any, values: dict[str, Any]) -> bool:
        """Return whether everything is as `values` remember it."""
        self.inputs = {name: _stamp(self.root / name) for name in task.file_dep}
        return (
            values.get("settings") == self.settings
            and values.get("disturbed") == []
            and not self.damaged(values)
        )

    def damaged(self, values: dict[str, Any]) -> dict[str, tuple[Fingerprint, Fingerprint]]:
        """Return the outputs that are gone or not as `values` remember them: by name, then and now."""
        known = values.get("outputs", {})
        return {
            name: (known.get(name), now)
            for name, now in self._outputs().items()
            if now is None or now != known.get(name)
        }

    def _remember(self) -> dict[str, Any]:
        disturbed = sorted(name for name, stamp in self.inputs.items() if _stamp(self.root / name) != stamp)
        return {"settings": self.settings, "outputs": self._outputs(), "disturbed": disturbed}

    def _outputs(self) -> dict[str, Fingerprint]:
        return {path.relative_to(self.root).as_posix(): fingerprint(path) for path in self.outputs}


class ContentChecker(FileChangedChecker):  # type: ignore[misc]  # doit has no types
    """Compares inputs by content alone; doit's own checker trusts a file whose time is unchanged."""

    def check_modified(self, file_path: str, file_stat: os.stat_result, state: Fingerprint) -> bool:
        """Return whether a file is another than it was."""
        return state is None or file_stat.st_size != state[0] or _digest(file_path, file_stat) != state[1]

    def get_state(self, dep: str, current_state: Fingerprint) -> Fingerprint:
        """Return what is remembered of a file."""
        return fingerprint(Path(dep))


def digest(path: str | Path) -> str | None:
    """Return the SHA-256 of a file; None if there is no such file."""
    found = _status(path)
    return _digest(path, found) if found else None


def fingerprint(path: Path) -> Fingerprint:
    """Return what identifies the content of a file."""
    found = _status(path)
    return [found.st_size, _digest(path, found)] if found else None


_read: dict[tuple[int, ...], str] = {}
"""Digests by what changes with a file: one that is an output and an input of several is read once."""


def _digest(path: str | Path, found: os.stat_result) -> str:
    key = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
    if key not in _read:
        _read[key] = hashlib.sha256(Path(path).read_bytes()).hexdigest()
    return _read[key]


def _stamp(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file is written or replaced."""
    found = _status(path)
    return (found.st_size, found.st_mtime_ns) if found else None


def _status(path: str | Path) -> os.stat_result | None:
    """Return the status of a file, asked for once; None if there is no such file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - many files are looked at in each build
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found if S_ISREG(found.st_mode) else None
