"""Many made-up cities: by number, with tables only and with papers, and on one or two Dask workers."""

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measuring import BIN, ENVIRONMENT, copy_project, run
from one_city import papermill

from analysis.chain.steps import STEPS
from analysis.synthetic.synthesis import synthesize_city

TABLES = "table8"
"""The step that comes after Tables 4 to 8."""
TABLE_STEPS = [step.name for step in STEPS if step.name not in ("raw_package", "ledger")]
SIZES = {"tables": (1, 10, 50, 200), "papers": (1, 10, 50)}
LOOPED = 2
"""Cities that the papermill loop is measured with: it takes each city as long as any other."""
DASK_CITIES = 8
TOLD = re.compile(r"^(city\d+)\t([\d.]+) s$", re.MULTILINE)
PORT = 18786


def measure(folder: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    """Measure builds of many cities.

    Returns
    -------
    dict
        ``tables`` and ``papers``: one entry a size, with ``cities``, ``seconds``, ``processor`` (seconds),
        ``memory`` (bytes, all processes) and ``each`` (seconds of each city); ``loop``: seconds of each city
        by papermill commands, tables only; ``dask``: seconds by number of workers, and the client's
        processor seconds for each city.
    """
    found: dict[str, Any] = {}
    for kind, sizes in SIZES.items():
        found[kind] = []
        for size in sizes:
            with _cities(folder, size) as project:
                part = ["--only", TABLES] if kind == "tables" else ["--no-site"]
                taken = run([["compendium", "build", "--all", *part]], project, watch_memory=True)
            each = [float(seconds) for _, seconds in TOLD.findall(taken.printed)]
            entry = {"cities": size, "seconds": taken.seconds, "processor": taken.processor}
            found[kind].append(entry | {"memory": taken.memory, "each": each})
            tell(f"{kind} {entry}")
    with _cities(folder, LOOPED) as project:
        (project / "build/notebooks").mkdir(parents=True)
        found["loop"] = [
            run([papermill(name, f"city{n:03d}") for name in TABLE_STEPS], project).seconds
            for n in range(LOOPED)
        ]
    tell(f"loop {found['loop']}")
    found["dask"] = _dask(folder, tell)
    return found


@contextmanager
def _cities(folder: Path, size: int) -> Iterator[Path]:
    """Make a project with that many made-up cities."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        project = copy_project(Path(place) / "project")
        for n in range(size):
            names = {"name_id": f"Kota {n}", "name_en": f"City {n}"}
            synthesize_city(n, project / "data/raw" / f"city{n:03d}", names=names)
        yield project


def _dask(folder: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    """Build the same cities on one worker and on two, warm, there and back again."""
    found: dict[str, Any] = {"cities": DASK_CITIES, "1": [], "2": [], "client": []}
    for workers in (1, 2, 2, 1):
        with (
            _workers(folder, workers),
            _cities(folder, workers) as warm,
            _cities(folder, DASK_CITIES) as main,
        ):
            address = ["--scheduler", f"tcp://127.0.0.1:{PORT}"]
            build = [["compendium", "build", "--all", "--only", TABLES, *address]]
            run(build, warm)
            taken = run(build, main)
        found[str(workers)].append(taken.seconds)
        found["client"].append(taken.processor / DASK_CITIES)
        tell(f"dask {workers}: {taken.seconds:.1f} s")
    return found


@contextmanager
def _workers(folder: Path, count: int) -> Iterator[None]:
    """Run a Dask scheduler and workers with one thread each."""
    address = f"tcp://127.0.0.1:{PORT}"
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", str(PORT), "--no-dashboard"]
    options = ["--nthreads", "1", "--no-dashboard", "--local-directory", str(folder)]
    commands = [scheduler, *[["worker", address, *options]] * count]
    started = [
        subprocess.Popen(
            [BIN / "dask", *command],
            env=ENVIRONMENT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    try:
        yield
    finally:
        for process in reversed(started):
            process.terminate()
            process.wait()
