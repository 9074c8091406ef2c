"""Comparing cities from raw data to pages: what is made, in which order, and what happens when it fails."""

import base64
import csv
import re
import shutil
from contextlib import chdir
from itertools import pairwise, product
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from helpers import BLOCK, CITY, FILES, LANGUAGES, make_project, write_yaml

from analysis.chain.failures import MissingOutputError
from analysis.checking import validation
from analysis.comparing import comparison_files, overview
from analysis.comparing.comparison_figures import FIGURES
from analysis.comparing.overview import PAGES, compare_cities
from analysis.execution.notebook_error import NotebookError
from analysis.language.problems import RawDataError
from analysis.project import cities
from analysis.project.cities import City, UnknownCityError
from analysis.project.locking import BusyError, held
from analysis.tasks.running import BuildError

BARE = "atas"
"""A real city of which only the applications are known."""
BLANK = {name: FILES[name].splitlines(keepends=True)[0] for name in ("evidence", "findings", "integrations")}
MADE = {*PAGES.values(), *comparison_files.SAVED, "compare_cities.ipynb"}


class Listener:
    """Whoever wants to know how a comparison goes on."""

    def __init__(self):
        self.plans, self.begun, self.done = [], [], []

    def planned(self, tasks):
        self.plans.append(tasks)

    def started(self, task):
        self.begun.append(task)

    def finished(self, made):
        self.done.append(made)


def run(root, *names):
    """Compare cities of a project in English; return who listened."""
    listener = Listener()
    with chdir(root):
        listener.pages = compare_cities(names, listener, lang="en")
    return listener


