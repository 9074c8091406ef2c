import re
import shutil

import pytest
from helpers import ROOT

from analysis.chain import readme_map
from analysis.chain.readme_map import MARKS, READMES, with_map
from analysis.chain.steps import ABOUT_ALL, START, STEPS
from analysis.table_list.entries import TABLES


@pytest.mark.parametrize("lang", READMES)
def test_the_map_of_a_readme_is_that_of_the_list(lang):
    document = (ROOT / READMES[lang]).read_text("utf-8")
    assert with_map(document, lang) == document, "make map"


@pytest.mark.parametrize("lang", READMES)
def test_the_verdict_of_a_readme_is_that_of_the_committed_ledger(lang):
    document = (ROOT / READMES[lang]).read_text("utf-8")
    audit = readme_map.audit_of_source(ROOT)
    assert readme_map.VERDICT[0] in document
    assert readme_map.with_verdict(document, audit, lang) == document, "make map"
    audit["counts"]["reproduced"] -= 1
    assert readme_map.with_verdict(document, audit, lang) != document


@pytest.mark.parametrize("lang", READMES)
def test_the_map_has_a_row_for_each_table_and_each_other_notebook(lang):
    got = with_map(f"a\n{''.join(MARKS)}\nb\n", lang)
    rows = re.findall(r"^\| .*\]\(notebooks/(\w+)\.ipynb\)", got, re.MULTILINE)
    others = [step.name for step in (START, *STEPS, ABOUT_ALL) if not step.tables]
    assert sorted(rows) == sorted([*(entry.step for entry in TABLES), *others])
    assert got.startswith("a\n")
    assert got.endswith("\nb\n")


def test_writing_changes_nothing_but_the_map(tmp_path):
    ledger = "data/processed/bandung/ledger.json"
    (tmp_path / ledger).parent.mkdir(parents=True)
    for name in (ledger, "CITATION.cff"):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in READMES.values():
        (tmp_path / name).write_text(
            (ROOT / name).read_text("utf-8").replace("`table7.csv`", "`x.csv`"), "utf-8"
        )
    readme_map.write(tmp_path)
    for name in READMES.values():
        assert (tmp_path / name).read_text("utf-8") == (ROOT / name).read_text("utf-8")
