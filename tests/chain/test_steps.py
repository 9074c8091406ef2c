import subprocess
import sys

import pytest
from helpers import ROOT, committed, open_project

from analysis.chain.steps import ABOUT_ALL, START, STEPS, steps
from analysis.project.cities import City
from analysis.table_list.entries import TABLES

NOTEBOOKS = {path.stem for path in committed("notebooks/*.ipynb")}


def test_every_notebook_is_a_step_the_start_or_about_all_cities():
    assert {step.name for step in (START, *STEPS, ABOUT_ALL)} == NOTEBOOKS


def test_every_table_is_made_by_one_step():
    made = [name for step in STEPS for name in step.tables]
    assert sorted(made) == sorted(entry.name for entry in TABLES)


@pytest.mark.parametrize("city", ["bandung", "contoh"])
def test_each_step_reads_only_what_those_before_it_make(city):
    made = set()
    for step in steps(City(city, ROOT)):
        assert made.issuperset(step.reads), step.name
        made.update(step.processed)


def test_the_tables_of_a_notebook_are_made_together():
    context = next(step for step in STEPS if step.name == "context")
    assert context.raw == ("framework", "informants", "published")
    assert context.tables == ("table1", "table2", "table3")


def test_an_inventory_stands_for_the_recap():
    table4 = next(step for step in steps(City("contoh", ROOT)) if step.name == "table4")
    assert table4.raw == ("applications", "published")


def test_a_city_without_integrations_has_no_table_of_them(monkeypatch, tmp_path):
    place = open_project(monkeypatch, tmp_path, integrations=None)
    allowed = {step.name: step for step in steps(place)}
    assert "table7" not in allowed
    assert "table7.csv" not in (*allowed["results"].reads, *allowed["ledger"].reads)


def test_the_command_lists_the_notebooks_in_order():
    command = [sys.executable, "-m", "analysis.chain.steps"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [step.name for step in (*STEPS, ABOUT_ALL, START)]
