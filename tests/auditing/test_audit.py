import pandas as pd
import pytest
from helpers import frame, make_package

from analysis.auditing import audit
from analysis.auditing.checks import EXPLAINED
from analysis.language.formats import Result
from analysis.results.rebuilt_files import Processed

# A tiny world: an article that prints 3 apples (P1), 5 pears (P2) and Table 4 (web 6, mobile 1, total 7).


def results(apples, pears, web):
    """Return the results of the tiny world: values and lineage by key."""
    rows = {
        "a.apples": (apples, "apple", "metrics.csv", "2", "copy"),
        "a.pears": (pears, "pear", "metrics.csv", "3", "copy"),
        "a.sum": (apples + pears, "fruit", "metrics.csv", "2-3", "a + b"),
        "a.mean": ((apples + pears) / 3, "fruit", "metrics.csv", "2-3", "(a + b) / 3"),
        "applications.type.web.count": (web, "application", "applications_recap.csv", "2", "type: web"),
        "applications.type.web.share": (
            web / (web + 1),
            "share",
            "applications_recap.csv",
            "2",
            "type: web / total",
        ),
        "applications.total": (web + 1, "application", "applications_recap.csv", "2-3", "type: total"),
        "framework.aspects": (2, "aspect", "framework.csv", "2", "count"),
        "evidence.total": (4, "record", "evidence.csv", "2-5", "count"),
        "findings.total": (2, "finding", "findings.csv", "2-3", "count"),
        "verdict.findings.short": ("infrastructure", "name", "findings.csv", "2-3", "findings"),
        "a.is_full": (True, "truth", "metrics.csv", "2", "is_at_least(a.apples 1)"),
        "a.first_name": ("web", "name", "applications_recap.csv", "2", "set_names(list:x)"),
        "audit.short.x.findings": (True, "truth", "findings.csv", "2-3", "findings"),
        "audit.totals_agree": (True, "truth", "applications_recap.csv", "2-3", "totals"),
    }
    values = {key: Result(row[0], row[1]) for key, row in rows.items()}
    return values, {
        key: dict(zip(("file", "rows", "rule"), row[2:], strict=True)) for key, row in rows.items()
    }


def tables(web):
    """Return Table 4 and Table 8 of the tiny world with their lineage."""
    table4 = pd.DataFrame([("web", web), ("mobile", 1), ("total", web + 1)], columns=["category", "count"])
    table8 = pd.DataFrame(
        [("IN1", "hinders", "infrastructure")], columns=["finding_id", "polarity", "dimension"]
    )
    columns = ["row", "column", "file", "rows", "rule"]
    lineage4 = [
        ("web", "count", "applications_recap.csv", "2", "copy"),
        ("mobile", "count", "applications_recap.csv", "3", "copy"),
        ("total", "count", "applications_recap.csv", "2-3", "sum"),
    ]
    lineage8 = [("IN1", "text_id text_en", "findings.csv", "2", "fill")]
    lineages = {"table4": lineage4, "table8": lineage8}
    return {"table4": table4, "table8": table8}, {
        name: pd.DataFrame(rows, columns=columns) for name, rows in lineages.items()
    }


PRINTED = """\
table,row,column,value,says,locator
table4,web,count,6,article,T4 web
table4,mobile,count,1,article,T4 mobile
table4,total,count,7,article,T4 total
"""
DISCREPANCIES = "entry,issue,verdict,printed,rebuilt\n"
ISSUES = """\
issue,weight,title_id,title_en,shown_id,shown_en,cite_id,cite_en,mend_id,mend_en
I01,number,Judul,Title,Ada {a.sum}.,There are {a.sum}.,Kutip.,Cite.,Ubah.,Change.
"""
TOLD = ["Ada 8. Kutip. Ubah.", "There are 8. Cite. Change."]
CLAIMS = "claim_id,kind,says,text_id,text_en,printed,relation,result,tolerance,needed_id,needed_en,locator\n"
COPIES = CLAIMS + (
    "A,number,article,t,t,3,equals,a.apples,0,,,P1\nP,number,article,t,t,5,equals,a.pears,0,,,P2\n"
)
"""Claims that the raw file repeats: A of the apples, P of the pears."""


