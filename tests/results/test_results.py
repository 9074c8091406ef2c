from dataclasses import replace

import pandas as pd
import pytest
from helpers import bandung, make_package

from analysis.language.labels import catalogue
from analysis.language.problems import RawDataError
from analysis.raw_data.row_ranges import rows_in, separate
from analysis.results import coding_results, results
from analysis.tables import findings

# Article, Tables 2, 4-8, and what follows from them by hand.
EXPECTED = {
    "applications.total": 388,
    "applications.type.total": 388,
    "applications.ownership.total": 388,
    "applications.status.total": 388,
    "applications.type.web.count": 222,
    "applications.type.web.share": 222 / 388,
    "applications.ownership.grant.share": 11 / 388,
    "applications.type.largest.label": "word.type.web",
    "applications.type.smallest.label": "word.type.mobile",
    "applications.type.smallest.count": 14,
    "applications.ownership.largest.label": "word.ownership.own",
    "applications.ownership.largest.count": 329,
    "applications.status.largest.share": 239 / 388,
    "applications.status.smallest.label": "word.status.inactive",
    "applications.in_preparation.count": 124,  # 44 planned, 46 being built, 34 on trial
    "applications.in_preparation.share": 124 / 388,
    "services.web_or_mobile.count": 236,  # 222 and 14; Table 8 prints 236
    "services.web_or_mobile.share": 236 / 388,
    "services.web_mobile_or_multiplatform.count": 263,  # 222, 14 and 27
    "services.web_mobile_or_multiplatform.share": 263 / 388,
    "integrations.count": 6,
    "integrations.applications": 9,
    "integrations.share": 9 / 388,
    "integrations.components": 3,
    "integrations.largest_component": 5,
    "integrations.hub.name": "e-Budgeting",
    "integrations.hub.degree": 3,
    "informants.total": 37,
    "informants.snowball": 34,
    "informants.purposive": 3,
    "informants.groups": 18,
    "framework.dimensions": 6,
    "framework.working_areas": 18,
    "framework.indicators": 9,
    "framework.aspects": 13,
    "evidence.aspects_covered": 13,
    "evidence.aspects_without": 0,
    "findings.total": 14,
    # Table 8; in two dimensions one entry joins two things, which count as two findings.
    "findings.online_services.total": 3,
    "findings.infrastructure.total": 4 + 1,
    "findings.open_government.total": 5 + 1,
}


def derived(package):
    """Return the results of a city, indexed by key."""
    return results.derive(package, results.counted_tables(package)).set_index("key")


def tiny_city(**frames):
    """Return the tiny city with the framework that all cities share."""
    return make_package(framework=bandung()["framework"], **frames)


@pytest.fixture(scope="module")
def of_bandung():
    return derived(bandung())


