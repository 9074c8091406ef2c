import json
from functools import cache

import pandas as pd
import pytest
from helpers import bandung, make_package, open_project
from test_mutations import rebuild

from analysis.auditing import ledger
from analysis.auditing.checks import BASES, EXPLAINED, SEPARATOR, VERDICTS, Check
from analysis.raw_data.row_ranges import rows_in, separate
from analysis.results import rebuilt_files

KEYS = {"table2": "group", "table7": "number", "table8": "finding_id"}
COMPARED = {
    "table2": ["count"],
    "table4": ["count"],
    "table5": ["count"],
    "table6": ["count"],
    "table7": ["application", "integrated_with"],
    "table8": ["dimension", "polarity"],
}
"""Columns of the rebuilt tables whose cells the article prints; the texts of Table 8 are paraphrased."""
PRINTED = {"table2": 18, "table4": 5, "table5": 4, "table6": 6, "table7": 12}
"""How many cells of each the article prints; of Table 8 two in a row."""

# Statements of the article that do not agree with it, each with what it prints and what follows.
KNOWN = {
    "C003": ("true", "true | false | false | false"),  # on the whole supportive: by no way of scoring
    "C057": ("3", "2"),  # the list of informants is Table 2
    "C059": ("37", "34"),  # the table of informants adds up to 34
    "C066": ("16", "0"),  # picked at random, though the table is of a snowball sample
    "C075": ("300", "298"),  # more than 300 built
    "C125": ("15", "13"),  # citizens
    "C231": ("929", "929 | 86"),  # rose by 929, or to 929
    "C290": ("236", "236 | 263"),  # services within reach
}


@cache
def rebuilt():
    return rebuild(bandung())


@cache
def audited():
    """Return the audit of Bandung's source."""
    return ledger.audit_source(bandung(), rebuilt())


def checks():
    """Return the ledger of Bandung by entry."""
    return audited().checks.set_index("entry", drop=False)


def printed_cells(name):
    """Return the entries of all cells of a rebuilt table that the article prints."""
    rows = rebuilt().tables[name][KEYS.get(name, "category")].astype(str)
    return {f"{name}/{row}/{column}" for row in rows for column in COMPARED[name]}


def tiny():
    """Return the audit of the tiny city, of whose source nothing is transcribed."""
    package = make_package()
    return ledger.audit_source(package, rebuild(package))


def test_nothing_in_bandung_s_ledger_is_unexpected():
    assert audited().unexpected["entry"].tolist() == []
    assert audited().counts["unexpected"] == 0
    assert audited().counts["verdict.failed"] == 0


def test_every_entry_is_there_once():
    assert checks().index.is_unique
    assert set(checks().index) >= set(bandung()["claims"]["claim_id"])


def test_every_check_has_a_known_basis_and_verdict():
    assert set(checks()["basis"]) <= set(BASES)
    assert set(checks()["verdict"]) <= set(VERDICTS)
    assert checks().columns.tolist() == list(Check.__dataclass_fields__)


@pytest.mark.parametrize(("entry", "expected"), KNOWN.items(), ids=str)
def test_a_discrepancy_that_a_reader_finds_is_in_the_ledger(entry, expected):
    got = checks().loc[entry]
    assert (got["printed"], got["rebuilt"]) == expected
    assert got["verdict"] == ("ambiguous" if expected[0] in expected[1].split(SEPARATOR) else "inconsistent")


@pytest.mark.parametrize("verdict", [*EXPLAINED, "not_checkable"])
def test_what_disagrees_and_what_cannot_be_checked_is_explained(verdict, lang):
    table = checks()
    found = table[table["verdict"] == verdict]
    assert len(found)
    assert found.loc[found[f"explanation_{lang}"].str.strip() == "", "entry"].tolist() == []


def test_the_explanations_of_the_two_languages_differ():
    table = checks()
    explained = table[table["explanation_id"] != ""]
    assert explained.loc[explained["explanation_id"] == explained["explanation_en"], "entry"].tolist() == []


def test_the_lineage_of_every_check_is_in_the_raw_package():
    for check in audited().checks.itertuples():
        files, rows = check.file.split(SEPARATOR), check.rows.split(SEPARATOR)
        assert len(files) == len(rows), check.entry
        for file, ranges in zip(files, rows, strict=True):
            if check.verdict == "not_checkable":
                assert (file, ranges) == ("", ""), check.entry
            else:
                for one, part in separate(file, ranges):
                    frame = bandung()[one.removesuffix(".csv")]
                    assert set(rows_in(part)) <= set(frame.index), check.entry


def test_every_checked_value_has_rows_and_a_rule():
    for check in audited().checks.itertuples():
        values, rows = check.rebuilt.split(SEPARATOR), check.rows.split(SEPARATOR)
        if check.verdict == "not_checkable":
            continue
        assert all(check.rule.split(SEPARATOR)), check.entry
        for value, ranges in zip(values, rows, strict=True):
            assert ranges or value == "0", check.entry  # nothing counted comes from no row


def test_every_check_has_a_place_in_the_article():
    assert (checks()["locator"].str.strip() != "").all()


def test_every_metric_is_transcribed_by_some_claim():
    table = checks()
    copied = set(" ".join(table.loc[table["basis"] == "transcribed", "result"]).split())
    assert sorted(set(bandung()["metrics"]["metric"]) - copied) == []


