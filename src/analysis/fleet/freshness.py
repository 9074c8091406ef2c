"""Which cities need no building: as a build would decide it, by content, without doing anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis import pipeline
from analysis.cities import City
from analysis.fleet.building import Order
from analysis.tasks.running import STATE
from analysis.tasks.staleness import FRESH, standings


def is_fresh(place: City, order: Order) -> bool:
    """Tell whether a build would do nothing.

    Parameters
    ----------
    place : City
        The city; its descriptor can be read.
    order : Order
        How it would be built.
    """
    if not (place.build / STATE).is_file():
        return False
    planned = list(pipeline.tasks(place, order.lang, order.renderer))
    wanted = _needed(planned, order.only) if order.only else {task["basename"] for task in planned}
    found = standings(place, planned)
    return all(found[name].state == FRESH for name in wanted)


def _needed(planned: Sequence[dict[str, Any]], only: str) -> set[str]:
    """Return a task with all that it needs, directly or not."""
    tasks = {task["basename"]: task for task in planned}
    maker = {target: name for name, task in tasks.items() for target in task["targets"]}
    found: set[str] = set()
    waiting = [only]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            made = (maker[path] for path in tasks[name]["file_dep"] if path in maker)
            waiting += [*tasks[name]["task_dep"], *made]
    return found
