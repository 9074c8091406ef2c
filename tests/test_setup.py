"""Lock, pyproject and environment.yml agree, and what a fresh machine needs is there."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest
import yaml
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())
LOCKS = {
    group: (ROOT / path).read_text()
    for group, path in {"dev": "requirements.lock", "bench": "benchmarks/requirements.lock"}.items()
}
PINNED = {
    group: dict(re.findall(r"^([a-z0-9_.-]+)==(\S+)", lock, flags=re.MULTILINE))
    for group, lock in LOCKS.items()
}
WANTED = [
    (group, Requirement(text))
    for group in LOCKS
    for text in [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"][group]]
]


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
    shared = PINNED["dev"].keys() & PINNED["bench"].keys()
    assert {name: PINNED["bench"][name] for name in shared} == {name: PINNED["dev"][name] for name in shared}


def test_environment_yml_installs_that_same_lock_on_the_same_pythons():
    conda = [item for item in ENVIRONMENT["dependencies"] if isinstance(item, str)]
    pip = next(item["pip"] for item in ENVIRONMENT["dependencies"] if isinstance(item, dict))
    python = next(item.removeprefix("python ") for item in conda if item.startswith("python "))
    assert "--requirement requirements.lock" in pip
    assert SpecifierSet(python) == SpecifierSet(PROJECT["project"]["requires-python"])
    assert "quarto >=1.9" in conda


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
