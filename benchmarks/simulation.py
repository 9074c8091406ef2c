"""How long all regencies and cities of Indonesia would take, simulated from what a few cities took."""

import heapq

import numpy as np
from numpy.typing import NDArray

CITIES = 514
"""Regencies and cities of Indonesia."""
WORKERS = (1, 8, 64)
SEED = 514


def simulate(city: NDArray[np.float64], client: float, warming: float, workers: int) -> float:
    """Return the seconds until the last city is done and put in place.

    Workers take cities in order, each as it is free, and warm up once. The client puts each city in place
    when it is done, one at a time; what it does for a city before, to send it, counts as done then, too.

    Parameters
    ----------
    city : numpy.ndarray
        Seconds of each city on one worker.
    client : float
        Seconds of the client for each city.
    warming : float
        Seconds until a worker has warmed up.
    workers : int
        Number of workers, with one core each.
    """
    free = [warming] * workers
    ends = []
    for seconds in city:
        ends.append(heapq.heappop(free) + seconds)
        heapq.heappush(free, ends[-1])
    placed = 0.0
    for end in sorted(ends):
        placed = max(placed, end) + client
    return placed


def growth(each: list[float], client: float, warming: float) -> dict[int, float]:
    """Return the seconds of all cities by number of workers, their times drawn from those measured."""
    drawn = np.random.default_rng(SEED).choice(each, CITIES)
    return {workers: simulate(drawn, client, warming, workers) for workers in WORKERS}