def contents(folder):
    """Return the bytes of every file in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write_city(root, name, texts):
    """Add a real city to a project, with some files of its own."""
    folder = make_project(root / name, **texts) / "data/raw" / CITY
    shutil.move(folder, root / "data/raw" / name)
    shutil.rmtree(root / name)
    described = cities.read_yaml(root / "data/raw" / name / "datapackage.yaml")
    described["city"] = BLOCK | {"name_id": "Kota Atas", "name_en": "Upper City", "synthetic": False}
    write_yaml(root / "data/raw" / name / "datapackage.yaml", described)


@pytest.fixture(scope="module")
def compared(finished, tmp_path_factory):
    """A project with two tiny cities that were compared, one built before, and who listened; read only."""
    root = Path(shutil.copytree(finished, tmp_path_factory.mktemp("compared") / "project"))
    write_city(root, BARE, BLANK)
    return SimpleNamespace(root=root, listener=run(root, CITY, BARE, CITY))


@pytest.fixture
def project(compared, tmp_path):
    """A copy of that project which a test may change."""
    return shutil.copytree(compared.root, tmp_path / "project")


def rewrite_notebook(root, change):
    """Change the cells of the notebook of comparisons."""
    path = root / "notebooks/compare_cities.ipynb"
    node = nbformat.read(path, as_version=4)
    change(node.cells)
    nbformat.write(node, path)


def test_everything_is_made_and_nothing_is_left_beside(compared):
    folder = compared.root / "build/comparison"
    assert {path.name for path in folder.iterdir()} == MADE
    assert all(path.stat().st_size for path in folder.iterdir())
    assert {path.name for path in (compared.root / "build").glob("[!.]*/")} == {CITY, BARE, "comparison"}
    assert compared.listener.pages == {lang: folder / f"compare.{lang}.html" for lang in LANGUAGES}


def test_the_page_has_the_cities_in_the_order_asked_each_once_and_the_other_language(compared, lang):
    page = compared.listener.pages[lang].read_text("utf-8")
    heads = re.findall(r'<th scope="col"[^>]*>(.*?)</th>', page)[1:]
    assert [re.sub(r"<.*?>", "", head) for head in heads] == {
        "id": ["Kota Baru (data sintetis)", "Kota Atas"],
        "en": ["New City (synthetic data)", "Upper City"],
    }[lang]
    linked = re.findall(r'href="(\w[^":]+)"', page)
    assert len(linked) == 2
    assert all((compared.root / "build/comparison" / name).is_file() for name in linked)


def test_the_page_shows_the_figures_that_are_saved(compared, lang):
    page = compared.listener.pages[lang].read_text("utf-8")
    for name, width in product(FIGURES, ("svg", "narrow.svg")):
        picture = (compared.root / f"build/comparison/{name}.{lang}.{width}").read_bytes()
        assert base64.b64encode(picture).decode() in page


def test_the_executed_notebook_is_in_the_language_asked(compared):
    executed = compared.root / "build/comparison/compare_cities.ipynb"
    assert "New City (synthetic data)" in executed.read_text("utf-8")
    assert "Kota Baru (data sintetis)" not in executed.read_text("utf-8")


def test_the_listener_hears_which_city_a_task_is_of(compared):
    listener = compared.listener
    done = [made.task for made in listener.done]
    assert set(listener.begun) == {made.task for made in listener.done if made.seconds is not None}
    assert not any(task.startswith(CITY) for task in listener.begun)
    assert {f"{CITY}: ledger", f"{BARE}: ledger", f"{BARE}: check"} < set(done)
    assert f"{BARE}: table8" not in done
    assert done[-1] == "compare_cities"
    assert set(done) < set(listener.plans[-1])
    assert [plan[: len(before)] for before, plan in pairwise(listener.plans)] == listener.plans[:-1]
    assert {path.name for path in listener.done[-1].targets} == MADE


def test_only_what_is_stale_is_built_again_and_all_cities_are_compared_if_none_is_named(project):
    recap = project / "data/raw" / BARE / "applications_recap.csv"
    recap.write_text(recap.read_text().replace("own,7", "own,6").replace("grant,0", "grant,1"))
    with chdir(project):
        validation.record_hashes(cities.find(BARE))
    listener = run(project)
    fresh = {made.task for made in listener.done if made.seconds is not None}
    assert {f"{BARE}: table5", f"{BARE}: results", f"{BARE}: ledger", "compare_cities"} < fresh
    assert not any(task.startswith(CITY) for task in fresh)
    with (project / "build/comparison/comparison.csv").open(encoding="utf-8") as stream:
        grants = {row["city"]: row["value"] for row in csv.DictReader(stream) if "grant" in row["measure"]}
    assert list(grants.items()) == [(BARE, "0.1"), (f"{CITY} (Data sintetis / Synthetic data)", "0.0")]


def test_a_city_that_fails_is_named_with_the_reason_and_the_last_comparison_stays(project):
    (project / "data/raw" / BARE / "metrics.csv").write_text("spoilt")
    before = contents(project / "build/comparison")
    with pytest.raises(BuildError) as caught:
        run(project, CITY, BARE)
    assert caught.value.task == f"{BARE}: check"
    assert isinstance(caught.value.__cause__, RawDataError)
    assert contents(project / "build/comparison") == before


def test_a_city_that_fails_leaves_no_half_page_where_there_was_none(project):
    shutil.rmtree(project / "build/comparison")
    (project / "data/raw" / BARE / "metrics.csv").write_text("spoilt")
    with pytest.raises(BuildError):
        run(project, CITY, BARE)
    assert not (project / "build/comparison").exists()


def test_a_notebook_that_fails_is_told_and_the_last_comparison_stays(project):
    rewrite_notebook(project, lambda cells: cells.append(nbformat.v4.new_code_cell("1 / 0")))
    before = contents(project / "build/comparison")
    with pytest.raises(BuildError, match="compare_cities") as caught:
        run(project, CITY)
    assert isinstance(caught.value.__cause__, NotebookError)
    assert caught.value.__cause__.executed.is_file()
    assert contents(project / "build/comparison") == before


def test_a_notebook_that_saves_nothing_is_told_and_the_last_comparison_stays(project):
    def keep_text(cells):
        cells[:] = [cell for cell in cells if "drawn" not in cell.source]

    rewrite_notebook(project, keep_text)
    before = contents(project / "build/comparison")
    with pytest.raises(BuildError) as caught:
        run(project, CITY)
    assert isinstance(caught.value.__cause__, MissingOutputError)
    assert contents(project / "build/comparison") == before


def test_an_unknown_city_is_noticed_before_anything_is_built(project):
    shutil.rmtree(project / "build")
    with pytest.raises(UnknownCityError, match="nowhere"):
        run(project, CITY, "nowhere")
    assert not (project / "build").exists()


def test_a_comparison_that_cannot_be_put_in_its_place_gives_the_last_one_back(project):
    before = contents(project / "build/comparison")
    with pytest.raises(FileNotFoundError):
        overview._put_in_place(project / "nowhere", project / "build/comparison", project / "before")
    assert contents(project / "build/comparison") == before


def test_a_city_that_is_being_built_is_named_and_the_last_comparison_stays(project):
    before = contents(project / "build/comparison")
    with held(City(BARE, project)), pytest.raises(BusyError, match=BARE):
        run(project, CITY, BARE)
    assert contents(project / "build/comparison") == before
