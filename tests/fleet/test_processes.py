"""Processes of this machine that build cities: one may die, and all end when they are told to."""

import multiprocessing
import os
import signal
import threading
import time
from contextlib import closing

import pytest
from fleets import EPOCH, ONE_TABLE, Impatient, Notes, is_running, make_cities, options
from helpers import CITY

from analysis.fleet import processes
from analysis.fleet.building import working_in
from analysis.project.cities import City

PATIENCE = 60


def killing(times: int) -> threading.Thread:
    """Kill processes that build cities, one after another, as they appear."""

    def work() -> None:
        killed: set[int] = set()
        end = time.monotonic() + PATIENCE
        while len(killed) < times and time.monotonic() < end:
            for child in multiprocessing.active_children():
                if child.pid and child.pid not in killed:
                    killed.add(child.pid)
                    os.kill(child.pid, signal.SIGKILL)
                    break
            time.sleep(0.02)

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def built(root, names, watcher, count=1):
    with working_in(root, EPOCH):
        places = [City(name, root) for name in names]
        return list(processes.built(places, options(ONE_TABLE), count, watcher))


@pytest.mark.slow("one that dies again and again is built by others, too, until it is given up")
def test_a_city_whose_process_dies_is_built_by_another(tmp_path):
    root = make_cities(tmp_path / "p")
    notes = Notes()
    thread = killing(1)
    (outcome,) = built(root, [CITY], notes)
    thread.join()
    assert outcome.state == "built"
    assert notes.begun == [CITY]
    assert (root / "data/processed" / CITY / "table4.csv").is_file()


def test_a_city_whose_process_dies_again_and_again_is_given_up_and_the_next_is_built(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "TRIES", 2)
    root = make_cities(tmp_path / "p", "lain")
    thread = killing(processes.TRIES)
    got = built(root, [CITY, "lain"], Notes())
    thread.join()
    assert {outcome.city: outcome.state for outcome in got} == {CITY: "failed", "lain": "built"}
    assert str(processes.TRIES) in got[0].reason["id"]


def test_ctrl_c_ends_every_process_at_once_also_one_that_builds(tmp_path):
    root = make_cities(tmp_path / "p", "lain", "ketiga", broken="rusak")
    seen = []

    class Watching(Impatient):
        def started(self, task):
            super().started(task)
            seen.extend(child.pid for child in multiprocessing.active_children())

    watcher = Watching()
    begin = time.monotonic()
    with working_in(root, EPOCH), pytest.raises(KeyboardInterrupt):
        places = [City(name, root) for name in ("rusak", CITY, "lain", "ketiga")]
        with closing(processes.built(places, options(), 2, watcher)) as going:
            for outcome in going:
                assert outcome.city == "rusak"
                watcher.finished(outcome)
    assert seen
    assert not [pid for pid in seen if is_running(pid)]
    assert not multiprocessing.active_children()
    assert time.monotonic() - begin < PATIENCE
