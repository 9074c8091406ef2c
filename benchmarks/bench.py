"""Measure the compendium against other ways of doing the same: ``bench.py [--quick] [PART...]``.

Figures go to measurements.json beside this file. Leave the machine alone meanwhile: what is compared is
measured in turn, but nothing makes up for a busy core.
"""

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import inventories
import many_cities
import one_city
from results import COMPARED

PARTS: dict[str, Callable[[Path, Callable[[str], None]], Any]] = {
    "one_city": one_city.measure,
    "steps": one_city.each_step,
    "overhead": one_city.overhead,
    "inventories": inventories.measure,
    "many_cities": many_cities.measure,
}
MEASUREMENTS = Path(__file__).with_name("measurements.json")


def tell(line: str) -> None:
    """Say how it goes."""
    print(f"{time.strftime('%H:%M:%S')} {line}", flush=True)  # noqa: T201


def main() -> None:
    """Measure all parts, or those named, and write what was found after each."""
    found = json.loads(MEASUREMENTS.read_text("utf-8")) if MEASUREMENTS.is_file() else {}
    parts = sys.argv[1:]
    if parts[:1] == ["--quick"]:
        parts.pop(0)
        one_city.ROUNDS = 2
    for part in parts or PARTS:
        with tempfile.TemporaryDirectory(prefix="compendium-bench-") as folder:
            found[part] = PARTS[part](Path(folder), tell)
        found.setdefault("dates", {})[part] = datetime.now(UTC).date().isoformat()
        found["machine"] = {
            "cores": os.cpu_count(),
            "system": platform.system(),
            "python": platform.python_version(),
            **{name: version(name) for name in COMPARED},
        }
        MEASUREMENTS.write_text(json.dumps(found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
