"""What makes a step stale, in the words of both languages."""

from pathlib import Path

import pytest

from analysis.chain.explanations import explain, say
from analysis.language.labels import LANGUAGES
from analysis.tasks.staleness import Reason, Standing

CHANGED = Reason("changed", "notebooks/table4.ipynb")
FOUND = {
    "check": Standing("check", (), (), (), {}),
    "table4": Standing("table4", (), ("data/processed/bandung/table4.csv",), (CHANGED,), {}),
    "table5": Standing("table5", (), ("data/processed/bandung/table5.csv",), (), {}),
    "results": Standing(
        "results",
        (),
        ("data/processed/bandung/results.json",),
        (),
        {"table4": ("data/processed/table4.csv",)},
    ),
    "report": Standing(
        "report",
        (),
        ("build/bandung/ledger.id.html", "build/bandung/certificate.pdf"),
        (),
        {"results": ("data/processed/bandung/results.json",)},
    ),
}

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
    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")][:-1] == [
        "table4",
        "results",
        "report",
    ]
    assert lines[-1] == "Steps certainly to be made: 1; not certain: 2; up to date: 2."


def test_where_nothing_is_stale_one_line_says_so():
    fresh = {name: FOUND[name] for name in ("check", "table5")}
    assert explained("", found=fresh) == ["All 2 steps are up to date."]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (Reason("changed", "data/raw/bandung/claims.csv"), "raw file changed: data/raw/bandung/claims.csv"),
        (Reason("changed", "paper/references.bib"), "source of the paper changed: paper/references.bib"),
        (Reason("changed", "build/x/a.svg"), "output of an earlier step changed: build/x/a.svg"),
        (Reason("added", "data/raw/x/a.csv"), "raw file newly used: data/raw/x/a.csv"),
        (Reason("dropped", "data/raw/x/a.csv"), "raw file no longer used: data/raw/x/a.csv"),
        (Reason("missing", "paper/a.bib"), "source of the paper missing: paper/a.bib"),
        (
            Reason("disturbed", "data/raw/x/a.csv"),
            "raw file changed while this step was running: data/raw/x/a.csv",
        ),
        (
            Reason("edited", "a.csv", 1200, 7),
            "output changed after it was made: a.csv (1,200 bytes, now 7 bytes)",
        ),
        (Reason("removed", "a.csv"), "output removed: a.csv"),
        (Reason("code", "raw_data/raw.py", "1", "2"), "code changed: src/analysis/raw_data/raw.py"),
        (Reason("code", "raw_data/raw.py", None, "2"), "code newly used: src/analysis/raw_data/raw.py"),
        (Reason("code", "raw_data/raw.py", "1", None), "code no longer used: src/analysis/raw_data/raw.py"),
        (
            Reason("templates", "ledger.css", "1", "2"),
            "template changed: src/analysis/reporting/templates/ledger.css",
        ),
        (Reason("versions", "pandas", "3.0.0", "3.1.1"), "version of pandas: 3.0.0 → 3.1.1"),
        (Reason("versions", "numpy", None, "2.4"), "version of numpy: none → 2.4"),
        (Reason("lang", "", "id", "en"), "language of the notebooks: “id” → “en”"),
        (Reason("city", "synthetic", False, True), "facts about the city (synthetic): false → true"),
        (
            Reason("city", "name_id", "a" * 99, "b"),
            "facts about the city (name_id): “" + "a" * 59 + "…” → “b”",
        ),
        (
            Reason("resources", "claims.sources", [], ["x"]),
            'description of the raw files (claims.sources): [] → ["x"]',
        ),
        (Reason("epoch", "", 1600000000, 0), "date that is printed: 2020-09-13 12:26 → 1970-01-01 00:00"),
        (Reason("of_tomorrow", "", 1, 2), "of_tomorrow: 1 → 2"),
    ],
)
def test_every_kind_of_reason_has_its_words(reason, expected):
    assert say(reason, "en") == expected
    assert say(reason, "id") != expected or reason.kind == "of_tomorrow"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["never", "unrecorded"])
def test_a_step_without_record_says_so(kind, lang):
    assert len(say(Reason(kind), lang)) > 20
