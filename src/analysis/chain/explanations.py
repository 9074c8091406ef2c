"""Say in words what makes the outputs of a city stale."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.language.formats import integer
from analysis.language.labels import catalogue, text
from analysis.tasks import why
from analysis.tasks.staleness import FRESH, STALE, UNDECIDED, Reason, Standing

LONGEST = 60
"""Characters of a setting that are shown."""
PLACES = {"data/raw/": "raw", "notebooks/": "notebook", "paper/": "paper"}
"""What kind of file an input is, by where it lies; any other was made by an earlier step."""
PACKAGE = "src/analysis/"


def explain(root: Path, found: dict[str, Standing], target: str, lang: str) -> list[str]:
    """Say why a target is stale, and everything that this follows from, as `why.concerned` finds it.

    Lines that begin with spaces belong to the one before.

    Raises
    ------
    UnknownTargetError
        When there is no such task or file.
    """
    lines = [line for name in why.concerned(root, found, target) for line in _lines(found, name, lang)]
    return lines if target else [*lines, summary(found, lang)]


def _lines(found: dict[str, Standing], name: str, lang: str) -> Iterator[str]:
    standing = found[name]
    yield text(f"why.{standing.state}", lang, task=name, roots=", ".join(why.roots(found, name)))
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
        return text(f"why.{how}", lang, file=PACKAGE + name, what=text(f"why.file.{kind}", lang))
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