def test_a_transcribed_claim_stands_where_its_metric_was_read():
    places = dict(zip(bandung()["metrics"]["metric"], bandung()["metrics"]["locator"], strict=True))
    for check in audited().checks.itertuples():
        if check.kind != "cell" and check.basis == "transcribed":
            assert {places[key] for key in check.result.split()} == {check.locator}, check.entry


@pytest.mark.parametrize("name", COMPARED)
def test_every_printed_cell_of_the_table_is_checked_and_no_other(name):
    table = checks()
    cells = table[(table["kind"] == "cell") & (table["result"] == name)]
    assert set(cells.index) == printed_cells(name)
    assert len(cells) == PRINTED.get(name, 2 * len(rebuilt().tables[name]))


@pytest.mark.parametrize("name", ["table2", "table4", "table5", "table6"])
def test_every_total_is_recomputed_and_not_copied(name):
    total = checks().loc[f"{name}/total/count"]
    assert (total["basis"], total["verdict"]) == ("recomputed", "reproduced")


def test_every_number_inside_a_finding_is_checked_against_table_8():
    traced = rebuilt().lineages["table8"]
    expected = {key for row in traced.itertuples() for key in row.results.split()}
    table = checks()
    of_table = table[table["locator"].str.startswith("Tabel 8")]
    assert expected
    assert expected <= set(" ".join(of_table["result"]).split())


def test_counts_are_those_of_the_checks():
    found = audited()
    assert found.counts["total"] == len(found.checks)
    assert sum(found.counts[f"verdict.{name}"] for name in VERDICTS) == len(found.checks)
    assert sum(found.counts[f"basis.{name}"] for name in BASES) == len(found.checks)
    for basis in BASES:
        assert sum(found.counts[f"{basis}.{name}"] for name in VERDICTS) == found.counts[f"basis.{basis}"]


def test_the_headline_counts_tests_of_what_the_article_says():
    found = audited()
    own = found.tests[found.tests["says"] == "article"]
    counts = found.counts
    assert counts["checked"] == len(own)
    assert counts["reproduced"] + counts["inconsistent"] + counts["ambiguous"] == counts["checked"]
    checks = found.checks
    is_open = (checks["verdict"] == "not_checkable") & (checks["says"] == "article")
    assert counts["undecided"] == is_open.sum() > 0
    assert counts["failed"] == 0
    assert counts["checked"] == 127
    assert [counts[name] for name in ("reproduced", "inconsistent", "ambiguous")] == [99, 20, 8]


def test_no_check_of_bandung_s_ledger_is_a_test_of_our_own_codes():
    table = checks()
    assert not table.loc[table["entry"].str.endswith("/polarity"), "test"].any()
    assert set(table.loc[table["entry"].str.endswith("/polarity"), "says"]) == {"compendium"}


def test_the_audit_as_json_is_strict_json_and_reads_back_the_same():
    plain = ledger.as_json(audited())
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


def test_the_audit_as_json_holds_all_of_its_parts():
    found = audited()
    plain = ledger.as_json(found)
    assert list(plain) == ["counts", "checks", "tests", "issues", "grim", "bounds", "sensitivity", "coders"]
    assert plain["checks"] == found.checks.to_dict(orient="records")
    assert pd.DataFrame(plain["bounds"]).equals(found.bounds)
    scores = [row["score"] for row in plain["sensitivity"]]
    assert scores == pytest.approx(found.sensitivity["score"].tolist())
    assert [row["least"] for row in plain["grim"]] == [
        None if pd.isna(n) else n for n in found.grim["least"].tolist()
    ]
    undefined = dict.fromkeys(("alpha", "low", "high"))
    assert plain["coders"] == {"coders": 1, "records": 0, **undefined, "disagreements": []}


def test_the_disagreements_of_two_coders_are_in_the_json():
    coders = ledger.as_json(tiny())["coders"]
    assert coders["disagreements"] == [{"evidence_id": "E4", "c1": "mixed", "c2": "hinders"}]
    assert (coders["coders"], coders["records"]) == (2, 1)


def test_a_city_whose_source_is_not_audited_has_an_audit_without_checks():
    found = tiny()
    assert found.checks.empty
    assert found.unexpected.empty
    assert found.unexpected.columns.tolist() == found.checks.columns.tolist()
    json.dumps(ledger.as_json(found), allow_nan=False)


def test_what_is_saved_reads_back_as_what_was_found(monkeypatch, tmp_path):
    city = open_project(monkeypatch, tmp_path)
    ledger.save(audited(), city.name)
    got = pd.read_csv(city.processed / "ledger.csv", dtype=str, keep_default_na=False)
    assert set(got.pop("synthetic")) == {"true"}
    pd.testing.assert_frame_equal(got, audited().checks.astype(str).astype(got.dtypes))
    assert rebuilt_files.load_audit(city.name) == {"synthetic": True, **ledger.as_json(audited())}


def test_the_same_audit_is_saved_as_the_same_bytes(monkeypatch, tmp_path):
    city = open_project(monkeypatch, tmp_path)
    saved = []
    for found in (audited(), ledger.audit_source(bandung(), rebuilt())):
        ledger.save(found, city.name)
        saved.append([(city.processed / f"ledger.{kind}").read_bytes() for kind in ("csv", "json")])
    assert saved[0] == saved[1]
    assert b"\r" not in saved[0][0]
