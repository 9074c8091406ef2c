import json
from functools import cache

import pytest
from helpers import ROOT, bandung, make_package

from analysis.raw_data.row_ranges import rows_in, separate
from analysis.results import derivation_form, derivations, results

# Worked out by hand from the article's figures; see METRICS in test_raw.py for their places.
EXPECTED = {
    "wifi.capacity.users": 1040,  # 104 access points, 10 users each
    "wifi.capacity.mbps": 208,  # 104 access points, 2 Mbps each
    "bandwidth.contracted": 700,  # 200 IX and 500 IIX
    "bandwidth.asked": 1020,  # 68 agencies, 15 Mbps each
    "bandwidth.shortfall": 320,  # 1020 less 700
    "bandwidth.ratio": 1020 / 700,
    "open_data.monthly.records_2016": 1081 / 12,
    "open_data.monthly.datasets_2016": 843 / 12,
    "open_data.monthly.datasets_2017": 929 / 9,
    "open_data.monthly.largest_agency_2016": 169 / 12,
    "open_data.target_attained_2016": 1.081,  # 1081 of 1000
    "open_data.dataset_growth.count": 86,  # 929 less 843
    "open_data.dataset_growth.share": 86 / 843,
    "budget.infrastructure_need_ratio": 2000,  # 10 trillion to 5 billion
    "budget.need_to_city_budget_ratio": 10 / 6,  # 10 trillion to 6 trillion
    "wifi.first_user_over_capacity": 11,  # 10 users fit
    "wifi.park_example.capacity": 6,  # 3 access points, 2 Mbps each
    "smart_card.banks_accounted": 5,  # 4 named, 1 forgotten
    "law.disclosure.effective_year": 2010,  # 2008, two years later
    "law.government_regulation.expected_year": 2010,  # 2008, two years later
    "ogi.founded_year": 2011,  # 20 September 2011
    "open_data.declaration_year": 2014,  # 5 December 2014
    "open_data.datasets_2017_as_of_year": 2017,  # September 2017
    "open_data.category_share_rebuilt_2016.population_labour": 100 * 209 / 1081,  # 19.33% is 208.96 of 1081
    "open_data.category_share_rebuilt_2016.economy_finance": 100 * 146 / 1081,  # 13.51% is 146.04 of 1081
    "audit.integrations.health": 0,
    "audit.framework.cohen_component": "government",
    "audit.framework.payment_indicator": "electronic_benefit_payments",
    "audit.framework.privacy_aspects_added": 2,
    "audit.framework.aspects_from_source": 10,  # 13 without 1 on open data and 2 on privacy
    "audit.open_data.largest_agency_is_market": True,  # 169 against 98, 59, 47 and 41
    "audit.informants.citizens_listed": 13,
    "audit.informants.random_listed": 16,  # 13 citizens and 3 officers of community organisations
    "audit.informants.random_outside_snowball": 0,
    "lists.giffinger_lombardi_and_giffinger.common": 6,
    "lists.giffinger_and_quoted.common": 6,
    "lists.cohen_and_theory.common": 6,
    "lists.cohen_theory_and_table1.common": 6,
    "lists.cohen_not_giffinger.name": "government",
    "lists.table3_and_table1.common": 9,
    "quotations.notes_10_to_11.count": 2,
    "notes.7.source": "gil_garcia_2015",
    "notes.14.source": "interconnection_network",
    "notes.31.source": "public_information_disclosure",
    "notes.5.source": "rubel_2014",
    "notes.35.source": "development_data_analysis",
    "notes.18.source": "development_data_analysis",
    "citations.in_notes.listed": 12,
    "citations.in_notes.same_year": 10,
    "citations.laws.listed": 0,
    "references.works": 15,  # items 9 and 10 are the same
    "references.item_count": 16,
    "references.cited": 15,
    "quotations.count": 28,
    "quotations.with_note": 26,  # two have none
    "informants.by_email.count": 1,
    "informants.quoted_not_listed.count": 3,
    "lists.problems_abstract_and_table8.common": 3,
    "lists.problems_abstracts.common": 3,
    "lists.problems_conclusion_and_table8.common": 3,
    "giffinger.components_listed": 6,
    "smart_city.earlier_components": 4,
    "roadmap.stages": 3,
    "health.applications": 4,
    "smart_card.banks_named": 4,
    "bounds.own_and_built.lower": 239,  # 329 and 298 of 388
    "bounds.own_and_built.upper": 298,  # the smaller of 329 and 298
    "bounds.own_and_desktop.lower": 66,  # 329 and 125 of 388
    "informants.in_person": 36,  # 37 less 1
    "open_data.records_2016_named.sum": 414,  # 169, 98, 59, 47, 41
    "open_data.datasets_2016_named.sum": 251,  # 76, 59, 41, 41, 34
    "open_data.category_share_2016_named.sum": 19.33 + 13.51,
    "audit.open_data.records_in_order": True,
    "open_data.datasets_2016_market.least": 1,
    "open_data.datasets_2016_unnamed": 592,  # 843 less 251
    "open_data.datasets_2016_market.most": 169,  # 169 data, 592 datasets
    "audit.framework.apps_indicator": "open_apps",
    "verdict.overall.stated": True,  # 1 of 3 dimensions
    "bounds.own_and_underway.lower": 285,  # 329 and 344 of 388
    "bounds.own_and_underway.upper": 329,
    "citations.works_unlisted.count": 2,
    "citations.laws.count": 3,
    "infrastructure.is_unmapped.by_map": True,
    "infrastructure.is_unmapped.by_study": False,
    "references.has_lombardi": False,
    "references.has_harsh_ichalkaranje": False,
    "article.has_appendix": False,
    "open_data.has_one_portal_address": False,
    "infrastructure.is_unmapped_in_results": False,
    "services.is_stated_in_results": False,
    "earlier_sections.has_outdated_data": True,
    "earlier_sections.has_staff_attitude": False,
    "wordings.agency.is_uniform": False,
    "wordings.bus.is_uniform": False,
    "wordings.data_workshop.is_uniform": False,
    "wordings.disclosure_section.is_uniform": False,
    "wordings.opengov_page.is_uniform": False,
    "wordings.recommended_plan.is_uniform": False,
    "wordings.services_to_join.is_uniform": False,
    "wordings.source_data.is_uniform": False,
    "wordings.city_portal.is_uniform": True,
}
HEAD = "key,operation,inputs,condition,unit\n"
METRICS = """\
metric,value,unit,label_id,label_en,locator
data.roads,98,dataset,a,a,P
data.health,41,dataset,a,a,P
data.licences,9,dataset,a,a,P
other.health,3,dataset,a,a,P
portal.opened,2014-12,date,a,a,P
portal.share,19.33,percent,a,a,P
portal.closed,0,dataset,a,a,P
"""


