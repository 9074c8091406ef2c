"""Lock, pyproject and environment.yml agree, and what a fresh machine needs is there."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, copy_project
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())
LOCKS = {
    group: (ROOT / path).read_text()
    for group, path in {
        "setup": "requirements.lock",
        "dev": "tests/requirements.lock",
        "bench": "benchmarks/requirements.lock",
    }.items()
}
PINNED = {
    group: dict(re.findall(r"^([a-z0-9_.-]+)==(\S+)", lock, flags=re.MULTILINE))
    for group, lock in LOCKS.items()
}
GROUPS = PROJECT["dependency-groups"]
WANTED = [
    (group, Requirement(asked))
    for group in LOCKS
    for asked in [*PROJECT["project"]["dependencies"], *GROUPS["setup"], *GROUPS[group][group != "setup" :]]
]
PYTHON = """#!/bin/sh
echo "$(basename "$0") $*" >> "$LOG"
case "$*" in
  "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  "-c "*) exit "${TOO_OLD:-0}" ;;
  "venv "*) exit 2 ;;
  "-m pip --version") exit "${WITHOUT_PIP:-0}" ;;
  "-m pip config list") printf "%s\\n" "$SETTINGS" ;;
  *--only-binary*) [ "$WITHOUT_UV" ] && exit 1; cp "$0" "$(dirname "$0")/uv" ;;
