"""Cities built side by side by processes of this machine, each building one city after another."""

import signal
import time
from collections import Counter
from collections.abc import Generator, Iterable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from analysis.fleet.building import FleetOptions, build_here
from analysis.fleet.outcomes import Outcome, lost, reason
from analysis.project.cities import City
from analysis.tasks.running import Watcher

CONTEXT = get_context("spawn")
TRIES = 3
"""How often a city is tried when its process dies."""
PATIENCE = 15
"""Seconds that a process is given to end by itself."""


def built(asked: Iterable[City], options: FleetOptions, count: int, watcher: Watcher) -> Generator[Outcome]:
    """Build cities in place, and yield an outcome for each as it ends; `watcher` is told which is started.

    They are taken one by one as processes become free, of which there are `count` at most, each with the
    jobs of `options`. Processes start as they are needed; one that dies is replaced and its city tried
    again.
    """
    waiting, again, tries = iter(asked), list[City](), Counter[str]()
    idle, busy = list[Builder](), dict[Any, Builder]()
    try:
        while True:
            while len(busy) < count and (city := again.pop() if again else next(waiting, None)):
                if not tries[city.name]:
                    watcher.started(city.name)
                builder = idle.pop() if idle else Builder()
                builder.begin(city, options)
                busy[builder.pipe] = builder
            if not busy:
                return
            for pipe in wait(busy):
                builder = busy.pop(pipe)
                city = builder.city
                if outcome := builder.outcome():
                    idle.append(builder)
                    yield outcome
                    continue
                tries[city.name] += 1
                if tries[city.name] < TRIES:
                    again.append(city)
                else:
                    yield Outcome(city.name, "failed", reason=lost(TRIES))
    finally:
        for builder in busy.values():
            builder.process.terminate()
        for builder in [*idle, *busy.values()]:
            builder.end()


class Builder:
    """A process that builds one city after another and stays warm."""

    city: City

    def __init__(self) -> None:
        self.pipe, theirs = CONTEXT.Pipe()
        self.process = CONTEXT.Process(target=_serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def begin(self, city: City, options: FleetOptions) -> None:
        """Start building a city."""
        self.city = city
        with suppress(OSError):  # A process that died meanwhile is noticed when the outcome is asked for.
            self.pipe.send((city.name, city.root, options))

    def outcome(self) -> Outcome | None:
        """Return the outcome of the city; None if the process has died."""
        try:
            found: Outcome = self.pipe.recv()
        except (EOFError, OSError):
            self.end()
            return None
        return found

    def end(self) -> None:
        """Tell the idle process to end, and wait a limited time for it."""
        self.pipe.close()
        self.process.join(PATIENCE)
        self.process.kill()


def _serve(pipe: Connection) -> None:
    """Build what the pipe names until it is closed."""
    # Only one interrupt when a person presses Ctrl-C: a second one would stop the cleaning up.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            city, root, options = pipe.recv()
            pipe.send(_build(city, root, options))


def _build(city: str, root: Path, options: FleetOptions) -> Outcome:
    begin = time.perf_counter()
    try:
        build_here(city, root, options)
    except Exception as error:  # whatever it is, the other cities go on
        return Outcome(city, "failed", time.perf_counter() - begin, reason(error))
    return Outcome(city, "built", time.perf_counter() - begin)
