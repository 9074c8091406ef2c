import pandas as pd
from helpers import frame, make_package

from analysis.display import sentences
from analysis.language.formats import Result
from analysis.language.labels import text
from analysis.tables import applications, context, findings, integrations

PACKAGE = make_package()


def test_the_largest_and_the_smallest_category_are_named_with_their_counts():
    table = applications.count_by(PACKAGE, "ownership")
    got = sentences.of_categories(table, "ownership", "en").words
    own, grant = text("ownership.own", "en"), text("ownership.grant", "en")
    assert f"{own}, with 7 of 10 applications (70.0%)" in got
    assert got.endswith(f"{grant}, with 0.")


def test_integrations_are_counted_and_their_hub_is_named():
    got = sentences.of_integrations(integrations.list_integrations(PACKAGE), "en").words
    assert got.startswith("3 integrations connect 5 applications in 2 separate components.")
    assert "Sehat has the most partners, 2." in got


def test_without_a_hub_none_is_named():
    pairs = make_package(integrations="application,integrated_with,locator\nA,B,T\n")
    got = sentences.of_integrations(integrations.list_integrations(pairs), "en").words
    assert "most partners" not in got


def test_findings_are_counted_by_direction():
    table = findings.summarise(PACKAGE, {"services.web_or_mobile.count": Result(7, "application")})
    got = sentences.of_findings(table, PACKAGE, "en").words
    assert got.startswith("Of 2 findings, 1 support, 0 are mixed and 1 hinder") and "5 records" in got


def test_informants_and_aspects_are_counted():
    tables = context.snowball_informants(PACKAGE), context.research_aspects(PACKAGE)
    got = sentences.of_context(*tables, "en").words
    assert "5 informants in 2 groups" in got and "4 aspects of 3 dimensions" in got


def test_results_that_are_read_are_told_from_those_that_are_computed():
    results = pd.DataFrame({"rule": ["copy", "copy", "sum"], "rows": ["2", "2-5", "3"]})
    assert "1 are one raw value" in sentences.of_results(results, "en").words
    assert "the other 2 are computed" in sentences.of_results(results, "en").words


def test_raw_files_and_their_rows_are_counted():
    files = pd.DataFrame({"records": [1000, 200]})
    assert "2 files with 1,200 rows" in sentences.of_files(files, PACKAGE, "en").words


def test_likely_duplicates_and_stale_applications_are_counted():
    package = make_package(applications=frame("name,owner\nA,X\nB,Y\nC,Z\n"))
    got = sentences.of_inventory(pd.DataFrame({"group": [1, 1]}), pd.DataFrame({"n": [1]}), package, "en")
    assert got.words.endswith("1 of 3.") and "duplicates: 1." in got.words


def test_a_city_about_which_nothing_is_claimed_has_no_verdict(lang):
    assert sentences.of_audit({"total": 0}, PACKAGE, lang).words == text("cli.no_claims", lang)


def test_cities_are_compared_by_what_all_of_them_have():
    table = pd.DataFrame({"measure": ["m", "m", "n"], "city": ["a", "b", "a"]})
    got = sentences.of_comparison(table, {"en": {"a": "A", "b": "B"}}, "en").words
    assert "A, B" in got and "1 of 2 measures" in got
