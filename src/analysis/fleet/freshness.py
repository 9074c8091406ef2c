"""Which cities need no building, decided by content as in a build, without running anything."""

from collections.abc import Sequence
from typing import Any

from analysis.chain import city_tasks
from analysis.fleet.building import BuildOptions
from analysis.project.cities import City
from analysis.tasks.staleness import FRESH, standings


def is_fresh(city: City, options: BuildOptions) -> bool:
    """Return whether a build would do nothing.

    Parameters
    ----------
    city : City
        The city; its descriptor can be read.
    options : BuildOptions
        How it would be built.
    """
    if not city.state.is_file():
        return False
    planned = list(city_tasks.tasks(city, options.lang, options.renderer, site=options.site))
    wanted = _needed(planned, options.only) if options.only else {task["basename"] for task in planned}
    found = standings(city.root, city.state, planned)
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
