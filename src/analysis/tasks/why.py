"""Say in words what makes the outputs of a city stale."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.language.formats import integer
from analysis.language.labels import catalogue, text
from analysis.project import cities
from analysis.project.cities import City
from analysis.tasks.staleness import FRESH, STALE, UNDECIDED, Reason, Standing

LONGEST = 60
"""Characters of a setting that are shown."""
PLACES = {"data/raw/": "raw", "notebooks/": "notebook", "paper/": "paper"}
"""What kind of file an input is, by where it lies; any other was made by an earlier step."""
PACKAGE = "src/analysis/"
TEMPLATES = "src/analysis/reporting/templates/"


class UnknownTargetError(ValueError):
    """No step has that name or makes that file; `known` lists the steps."""

    def __init__(self, target: str, known: list[str]) -> None:
        self.target, self.known = target, known
        super().__init__(f"{target!r} is not made by any of: {', '.join(known)}")


def asked(first: str, second: str, default: str) -> tuple[str, str]:
    """Tell city and target from the words of a command: either may be left out.

    One word alone is a city if it names one; else a target, and where that is a path, of the city that it
    belongs to.
    """
    if second or not first or first in cities.known():
        return first or default, second
    parts = Path(_below_root(first, cities.project_root())).parts
    city = next((name for name in parts[1:3] if name in cities.known()), default)
    return city, first


def explain(city: City, found: dict[str, Standing], target: str, lang: str) -> list[str]:
    """Say why a target is stale, and everything that this follows from.

    Parameters
    ----------
    city : City
        The city.
    found : dict of str to Standing
        How its tasks stand.
    target : str
        A task, or a file that one makes: its name, or its path from here or from the project's folder; ""
        for everything that is not up to date.
    lang : {"id", "en"}
        The language.

    Returns
    -------
    list of str
        Lines; those that begin with spaces belong to the one before.

    Raises
    ------
    UnknownTargetError
        When there is no such task or file.
    """
    if target:
        chosen = _chain(found, resolve(city, found, target))
    else:
        chosen = [name for name, standing in found.items() if standing.state != FRESH]
    lines = [line for name in chosen for line in _lines(found, name, lang)]
    return lines if target else [*lines, summary(found, lang)]


def resolve(city: City, found: dict[str, Standing], target: str) -> str:
    """Return the task that a target is or is made by."""
    if target in found:
        return target
    path = _below_root(target, city.root)
    for same in (lambda made: made == path, lambda made: Path(made).name == Path(path).name):
        for name, standing in found.items():
            if any(map(same, standing.targets)):
                return name
    raise UnknownTargetError(target, list(found))


def _below_root(target: str, root: Path) -> str:
    path = Path(target)
    if (absolute := path.absolute()).is_relative_to(root) and (path.is_absolute() or absolute.exists()):
        path = absolute.relative_to(root)
    return path.as_posix()


def _chain(found: dict[str, Standing], target: str) -> list[str]:
    """Return a task and those that it waits for, the nearest first."""
    needed = {target}
    for name in reversed(found):
        if name in needed:
            needed.update(found[name].awaited)
    return [name for name in reversed(found) if name in needed]


def roots(found: dict[str, Standing], name: str) -> list[str]:
    """Return the tasks that are certainly done again before a task is decided."""
    return [one for one in reversed(_chain(found, name)) if one != name and found[one].state == STALE]


def _lines(found: dict[str, Standing], name: str, lang: str) -> Iterator[str]:
    standing = found[name]
    yield text(f"why.{standing.state}", lang, task=name, roots=", ".join(roots(found, name)))
    for reason in standing.reasons:
        yield f"  - {say(reason, lang)}"
    if standing.state == STALE and standing.awaited:
        yield f"  - {text('why.also_awaited', lang, tasks=', '.join(standing.awaited))}"
        return
    for maker, files in standing.awaited.items():
        names = ", ".join(Path(file).name for file in files)
        yield f"  - {text('why.awaited', lang, task=maker, files=names)}"


def summary(found: dict[str, Standing], lang: str) -> str:
    """Count the tasks by how they stand, in words."""
    states = [standing.state for standing in found.values()]
    if set(states) == {FRESH}:
        return text("why.all_fresh", lang, n=integer(len(states), lang))
    counts = {state: integer(states.count(state), lang) for state in (STALE, UNDECIDED, FRESH)}
    return text("why.summary", lang, **counts)


def say(reason: Reason, lang: str) -> str:
    """Return one reason in words."""
    kind, name = reason.kind, reason.name
    change = {"old": _shown(reason.old, kind, lang), "new": _shown(reason.new, kind, lang)}
    if kind in ("never", "unrecorded"):
        return text(f"why.{kind}", lang)
    if kind in ("changed", "added", "dropped", "missing", "disturbed"):
        place = next((place for start, place in PLACES.items() if name.startswith(start)), "made")
        return text(f"why.{kind}", lang, file=name, what=text(f"why.file.{place}", lang))
    if kind in ("edited", "removed"):
        return text(f"why.{kind}", lang, file=name, **change)
    if kind in ("code", "templates"):
        how = "added" if reason.old is None else "dropped" if reason.new is None else "changed"
        folder = PACKAGE if kind == "code" else TEMPLATES
        return text(f"why.{how}", lang, file=folder + name, what=text(f"why.file.{kind}", lang))
    if kind == "versions":
        return text("why.version", lang, name=name, **change)
    key = f"why.setting.{kind}"
    label = text(key, lang) if key in catalogue() else kind
    return text("why.setting", lang, what=f"{label} ({name})" if name else label, **change)


def _shown(value: Any, kind: str, lang: str) -> str:
    if value is None:
        return text("why.none", lang)
    if kind == "epoch":
        return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%d %H:%M")
    if kind == "edited":
        return integer(value, lang)
    if kind == "versions":
        return str(value)
    words = " ".join(value.split() if isinstance(value, str) else [json.dumps(value, ensure_ascii=False)])
    shown = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    return text("why.quoted", lang, words=shown) if isinstance(value, str) else shown