def claim(printed, result, relation="equals", tolerance=0, locator="elsewhere", name="C1"):
    """Return one line of claims.csv."""
    return f"{name},number,article,Teks,Text,{printed},{relation},{result},{tolerance},,,{locator}\n"


def verify(claims="", published=None, known="", apples=3, pears=5, web=6):
    """Audit the tiny world, whose raw files hold these numbers; return the checks by entry."""
    metrics = f"""\
metric,value,unit,label_id,label_en,locator
a.apples,{apples},apple,a,a,P1
a.pears,{pears},pear,b,b,P2
"""
    frames = {"claims": COPIES + claims, "metrics": metrics, "discrepancies": DISCREPANCIES + known}
    frames["issues"] = ISSUES
    if published is not None:
        frames["published"] = published
    package = make_package(**frames)
    found = audit.verify(package, Processed(*tables(web), *results(apples, pears, web)))
    return found.set_index("entry", drop=False)


def printed(cell, value, says="article"):
    """Return published.csv with one cell, such as ``table4/web/count``."""
    return f"{PRINTED.splitlines()[0]}\n{cell.replace('/', ',')},{value},{says},T\n"


@pytest.mark.parametrize(
    ("result", "locator", "expected"),
    [
        ("a.apples", "P1", "transcribed"),
        ("a.apples", "P2", "repeated"),
        ("a.apples a.pears", "P1", "repeated"),
        ("applications.type.web.count", "P1", "repeated"),
        ("applications.type.web.count a.apples", "P1", "repeated"),
        ("a.is_full", "P1", "repeated"),
        ("a.first_name", "P1", "repeated"),
        ("applications.type.web.share", "P1", "recomputed"),
        ("applications.total", "P1", "recomputed"),
        ("framework.aspects", "P1", "recomputed"),
        ("a.sum", "P1", "recomputed"),
        ("a.apples a.sum", "P1", "recomputed"),
        ("audit.totals_agree", "P1", "recomputed"),
        ("evidence.total", "P1", "recomputed"),
        ("findings.total", "P1", "judged"),
        ("verdict.findings.short", "P1", "judged"),
        ("audit.short.x.findings", "P1", "judged"),
        ("a.apples findings.total", "P1", "judged"),
        ("", "P1", "none"),
    ],
)
def test_the_basis_of_a_claim_follows_from_what_is_compared(result, locator, expected):
    assert verify(claim(1, result, locator=locator)).loc["C1", "basis"] == expected


def test_a_bound_is_held_against_a_value_even_where_both_stand_in_one_place():
    assert verify(claim(1, "a.apples", "more_than", locator="P1")).loc["C1", "basis"] == "repeated"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("table4/web/count", "transcribed"),
        ("table4/total/count", "recomputed"),
        ("table8/IN1/dimension", "transcribed"),
        ("table8/IN1/polarity", "transcribed"),
        ("table8/IN1/a.apples", "repeated"),
        ("table8/IN1/a.sum", "recomputed"),
    ],
)
def test_the_basis_of_a_cell_follows_from_its_row_and_column(cell, expected):
    assert verify(published=printed(cell, 1)).loc[cell, "basis"] == expected


