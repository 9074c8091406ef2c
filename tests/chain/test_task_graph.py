"""The drawings of both cities: what is in them, and in a real browser that everything fits."""

import os
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from conftest import EPOCH, copy_project

from analysis.chain import city_tasks, task_graph
from analysis.chain.city_build import BuildOptions
from analysis.language.labels import LANGUAGES, text
from analysis.project import cities
from analysis.tasks.staleness import standings

EMBEDDED = BuildOptions(renderer="embedded")
WITHOUT_SITE = replace(EMBEDDED, site=False)
FILE = "data/raw/bandung/integrations.csv"
SVG = "{http://www.w3.org/2000/svg}"
WRITE = """
import sys
from analysis.chain import city_tasks
from analysis.project import cities
from analysis.chain import task_graph
from analysis.tasks.staleness import standings
place = cities.find(sys.argv[1])
task_graph.write(place, standings(place.root, place.state, list(city_tasks.tasks(place))))
"""
MEASURED = """() => {
    const edges = shape => shape.getBoundingClientRect();
    const boxes = [...document.querySelectorAll('g[id^=box] > path')].map(edges);
    const page = edges(document.documentElement);
    const inside = (a, b) => a.left >= b.left && a.right <= b.right && a.top >= b.top && a.bottom <= b.bottom;
    const begins = (a, b) => a.left > b.left && a.left < b.right && a.top + 5 > b.top && a.top + 5 < b.bottom;
    const fits = a => inside(a, page) && boxes.every(box => inside(a, box) || !begins(a, box));
    const outside = [...document.querySelectorAll('text')].filter(words => !fits(edges(words)));
    const overlapping = boxes.flatMap((a, n) => boxes.slice(n + 1).filter(b =>
        a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
    return [boxes.length, outside.map(words => words.textContent), overlapping.length];
}"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project in which nothing was built, and the drawings of both its cities."""
    folder = copy_project(tmp_path_factory.mktemp("graph") / "project")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        for city in ("bandung", "contoh"):
            place = cities.find(city)
            planned = list(city_tasks.tasks(place, EMBEDDED))
            task_graph.write(place, standings(place.root, place.state, planned))
    return folder


def draw_elsewhere(project, city, seed):
    environment = {**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": EPOCH}
    subprocess.run([sys.executable, "-c", WRITE, city], cwd=project, env=environment, check=True)


def drawing(project, city, lang):
    return project / f"build/{city}/graph.{lang}.svg"


def words(path):
    return [element.text for element in ET.parse(path).iter(SVG + "text")]  # noqa: S314 - our own


@pytest.mark.parametrize("city", ["bandung", "contoh"])
def test_every_step_and_raw_file_is_there(project, monkeypatch, city, lang):
    monkeypatch.chdir(project)
    place = cities.find(city)
    shown = " ".join(words(drawing(project, city, lang)))
    for task in city_tasks.tasks(place, EMBEDDED):
        is_drawn = not task["basename"].startswith(("check", "page.", "figures."))
        assert is_drawn == (f"{task['basename']}:" in shown)
    assert text("graph.check", lang, state=text("graph.stale", lang)) in shown
    for resource in [*cities.resources(place.framework), *place.resources]:
        assert resource["path"] in shown
    for name in (
        "table4.csv/svg",
        "results.json",
        "certificate.pdf",
        "article.html/pdf/docx",
        "article.qmd" if city == "bandung" else "report.qmd",
    ):
        assert name in shown
    assert place.descriptor["city"][f"name_{lang}"] in shown
    assert (text("synthetic.mark", lang, words="").strip() in shown) == (city == "contoh")


def test_arrows_that_follow_from_others_are_left_out(built, monkeypatch):
    monkeypatch.chdir(built)
    place = cities.find("bandung")
    found = standings(place.root, place.state, list(city_tasks.tasks(place, WITHOUT_SITE)))
    graph = task_graph.read_graph(task_graph.whole(found).values())
    assert set(graph.predecessors("report")) == {"ledger"}
    assert set(graph.predecessors("paper.id")) == {"ledger", "paper/paper.id"}
    assert set(graph.predecessors("table4")) == {
        "data/raw/bandung/applications_recap.csv",
        "data/raw/bandung/published.csv",
    }
    assert set(graph.predecessors("table8")) == {"results"}
    assert "check" not in graph


def test_stale_steps_and_changed_files_are_marked(rebuilt, monkeypatch):
    monkeypatch.chdir(rebuilt)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    with (rebuilt / FILE).open("a", encoding="utf-8") as stream:
        stream.write("\n")
    place = cities.find("bandung")
    found = standings(place.root, place.state, list(city_tasks.tasks(place, WITHOUT_SITE)))
    for lang, path in zip(LANGUAGES, task_graph.write(place, found), strict=True):
        shown = words(path)
        states = {line.partition(": ")[0]: line.partition(": ")[2] for line in shown if ": " in line}
        assert states["table7"] == text("graph.stale", lang)
        assert states["results"] == text("graph.stale", lang)
        assert states["table8"] == text("graph.undecided", lang)
        assert states["table4"] == text("graph.fresh", lang)
        assert shown.count(text("graph.changed", lang)) == 1


def test_the_drawing_does_not_depend_on_the_order_of_sets(project):
    before = drawing(project, "bandung", "id").read_bytes()
    draw_elsewhere(project, "bandung", seed="1")
    assert drawing(project, "bandung", "id").read_bytes() == before


def test_in_a_browser_all_text_is_inside_its_box_and_no_boxes_overlap(project, browser, monkeypatch):
    monkeypatch.chdir(project)
    page = browser.new_page()
    for city in ("bandung", "contoh"):
        place = cities.find(city)
        planned = list(city_tasks.tasks(place, EMBEDDED))
        found = standings(place.root, place.state, planned)
        graph = task_graph.read_graph(task_graph.whole(found).values())
        for lang in LANGUAGES:
            page.goto(drawing(project, city, lang).as_uri())
            assert page.evaluate(MEASURED) == [len(graph), [], 0]
    page.close()
