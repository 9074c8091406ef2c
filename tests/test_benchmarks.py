"""What the benchmarks say follows from what they measured; none is run here."""

import json
import sys

import numpy as np
import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from analysis.chain.steps import STEPS, steps
from analysis.project.cities import City

sys.path.insert(0, str(ROOT / "benchmarks"))
import many_cities
import one_city
import results
import simulation

MEASURED = json.loads((ROOT / "benchmarks/measurements.json").read_text("utf-8"))


def test_the_results_are_those_of_the_measurements():
    assert results.report(MEASURED) == (ROOT / "benchmarks/results.md").read_text("utf-8")


def test_every_way_runs_every_notebook_of_bandung():
    names = [step.name for step in steps(City("bandung", ROOT))]
    assert set(MEASURED["overhead"]) == set(names)
    for way in (one_city.script, one_city.jupyter_execute, one_city.nbconvert, one_city.jupyter_cache):
        words = " ".join(word for command in way(names) for word in command)
        assert all(f"notebooks/{name}.ipynb" in words for name in names), way
    rules = (ROOT / "benchmarks/Snakefile").read_text("utf-8").replace("{n}", "4").replace("rule counts", "")
    assert all(f"notebooks/{name}.ipynb" in rules for name in names if name not in ("table5", "table6"))


def test_the_loop_runs_the_notebooks_that_the_tables_need():
    names = [step.name for step in STEPS]
    before = names[: names.index(many_cities.TABLES) + 1]
    assert set(many_cities.TABLE_STEPS) == set(before) - {"raw_package"}


seconds = st.lists(st.floats(0.1, 10), min_size=1, max_size=40).map(np.array)


@given(seconds, st.integers(1, 8))
def test_simulated_workers_are_neither_idle_nor_faster_than_they_can_be(city, workers):
    got = simulation.simulate(city, client=0.0, warming=0.0, workers=workers)
    assert got >= max(city.max(), city.sum() / workers) - 1e-9
    assert got <= city.sum() / workers + city.max() + 1e-9


@pytest.mark.parametrize("workers", simulation.WORKERS)
def test_the_client_and_warming_up_are_a_limit(workers):
    city = np.full(100, 2.0)
    assert simulation.simulate(city, client=1.0, warming=0.0, workers=workers) >= 100
    assert simulation.simulate(city, client=0.0, warming=7.0, workers=100) == pytest.approx(9.0)
