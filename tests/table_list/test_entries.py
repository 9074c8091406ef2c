import json
import subprocess
import sys

import pytest
from helpers import ROOT, make_package

from analysis.raw_data.schemas import schemas
from analysis.results.rebuilt_files import load_table
from analysis.table_list.entries import BY_NAME, COUNTS, TABLES
from analysis.tables.applications import CATEGORIES

PARTS = ("builder", "tracer", "display", "figure")
CITIES = {"applications": "contoh"}
"""Where a table that needs an inventory is found; others are those of Bandung."""


def code(notebook):
    """Return the code of a notebook."""
    cells = json.loads((ROOT / f"notebooks/{notebook}.ipynb").read_text("utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("entry", TABLES, ids=lambda entry: entry.name)
def test_every_function_that_an_entry_names_is_there(entry, part):
    if getattr(entry, part):
        function = entry.function(part)
        assert f"{function.__module__.replace('.', '/')}.py" == f"analysis/{entry.module(part)}"


@pytest.mark.parametrize("entry", TABLES, ids=lambda entry: entry.name)
def test_the_notebook_of_a_table_uses_what_its_entry_names(entry):
    source = code(entry.step)
    assert f'format_table("{entry.name}"' in source
    assert ("save_figures(" in source) or not entry.figure
    for part in ("builder", "tracer", "figure"):
        if getattr(entry, part):
            assert f"{getattr(entry, part)}(" in source


@pytest.mark.parametrize("entry", TABLES, ids=lambda entry: entry.name)
def test_the_key_of_a_table_names_each_of_its_rows(entry, monkeypatch):
    monkeypatch.chdir(ROOT)
    table = load_table(CITIES.get(entry.needs[0] if entry.needs else "", "bandung"), entry.name)
    assert not entry.key or table[entry.key].is_unique


def test_names_and_references_are_unique():
    assert len(BY_NAME) == len({entry.paper_id for entry in TABLES}) == len(TABLES)


def test_each_attribute_of_applications_has_a_table():
    assert list(COUNTS) == list(CATEGORIES)


def test_the_tables_of_which_printed_cells_are_compared_are_those_of_the_schema():
    table, *_ = schemas()["published"]["schema"]["fields"]
    allowed = set(table["constraints"]["enum"])
    assert {entry.name for entry in TABLES if entry.key and "applications" not in entry.needs} == allowed


def test_a_table_is_built_by_its_builder_for_what_it_is_of():
    got = [BY_NAME[name].build(make_package())["category"].tolist()[0] for name in COUNTS.values()]
    assert got == [categories[0] for categories in CATEGORIES.values()]


def test_reading_the_list_imports_nothing_heavy():
    heavy = ("pandas", "numpy", "matplotlib", "networkx", "babel")
    script = f"import sys, analysis.chain.pipeline; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
