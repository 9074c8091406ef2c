"""Keep builds and other changes of the same city apart."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from analysis.project.cities import City


class BusyError(RuntimeError):
    """Another process is building or changing the same city."""


@contextmanager
def held(city: City) -> Iterator[None]:
    """Keep every other build or change of a city away.

    Raises
    ------
    BusyError
        When one is going on.
    """
    city.lock.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(city.lock, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise BusyError(city.name) from error
    try:
        yield
    finally:
        lock.release()
