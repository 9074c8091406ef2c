"""Imports run one way, and the engines know nothing of the study: the contracts hold, and can be broken."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

ROOMS = "Imports run one way: a room uses only rooms below it"
ENGINES = "The engines know nothing of the study"


def lint(folder: Path) -> tuple[int, str]:
    """Check the contracts of a checkout; return exit status and report."""
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return result.returncode, result.stdout


@pytest.fixture
def copy(tmp_path):
    """Return a copy of the package with its contracts."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_is_kept():
    status, report = lint(ROOT)
    assert status == 0, report
    assert f"{ROOMS} KEPT" in report and f"{ENGINES} KEPT" in report


@pytest.mark.parametrize(
    ("module", "wrong", "broken"),
    [
        ("tables/applications.py", "analysis.results", ROOMS),
        ("tasks/why.py", "analysis.language.labels", ENGINES),
        ("execution/kernels.py", "analysis.project.cities", ENGINES),
        ("execution/kernels.py", "analysis.tasks.running", ROOMS),
        ("new_room/__init__.py", "analysis.project.cities", ROOMS),
    ],
)
def test_an_import_against_the_order_is_noticed(copy, module, wrong, broken):
    path = copy / "src/analysis" / module
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(f"\nimport {wrong}  # planted\n")
    status, report = lint(copy)
    assert status == 1
    assert f"{broken} BROKEN" in report or "new_room" in report