def rows_of(package):
    """Return the results of a city by key."""
    found, problems = results.gather(package, results.counted_tables(package))
    assert not any(problem.file == "metrics.csv" for problem in problems)
    return {row[0]: row[1:] for row in found.itertuples(index=False, name=None)}


@pytest.fixture(scope="module")
def of_bandung():
    return rows_of(bandung())


def solved(asked, **frames):
    """Return what came of derivations of the tiny city with the metrics above."""
    frames = {"metrics": METRICS, **frames}
    package = make_package(**frames, derivations=HEAD + asked + "\n")
    return derivations.derive(package, given(**frames))


@cache
def given(**frames):
    """Return the results of the tiny city that derivations may name."""
    package = make_package(**frames, derivations=None)
    found, _ = results.gather(package, results.counted_tables(package))
    return list(found.itertuples(index=False, name=None))


def value(asked, **frames):
    """Return the value of the last of some derivations, none of which is wrong."""
    found = solved(asked, **frames)
    assert found.problems == []
    return found.rows[-1][1]


def problem(asked, **frames):
    """Return kind, column, found text and nearest of the one problem that some derivations have."""
    (one,) = solved(asked, **frames).problems
    assert one.file == "derivations.csv"
    return " | ".join((one.kind, one.column, one.found, one.nearest))


