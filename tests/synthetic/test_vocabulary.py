import re

import numpy as np
from helpers import bandung

from analysis.synthetic import vocabulary
from analysis.synthetic.vocabulary import words
from analysis.tables.applications import CATEGORIES
from analysis.tables.findings import DIMENSIONS, PLACEHOLDER, POLARITIES


def draw():
    return np.random.default_rng(3)


def test_shared_and_national_applications_belong_to_agencies_of_the_city():
    agencies = set(words()["agencies"])
    assert {owner for _, owner, _ in words()["national"]} <= agencies
    assert all(set(system.get("agencies", agencies)) <= agencies for system in words()["shared"])


def test_every_category_has_a_share():
    for attribute, shares in words()["shares"].items():
        assert set(shares) == set(CATEGORIES[attribute])
        assert round(sum(shares.values()), 9) == 1


def test_evidence_and_findings_speak_of_the_framework():
    framework = bandung()["framework"]
    aspects = set(framework.loc[framework["level"] == "aspect", "code"])
    assert {aspect for aspect, *_ in words()["evidence"]} == aspects
    for finding in words()["findings"]:
        dimension, polarity, used = finding["of"]
        assert dimension in DIMENSIONS
        assert polarity in POLARITIES
        assert set(used.split()) <= aspects
        assert PLACEHOLDER.findall(finding["text_id"]) == PLACEHOLDER.findall(finding["text_en"])


def test_interviews_are_with_informants():
    groups = {group for group, *_ in words()["informants"]}
    assert {role for _, method, role, *_ in words()["evidence"] if method == "interview"} <= groups


def test_things_are_shuffled_and_none_is_lost():
    things = list(range(100))
    got = vocabulary.shuffled(draw(), things)
    assert got != things
    assert sorted(got) == things


def test_a_shared_system_has_several_agencies_each_with_one_application():
    rows = vocabulary.shared(draw(), 60)
    for system in words()["shared"]:
        owners = [owner for name, owner, _ in rows if name in system["names"]]
        assert len(owners) == len(set(owners))
        assert len(owners) == 0 or vocabulary.FEWEST <= len(owners) <= vocabulary.MOST


def test_never_more_applications_are_made_than_wanted():
    for wanted in (0, 1, 5, 50, 3000):
        assert len(vocabulary.own(draw(), wanted)) == wanted
        assert len(vocabulary.shared(draw(), wanted)) <= wanted
        assert len(vocabulary.national(draw(), wanted)) <= wanted


def test_names_are_made_of_what_an_agency_does():
    assert vocabulary._acronym("gizi balita") == "SIGIBAL"
    assert vocabulary._titled("hibah dan bansos KTP") == "Hibah dan Bansos KTP"
    for name, _, function in vocabulary.own(draw(), 500):
        assert not re.search(r"[{}]", name + function)
