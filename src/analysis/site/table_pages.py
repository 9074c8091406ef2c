"""The rebuilt tables as pages: sortable, to be downloaded, with the raw rows behind every cell."""

from typing import Any

from analysis.project.inert_csv import inert
from analysis.project.workbooks import workbook
from analysis.reporting import pages
from analysis.reporting.report_entries import rule_words
from analysis.reporting.report_tables import table as plain
from analysis.results.rebuilt_files import MARK, TRACED
from analysis.site import addresses
from analysis.site.study import Study
from analysis.table_list.entries import BY_NAME
from analysis.table_list.formatting import format_table


def listed(study: Study) -> list[dict[str, str]]:
    """Return the tables of the city with caption, address and notebook."""
    tables = sorted(study.processed.tables.items(), key=lambda item: BY_NAME[item[0]].number)
    shown = ((name, format_table(name, table, study.package, study.lang)) for name, table in tables)
    return [
        {
            "name": name,
            "title": study.title(name),
            "heading": f"{study.title(name)}: {one.caption.replace('*', '')}",
            "href": addresses.of_table(name),
            "notebook": addresses.of_notebook(BY_NAME[name].step),
        }
        for name, one in shown
    ]


def table(study: Study, name: str) -> dict[str, Any]:
    """Return what the page of a table shows."""
    frame = study.processed.tables[name]
    shown = plain(format_table(name, frame, study.package, study.lang))
    lineage = study.processed.lineages[name]
    columns = [lineage[column] for column in TRACED]
    return {
        "name": name,
        "shown": shown,
        "picture": pages.picture(*pages.figure(study.city, name, study.lang)),
        "notebook": addresses.of_notebook(BY_NAME[name].step),
        "cells": [
            {
                "anchor": addresses.anchor(row, column),
                "row": row,
                "column": column,
                "rows": study.rows(file, rows),
                "rule": rule_words(rule, study.lang),
            }
            for row, column, file, rows, rule in zip(*columns, strict=True)
        ],
        "checks": [one for entry, one in study.entries.items() if entry.startswith(f"{name}/")],
    }


def downloads(study: Study, name: str) -> dict[str, bytes]:
    """Return a table as CSV, the processed file without live formulas, and as a workbook."""
    frame = study.processed.tables[name]
    if study.package.is_synthetic:
        frame = frame.assign(**{MARK: "true"})
    return {
        f"{name}.csv": inert((study.city.processed / f"{name}.csv").read_bytes()),
        f"{name}.xlsx": workbook(name, [str(column) for column in frame.columns], frame.to_numpy().tolist()),
    }
