import pytest
from helpers import CITY, LANGUAGES, bandung, make_package

from analysis.synthetic.margins import MarginsError, all_counts, margins_of
from analysis.synthetic.synthesis import synthesize_inventory
from analysis.tables.applications import CATEGORIES


def test_margins_are_those_of_a_citys_counts():
    taken = margins_of(bandung())
    recap = bandung()["applications_recap"]
    assert [sum(counts.values()) for counts in taken.values()] == recap.groupby("attribute")["count"].sum()[
        list(CATEGORIES)
    ].tolist()


def test_margins_are_those_of_an_inventory_too():
    taken = margins_of(bandung())
    inventory = synthesize_inventory(1, margins=taken)
    assert margins_of(make_package(applications=inventory, applications_recap=None)) == taken


def test_a_city_without_applications_has_no_margins():
    with pytest.raises(MarginsError) as caught:
        margins_of(make_package(applications_recap=None))
    assert all(CITY in caught.value.message(lang) for lang in LANGUAGES)


def test_what_is_left_out_is_as_usual_and_totals_agree():
    counts = all_counts({"type": {"web": 7}}, 100)
    assert counts["type"] == dict.fromkeys(CATEGORIES["type"], 0) | {"web": 7}
    assert {sum(part.values()) for part in counts.values()} == {7}
    assert all(sum(part.values()) == 100 for part in all_counts({}, 100).values())
