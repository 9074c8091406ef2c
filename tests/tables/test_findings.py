import pandas as pd
import pytest
from helpers import FILES, bandung, frame, make_package
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.formats import Result
from analysis.raw_data.csv_form import FIRST_ROW
from analysis.tables import findings
from analysis.tables.findings import DIMENSIONS, POLARITIES

RESULTS = {"services.web_or_mobile.count": Result(1081, "service")}
ASPECTS = ["service_access", "wifi_components", "open_data_quantity", "source_data_access"]

# Article, Table 3: lines of the column Aspek Penelitian.
ASPECTS_OF_DIMENSION = {"online_services": 2, "infrastructure": 4, "open_government": 7}

codings = st.lists(st.tuples(st.sampled_from(ASPECTS[:3]), st.sampled_from(POLARITIES)))


def coded(records):
    """Return codings as the frame `evidence`."""
    table = pd.DataFrame(records, columns=["aspect", "polarity"], dtype="str")
    return table.assign(evidence_id="E1").set_axis(pd.RangeIndex(FIRST_ROW, FIRST_ROW + len(records)))


def test_numbers_are_filled_in_as_each_language_writes_them():
    got = findings.summarise(make_package(), RESULTS)
    assert got.loc[0, "text_id"] == "Ada 1.081 layanan."
    assert got.loc[0, "text_en"] == "There are 1,081 services."
    assert got.loc[1, "text_en"] == "WiFi is scarce."
    assert got.columns.tolist() == ["dimension", "finding_id", "polarity", "text_id", "text_en"]


def test_every_unknown_key_is_named_with_its_finding():
    texts = (
        FILES["findings"].replace("WiFi kurang", "{no.one} WiFi {no.two}").replace("is scarce", "{no.three}")
    )
    with pytest.raises(findings.UnknownResultError, match=r"findings\.csv IN1: \{no\.one\}") as caught:
        findings.summarise(make_package(findings=texts), {})
    key = "services.web_or_mobile.count"
    assert caught.value.missing == [
        ("OS1", key),
        ("OS1", key),
        ("IN1", "no.one"),
        ("IN1", "no.two"),
        ("IN1", "no.three"),
    ]


def test_a_value_that_looks_like_a_placeholder_is_not_filled_again():
    results = {"services.web_or_mobile.count": Result("{no.key}", "name")}
    assert findings.summarise(make_package(), results).loc[0, "text_en"] == "There are {no.key} services."


def test_the_lineage_names_the_results_and_evidence_of_a_finding_once():
    got = findings.trace(make_package()).set_index("row")
    assert got.loc["OS1", ["rows", "results", "evidence"]].tolist() == [
        "2",
        "services.web_or_mobile.count",
        "E1 E2",
    ]
    assert got.loc["IN1", ["rows", "results"]].tolist() == ["3", ""]


@given(codings)
def test_every_coding_is_counted_once_and_aspects_without_evidence_stay(records):
    matrix = findings.evidence_matrix(make_package(evidence=coded(records)))
    assert matrix["aspect"].tolist() == ASPECTS
    for aspect, *got in matrix.drop(columns="dimension").itertuples(index=False):
        assert got == [records.count((aspect, polarity)) for polarity in POLARITIES]


def test_a_record_coded_by_two_counts_twice():
    matrix = findings.evidence_matrix(make_package()).set_index("aspect")
    assert matrix.loc["open_data_quantity"].tolist() == ["open_government", 0, 1, 1]
    assert matrix.loc["source_data_access"].tolist() == ["open_government", 0, 0, 0]


def test_bandung_s_matrix_holds_all_evidence_of_the_thirteen_aspects():
    matrix = findings.evidence_matrix(bandung())
    counts = matrix[list(POLARITIES)].sum(axis=1)
    assert counts.tolist() == [(bandung()["evidence"]["aspect"] == name).sum() for name in matrix["aspect"]]
    assert counts.sum() == len(bandung()["evidence"])
    assert matrix.groupby("dimension").size().to_dict() == ASPECTS_OF_DIMENSION
    assert (counts > 0).all()


def test_every_finding_of_bandung_rests_on_evidence_of_bandung():
    evidence = set(bandung()["evidence"]["evidence_id"])
    for ids in bandung()["findings"]["evidence_ids"]:
        assert ids.split()
        assert set(ids.split()) <= evidence


def test_the_findings_of_bandung_hold_no_number_of_their_own():
    for lang in ("id", "en"):
        texts = bandung()["findings"][f"text_{lang}"]
        assert not texts.str.replace(r"\{[\w.]+\}", "", regex=True).str.contains(r"\d").any()


def test_both_languages_of_a_finding_use_the_same_results():
    for row in bandung()["findings"].itertuples():
        got, expected = (sorted(findings.PLACEHOLDER.findall(text)) for text in (row.text_id, row.text_en))
        assert got == expected, row.finding_id


def test_the_dimensions_are_the_working_areas_that_have_indicators():
    framework = bandung()["framework"]
    parents = framework.loc[framework["level"] == "indicator", "parent"].unique().tolist()
    assert parents == list(DIMENSIONS)


def test_findings_without_placeholders_need_no_results():
    only = frame("\n".join(FILES["findings"].splitlines()[::2]) + "\n")
    got = findings.summarise(make_package(findings=only), {})
    assert got["finding_id"].tolist() == ["IN1"]
