"""Builds of the tiny city in processes of their own, and what they leave behind."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from helpers import CITY, ROOT, make_project

EPOCH = "1600000000"
BUILD = (sys.executable, "-m", "analysis.cli", "build", CITY, "--renderer", "embedded", "--no-site")


def project_in(folder: Path) -> Path:
    """Return a project with the tiny city in which nothing was built."""
    make_project(folder)
    for name in ("notebooks", "paper"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    shutil.copy(ROOT / "CITATION.cff", folder)
    return folder


def environment(**others: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name != "COMPENDIUM_OUTBOX"}
    return {**own, "SOURCE_DATE_EPOCH": EPOCH, "LC_ALL": "C.UTF-8", **others}


def build(project: Path, command: Sequence[str] = BUILD, **others: str) -> None:
    """Build undisturbed."""
    env = environment(**others)
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def made(project: Path) -> dict[str, str]:
    """Return digests of all that a build leaves behind, but for its own notes."""
    folders = (project / "data/processed" / CITY, project / "build" / CITY)
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {
        path.relative_to(project).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not path.name.startswith(".") and not {"stage", "work"} & set(path.parts) and path.suffix != ".log"
    }
