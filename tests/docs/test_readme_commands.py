"""What the READMEs let a reader type without `make`: the same on every system, and run here on Linux."""

import shlex
import subprocess
import sys

import pytest
import tutorial
from conftest import ROOT, copy_project
from helpers import LANGUAGES

READMES = {"id": "README.id.md", "en": "README.md"}


def typed(lang, kind):
    """Return the commands of a README for one kind of shell."""
    found = tutorial.FENCE.finditer((ROOT / READMES[lang]).read_text("utf-8"))
    [lines] = [m["body"].splitlines() for m in found if m["kind"] == kind and "-m venv" in m["body"]]
    return lines


def test_what_is_typed_on_windows_is_what_is_typed_elsewhere(lang):
    assert [tutorial.on_linux(line) for line in typed(lang, "powershell")] == typed(lang, "sh")


def test_both_readmes_and_both_tutorials_set_up_alike():
    assert typed("id", "sh") == typed("en", "sh")
    set_up = [line for line in typed("en", "sh") if tutorial.SETUP.search(line)]
    for lang in LANGUAGES:
        assert "\n".join(set_up) in tutorial.text(lang)
    assert len(set_up) == len(typed("en", "sh")) - 1


@pytest.mark.slow("downloads and installs everything once more, as a reader without make does")
def test_everything_that_is_typed_leads_to_the_papers(tmp_path):
    project = copy_project(tmp_path / "project")
    for name in ("src", "pyproject.toml", "requirements.lock", "README.md"):
        subprocess.run(["cp", "-r", ROOT / name, project], check=True)
    for line in typed("en", "sh"):
        command = [sys.executable if part == "python3" else part for part in shlex.split(line)]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (line, done.stdout[-500:], done.stderr[-500:])
    assert (project / "build/bandung/paper/article.en.pdf").is_file()
