"""Which tasks to look at when it is asked why something is stale."""

from pathlib import Path

from analysis.tasks.staleness import FRESH, STALE, Standing


class UnknownTargetError(ValueError):
    """No task has that name or makes that file; `known` lists the tasks."""

    def __init__(self, target: str, known: list[str]) -> None:
        self.target, self.known = target, known
        super().__init__(f"{target!r} is not made by any of: {', '.join(known)}")


def concerned(root: Path, found: dict[str, Standing], target: str) -> list[str]:
    """Return the tasks whose standing says why a target is stale, those before others they follow from.

    The target is a task, or a file that one makes: its name, or its path from here or from `root`, from
    which the tasks name their files; "" for everything that is not up to date.

    Raises
    ------
    UnknownTargetError
        When there is no such task or file.
    """
    if target:
        return _waiting(found, resolve(root, found, target))
    return [name for name, standing in found.items() if standing.state != FRESH]


def resolve(root: Path, found: dict[str, Standing], target: str) -> str:
    """Return the task that a target is or is made by.

    Raises
    ------
    UnknownTargetError
        When there is no such task or file.
    """
    if target in found:
        return target
    path = below(root, target)
    for same in (lambda made: made == path, lambda made: Path(made).name == Path(path).name):
        for name, standing in found.items():
            if any(map(same, standing.targets)):
                return name
    raise UnknownTargetError(target, list(found))


def below(root: Path, target: str) -> str:
    """Return the path of a file from `root`, if it is there; else as it is."""
    path = Path(target)
    if (absolute := path.absolute()).is_relative_to(root) and (path.is_absolute() or absolute.exists()):
        path = absolute.relative_to(root)
    return path.as_posix()


def roots(found: dict[str, Standing], name: str) -> list[str]:
    """Return the tasks that are certainly done again before a task is decided."""
    return [one for one in _waiting(found, name) if one != name and found[one].state == STALE][::-1]


def _waiting(found: dict[str, Standing], target: str) -> list[str]:
    """Return a task and those that it waits for, the nearest first."""
    needed = {target}
    for name in reversed(found):
        if name in needed:
            needed.update(found[name].awaited)
    return [name for name in reversed(found) if name in needed]
