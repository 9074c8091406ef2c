import re

import pandas as pd
import pytest
from helpers import CITY, LANGUAGES, ROOT, make_package
from paper_project import make_project

from analysis.language.formats import Result
from analysis.publishing import paper_metadata
from analysis.publishing.paper_metadata import CONDITIONS, conditions
from analysis.raw_data import raw

RESULTS = {
    "applications.type.web.count": 6,
    "applications.type.mobile.count": 1,
    "applications.type.desktop.count": 2,
    "applications.type.multiplatform.count": 1,
    "services.web_or_mobile.count": 7,
    "insights.reachable_operational.count": 5,
    "insights.duplicates.groups": 2,
    "insights.stale.count": 3,
}
INVENTORY = pd.DataFrame({"name": ["A"], "last_updated": ["2024-01-05"]})
NOTHING = dict.fromkeys(
    ("integrations", "informants", "metrics", "evidence", "findings", "applications_recap")
)
CONDITION = re.compile(r'(?:when|unless)-meta="has\.\w+"')


@pytest.fixture
def place(tmp_path, monkeypatch):
    return make_project(monkeypatch, tmp_path)


def has(package=None, **changes):
    """Return what holds of a city with an inventory and nothing else, with some results changed."""
    found = {key: Result(value, "x") for key, value in (RESULTS | changes).items()}
    return conditions(package or make_package(applications=INVENTORY, **NOTHING), found)


def sources(lang):
    return {name: (ROOT / "paper" / lang / name).read_text("utf-8") for name in ("_report.yml", "report.qmd")}


@pytest.mark.parametrize(
    ("lang", "title"), [("id", "Di {{< var city.name >}} (data sintetis)"), ("en", "Sole")]
)
def test_the_city_s_own_head_comes_before_the_one_that_serves_any(place, lang, title):
    own = place.root / "paper/cities" / CITY / "metadata.yml"
    own.write_text("id: {}\nen: {title: Sole}\n")
    got = paper_metadata.metadata(raw.load(CITY), {}, lang)
    assert got["title"].startswith(title)
    assert got["keywords"] == ["a", "{{< var a.b >}}"]
    assert (got["date"], got["date-iso"]) == ("1970-01-02", "1970-01-02")
    assert set(got["has"]) == CONDITIONS


def test_a_city_with_an_inventory_is_told_from_one_with_counts():
    assert "inventory" in has()
    assert not {"undated", "recap", "several_agencies"} & has()
    assert "recap" in has(make_package())
    assert "several_agencies" in has(**{"insights.agencies": 2})


def test_empty_lists_and_ties_are_told_apart():
    assert {"duplicates", "stale", "some_unready", "one_largest"} <= has()
    assert "one_largest" not in has(**{"applications.type.desktop.count": 6})
    empty = {"insights.duplicates.groups": 0, "insights.stale.count": 0}
    got = has(**empty, **{"insights.reachable_operational.count": 7})
    assert {"no_duplicates", "fresh", "all_ready"} <= got
    assert not {"duplicates", "stale", "some_unready"} & got


def test_one_coder_is_told_from_several():
    package = make_package()
    assert "recoded" in conditions(package, {})
    once = package["evidence"].assign(coder="c1")
    assert "coded_once" in conditions(make_package(evidence=once), {})


def test_what_needs_several_parts_holds_where_all_are_there():
    assert "evidence_and_findings" in conditions(make_package(), {})
    assert "evidence_and_findings" not in conditions(make_package(findings=None), {})


def test_terms_of_use_are_not_claimed_where_none_are_stated():
    package = make_package()
    for name, expected in (("notspecified", False), ("CC-BY-4.0", True)):
        package.descriptor["licenses"] = [{"name": name}]
        assert ("licensed" in conditions(package, {})) == expected


def test_both_languages_ask_for_the_same_in_the_same_order():
    indonesian, english = (
        {name: CONDITION.findall(source) for name, source in sources(lang).items()} for lang in LANGUAGES
    )
    assert indonesian == english
    asked = {name for found in english.values() for one in found for name in re.findall(r"has\.(\w+)", one)}
    assert asked | {"findings"} == CONDITIONS  # findings are asked for together with evidence