@pytest.mark.parametrize(
    ("line", "verdict", "rebuilt"),
    [
        (claim(8, "a.sum"), "reproduced", "8"),
        (claim(7, "a.sum", "more_than"), "reproduced", "8"),
        (claim("2.7", "a.mean", tolerance=0.05), "rounding", "2.666666667"),
        (claim("2.7", "a.mean"), "inconsistent", "2.666666667"),
        (claim(9, "a.sum"), "inconsistent", "8"),
        (claim(8, "a.sum", "more_than"), "inconsistent", "8"),
        (claim(4, "a.apples a.pears"), "inconsistent", "3 | 5"),
        (claim(3, "a.apples a.pears"), "ambiguous", "3 | 5"),
        (claim(3, "a.apples a.pears", "at_least"), "reproduced", "3 | 5"),
        (claim("2.7", "a.mean a.apples", tolerance=0.3), "rounding", "2.666666667 | 3"),
        (claim("2.7", "a.mean a.pears", tolerance=0.05), "ambiguous", "2.666666667 | 5"),
        (claim("true", "audit.totals_agree"), "reproduced", "true"),
        (claim("infrastructure", "verdict.findings.short"), "reproduced", "infrastructure"),
        (claim("online_services", "verdict.findings.short"), "inconsistent", "infrastructure"),
        (claim("true", ""), "not_checkable", ""),
    ],
    ids=lambda value: str(value).strip(),
)
def test_each_verdict_on_a_claim(line, verdict, rebuilt):
    got = verify(line).loc["C1"]
    assert (got["verdict"], got["rebuilt"]) == (verdict, rebuilt)
    assert got["is_expected"] == (verdict not in EXPLAINED)


@pytest.mark.parametrize("result", ["a.plums", "a.apples a.plums", "a.plums a.grapes"])
def test_a_claim_that_names_an_unknown_result_fails_and_names_it(result):
    got = verify(claim(3, result)).loc["C1"]
    expected = " ".join(key for key in result.split() if key != "a.apples")
    assert (got["verdict"], got["rebuilt"], got["is_expected"]) == ("failed", f"? {expected}", False)


@pytest.mark.parametrize(
    "cell", ["table4/tablet/count", "table4/web/share", "table7/1/application", "table8/IN1/a.plums"]
)
def test_a_printed_cell_that_was_not_rebuilt_fails(cell):
    got = verify(published=printed(cell, 1)).loc[cell]
    assert (got["verdict"], got["rebuilt"], got["is_expected"]) == ("failed", "", False)


def test_printed_cells_beside_the_table_they_were_rebuilt_into():
    got = verify(published=PRINTED)
    assert got["verdict"].tolist() == ["reproduced"] * 5
    assert got.loc["table4/total/count", ["rebuilt", "file", "rows", "rule"]].tolist() == [
        "7",
        "applications_recap.csv",
        "2-3",
        "sum",
    ]


def test_a_printed_total_that_is_not_the_sum_is_the_article_s_fault():
    got = verify(published=PRINTED.replace("total,count,7", "total,count,8"))
    assert got.loc["table4/total/count", "verdict"] == "inconsistent"
    assert got.loc["table4/web/count", "verdict"] == "reproduced"


def test_a_raw_count_that_is_no_longer_the_printed_one_is_ours_and_so_is_all_that_follows_from_it():
    got = verify(claim(6, "applications.type.web.count"), published=PRINTED, web=5)["verdict"]
    assert got["table4/web/count"] == "failed"
    assert got["table4/total/count"] == "failed"
    assert got["C1"] == "failed"
    assert got["table4/mobile/count"] == "reproduced"


def test_a_raw_metric_that_is_no_longer_the_printed_one_fails_wherever_it_is_used():
    claims = (
        claim(8, "a.sum", name="C1")
        + claim(4, "a.pears a.apples", name="C2")
        + claim(4, "a.pears", name="C3")
        + claim(5, "a.pears a.apples", name="C4")
    )
    got = verify(claims, apples=2)["verdict"]
    assert got.to_dict() == {
        "A": "failed",  # the copy itself
        "P": "reproduced",
        "C1": "failed",  # 7 and not 8
        "C2": "failed",
        "C3": "inconsistent",  # the pears are as printed, so this is the article's
        "C4": "failed",  # would be ambiguous
    }