@pytest.mark.parametrize(("key", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_a_derived_number_of_bandung_is_what_a_hand_calculation_gives(of_bandung, key, expected):
    got = of_bandung[key][0]
    assert got == (expected if isinstance(expected, str) else pytest.approx(expected, rel=1e-12))
    assert isinstance(got, bool) == isinstance(expected, bool)


def test_every_derived_number_of_bandung_is_calculated_by_hand_above():
    assert set(bandung()["derivations"]["key"]) == set(EXPECTED)


def test_every_derived_number_of_bandung_is_of_use():
    used = {key for cell in bandung()["claims"]["result"] for key in cell.split()}
    said = "".join(path.read_text("utf-8") for path in (ROOT / "paper/en").glob("*article.*"))
    inputs = {name for cell in bandung()["derivations"]["inputs"] for name in cell.split()}
    told = "".join("".join(map(str, cells)) for cells in bandung()["issues"].to_numpy().tolist())
    assert [key for key in EXPECTED if key not in used | inputs and key not in said + told] == []


def test_the_committed_lineage_of_bandung_has_raw_rows_and_a_rule_in_no_language():
    committed = json.loads((ROOT / "data/processed/bandung/results.lineage.json").read_text("utf-8"))
    for one in derivation_form.read(bandung()):
        origin = committed[one.key]
        assert origin["rule"] == one.rule
        for file, rows in separate(origin["file"], origin["rows"]):
            assert set(rows_in(rows)) <= set(bandung()[file.removesuffix(".csv")].index)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("a.b,sum,data.roads data.health 1,,x", 140),
        ("a.b,sum,data.* 0.5,,x", 148.5),
        ("a.b,difference,data.roads data.health data.licences,,x", 48),
        ("a.b,product,data.licences 2 2,,x", 36),
        ("a.b,ratio,data.roads data.licences,,ratio", 98 / 9),
        ("a.b,share,data.licences data.roads,,share", 9 / 98),
        ("a.b,per_month,data.roads,,dataset_per_month", 98 / 12),
        ("a.b,year_of,portal.opened,,year", 2014),
        ("a.b,nearest_percentage,portal.share data.roads,,percent", 100 * 19 / 98),
        # Of 10 applications 7 are the city's own, 9 are no longer planned: 6 to 7 are both.
        ("a.b,overlap_at_least,applications.ownership.own.count 9 applications.total,,application", 6),
        ("a.b,overlap_at_most,applications.ownership.own.count 9,,application", 7),
        ("a.b,overlap_at_least,2 3 applications.total,,application", 0),
        ("a.b,overlap_at_least,8 9 9 10,,application", 6),
        ("a.b,largest_of,data.*,,dataset", 98),
        ("a.b,name_of_largest,data.*,,name", "roads"),
        ("a.b,is_largest,data.roads data.*,,truth", True),
        ("a.b,is_largest,data.health data.*,,truth", False),
        ("a.b,rank_of,data.licences data.*,,ordinal", 3),
        ("a.b,rank_of,data.roads data.*,,ordinal", 1),
        ("a.b,count_where,informants.csv,,group", 3),
        ("a.b,count_where,informants.csv,sampling=snowball,group", 2),
        ("a.b,count_where,informants.csv,sampling != snowball | purposive,group", 0),
        ("a.b,count_where,framework.csv,level=indicator; parent=open_government,indicator", 1),
        ("a.b,sum_where,informants.csv:count,group=officials|citizens,person", 5),
        ("a.b,sum_where,informants.csv:count,informants.csv:group!=citizens;sampling=snowball,person", 2),
        ("a.b,parent_of,service_access,,name", "online_procedures"),
        ("a.b,set_difference,evidence.csv:role informants.csv:group,,name", "records+researchers"),
        ("a.b,set_difference,evidence.csv:role informants.csv:group,method=interview,name", "none"),
        (
            "a.b,set_difference,informants.csv:group evidence.csv:role,evidence.csv:method=interview,name",
            "experts",
        ),
        ("a.b,set_difference_size,data.* other.*,,dataset", 2),
        ("a.b,set_difference,data.* other.*,,name", "roads+licences"),
        ("a.b,sum,a.c 1,,x\na.c,sum,data.roads 1,,x\na.d,sum,a.b 0,,x", 100),
    ],
)
def test_every_operation_gives_what_it_says(asked, expected):
    got = value(asked)
    assert got == expected
    assert type(got) is type(expected)


@pytest.mark.parametrize(
    ("words", "expected"),
    [("SIMDA", 2), ("simda", 2), ("*puskesmas*|rumah sakit", 2), ("*simda", 3), ("SIMDA*", 3), ("uks", 0)],
)
def test_words_are_looked_for_as_wholes_unless_a_star_stands_for_more(words, expected):
    pairs = "application,integrated_with,locator\n"
    pairs += "ePuskesmas,SIMDA Keuangan,T7\nSIMDA,X,T7\neSIMDA,SIMDAKU,T7\nRUMAH SAKIT,Sukses,T7\n"
    columns = "integrations.csv:application integrations.csv:integrated_with"
    assert value(f"a.b,contains_word,{columns},{words},integration", integrations=pairs) == expected


