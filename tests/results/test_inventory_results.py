import pytest
from helpers import bandung, make_package, recap

from analysis.results.inventory_results import of_applications
from analysis.table_list.entries import COUNTS
from analysis.tables import applications

# What follows by hand from the article's Tables 4 to 6.
EXPECTED = {
    "audit.applications.built": 298,  # 388 without 44 planned and 46 being built
    "audit.applications.built_or_underway": 344,  # 388 without 44 planned
    "audit.applications.desktop_only": 125,
    "audit.applications.all_reachable": False,
    "audit.totals_agree": True,  # 388 in Tables 4, 5 and 6
}


def rows_of(package):
    """Return the results from a city's applications."""
    tables = {name: applications.count_by(package, attribute) for attribute, name in COUNTS.items()}
    return list(of_applications(package, tables))


def values_of(package):
    """Return the values from a city's applications by key."""
    return {row[0]: row[1] for row in rows_of(package)}


@pytest.mark.parametrize(("key", "expected"), EXPECTED.items(), ids=str)
def test_what_was_built_in_bandung_is_what_the_article_gives_by_hand(key, expected):
    got = values_of(bandung())[key]
    assert got == expected
    assert type(got) is type(expected)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("services.web_or_mobile.count", "2-3"),
        ("services.web_or_mobile.share", "2-5"),  # divided by all
        ("services.web_mobile_or_multiplatform.count", "2-3 5"),
        ("applications.in_preparation.count", "9-11"),
        ("audit.applications.desktop_only", "4"),
        ("audit.applications.built", "2-5 9-10"),  # all by type, less two stages
    ],
)
def test_behind_a_sum_stand_the_rows_that_count(key, expected):
    assert {row[0]: row[4] for row in rows_of(bandung())}[key] == expected


def test_all_are_reachable_only_where_no_application_is_for_the_desktop():
    counts = {
        "type": {"web": 2, "mobile": 0, "desktop": 0, "multiplatform": 1},
        "ownership": {"own": 2, "central": 0, "grant": 0},
        "status": {"planned": 0, "development": 0, "trial": 0, "operational": 3, "inactive": 0},
    }
    got = values_of(make_package(applications_recap=recap(counts)))
    assert got["audit.applications.all_reachable"] is True
    assert got["audit.totals_agree"] is False  # 2 by ownership, 3 otherwise
