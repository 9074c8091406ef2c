"""Run programs in copies of the project, and take their time, processor time and memory."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
ENVIRONMENT = {
    # As is usual, Python keeps the bytecode of what it imports.
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
    "SOURCE_DATE_EPOCH": "1600000000",
    "LC_ALL": "C.UTF-8",
}
SHARED = ("data/raw/datapackage.yaml", "data/raw/framework.csv")
INTERVAL = 2.0
"""Seconds between two looks at the memory."""


@dataclass(frozen=True)
class Run:
    """What programs took: wall-clock and processor seconds, most memory in bytes; and what they printed."""

    seconds: float
    processor: float
    memory: int
    printed: str


def copy_project(folder: Path, *cities: str) -> Path:
    """Copy what a build needs into an empty folder, with the raw data of some cities."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("notebooks", "paper", *(f"data/raw/{city}" for city in cities)):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    (folder / "data/raw").mkdir(parents=True, exist_ok=True)
    (folder / "benchmarks").mkdir()
    for name in ("CITATION.cff", *SHARED, "benchmarks/Snakefile", "benchmarks/render.py"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def run(commands: Sequence[Sequence[str]], folder: Path, *, watch_memory: bool = False) -> Run:
    """Run programs one after another in a folder.

    Memory is the proportional set size of each with its descendants: what forked processes share counts once.

    Raises
    ------
    RuntimeError
        When one fails, with what it printed.
    """
    printed, memory = [], 0
    before, begin = os.times(), time.perf_counter()
    for command in commands:
        with subprocess.Popen(
            command,
            cwd=folder,
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            watch = _Memory(process.pid) if watch_memory else None
            printed.append(process.communicate()[0])
            memory = max(memory, watch.end() if watch else 0)
        if process.returncode:
            raise RuntimeError(f"{' '.join(command)}:\n{printed[-1]}")
    seconds, after = time.perf_counter() - begin, os.times()
    processor = sum(after[2:4]) - sum(before[2:4])
    return Run(seconds, processor, memory, "\n".join(printed))


class _Memory(threading.Thread):
    """Looks again and again at the memory of a process and its descendants."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.root, self.most, self.ended = psutil.Process(pid), 0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.ended.wait(INTERVAL):
            try:
                family = [self.root, *self.root.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            self.most = max(self.most, sum(map(_share, family)))

    def end(self) -> int:
        """Return the most that was seen."""
        self.ended.set()
        self.join()
        return self.most


def _share(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0
