import pytest
from helpers import bandung, make_package

from analysis.raw_data.row_ranges import rows_in
from analysis.tables import context

# Article, Table 2: column Jumlah (Orang), line by line; the three target groups of line 15 stand last.
INFORMANTS = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 3, 13, 3]
# Article, Table 1: how many working areas each dimension has, and indicators each of the government's areas.
WORKING_AREAS = dict.fromkeys(["environment", "mobility", "government", "economy", "people", "living"], 3)
INDICATORS = {"online_services": 2, "infrastructure": 4, "open_government": 3}
# Article, Table 3: how many aspects each subcategory has.
ASPECTS = {
    "online_procedures": 1,
    "electronic_benefit_payments": 1,
    "wifi_coverage": 1,
    "broadband_coverage": 1,
    "sensor_coverage": 1,
    "integrated_health_safety": 1,
    "open_data": 2,
    "open_apps": 2,
    "privacy": 3,
}


def test_table_2_has_the_persons_printed_and_34_in_all():
    got = context.snowball_informants(bandung())["count"].tolist()
    assert got == [*INFORMANTS, 34]


def test_with_the_three_chosen_purposively_37_were_interviewed():
    assert bandung()["informants"]["count"].sum() == 37


def test_table_1_has_three_working_areas_a_dimension_and_indicators_only_for_government():
    got = context.smart_city_indicators(bandung())
    areas = got.drop_duplicates("working_area").groupby("dimension", sort=False).size()
    named = got[got["indicator"] != ""]
    assert areas.to_dict() == WORKING_AREAS
    assert named.groupby("working_area", sort=False).size().to_dict() == INDICATORS
    assert set(named["dimension"]) == {"government"}


def test_table_3_has_the_aspects_of_each_indicator_in_order():
    got = context.research_aspects(bandung())
    assert got.groupby("indicator", sort=False).size().to_dict() == ASPECTS
    assert got["working_area"].drop_duplicates().tolist() == list(INDICATORS)


@pytest.mark.parametrize("build", [context.smart_city_indicators, context.research_aspects])
def test_every_code_of_a_table_is_traced_to_its_row_of_the_framework(build):
    table, framework = build(bandung()), bandung()["framework"]
    traced = context.trace_framework(bandung(), table)
    cells = {(row + 1, column) for column in table for row in table.index[table[column] != ""]}
    assert set(zip(traced["row"], traced["column"], strict=True)) == cells
    for cell in traced.itertuples():
        assert framework.loc[int(cell.rows), "code"] == table.loc[cell.row - 1, cell.column]


def test_the_lineage_of_table_2_adds_up():
    table = context.snowball_informants(bandung())
    traced = context.trace_informants(bandung())
    got = [bandung()["informants"].loc[rows_in(rows), "count"].sum() for rows in traced["rows"]]
    assert got == table["count"].tolist()
    assert traced["row"].tolist() == table["group"].tolist()


def test_a_city_without_snowball_sampling_has_a_total_of_none():
    only = "group,role_id,role_en,sampling,count,locator\nexperts,Ahli,Experts,purposive,1,M\n"
    got = context.snowball_informants(make_package(informants=only))
    assert got[["group", "count"]].to_numpy().tolist() == [["total", 0]]
