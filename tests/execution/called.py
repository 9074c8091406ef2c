"""Functions that `test_calls` has called in another process."""

import os
import subprocess
import sys
from pathlib import Path

from analysis.language.problems import Problem, RawDataError
from analysis.publishing.paper_problems import PaperError

PROBLEMS = [Problem("file.missing", "claims.csv"), Problem("cell.result", "claims.csv", 3, "result", "x")]


def note(path):
    Path(path).write_text(f"{os.getpid()} {os.environ['TOLD']} {Path.cwd()}")


def refuse_data():
    raise RawDataError("bandung", PROBLEMS)


def refuse_paper():
    raise PaperError(PROBLEMS)


def open_nothing():
    Path("nothing").read_text()


def keep_what_cannot_be_sent():
    error = ValueError("kept")
    error.stream = sys.stdout
    raise error


def end():
    os._exit(3)


def start_and_stay(path):
    child = subprocess.Popen(["sleep", "600"])
    Path(path).write_text(f"{os.getpid()} {child.pid}")
    child.wait()