def test_a_code_of_a_finding_is_ours_and_so_is_a_difference_from_it():
    got = verify(published=printed("table8/IN1/polarity", "supports", "compendium"))
    assert got.loc["table8/IN1/polarity", ["verdict", "basis"]].tolist() == ["failed", "transcribed"]


@pytest.mark.parametrize(
    ("known", "is_expected"),
    [
        ("C1,I01,inconsistent,9,8\n", True),
        ("C1,I01,ambiguous,9,8\n", False),
        ("C1,I01,inconsistent,10,8\n", False),
        ("C1,I01,inconsistent,9,7\n", False),
        ("", False),
    ],
)
def test_a_discrepancy_is_expected_with_just_that_verdict_and_those_values(known, is_expected):
    got = verify(claim(9, "a.sum"), known=known).loc["C1"]
    assert got["is_expected"] == is_expected
    assert got[["explanation_id", "explanation_en"]].tolist() == (TOLD if known else ["", ""])
    assert (got["issue"], got["weight"]) == (("I01", "number") if known else ("", ""))


def test_an_explained_discrepancy_that_has_gone_is_unexpected():
    got = verify(claim(8, "a.sum"), known="C1,I01,inconsistent,9,8\n").loc["C1"]
    assert (got["verdict"], got["is_expected"]) == ("reproduced", False)


def test_an_explanation_does_not_excuse_a_failure():
    known = "C1,I01,inconsistent,8,7\n"
    got = verify(claim(8, "a.sum"), known=known, apples=2).loc["C1"]
    assert (got["verdict"], got["rebuilt"], got["is_expected"]) == ("failed", "7", False)


def test_an_explanation_of_an_entry_that_is_not_there_is_reported():
    got = verify(known="C9,I01,inconsistent,9,8\n")
    assert got.loc["C9", ["verdict", "basis"]].tolist() == ["failed", "none"]
    assert got["is_expected"].to_dict() == {"A": True, "P": True, "C9": False}


def test_what_cannot_be_checked_says_which_data_would_be_needed():
    line = "C1,comparison,article,Teks,Text,true,equals,,0,data kota lain,data of other cities,P9\n"
    got = verify(line).loc["C1"]
    assert got[["explanation_id", "explanation_en"]].tolist() == ["data kota lain", "data of other cities"]
    assert got[["file", "rows", "rule", "other_locator"]].tolist() == ["", "", "", ""]


def test_a_check_names_both_places_where_two_are_compared():
    got = verify(claim(3, "a.apples a.pears a.sum", locator="P1")).loc["C1"]
    assert (got["locator"], got["other_locator"]) == ("P1", "P2")
    assert got["file"] == "metrics.csv | metrics.csv | metrics.csv"
    assert got["rows"] == "2 | 3 | 2-3"
    assert got["rule"] == "copy | copy | a + b"


def test_cells_come_first_and_then_the_claims_in_their_order():
    got = verify(claim(8, "a.sum"), published=PRINTED)
    cells = ["table4/web/count", "table4/mobile/count", "table4/total/count"]
    assert got["entry"].tolist() == [*cells, "A", "P", "C1"]
    assert got["kind"].tolist() == ["cell"] * 3 + ["number"] * 3
    assert got.loc["C1", ["text_id", "text_en"]].tolist() == ["Teks", "Text"]


def test_a_city_whose_source_was_not_audited_has_an_empty_ledger():
    got = audit.verify(make_package(), Processed(*tables(6), *results(3, 5, 6)))
    assert got.empty
    assert "is_expected" in got.columns


def test_the_raw_frames_are_not_changed():
    package = make_package(claims=COPIES, published=PRINTED, discrepancies=DISCREPANCIES)
    audit.verify(package, Processed(*tables(6), *results(3, 5, 6)))
    pd.testing.assert_frame_equal(package["claims"], frame(COPIES))
    pd.testing.assert_frame_equal(package["published"], frame(PRINTED))
