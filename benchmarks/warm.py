"""Execute notebooks of Bandung as a warm build does, ``warm.py ROUNDS NOTEBOOK...``; print medians."""

import json
import sys
import time
from pathlib import Path
from statistics import median

from analysis.chain.actions import kernels
from analysis.execution.notebooks import execute
from analysis.project import cities

if __name__ == "__main__":
    folder, work = Path("notebooks").absolute(), Path("build/warm").absolute()
    executed, outbox = work / "run.ipynb", {cities.OUTBOX: str(work)}
    found = {}
    for name in sys.argv[2:]:
        walls, cells = [], []
        for _ in range(int(sys.argv[1]) + 1):
            begin = time.perf_counter()
            execute(folder / f"{name}.ipynb", {"city": "bandung"}, executed, outbox, kernels("auto"))
            walls.append(time.perf_counter() - begin)
            noted = [
                cell["metadata"]["papermill"] for cell in json.loads(executed.read_text("utf-8"))["cells"]
            ]
            cells.append(sum(cell["duration"] or 0 for cell in noted))
        # The first run is what warms the rest.
        found[name] = {"ours": median(walls[1:]), "cells": median(cells[1:])}
    print(json.dumps(found))  # noqa: T201
