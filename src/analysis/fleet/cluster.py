"""Cities built by the workers of a Dask cluster, which exchange bytes and share no file system."""

import hashlib
import logging
import time
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import distributed

from analysis.fleet.building import FleetOptions, build_city
from analysis.fleet.installation import differences, installed
from analysis.fleet.outcomes import ClusterError, Outcome, PassingError, Reason, is_passing, lost, reason
from analysis.fleet.parcels import install, shared_sources, sources_of
from analysis.project.cities import City

dask: Any = distributed
"""The same module, untyped: its annotations are incomplete."""
TRIES = 3
"""How often a city is tried when a failure may be temporary."""


@dataclass(frozen=True)
class Answer:
    """What a worker sends back: the outputs of a city, or why it cannot be built."""

    seconds: float
    outputs: bytes = b""
    reason: Reason = field(default_factory=dict)


def built(
    waiting: Iterable[City], options: FleetOptions, root: Path, scheduler: object
) -> Generator[Outcome]:
    """Build cities on a cluster, install their outputs, and yield an outcome for each as it ends.

    Each city is sent as soon as it is named; workers use as many jobs as they have threads. `scheduler` is
    as in `many.build_all`.

    Raises
    ------
    ClusterError
        When no scheduler answers, or a worker's installation differs from this one.
    """
    ours = installed(options.renderer)
    with _connected(scheduler) as client:
        _require_same(client, ours, options.renderer)
        shared = shared_sources(root)
        # Computed and not scattered: results are recomputed when the workers holding them are lost.
        sent = client.submit(bytes, shared, key=("compendium-shared", hashlib.sha256(shared).hexdigest()))
        futures: dict[Any, City] = {}
        ending = dask.as_completed(loop=client.loop)
        for city in waiting:
            try:
                future = _submit(client, city, sent, options, ours)
            except OSError as error:
                yield Outcome(city.name, "failed", reason=reason(error))
                continue
            futures[future] = city
            ending.add(future)
            while ending.has_ready():
                future = next(ending)
                yield _outcome(futures.pop(future), future)
        for future in ending:
            yield _outcome(futures.pop(future), future)


def build_for_client(
    city: str, sources: bytes, shared: bytes, options: FleetOptions, theirs: Mapping[str, str]
) -> Answer:
    """Build a city on this worker, provided that its installation equals the client's.

    Raises
    ------
    PassingError
        When the failure may be temporary.
    """
    worker = dask.get_worker()
    if found := differences(theirs, installed(options.renderer)):
        refusal = ClusterError("fleet.differs", worker=worker.address, what=", ".join(found))
        return Answer(0.0, reason=reason(refusal))
    options = replace(options, jobs=worker.state.nthreads)
    begin = time.perf_counter()
    try:
        outputs = build_city(city, sources, shared, options, Path(worker.local_directory) / "compendium")
    except Exception as error:
        if is_passing(error):
            raise PassingError(reason(error)) from None
        return Answer(time.perf_counter() - begin, reason=reason(error))
    return Answer(time.perf_counter() - begin, outputs)


@contextmanager
def _connected(scheduler: object) -> Iterator[Any]:
    """Yield a client whose own messages are hidden: outcomes report what matters."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        client = dask.Client(scheduler, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise ClusterError("fleet.no_scheduler", address=scheduler, what=error) from error
    else:
        with client:
            yield client
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _require_same(client: Any, ours: Mapping[str, str], renderer: str) -> None:
    """Refuse a cluster before anything is sent if a worker would refuse; later workers do so themselves."""
    found = client.run(installed, renderer, on_error="return")
    for address, theirs in found.items():
        if isinstance(theirs, BaseException):
            raise ClusterError("fleet.no_package", worker=address, what=theirs)
        if differing := differences(ours, theirs):
            raise ClusterError("fleet.differs", worker=address, what=", ".join(differing))


def _submit(client: Any, city: City, shared: Any, options: FleetOptions, ours: Mapping[str, str]) -> Any:
    sources = sources_of(city)
    key = hashlib.sha256(repr((shared.key, sorted(ours.items()), options)).encode() + sources).hexdigest()
    return client.submit(
        build_for_client,
        city.name,
        sources,
        shared,
        options,
        ours,
        key=("compendium-city", city.name, key),
        retries=TRIES - 1,
    )


def _outcome(city: City, future: Any) -> Outcome:
    """Install what came back, or return why nothing did."""
    try:
        answer: Any = future.result()
        if answer.reason:
            return Outcome(city.name, "failed", answer.seconds, answer.reason)
        install(city, answer.outputs)
    except dask.KilledWorker as error:
        return Outcome(city.name, "failed", reason=lost(error.allowed_failures + 1))
    except Exception as error:  # whatever it is, the other cities go on
        return Outcome(city.name, "failed", reason=reason(error))
    return Outcome(city.name, "built", answer.seconds)
