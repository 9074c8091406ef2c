"""A build that is asked to end, by Ctrl-C, a closed terminal or the system, leaves nothing temporary."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from tiny_builds import BUILD, environment, project_in

INTERRUPTED = 130
"""What a command exits with that was interrupted."""
SLOW = pytest.mark.slow("begins a build again for another way to ask; one is tried always")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signals")


@pytest.fixture
def building(tmp_path):
    """A build of a tiny city whose first kernel is starting, and the folder for what is temporary."""
    project = project_in(tmp_path / "project")
    with tempfile.TemporaryDirectory() as folder:  # Kernels need a short path, which `tmp_path` may not have.
        temporary = Path(folder)
        # Where a shell runs the tests in the background, Ctrl-C is ignored, also by what they start.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        process = subprocess.Popen(
            BUILD, cwd=project, env=environment(TMPDIR=folder), stdout=subprocess.DEVNULL
        )
        signal.signal(signal.SIGINT, before)
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
