"""Cities built by the workers of a Dask cluster: the same files as here, whatever becomes of a worker."""

import os
import shutil
import signal
import threading
import time
from pathlib import Path

import dask
import pytest
from distributed import Client, LocalCluster
from fleets import EPOCH, ONE_TABLE, Impatient, Notes, make_cities, options, outputs
from helpers import CITY

from analysis.chain.city_build import BuildOptions
from analysis.fleet.building import is_fresh, working_in
from analysis.fleet.cluster import build_for_client
from analysis.fleet.installation import installed
from analysis.fleet.many import build_all
from analysis.fleet.outcomes import ClusterError
from analysis.fleet.parcels import shared_sources, sources_of
from analysis.project.cities import City

PATIENCE = 60
LOSSES = 2
"""Workers that a city may cost before the scheduler gives it up."""


@pytest.fixture(scope="module")
def workers():
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": LOSSES - 1}),
        LocalCluster(**options) as made,
    ):
        yield made.scheduler_address


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with three cities, one of them broken, which is worked in."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    root = make_cities(tmp_path / "p", "lain", broken="rusak")
    monkeypatch.chdir(root)
    return root


def build(names, workers, watcher=None):
    return build_all(
        names,
        watcher or Notes(),
        BuildOptions(lang="en", renderer="embedded", only=ONE_TABLE),
        scheduler=workers,
    )


def states(outcomes):
    return {outcome.city: outcome.state for outcome in outcomes}


def on(workers, function):
    with Client(workers, set_as_default=False) as client:
        return function(client)


def test_cities_are_the_same_as_built_here_and_a_broken_one_stops_no_other(project, workers, finished):
    notes = Notes()
    got = build(["rusak", CITY, "lain"], workers, notes)
    assert states(got) == {"rusak": "failed", CITY: "built", "lain": "built"}
    assert outputs(project).items() <= outputs(finished).items()
    assert {"processed/table4.csv", "build/figures/table4.en.png"} <= set(outputs(project))
    assert "metrics.csv" in got[0].reason["id"]
    assert [made.task for made in notes.ended if made.seconds is None] == ["rusak"]
    with working_in(project, EPOCH):
        assert is_fresh(City(CITY, project), options(ONE_TABLE))
    assert states(build([CITY, "lain"], workers)) == {CITY: "up_to_date", "lain": "up_to_date"}


def losing_workers(workers: str, times: int) -> threading.Thread:
    """Kill workers that build a city, one after another; a new one takes the place of each."""

    def work(client: Client) -> None:
        killed = set()
        end = time.monotonic() + PATIENCE
        while len(killed) < times and time.monotonic() < end:
            pids = client.run(os.getpid, on_error="ignore")
            for address, keys in client.processing().items():
                pid = pids.get(address)
                if any(key[0] == "compendium-city" for key in keys) and pid and pid not in killed:
                    os.kill(pid, signal.SIGKILL)
                    killed.add(pid)
                    break
            time.sleep(0.02)

    thread = threading.Thread(target=on, args=(workers, work))
    thread.start()
    return thread


def test_the_city_of_a_lost_worker_is_done_again(project, workers, finished):
    thread = losing_workers(workers, 1)
    got = build([CITY, "lain"], workers)
    thread.join()
    assert states(got) == {CITY: "built", "lain": "built"}
    table = "data/processed/{}/table4.csv"
    assert (project / table.format(CITY)).read_bytes() == (finished / table.format(CITY)).read_bytes()
    assert (project / table.format("lain")).is_file()


@pytest.mark.slow("the same again; the city of a lost worker is always done again")
def test_a_city_that_costs_worker_after_worker_is_given_up(project, workers):
    thread = losing_workers(workers, LOSSES)
    (outcome,) = build([CITY], workers)
    thread.join()
    assert outcome.state == "failed"
    assert str(LOSSES) in outcome.reason["id"]
    assert not (project / "data/processed").exists()


def test_what_may_not_come_again_is_told_when_it_does(project, workers):
    on(workers, lambda client: (client.wait_for_workers(2, PATIENCE), client.run(_spoil_scratch)))
    (outcome,) = build([CITY], workers)
    on(workers, lambda client: client.run(_mend_scratch))
    assert outcome.state == "failed"
    assert "Error" in outcome.reason["id"]
    assert states(build([CITY], workers)) == {CITY: "built"}


def _spoil_scratch(dask_worker):
    scratch = Path(dask_worker.local_directory) / "compendium"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.touch()


def _mend_scratch(dask_worker):
    (Path(dask_worker.local_directory) / "compendium").unlink()


def test_another_installation_is_refused_before_anything_is_sent(project, workers, monkeypatch):
    monkeypatch.setitem(installed("embedded"), "pandas", "older")
    with pytest.raises(ClusterError, match="pandas older") as caught:
        build([CITY], workers)
    assert caught.value.message("id") != caught.value.message("en")
    assert not (project / "build").exists()


def test_a_worker_refuses_by_itself_what_another_installation_sends(project, workers):
    ours = installed("embedded") | {"analysis": "other"}
    sent = (CITY, sources_of(City(CITY, project)), shared_sources(project), options(ONE_TABLE), ours)
    answer = on(workers, lambda client: client.submit(build_for_client, *sent).result())
    assert answer.outputs == b""
    assert "analysis other" in answer.reason["en"]


def test_ctrl_c_leaves_nothing_to_do_on_the_cluster(project, workers):
    with pytest.raises(KeyboardInterrupt):
        build(["rusak", CITY, "lain"], workers, Impatient())
    end = time.monotonic() + PATIENCE
    while left := on(workers, lambda client: client.run_on_scheduler(_tasks)):
        assert time.monotonic() < end, left
        time.sleep(0.1)


def _tasks(dask_scheduler):
    return [str(key) for key in dask_scheduler.tasks]


def test_a_scheduler_that_does_not_answer_is_told(project):
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}), pytest.raises(ClusterError) as caught:
        build([CITY], "tcp://127.0.0.1:9")
    assert "tcp://127.0.0.1:9" in caught.value.message("id")
