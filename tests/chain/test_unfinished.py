"""A build that was cut off says so: beside the papers, in the list of cities, on every page of the city."""

import shutil
import subprocess
import sys
import time

import pytest
from conftest import compendium

from analysis.chain import unfinished
from analysis.project.cities import City
from analysis.site import addresses

BUILD = ("build", "bandung", "--renderer", "embedded")
SAYS = {"id": "Pembangunan kota bandung belum selesai", "en": "A build of bandung has not finished"}


@pytest.fixture
def cut_off(site, tmp_path):
    """A project with pages whose last build was killed as soon as it made something."""
    project = tmp_path / "project"
    shutil.copytree(site, project)
    # Its notebook has to run again, and no other task: no page shows this file.
    (project / "build/bandung/figures/table6.en.png").unlink()
    process = subprocess.Popen(
        [sys.executable, "-m", "analysis.cli", *BUILD], cwd=project, stdout=subprocess.DEVNULL
    )
    while not City("bandung", project).unfinished.is_file():
        assert process.poll() is None
        time.sleep(0.01)
    process.kill()
    process.wait()
    return project


def shown(open_page, page):
    """Return what a page shows at its top besides its own text."""
    opened = open_page(page)
    return opened.evaluate("getComputedStyle(document.body, '::before').content")


def test_a_build_that_was_cut_off_says_so_everywhere_until_the_next_is_done(cut_off, open_page):
    city = City("bandung", cut_off)
    pages = {lang: addresses.home(city, lang) / "paper.html" for lang in SAYS}
    note = city.unfinished.read_text("utf-8")
    listed = compendium(cut_off, "list")
    for lang, words in SAYS.items():
        assert words in note
        assert words in shown(open_page, pages[lang])
        assert words in shown(open_page, addresses.home(city, lang) / "raw/metrics.html")
    assert SAYS["en"] in listed.stderr
    assert compendium(cut_off, *BUILD).returncode == 0
    assert not city.unfinished.exists()
    assert compendium(cut_off, "list").stderr == ""
    assert {shown(open_page, page) for page in pages.values()} == {"none"}


def test_a_part_that_is_built_afterwards_does_not_hide_that_the_rest_is_not(rebuilt):
    city = City("bandung", rebuilt)
    unfinished.mark(city)
    compendium(rebuilt, "build", "bandung", "--only", "table4")
    assert city.unfinished.is_file()


def test_a_build_with_nothing_to_do_marks_nothing_and_takes_a_mark_away(rebuilt):
    city = City("bandung", rebuilt)
    assert compendium(rebuilt, *BUILD, "--no-site").returncode == 0
    assert not city.unfinished.exists()
    unfinished.mark(city)
    assert compendium(rebuilt, *BUILD, "--no-site").returncode == 0
    assert not city.unfinished.exists()
    assert not (rebuilt / "build/site").exists()


def test_raw_data_that_are_refused_leave_outputs_unmarked_since_nothing_was_made(rebuilt):
    (rebuilt / "data/raw/bandung/metrics.csv").write_text("metric\n", encoding="utf-8")
    assert compendium(rebuilt, *BUILD, "--no-site").returncode == 1
    assert not City("bandung", rebuilt).unfinished.exists()