esac
"""
"""Stands for a Python with pip: writes down what it is asked to do."""


def set_up(folder, settings="", **surroundings):
    """Return what `make` asks for when it sets up where pip has these settings, and what it says."""
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "tests/requirements.lock"):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    python, log = folder / "python", folder / "log"
    python.write_text(PYTHON)
    python.chmod(0o755)
    env = os.environ | {"LOG": str(log), "SETTINGS": settings} | surroundings
    command = ["make", "--no-print-directory", f"PYTHON={python}", ".venv/installed"]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True)
    return [line for line in log.read_text().splitlines() if " install " in line], done.stdout


@pytest.mark.parametrize(("group", "requirement"), WANTED, ids=str)
def test_the_lock_pins_what_the_project_asks_for(group, requirement):
    assert PINNED[group][requirement.name.lower()] in requirement.specifier


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)
def test_every_pin_of_the_lock_has_a_hash(lock):
    entries = re.split(r"\n(?=\S)", lock.strip())
    assert len(entries) == len(re.findall(r"^\S+==", lock, flags=re.MULTILINE))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)
def test_the_lock_holds_names_versions_and_hashes_only(lock):
    assert not re.search(r"https?:|file:|@|--(index|extra|find)", lock)


def test_what_is_compared_runs_on_the_same_versions():
    for others in ("setup", "bench"):
        shared = PINNED["dev"].keys() & PINNED[others].keys()
        assert {name: PINNED[others][name] for name in shared} == {
            name: PINNED["dev"][name] for name in shared
        }


def test_what_builds_is_what_is_tested():
    assert PINNED["setup"].items() <= PINNED["dev"].items()
    assert {"pytest", "mypy", "playwright"} & PINNED["setup"].keys() == set()


def test_groups_start_with_what_sets_up():
    included = {name: [item for item in group if isinstance(item, dict)] for name, group in GROUPS.items()}
    assert included == {
        "setup": [],
        "dev": [{"include-group": "setup"}],
        "bench": [{"include-group": "setup"}],
    }


def test_uv_installs_the_lock_and_pip_only_uv(tmp_path):
    asked, _ = set_up(tmp_path)
    (command,) = [line for line in asked if line.startswith("uv ")]
    assert command.endswith(" --require-hashes -r requirements.lock")
    assert not any(line.startswith("python") and "requirements.lock" in line for line in asked)
    assert re.fullmatch(
        r"uv==.*(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+\n", (tmp_path / ".venv/uv.lock").read_text()
    )


def test_further_places_of_pip_are_passed_on_to_uv(tmp_path):
    settings = (
        "global.extra-index-url='\\nsome:one\\nsome:two'\n:env:.find-links='wheels'\ndownload.find-links='no'"
    )
    asked, _ = set_up(tmp_path, settings)
    places = "--extra-index-url some:one --extra-index-url some:two --find-links wheels "
    assert [places in line for line in asked if line.startswith("uv ")] == [True]


@pytest.mark.parametrize("setting", ["global.index-url='x'", ":env:.proxy='x'", "install.no-index='true'"])
def test_pip_installs_where_it_is_told_what_uv_is_not(tmp_path, setting):
    asked, said = set_up(tmp_path, f"global.timeout='9'\n{setting}")
    assert not any("uv" in line for line in asked)
    assert "python -m pip install --require-hashes -r requirements.lock" in asked
    assert [line for line in said.splitlines() if "pip installs" in line] == [
        "pip is configured: pip installs, in some minutes"
    ]


def test_pip_installs_where_uv_cannot_be_had(tmp_path):
    asked, said = set_up(tmp_path, WITHOUT_UV="1")
    assert "python -m pip install --require-hashes -r requirements.lock" in asked
    assert said.count("uv cannot be had: pip installs") == 1


@pytest.mark.parametrize("without", ["0", "1"])
def test_pip_is_brought_where_a_venv_that_uv_made_has_none(tmp_path, without):
    set_up(tmp_path, WITHOUT_PIP=without)
    assert ("python -m ensurepip" in (tmp_path / "log").read_text()) == (without == "1")


def test_a_fitting_python_is_used_as_it_is(tmp_path):
    asked, said = set_up(tmp_path)
    assert "uv takes one" not in said
    assert not any(line.startswith("uv venv") for line in asked)


def test_where_no_fitting_python_can_be_had_it_is_said_what_to_do(tmp_path):
    with pytest.raises(subprocess.CalledProcessError) as caught:
        set_up(tmp_path, TOO_OLD="1")
    said = caught.value.stderr
    assert "Python >=3.11,<3.15 tidak dapat diambil: pasang, lalu jalankan / " in said
    assert "cannot be had: install it, and run: make PYTHON=python3.13" in said
    assert list(tmp_path.glob(".venv*")) == []


@pytest.mark.slow("sets up a whole environment with another Python; few will have one that is too old")
def test_where_python_is_too_old_uv_takes_another(tmp_path):
    (tmp_path / "python3").write_text(f'#!/bin/sh\ntest "$1" = -c && exit 1\nexec {sys.executable} "$@"\n')
    (tmp_path / "python3").chmod(0o755)
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "tests/requirements.lock", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "src", tmp_path / "src")
    command = ["make", f"PYTHON={tmp_path / 'python3'}", ".venv/installed"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "is not Python >=3.11,<3.15: uv takes one" in done.stdout
    version = [tmp_path / ".venv/bin/python", "-c", "import analysis, sys; print(sys.version_info[:2])"]
    found = subprocess.run(version, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert (3, 11) <= ast.literal_eval(found) < (3, 15)
    assert not (tmp_path / ".venv-uv").exists()


def test_what_conda_reads_is_the_lock_without_its_hashes():
    assert (ROOT / "binder/requirements.txt").read_text().splitlines() == [
        line.removesuffix("\\").rstrip() for line in LOCKS["setup"].splitlines() if not line.startswith(" ")
    ]


def test_conda_installs_the_lock_and_the_package_with_python_and_quarto():
    conda = [item for item in ENVIRONMENT["dependencies"] if isinstance(item, str)]
    pip = next(item["pip"] for item in ENVIRONMENT["dependencies"] if isinstance(item, dict))
    python = next(item.removeprefix("python=") for item in conda if item.startswith("python="))
    assert python in SpecifierSet(PROJECT["project"]["requires-python"])
    assert pip == ["--requirement binder/requirements.txt", "--editable ."]
    assert "quarto=1.9" in conda


@pytest.mark.slow("installs everything once more; which lines conda reads is tested always")
def test_what_conda_hands_to_pip_gives_an_environment_in_which_notebooks_run(tmp_path):
    """conda writes the lines below `pip:` to a file beside environment.yml, and lets pip install it there."""
    project = copy_project(tmp_path / "project")
    for name in ("src", "binder"):
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, project)
    pip = next(item["pip"] for item in ENVIRONMENT["dependencies"] if isinstance(item, dict))
    (project / "condaenv.requirements.txt").write_text("\n".join(pip))
    uv, python = Path(sys.executable).with_name("uv"), tmp_path / "conda/bin/python"
    for command in (
        [uv, "venv", "--quiet", "--python", sys.executable, tmp_path / "conda"],
        [uv, "pip", "install", "--quiet", "--python", python, "-r", "condaenv.requirements.txt"],
        [python, "-m", "jupyter", "execute", "--kernel_name=python3", "notebooks/table4.ipynb"],
        [python, "-m", "analysis.cli", "build", "bandung", "--only", "paper.en", "--renderer", "embedded"],
    ):
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert (project / "build/bandung/paper/article.en.pdf").is_file()


def test_make_passes_on_no_folder_where_another_could_take_the_place_of_a_library_or_kernel():
    command = [
        "make",
        "--no-print-directory",
        "--eval",
        "passed:; @echo [$$PYTHONPATH$$JUPYTER_PATH]",
        "passed",
    ]
    env = os.environ | {"PYTHONPATH": "somewhere", "JUPYTER_PATH": "somewhere"}
    assert subprocess.check_output(command, cwd=ROOT, env=env, text=True) == "[]\n"


def test_make_help_lists_every_target():
    makefile = (ROOT / "Makefile").read_text()
    phony = set(re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)[1].split())
    command = ["make", "--no-print-directory", "help"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[0] for line in listed.splitlines()} == phony


def test_a_checkout_on_windows_has_the_same_bytes():
    asked = ["git", "check-attr", "text", "data/raw/bandung/claims.csv", "data/raw/framework.csv"]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line.rpartition(" ")[2] for line in answer.splitlines()] == ["unset", "unset"]


def test_the_version_is_the_same_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    assert citation["version"] == PROJECT["project"]["version"]


def test_the_hooks_before_a_commit_are_what_make_test_begins_with():
    lint = re.search(r"^LINT = (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1]
    repositories = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"]
    hooks = [hook for repository in repositories for hook in repository["hooks"]]
    assert [hook["entry"] for hook in hooks] == lint.replace("$(BIN)", ".venv/bin").split(" && ")
    assert {(hook["language"], hook["pass_filenames"]) for hook in hooks} == {("system", False)}
    assert {repository["repo"] for repository in repositories} == {"local"}