@pytest.mark.parametrize(("key", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_a_result_of_bandung_is_what_the_article_s_tables_give(of_bandung, key, expected):
    assert of_bandung.loc[key, "value"] == expected


BY_POLARITY = [*findings.POLARITIES]
BY_DIMENSION = [f"{name}.total" for name in findings.DIMENSIONS]
BY_BOTH = [f"{name}.{polarity}" for name in findings.DIMENSIONS for polarity in findings.POLARITIES]


@pytest.mark.parametrize("of", ["evidence", "findings"])
@pytest.mark.parametrize("parts", [coding_results.METHODS, BY_POLARITY, BY_DIMENSION, BY_BOTH], ids=len)
def test_evidence_and_findings_add_up_however_they_are_counted(of_bandung, of, parts):
    value = of_bandung["value"]
    assert value[f"{of}.total"] == len(bandung()[of])
    if parts is not coding_results.METHODS or of == "evidence":
        assert sum(value[f"{of}.{part}"] for part in parts) == len(bandung()[of])


@pytest.mark.parametrize("package", [bandung, tiny_city])
def test_no_key_is_another_or_the_beginning_of_another(package):
    keys = derived(package()).index.tolist()
    assert len(set(keys)) == len(keys)
    beginnings = {key.rsplit(".", n)[0] for key in keys for n in range(1, key.count(".") + 1)}
    assert not beginnings & set(keys)


@pytest.mark.parametrize("package", [bandung, tiny_city])
def test_a_result_has_a_value_a_unit_and_a_source_that_exists(package):
    package = package()
    for row in derived(package).itertuples():
        assert row.value is not None
        assert row.unit
        assert row.rule
        for file, rows in separate(row.file, row.rows):
            assert set(rows_in(rows)) <= set(package[file.removesuffix(".csv")].index), row.Index


@pytest.mark.parametrize("package", [bandung, tiny_city])
def test_counts_of_evidence_and_findings_have_as_many_source_rows(package):
    got = derived(package())
    counted = got[got["rule"].eq("count") & got["file"].isin(["evidence.csv", "findings.csv"])]
    assert [len(rows_in(rows)) for rows in counted["rows"]] == counted["value"].tolist()


def test_every_metric_is_a_result_of_its_own(of_bandung):
    metrics = bandung()["metrics"].set_index("metric")
    got = of_bandung.loc[metrics.index]
    assert got["unit"].tolist() == metrics["unit"].tolist()
    assert [float(v) if not isinstance(v, str) else v for v in got["value"]] == [
        value if unit in ("date", "name") else float(value)
        for value, unit in metrics[["value", "unit"]].itertuples(index=False)
    ]


def test_labels_of_largest_and_smallest_are_in_the_catalogue(of_bandung):
    labels = of_bandung.query("unit == 'label'")["value"]
    assert len(labels) == 6
    assert set(labels) <= set(catalogue())


def test_shares_of_a_city_without_applications_are_zero():
    empty = tiny_city()["applications_recap"].assign(count=0)
    got = derived(tiny_city(applications_recap=empty))
    assert got.query("unit == 'share'")["value"].eq(0).all()


def test_results_of_a_file_that_a_city_lacks_are_left_out():
    optional = ("integrations", "informants", "metrics", "evidence", "findings")
    got = derived(tiny_city(**dict.fromkeys(optional), derivations=None))
    assert set(got["file"]) == {"applications_recap.csv", "framework.csv"}
    everything = derived(tiny_city(derivations=None))
    for name in optional:
        lacking = derived(tiny_city(**{name: None}, derivations=None))
        lost = set(everything["file"]) - set(lacking["file"])
        assert {file for file in lost if "+" not in file} == {f"{name}.csv"}
        assert all(f"{name}.csv" in file for file in lost)


def test_pieces_of_evidence_are_counted_apart_from_their_codings():
    once = make_package()["evidence"]
    package = make_package(evidence=pd.concat([once, once.assign(coder="c9")], ignore_index=True))
    value = derived(package)["value"]
    assert value["evidence.codings"] == 2 * len(once)
    assert value["evidence.total"] == once["evidence_id"].nunique()
    assert value["evidence.interview"] == (once.drop_duplicates("evidence_id")["method"] == "interview").sum()
    by_polarity = [value[f"evidence.{polarity}"] for polarity in findings.POLARITIES]
    assert sum(by_polarity) == value["evidence.codings"]


def test_aspects_without_evidence_are_reported():
    value = derived(tiny_city())["value"]
    assert value["evidence.aspects_covered"] == 3
    assert value["evidence.aspects_without"] == 10
    assert value["evidence.coders"] == 2


def test_results_do_not_change_the_package():
    package = tiny_city()
    before = {name: table.copy() for name, table in package.frames.items()}
    derived(package)
    for name, expected in before.items():
        pd.testing.assert_frame_equal(package[name], expected)


@pytest.mark.parametrize("name", ["applications.total", "applications", "integrations.hub.name.long"])
def test_a_metric_named_like_a_derived_result_is_refused_with_its_row(name):
    package = bandung()
    metrics = package["metrics"].copy()
    metrics.loc[2, "metric"] = name
    nothing = package["derivations"].iloc[:0]
    changed = replace(package, frames={**package.frames, "metrics": metrics, "derivations": nothing})
    with pytest.raises(RawDataError) as caught:
        derived(changed)
    assert [(problem.kind, problem.row, problem.found) for problem in caught.value.problems] == [
        ("cell.derived", 2, name)
    ]
