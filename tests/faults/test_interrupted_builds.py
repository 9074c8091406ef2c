"""A build that is asked to end, by Ctrl-C, a closed terminal or the system, leaves nothing temporary."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from helpers import CITY, ROOT, make_project

BUILD = [sys.executable, "-m", "analysis.cli", "build", CITY, "--renderer", "embedded", "--no-site"]
INTERRUPTED = 130
"""What a command exits with that was interrupted."""
SLOW = pytest.mark.slow("begins a build again for another way to ask; one is tried always")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signals")


@pytest.fixture
def building(tmp_path):
    """A build of a tiny city whose first kernel is starting, and the folder for what is temporary."""
    project = make_project(tmp_path / "project")
    for name in ("notebooks", "paper"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "CITATION.cff", project)
    temporary = tmp_path / "t"
    temporary.mkdir()
    process = subprocess.Popen(
        BUILD, cwd=project, env={**os.environ, "TMPDIR": str(temporary)}, stdout=subprocess.DEVNULL
    )
    while not list(temporary.glob("k*/*")):
        assert process.poll() is None
        time.sleep(0.01)
    yield process, temporary, project
    process.kill()
    process.wait()


@pytest.mark.parametrize(
    "name", ["SIGTERM", pytest.param("SIGINT", marks=SLOW), pytest.param("SIGHUP", marks=SLOW)]
)
def test_a_build_that_is_asked_to_end_leaves_nothing_temporary(building, name):
    process, temporary, project = building
    process.send_signal(getattr(signal, name))
    assert process.wait(30) == INTERRUPTED
    assert list(temporary.iterdir()) == []
    assert list((project / "data").rglob(".*")) == []
