"""What stands in the way of a build on a machine is named before it fails for another reason."""

import resource
import subprocess
import sys

import pytest

from analysis.commands.refusals import refusals

WARN = "from analysis.commands import surroundings; surroundings.warn('en')"


def said(limit=None, **environment):
    """Return what is said in a process of its own, with at most so many open files."""
    code = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, {limit})\n{WARN}" if limit else WARN
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stderr


def test_an_ordinary_machine_is_not_spoken_of():
    assert said() == ""


def test_too_few_open_files_are_named_with_what_helps():
    assert said(limit=(64, 64)).startswith("Only 64 files may be open at once")
    assert "ulimit -Hn" in said(limit=(64, 64))


def test_more_open_files_are_asked_for_where_that_is_allowed():
    assert said(limit=(64, resource.getrlimit(resource.RLIMIT_NOFILE)[1])) == ""


def test_a_library_of_the_system_that_is_missing_is_named(capsys):
    with pytest.raises(Exception, match="1"), refusals("en"):
        raise ImportError("libgomp.so.1: cannot open shared object file: No such file or directory")
    assert "libgomp.so.1: cannot open shared object file" in capsys.readouterr().err