@pytest.mark.parametrize(
    ("asked", "places", "rule"),
    [
        ("a.b,sum,data.roads 1,,x", "metrics.csv | 2", "sum(data.roads 1)"),
        ("a.b,sum,1 2,,x", "derivations.csv | 2", "sum(1 2)"),
        (
            "a.b,sum,data.roads framework.aspects data.health data.roads,,x",
            "metrics.csv + framework.csv | 2 3 + 9-12",
            "sum(data.roads framework.aspects data.health data.roads)",
        ),
        (
            "a.b,count_where,informants.csv,sampling = snowball | purposive; group!= citizens,group",
            "informants.csv | 2 4",
            "count_where(informants.csv; sampling=snowball|purposive; group!=citizens)",
        ),
        (
            "a.b,count_where,informants.csv,group=mayors,group",
            "informants.csv | 2-4",
            "count_where(informants.csv; group=mayors)",
        ),
        (
            "a.b,set_difference,evidence.csv:role informants.csv:group,method=document,name",
            "evidence.csv + informants.csv | 3 + 2-4",
            "set_difference(evidence.csv:role informants.csv:group; method=document)",
        ),
    ],
)
def test_the_lineage_names_the_raw_rows_and_the_rule(asked, places, rule):
    *got, by = solved(asked).rows[-1][3:]
    assert (" | ".join(got), by) == (places, rule)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("a.b,sum,data.road 1,,x", "cell.result | inputs | data.road | data.roads"),
        ("a.b,sum,nothing.* 1,,x", "cell.result | inputs | nothing.* | "),
        ("a.b,sum,a.b 1,,x", "cell.circle | inputs | a.b | "),
        ("a.b,sum,a.c 1,,x\na.c,sum,data.road 1,,x", "cell.result | inputs | data.road | data.roads"),
        ("a.b,sum,portal.opened 1,,x", "cell.input_unit | inputs | portal.opened | "),
        ("a.b,year_of,data.roads,,year", "cell.input_date | inputs | data.roads | "),
        ("a.b,ratio,data.roads portal.closed,,ratio", "cell.divisor | inputs | data.roads portal.closed | "),
        ("a.b,ratio,1 2 3,,ratio", "cell.inputs | inputs | 3 | "),
        ("a.b,sum,data.roads __import__('os'),,x", "cell.input_form | inputs | __import__('os') | "),
        ("a.b,count_where,informant.csv,,x", "cell.reference | inputs | informant.csv | informants.csv"),
        ("a.b,count_where,published.csv,,x", "cell.reference | inputs | published.csv | "),
        ("a.b,sum_where,informants.csv:counts,,x", "cell.reference | inputs | counts | count"),
        ("a.b,sum_where,informants.csv:role_en,,x", "cell.input_form | inputs | Officials | "),
        ("a.b,count_where,informants.csv,groups=x,x", "cell.reference | condition | groups | group"),
        ("a.b,count_where,informants.csv,group=citizen,x", "cell.reference | condition | citizen | citizens"),
        ("a.b,count_where,informants.csv,sampling=random,x", "cell.reference | condition | random | "),
        (
            "a.b,count_where,informants.csv,evidence.csv:role=x,x",
            "cell.condition | condition | evidence.csv | ",
        ),
        ("a.b,count_where,informants.csv,group,x", "cell.condition | condition | group | "),
        ("a.b,sum,1 2,group=x,x", "cell.condition_unused | condition | group=x | "),
        ("a.b,contains_word,integrations.csv:application,,x", "cell.required | condition |  | "),
        (
            "a.b,contains_word,integrations.csv:application evidence.csv:role,x,x",
            "cell.input_form | inputs | evidence.csv:role | ",
        ),
        ("a.b,parent_of,service_acces,,name", "cell.reference | inputs | service_acces | service_access"),
        ("a.b,parent_of,government,,name", "cell.reference | inputs | government | open_government"),
        ("a.b,is_largest,data.roads data.*,,dataset", "cell.unit_of | unit | dataset | "),
        ("a.b,sum,1 2,,date", "cell.unit_of | unit | date | "),
        ("applications.total,sum,1 2,,x", "cell.taken | key | applications.total | "),
        ("data.roads.more,sum,1 2,,x", "cell.taken | key | data.roads.more | "),
    ],
)
def test_one_mistake_is_one_problem_in_its_place(asked, expected):
    assert problem(asked) == expected


def test_every_mistake_is_told_at_once():
    asked = "a.b,sum,data.road 1,x=1,x\na.c,ratio,1,,date\na.d,sum,a.e 1,,x\na.e,sum,a.d 1,,x"
    assert [(one.kind, one.row) for one in solved(asked).problems] == [
        ("cell.condition_unused", 2),
        ("cell.inputs", 3),
        ("cell.unit_of", 3),
        ("cell.circle", 5),
    ]


def test_nothing_is_missed_that_a_row_may_have_given_which_cannot_be_used():
    package = make_package(derivations=f"{HEAD}a.b,sum,wifi.masts 1,,x\na.c,sum,lost.* 1,,x\n")
    found = derivations.derive(package, [], unsure={"wifi.masts", "lost.one"})
    assert (found.rows, found.problems) == ([], [])


def test_a_file_without_records_is_a_warning_and_no_zero():
    (one,) = solved("a.b,count_where,integrations.csv,,x", integrations=None).problems
    assert (one.kind, one.found, one.is_warning) == ("cell.no_records", "integrations.csv", True)
