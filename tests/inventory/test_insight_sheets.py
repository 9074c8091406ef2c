import pytest
from helpers import LANGUAGES, SOURCES, make_package
from inventories import inventory

from analysis.inventory import insight_sheets, insights
from analysis.inventory.duplicates import likely_duplicates

FOUND = inventory(
    {"name": "SIMPEG", "owner": "Bappeda", "last_updated": "2020-02-01"},
    {"name": "Simpeg", "owner": "RSUD", "status": "inactive", "last_updated": "2021-03-01"},
    {"name": "Lapor", "owner": "RSUD", "type": "mobile"},
    {"name": "<b>", "owner": "=1+1", "last_updated": "2021-03-01"},
)
PACKAGE = make_package(applications=FOUND, applications_recap=None)
DAY = insights.latest_update(FOUND)
SHEETS = {
    "type_status": lambda lang: insight_sheets.cross_table(
        insights.cross_table(PACKAGE, "type", "status"), PACKAGE, lang, "type", "status"
    ),
    "ownership_status": lambda lang: insight_sheets.cross_table(
        insights.cross_table(PACKAGE, "ownership", "status"), PACKAGE, lang, "ownership", "status"
    ),
    "owner_status": lambda lang: insight_sheets.cross_table(
        insights.cross_table(PACKAGE, "owner"), PACKAGE, lang, "owner"
    ),
    "duplicates": lambda lang: insight_sheets.duplicates(likely_duplicates(FOUND), PACKAGE, lang),
    "stale": lambda lang: insight_sheets.stale(insights.stale(FOUND), PACKAGE, lang, DAY),
    "stale_by_owner": lambda lang: insight_sheets.stale_by_owner(
        insights.stale_by_owner(FOUND), PACKAGE, lang, DAY
    ),
    "integrated": lambda lang: insight_sheets.integrated(
        insights.share_integrated(FOUND, PACKAGE["integrations"]), PACKAGE, lang
    ),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SHEETS)
def test_every_table_has_texts_only_in_its_language_with_city_and_source(name, lang):
    got, other = SHEETS[name](lang), SHEETS[name](LANGUAGES[lang == "id"])
    assert all(isinstance(cell, str) for cell in got.frame.to_numpy().ravel())
    assert len(got.align) == len(got.widths) == len(got.frame.columns) == len(set(got.frame.columns))
    assert got.frame.columns.tolist() != other.frame.columns.tolist()
    assert {"id": "Kota Baru", "en": "New City"}[lang] in got.caption
    assert SOURCES[0]["title" if lang == "id" else "title_en"] in got.note


@pytest.mark.parametrize(
    "name", ["type_status", "ownership_status", "owner_status", "stale_by_owner", "integrated"]
)
def test_the_total_stands_last(name):
    got = SHEETS[name]("en")
    assert got.has_total
    assert got.frame.iloc[-1, 0] == "Total"


def test_the_number_of_a_group_is_shown_once():
    got = SHEETS["duplicates"]("id").frame
    assert got.to_numpy().tolist() == [
        ["1", "SIMPEG", "Bappeda", "", "100,0", "2"],
        ["", "Simpeg", "RSUD", "", "100,0", "3"],
    ]


def test_dates_and_categories_are_written_in_words():
    assert SHEETS["stale"]("id").frame.to_numpy().tolist() == [
        ["SIMPEG", "Bappeda", "Dioperasikan", "1 Februari 2020", "13", "2"]
    ]
    assert "1 March 2021" in SHEETS["stale"]("en").caption


def test_cells_are_escaped():
    html = SHEETS["stale_by_owner"]("en")._repr_html_()
    assert "=1+1" in html
    assert "<b>" not in html
