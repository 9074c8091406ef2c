"""Functions called in children of the forkserver."""

import os
import subprocess
import sys
from pathlib import Path

import called
import pytest
from called import PROBLEMS
from test_forking import SOON, afresh, gone, until  # noqa: F401 - a fixture is used by its name

from analysis.chain.actions import kernels
from analysis.execution import forking
from analysis.execution.calls import call
from analysis.language.problems import RawDataError
from analysis.publishing.paper_problems import PaperError

WAYS = ["fork", "spawn"]


@pytest.fixture(autouse=True)
def found(afresh, monkeypatch):  # noqa: F811
    """Where the functions are found in another process."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
    forking.warm(kernels("fork"))


@pytest.mark.parametrize("way", WAYS)
def test_a_function_is_called_in_the_folder_and_environment_of_its_caller(way, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOLD", "so")
    call(kernels(way), called.note, "noted")
    pid, told, folder = (tmp_path / "noted").read_text().split()
    assert (told, folder) == ("so", str(tmp_path))
    assert (int(pid) == os.getpid()) == (way == "spawn")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("refuse", "kind"), [(called.refuse_data, RawDataError), (called.refuse_paper, PaperError)]
)
def test_what_a_function_raises_is_raised_with_all_that_it_says(way, refuse, kind):
    with pytest.raises(kind) as caught:
        call(kernels(way), refuse)
    assert caught.value.problems == PROBLEMS
    assert "claims.csv" in str(caught.value)


def test_an_error_of_the_system_keeps_its_file_and_says_where_it_came_from():
    with pytest.raises(FileNotFoundError) as caught:
        call(kernels("fork"), called.open_nothing)
    assert caught.value.filename == "nothing"
    assert "open_nothing" in caught.value.__notes__[0]


def test_an_error_that_cannot_be_sent_is_told_in_words():
    with pytest.raises(RuntimeError, match=r"ValueError\('kept'\)"):
        call(kernels("fork"), called.keep_what_cannot_be_sent)


def test_a_process_that_ends_before_its_function_is_an_error():
    with pytest.raises(RuntimeError, match="end: 3"):
        call(kernels("fork"), called.end)


def test_no_forkserver_is_started_for_a_call_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("TOLD", "so")
    forking.stop()
    call(kernels("fork"), called.note, tmp_path / "noted")
    assert (tmp_path / "noted").read_text().startswith(f"{os.getpid()} ")
    assert not forking.is_started()


PARENT = """
import sys
import called
from analysis.chain import actions
from analysis.execution import forking
from analysis.execution.calls import call
actions.PRELOAD = ()  # Nothing of what notebooks import is used here.
forking.warm(actions.kernels("fork"))
call(actions.kernels("fork"), called.start_and_stay, sys.argv[1])
"""


def test_nothing_is_left_of_a_call_when_its_parent_ends(tmp_path):
    noted = tmp_path / "noted"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, str(noted)])
    assert until(lambda: noted.exists() and len(noted.read_text().split()) == 2)
    pids = [int(pid) for pid in noted.read_text().split()]
    parent.kill()
    parent.wait(SOON)
    assert until(lambda: all(map(gone, pids)))
