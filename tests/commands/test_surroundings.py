"""What stands in the way of a build on a machine is named before it fails for another reason."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.commands import surroundings

WARN = "from analysis.commands import surroundings; surroundings.warn('en')"


def said(limit=None, **environment):
    """Return what is said in a process of its own, with at most so many open files."""
    code = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, {limit})\n{WARN}" if limit else WARN
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stderr


def test_an_ordinary_machine_is_not_spoken_of():
    assert said() == ""


@pytest.mark.parametrize("name", [b"/".join([b"d" * 99] * 5), b"not UTF-8 \xff"], ids=["long", "letters"])
def test_a_place_that_libraries_cannot_work_in_is_told(tmp_path, monkeypatch, capsys, name):
    place = os.fsencode(tmp_path) + b"/" + name
    Path(os.fsdecode(place)).mkdir(parents=True)
    monkeypatch.chdir(os.fsdecode(place))
    surroundings.warn("en")
    assert f"is {len(place)} bytes long (at most 400) or not UTF-8" in capsys.readouterr().err


def test_too_few_open_files_are_named_with_what_helps():
    assert said(limit=(64, 64)).startswith("Only 64 files may be open at once")
    assert "ulimit -Hn" in said(limit=(64, 64))


def test_more_open_files_are_asked_for_where_that_is_allowed():
    assert said(limit=(64, resource.getrlimit(resource.RLIMIT_NOFILE)[1])) == ""
