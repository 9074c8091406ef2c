"""Inventories of a thousand to a million rows: Tables 4 to 6 against pandas reading it, and insights."""

import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
from measuring import BIN, copy_project, run

from analysis.project import cities
from analysis.raw_data import raw
from analysis.synthetic.synthesis import synthesize_city
from analysis.tables import applications, insights
from analysis.tables.duplicates import likely_duplicates

SIZES = (1_000, 10_000, 100_000, 1_000_000)
REPEATS = 5


def measure(folder: Path, tell: Callable[[str], None]) -> list[dict[str, Any]]:
    """Measure each size in processes of their own.

    Returns
    -------
    list of dict
        One entry a size: ``rows``, ``bytes``, seconds of ``pandas`` (reading the file), ``tables`` (reading
        the package and counting) and ``insights``, and the most memory of the process in bytes after tables
        (``tables_memory``) and insights (``insights_memory``).
    """
    found = []
    for size in SIZES:
        with tempfile.TemporaryDirectory(dir=folder) as place:
            project = copy_project(Path(place) / "project")
            synthesize_city(7, project / "data/raw/large", size=size)
            measured = [
                json.loads(run([[str(BIN / "python"), __file__, part]], project).printed.splitlines()[-1])
                for part in ("tables", "insights")
            ]
            entry = {"rows": size, **measured[0], **measured[1]}
            found.append(entry)
            tell(str(entry))
            shutil.rmtree(project)
    return found


def _tables() -> dict[str, float]:
    """Read the file by pandas and the package by ourselves, in turn."""
    path = cities.find("large").raw / "applications.csv"
    seconds: dict[str, list[float]] = {"pandas": [], "tables": []}
    for _ in range(REPEATS):
        begin = time.perf_counter()
        pd.read_csv(path)
        middle = time.perf_counter()
        package = raw.load("large")
        for attribute in applications.CATEGORIES:
            applications.count_by(package, attribute)
        seconds["pandas"].append(middle - begin)
        seconds["tables"].append(time.perf_counter() - middle)
        del package
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    medians = {name: median(taken) for name, taken in seconds.items()}
    return {**medians, "bytes": path.stat().st_size, "tables_memory": memory}


def _insights() -> dict[str, float]:
    """Make cross-tables, likely duplicates, stale data and results."""
    package = raw.load("large")
    begin = time.perf_counter()
    for attribute in ("type", "owner"):
        insights.cross_table(package, attribute)
    tables = {
        "duplicates": likely_duplicates(package["applications"]),
        "stale": insights.stale(package["applications"]),
    }
    list(insights.derive(package, tables))
    seconds = time.perf_counter() - begin
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"insights": seconds, "insights_memory": memory}


if __name__ == "__main__":
    print(json.dumps(_tables() if sys.argv[1] == "tables" else _insights()))  # noqa: T201
