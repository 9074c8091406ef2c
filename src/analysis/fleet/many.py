"""Build many cities: those that are not up to date, side by side, each independent of the others."""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace

from analysis.chain.city_build import USUAL, BuildOptions
from analysis.fleet.building import FleetOptions, is_fresh, working_in
from analysis.fleet.outcomes import Outcome, reason
from analysis.language.problems import RawDataError
from analysis.project import cities
from analysis.project.cities import City, UnknownCityError
from analysis.project.provenance import epoch
from analysis.publishing import renderers
from analysis.raw_data.package_form import check_form
from analysis.tasks.running import Made, Watcher


def build_all(
    names: Iterable[str], watcher: Watcher, options: BuildOptions = USUAL, *, scheduler: object = ""
) -> list[Outcome]:
    """Bring everything that is made from raw packages up to date; return an outcome for each city, in order.

    `watcher` is told what happens; its tasks are the cities. `options.jobs` are cities at once on this
    machine; what "auto" stands for is decided here, also for a cluster. `scheduler` is the address of a
    Dask scheduler, such as ``tcp://10.0.0.1:8786``, or a cluster that one of Dask's deployers made, whose
    workers build the cities; "" for processes of this machine.

    Raises
    ------
    UnknownCityError
        When a name has no raw package; nothing is built then.
    ClusterError
        When the cluster cannot be used.
    """
    root, cores = cities.project_root(), os.cpu_count() or 1
    asked = _known(names)
    settled = {"renderer": renderers.settled(options.renderer), "jobs": 1, "epoch": epoch(root)}
    each = FleetOptions(**{**vars(options), **settled})
    outcomes: dict[str, Outcome] = {}
    watcher.planned(asked)

    def note(outcome: Outcome) -> None:
        outcomes[outcome.city] = outcome
        is_built = outcome.state == "built"
        watcher.finished(Made(outcome.city, (), outcome.seconds if is_built else None))

    def to_build() -> Iterator[City]:
        for name in asked:
            city = City(name, root)
            if outcome := _settled(city, each):
                note(outcome)
            else:
                yield city

    with working_in(root, each.epoch):
        if scheduler:
            from analysis.fleet import cluster  # noqa: PLC0415 - takes a second, needed only then

            going = cluster.built(to_build(), each, root, scheduler)
        else:
            from analysis.fleet import processes  # noqa: PLC0415 - needed only then

            jobs = options.jobs or cores
            count = min(jobs, len(asked))
            each = replace(each, jobs=max(1, jobs // max(1, count)))
            going = processes.built(to_build(), each, count, watcher)
        with closing(going):
            for outcome in going:
                note(outcome)
    return [outcomes[name] for name in asked]


def _known(names: Iterable[str]) -> list[str]:
    """Return the names without repeats, if all are known."""
    asked, known = list(dict.fromkeys(names)), cities.known()
    if unknown := sorted(set(asked) - set(known)):
        raise UnknownCityError(unknown[0], known)
    return asked


def _settled(city: City, options: FleetOptions) -> Outcome | None:
    """Return the outcome of a city that needs no building or cannot be built; None for others."""
    try:
        if problems := check_form(city):
            raise RawDataError(city.name, problems)
        return Outcome(city.name, "up_to_date") if is_fresh(city, options) else None
    except Exception as error:  # whatever it is, the other cities go on
        return Outcome(city.name, "failed", reason=reason(error))
