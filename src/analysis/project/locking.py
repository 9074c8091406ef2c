"""Keep builds and other changes of the same city apart."""

from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from analysis.language.labels import WordedError
from analysis.project.cities import City


class BusyError(WordedError, RuntimeError):
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
    try:
        with FileLock(city.lock, timeout=0):
            yield
    except Timeout as error:
        raise BusyError("cli.busy", city=city.name) from error
