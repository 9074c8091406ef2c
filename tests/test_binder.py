"""Binder: what repo2docker itself makes of the folder ``binder/``, and where the READMEs' badge leads."""

import re
import shlex
import shutil
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from conftest import ROOT
from repo2docker.buildpacks import CondaBuildPack

from analysis.chain import readme_map

BADGE = re.compile(
    r"\[!\[[^\]]*\]\(https://mybinder\.org/badge_logo\.svg\)\]\((https://mybinder\.org/v2/gh/\S+)\)"
)


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """What it makes of the folder and of what lies beside; it would search the installed packages, too."""
    shutil.copytree(ROOT / "binder", tmp_path / "binder")
    for path in filter(Path.is_file, ROOT.iterdir()):
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    found = CondaBuildPack("ubuntu")
    found.platform = "linux/amd64"
    return found


def test_repo2docker_builds_with_conda_and_the_python_that_is_asked_for(pack):
    assert pack.detect()
    asked = yaml.safe_load((ROOT / "binder/environment.yml").read_text())["dependencies"]
    assert f"python={pack.python_version}" in asked
    files = pack.get_build_script_files()
    assert any(f"environment.py-{pack.python_version}-linux-64" in name for name in files)


def test_binder_and_conda_take_the_same_python_and_quarto():
    binder, conda = (
        yaml.safe_load((ROOT / path).read_text())["dependencies"]
        for path in ("binder/environment.yml", "environment.yml")
    )
    assert binder == [item for item in conda if isinstance(item, str)]


def test_repo2docker_installs_that_environment_and_runs_post_build(pack):
    scripts = "\n".join(
        script for _, script in (*pack.get_preassemble_scripts(), *pack.get_assemble_scripts())
    )
    assert '--file "binder/environment.yml"' in scripts
    assert pack.get_post_build_scripts() == ["binder/postBuild"]
    assert (ROOT / "binder/postBuild").stat().st_mode & 0o111
    assert "binder/postBuild" in pack.render()


def test_post_build_installs_the_lock_with_its_hashes_and_the_package():
    lines = [shlex.split(line) for line in (ROOT / "binder/postBuild").read_text().splitlines()[2:]]
    pip = [set(line) for line in lines if line[1:4] == ["-m", "pip", "install"]]
    assert {"--require-hashes", "--requirement", "requirements.lock"} <= pip[0]
    assert {"--editable", ".", "--no-deps"} <= pip[1]
    assert lines[0] == ["set", "-euo", "pipefail"]


@pytest.mark.parametrize("lang", readme_map.READMES)
def test_the_badge_leads_to_the_repository_of_the_citation_and_opens_the_start_notebook(lang):
    document = "".join(readme_map.BADGE)
    written = readme_map.with_badge(document, "https://github.com/one/copy", lang)
    (address,) = BADGE.findall(written)
    assert urlsplit(address).path == "/v2/gh/one/copy/HEAD"
    (opened,) = parse_qs(urlsplit(address).query)["urlpath"]
    assert (ROOT / opened.removeprefix("lab/tree/")).is_file()
    assert readme_map.with_badge(written, "", lang) == document


def test_the_readmes_have_the_badge_of_the_citation_and_none_that_leads_nowhere():
    repository = yaml.safe_load((ROOT / "CITATION.cff").read_text()).get("repository-code", "")
    for lang, name in readme_map.READMES.items():
        document = (ROOT / name).read_text("utf-8")
        assert readme_map.BADGE[0] in document
        assert readme_map.with_badge(document, repository, lang) == document
