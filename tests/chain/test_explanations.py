"""What makes a step stale, in the words of both languages."""

from pathlib import Path

import pytest

from analysis.chain.explanations import explain, say
from analysis.tasks.staleness import Reason, Standing

CHANGED = Reason("changed", "notebooks/table4.ipynb")
FOUND = {
    "check": Standing("check", (), (), (), {}),
    "table4": Standing("table4", (), ("made/table4.csv",), (CHANGED,), {}),
    "table5": Standing("table5", (), ("made/table5.csv",), (), {}),
    "results": Standing("results", (), ("made/results.json",), (), {"table4": ("made/table4.csv",)}),
    "report": Standing("report", (), ("made/ledger.html",), (), {"results": ("made/results.json",)}),
}
RAW, BIB, CODE = "data/raw/x/a.csv", "paper/a.bib", "raw_data/raw.py"
TEMPLATE = "site/templates/site.css"
UNDECIDED = "not certain. Decided once this has been made: table4. Skipped if its inputs stay the same."


def explained(target, lang="en", found=FOUND):
    return explain(Path("/project"), found, target, lang)


def test_a_stale_step_is_told_with_its_reason():
    assert explained("table4") == [
        "table4: will be made by the next build.",
        "  - notebook changed: notebooks/table4.ipynb",
    ]
    assert explained("table4", "id")[1] == "  - notebook berubah: notebooks/table4.ipynb"


def test_an_undecided_step_is_told_with_everything_that_it_follows_from():
    assert explained("report") == [
        f"report: {UNDECIDED}",
        "  - waits for results: results.json",
        f"results: {UNDECIDED}",
        "  - waits for table4: table4.csv",
        "table4: will be made by the next build.",
        "  - notebook changed: notebooks/table4.ipynb",
    ]


def test_a_stale_step_that_waits_for_others_says_so_in_one_line():
    both = {**FOUND, "results": Standing("results", (), (), (CHANGED,), {"table4": ("a", "b")})}
    assert explained("results", found=both)[:3] == [
        "results: will be made by the next build.",
        "  - notebook changed: notebooks/table4.ipynb",
        "  - also waits for: table4",
    ]


def test_a_fresh_step_is_up_to_date():
    assert explained("table5") == ["table5: up to date."]
    assert explained("table5", "id") == ["table5: mutakhir."]


def test_without_a_target_everything_stale_is_told_and_counted():
    lines = explained("")
    told = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    assert told[:-1] == ["table4", "results", "report"]
    assert lines[-1] == "Steps certainly to be made: 1; not certain: 2; up to date: 2."


def test_where_nothing_is_stale_one_line_says_so():
    fresh = {name: FOUND[name] for name in ("check", "table5")}
    assert explained("", found=fresh) == ["All 2 steps are up to date."]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (("changed", RAW), f"raw file changed: {RAW}"),
        (("changed", BIB), f"source of the paper changed: {BIB}"),
        (("changed", "build/x/a.svg"), "output of an earlier step changed: build/x/a.svg"),
        (("added", RAW), f"raw file newly used: {RAW}"),
        (("dropped", RAW), f"raw file no longer used: {RAW}"),
        (("missing", BIB), f"source of the paper missing: {BIB}"),
        (("disturbed", RAW), f"raw file changed while this step was running: {RAW}"),
        (("edited", "a.csv", 1200, 7), "output changed after it was made: a.csv (1,200 bytes, now 7 bytes)"),
        (("removed", "a.csv"), "output removed: a.csv"),
        (("code", CODE, "1", "2"), f"code changed: src/analysis/{CODE}"),
        (("code", CODE, None, "2"), f"code newly used: src/analysis/{CODE}"),
        (("code", CODE, "1", None), f"code no longer used: src/analysis/{CODE}"),
        (("templates", TEMPLATE, "1", "2"), f"template changed: src/analysis/{TEMPLATE}"),
        (("versions", "pandas", "3.0.0", "3.1.1"), "version of pandas: 3.0.0 → 3.1.1"),
        (("versions", "numpy", None, "2.4"), "version of numpy: none → 2.4"),
        (("lang", "", "id", "en"), "language of the notebooks: “id” → “en”"),
        (("city", "synthetic", False, True), "facts about the city (synthetic): false → true"),
        (("city", "x", "a" * 99, "b"), f"facts about the city (x): “{'a' * 59}…” → “b”"),
        (("resources", "c.sources", [], ["x"]), 'description of the raw files (c.sources): [] → ["x"]'),
        (("epoch", "", 1600000000, 0), "date that is printed: 2020-09-13 12:26 → 1970-01-01 00:00"),
        (("of_tomorrow", "", 1, 2), "of_tomorrow: 1 → 2"),
    ],
)
def test_every_kind_of_reason_has_its_words(reason, expected):
    assert say(Reason(*reason), "en") == expected
    assert say(Reason(*reason), "id") != expected or reason[0] == "of_tomorrow"


@pytest.mark.parametrize("kind", ["never", "unrecorded"])
def test_a_step_without_record_says_so(kind, lang):
    assert len(say(Reason(kind), lang)) > 20
