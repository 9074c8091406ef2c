import re

from helpers import ROOT, bandung

from analysis.chain.picture import draw_chain
from analysis.chain.steps import ABOUT_ALL, steps
from analysis.language.labels import text
from analysis.project.cities import City
from analysis.raw_data import raw


def test_every_notebook_of_the_city_is_a_box_that_links_to_it(lang):
    links = re.findall(r'href="([^"]+)"', draw_chain(bandung(), lang)._repr_html_())
    assert sorted(links) == sorted(
        f"{step.name}.ipynb" for step in (*steps(City("bandung", ROOT)), ABOUT_ALL)
    )
    assert all((ROOT / "notebooks" / link).is_file() for link in links)


def test_a_notebook_stands_below_those_whose_results_it_reads():
    stages = [[stop.file for stop in stage] for stage in draw_chain(bandung(), "en").stages]
    assert stages[0] == ["raw_package.ipynb"]
    assert stages[2:] == [["results.ipynb"], ["table8.ipynb"], ["ledger.ipynb"], ["compare_cities.ipynb"]]


def test_a_city_with_an_inventory_has_one_box_more(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert "Table 9–12" in repr(draw_chain(raw.load("contoh"), "en"))
    assert text("map.inventory_insights", "en") not in repr(draw_chain(bandung(), "en"))
