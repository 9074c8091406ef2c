"""The command starts whatever lies on PYTHONPATH, and names a library that cannot be loaded."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("compendium")


def compendium(*arguments, **surroundings):
    env = os.environ | {"LC_ALL": "C"} | surroundings
    return subprocess.run([COMMAND, *arguments], env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def shadows(tmp_path):
    """A folder with files that have the names of our package, of libraries, and of a module of Python."""
    for name in ("analysis", "pandas", "yaml", "typer", "random"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('the wrong one')")
    return tmp_path


def test_no_file_on_pythonpath_takes_the_place_of_a_library(shadows):
    done = compendium("show", "bandung", "table4", PYTHONPATH=str(shadows))
    assert (done.returncode, done.stderr) == (0, "")


def test_neither_does_one_in_the_working_folder_which_an_empty_part_of_pythonpath_means(shadows, monkeypatch):
    monkeypatch.chdir(shadows)
    assert compendium("--version", PYTHONPATH=f"{os.pathsep}nowhere").stderr == ""


@pytest.mark.skipif(sys.platform != "linux", reason="libraries of the system have other names elsewhere")
@pytest.mark.parametrize("library", ["libsqlite3.so.0", "libgcc_s.so.1"])
def test_a_library_of_the_system_that_is_broken_is_named_without_a_traceback(tmp_path, library):
    (tmp_path / library).touch()
    done = compendium("show", "bandung", "table4", LD_LIBRARY_PATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stderr == f"A library cannot be loaded: {tmp_path / library}: file too short\n"
