"""A project with one city that is built, and a paper of a few lines in each language."""

import shutil

import pandas as pd
from helpers import CITY, LANGUAGES, RESULT, ROOT, make_package, open_project

from analysis.auditing import ledger
from analysis.results import export, rebuilt_files
from analysis.table_list.entries import COUNTS
from analysis.tables import applications

FRONT = """\
title: Di {{< var city.name >}}
keywords: [a, '{{< var a.b >}}']
abstract: |
  [Ada {{< var no.coder >}}.]{.content-visible when-meta="has.evidence"}
"""
BODY = """Ada {{< var a.b >}} dan {{< var no.such >}}.

{{< include city/method.md >}}

{{< include tables/table8.md >}}

![A](figures/table7){#fig-a}
"""


def make_project(monkeypatch, folder):
    """Fill `folder` with such a project and return its city."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    place = open_project(monkeypatch, folder)
    for attribute, name in COUNTS.items():
        table, lineage = (
            build(make_package(), attribute) for build in (applications.count_by, applications.trace)
        )
        export.save_table(table, lineage, CITY, name)
    export.save_results(pd.DataFrame([{**RESULT, "key": "a.b", "value": 1081, "unit": "record"}]), CITY)
    ledger.save(ledger.audit_source(make_package(), rebuilt_files.load(CITY)), CITY)
    place.figures.mkdir(parents=True)
    papers = folder / "paper"
    shutil.copytree(ROOT / "paper/templates", papers / "templates")
    for name in ("_common.yml", "prepare.py", "references.bib"):
        shutil.copy(ROOT / "paper" / name, papers)
    (papers / "cities" / CITY).mkdir(parents=True)
    for lang in LANGUAGES:
        (papers / lang).mkdir()
        shutil.copy(ROOT / "paper" / lang / "_quarto.yml", papers / lang)
        (papers / lang / "_report.yml").write_text(FRONT)
        (papers / lang / "report.qmd").write_text(BODY)
        for name in ("table4", "table7"):
            for suffix in ("svg", "png"):
                (place.figures / f"{name}.{lang}.{suffix}").write_text(f"{name} {lang}")
    return place
