"""A build of the tiny city in surroundings that others may have gives the bytes of a plain one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_builds import BUILD, build, made, project_in

MATPLOTLIBRC = (
    "figure.figsize: 2, 2\nfont.size: 30\naxes.facecolor: yellow\nsavefig.dpi: 33\nsvg.fonttype: none\n"
)
STARTUP = """
import pandas, numpy, matplotlib, seaborn, decimal
for name, value in (("max_rows", 2), ("precision", 1), ("max_colwidth", 5), ("notebook_repr_html", False)):
    pandas.set_option("display." + name, value)
numpy.set_printoptions(precision=1)
numpy.random.seed(1)
decimal.getcontext().prec = 3
matplotlib.rcParams["font.size"] = 40
seaborn.set_theme(style="dark", font_scale=3)
"""
"""What a person may have every session begin with."""
KERNEL = """
c = get_config()
c.InlineBackend.figure_formats = {"pdf"}
c.InteractiveShell.ast_node_interactivity = "all"
"""
NAMES = {
    "punctuation": 'a b 50% #1?y=2 it\'s "q" $HOME;&|{city} [a]* `x` %s',
    "scripts": "ꦧꦤ꧀ꦢꦸꦁ بندونغ 万隆 é 😀",
    "dash": "-dash",
    "line": "new\nline",
    "long": "d" * 250,
}
OTHER_DISK = Path("/dev/shm")  # noqa: S108 - a folder of the test is made in it

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(sys.platform == "win32", reason="shells, links and signals as on Unix"),
]


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """A project in which nothing was built, and what a plain build makes."""
    folder = tmp_path_factory.mktemp("surroundings")
    start = project_in(folder / "start")
    whole = Path(shutil.copytree(start, folder / "whole"))
    build(whole)
    return start, made(whole)


@pytest.fixture
def project(plain, tmp_path):
    return Path(shutil.copytree(plain[0], tmp_path / "project"))


def written(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return str(path)


def test_a_users_settings_of_the_libraries(plain, project, tmp_path):
    home = tmp_path / "home"
    for folder in (project, project / "notebooks", home / ".config/matplotlib"):
        written(folder / "matplotlibrc", MATPLOTLIBRC)
    written(home / ".ipython/profile_default/startup/00.py", STARTUP)
    written(
        home / ".ipython/profile_default/ipython_kernel_config.py",
        KERNEL,
    )
    for folder in (home / ".local/share/pandoc", home / ".pandoc"):
        written(folder / "templates/default.html5", "another $body$")
        written(folder / "reference.docx", "another")
    build(project, HOME=str(home), MATPLOTLIBRC=written(tmp_path / "rc", MATPLOTLIBRC), MPLBACKEND="TkAgg")
    assert made(project) == plain[1]


@pytest.mark.parametrize(
    "others",
    [
        {"COLUMNS": "1", "LINES": "1", "FORCE_COLOR": "1", "TERM": "dumb"},
        {"http_proxy": "http://127.0.0.1:1", "ALL_PROXY": "nonsense://x", "OMP_NUM_THREADS": "1"},
        {"PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONSAFEPATH": "1", "PYTHONHASHSEED": "1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
        {"HOME": "/dev/null", "TZ": ":not there"},
        {"TMPDIR": "."},
    ],
    ids=" ".join,
)
def test_variables_of_the_environment(plain, project, others):
    build(project, **others)
    assert made(project) == plain[1]


@pytest.mark.parametrize("path", ["t" * 130, "t %1 #'\" {x} ꦧ"], ids=["long", "odd letters"])
def test_a_folder_for_temporary_files(plain, project, tmp_path, path):
    (tmp_path / path).mkdir()
    build(project, TMPDIR=str(tmp_path / path))
    assert made(project) == plain[1]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_of_the_folder(plain, tmp_path, name):
    project = Path(shutil.copytree(plain[0], tmp_path / name))
    build(project)
    assert made(project) == plain[1]


def test_a_folder_that_is_reached_by_a_link(plain, project, tmp_path):
    (tmp_path / "link").symlink_to(project)
    build(tmp_path / "link", PWD=str(tmp_path / "link"))
    assert made(project) == plain[1]


@pytest.mark.skipif(
    not os.access(OTHER_DISK, os.W_OK), reason="no second file system here; test_atomic.py has a stand-in"
)
def test_a_folder_for_outputs_on_another_file_system(plain, project, tmp_path):
    elsewhere = OTHER_DISK / tmp_path.name
    elsewhere.mkdir()
    try:
        (project / "build").symlink_to(elsewhere)
        build(project)
        assert made(project) == plain[1]
    finally:
        shutil.rmtree(elsewhere)


@pytest.mark.parametrize("year", ["1971", "2099"])
def test_files_of_another_time(plain, project, year):
    subprocess.run(["find", project, "-exec", "touch", "-h", "-d", f"{year}-01-02", "{}", "+"], check=True)
    build(project)
    assert made(project) == plain[1]


@pytest.mark.parametrize("options", [("--jobs", "8"), ("--jobs", "1", "--kernels", "spawn")], ids=" ".join)
def test_other_ways_to_build(plain, project, options):
    build(project, (*BUILD, *options))
    assert made(project) == plain[1]


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_stream_that_is_closed(plain, project, closed):
    build(project, ("sh", "-c", f'"$@" {closed}', "sh", *BUILD))
    assert made(project) == plain[1]
