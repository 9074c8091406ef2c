"""The workflows of GitHub Actions: sound, pinned, with few rights, running targets of the Makefile only."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
TUTORIALS = [ROOT / f"docs/adapt.{lang}.md" for lang in ("id", "en")]
TARGETS = set(re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split())
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*$")
RIGHTS = {"site.publish": {"pages": "write", "id-token": "write"}, "weekly.tell": {"issues": "write"}}
"""The jobs that may more than read, and what."""
BY_WORKFLOW = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def example(tutorial: Path) -> str:
    """Return the workflow that a tutorial gives to copy."""
    (found,) = re.findall(r"```yaml\n(name: .*?)```", tutorial.read_text("utf-8"), re.DOTALL)
    return str(found)


def jobs(path: Path) -> dict:
    return yaml.safe_load(path.read_text())["jobs"]


def check(*command: str) -> None:
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def copied(tmp_path):
    """The workflows and the example of the tutorial, as a repository would have them."""
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    for path in WORKFLOWS:
        (folder / path.name).write_text(path.read_text())
    (folder / "own-city.yml").write_text(example(TUTORIALS[0]))
    return folder


def test_the_workflows_and_the_example_have_the_form_that_github_reads(copied):
    check("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, copied.iterdir()))


def test_the_workflows_and_the_example_are_safe(copied):
    check(
        "zizmor", "--offline", "--no-progress", "--persona", "pedantic", "--min-severity", "low", str(copied)
    )


@pytest.mark.parametrize("planted", ["permissions: write-all", "uses: actions/checkout@main"])
def test_what_is_unsafe_is_found(copied, planted):
    kind = planted.split(":")[0]
    path = copied / "tests.yml"
    path.write_text(re.sub(rf"{kind}:(\n  contents: read| actions/checkout@\S+)", planted, path.read_text()))
    with pytest.raises(AssertionError, match=r"excessive-permissions|unpinned-uses"):
        test_the_workflows_and_the_example_are_safe(copied)


@BY_WORKFLOW
def test_every_action_is_pinned_by_its_hash_with_its_release_beside_it(path):
    used = [line.strip(" -") for line in path.read_text().splitlines() if "uses:" in line]
    assert [line for line in used if not PINNED.search(line)] == []


def test_an_action_has_the_same_pin_everywhere():
    texts = [*(path.read_text() for path in WORKFLOWS), *map(example, TUTORIALS)]
    pins = {pin for text in texts for pin in re.findall(r"uses: (\S+@\S+ # \S+)", text)}
    assert len(pins) == len({pin.split("@")[0] for pin in pins})


@BY_WORKFLOW
def test_a_workflow_may_only_read_but_for_the_jobs_that_publish_or_tell(path):
    assert yaml.safe_load(path.read_text())["permissions"] == {"contents": "read"}
    for name, job in jobs(path).items():
        assert job.get("permissions", {}) == RIGHTS.get(f"{path.stem}.{name}", {})


@BY_WORKFLOW
def test_what_a_workflow_runs_are_targets_of_the_makefile(path):
    steps = [step["run"] for job in jobs(path).values() for step in job["steps"] if "run" in step]
    weekly = {
        target
        for job in jobs(path).values()
        for target in job.get("strategy", {}).get("matrix", {}).get("target", [])
    }
    for line in [line for run in steps for line in run.splitlines() if not line.startswith("gh issue ")]:
        command, *arguments = line.replace('"$TARGET"', "").split()
        assert command == "make"
        assert {word for word in arguments if "=" not in word} | weekly <= TARGETS


def test_every_supported_python_is_tried_on_every_system():
    versions = [f"3.{n}" for n in range(11, 15)]
    tried = {
        name: job["strategy"]["matrix"]
        for name, job in jobs(ROOT / ".github/workflows/tests.yml").items()
        if "strategy" in job
    }
    assert {name: matrix["python"] for name, matrix in tried.items()} == {
        "linux": versions,
        "elsewhere": versions,
    }
    assert [system.split("-")[0] for system in tried["elsewhere"]["system"]] == ["macos", "windows"]
    requires = re.search(r'requires-python = "(.*)"', (ROOT / "pyproject.toml").read_text())[1]
    assert requires == ">=3.11,<3.15" and f"PYTHONS := {requires}" in (ROOT / "Makefile").read_text()


def test_both_tutorials_give_the_same_workflow():
    assert len({re.sub(r"\s*# .*", "", example(path)) for path in TUTORIALS}) == 1
