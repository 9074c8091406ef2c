"""The command line as whoever types it meets it: what is printed, what is written, how it ends."""

import json
import re
import shutil
import subprocess
import sys
from urllib.request import urlopen

import pytest
from conftest import EMBEDDED, ROOT, compendium, compendium_process, copy_project
from openpyxl import load_workbook
from terminals import read_problems, suggested

from analysis.cli import app
from analysis.language.labels import text
from analysis.language.problems import Problem
from analysis.raw_data.raw import load
from analysis.tables.applications import CATEGORIES, count_by

HEAVY = ("pandas", "numpy", "openpyxl", "frictionless", "matplotlib", "jinja2", "papermill", "rapidfuzz")
COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands]


def imported(project, *arguments):
    """Return the heavy packages that a command imports."""
    code = (
        "import sys\nfrom analysis.cli import app\n"
        "try:\n    app(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        f"print('imported', *(name for name in {HEAVY} if name in sys.modules))"
    )
    command = [sys.executable, "-c", code, *arguments]
    result = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True, timeout=300)
    return result.stdout.splitlines()[-1].split()[1:]


@pytest.mark.parametrize("arguments", [["--help"], ["list"], ["build", "nowhere"], ["new", "--help"]])
def test_what_needs_no_data_is_answered_without_heavy_imports(project, arguments):
    assert imported(project, *arguments) == []


def test_a_build_that_is_up_to_date_imports_nothing_heavy(rebuilt, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1600000000")
    monkeypatch.delenv("COMPENDIUM_OUTBOX", raising=False)
    assert imported(rebuilt, "build", "bandung", *EMBEDDED) == []


@pytest.mark.parametrize("locale", ["id_ID.UTF-8", "en_GB.UTF-8"])
def test_help_is_in_the_language_of_the_locale(project, locale):
    result = compendium_process(project, "--help", LC_ALL=locale, COLUMNS="200")
    for command in COMMANDS:
        assert text(f"cli.help.{command}", locale[:2]).split(".")[0] in result.stdout


# check


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory):
    """A copy of the project with three errors in Bandung's evidence, whose hash is recorded."""
    project = copy_project(tmp_path_factory.mktemp("spoiled") / "project")
    path = project / "data/raw/bandung/evidence.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    lines[1] = lines[1].replace(",supports,", ",suports,").replace(",hinders,", ",suports,")
    path.write_text("".join(lines) + "E999,nowhere,interview,x,mixed,c1,,There is,T\n", encoding="utf-8")
    compendium(project, "check", "bandung", "--update-hashes")
    return project


def test_check_tells_everything_as_table_and_as_page_and_exits_with_1(spoiled, lang):
    result = compendium(spoiled, "check", "bandung", "--lang", lang)
    assert result.returncode == 1
    rows = read_problems(result.stdout)
    spots = {row.place for row in rows}
    assert {row.file for row in rows} == {"evidence.csv"}
    polarity = Problem("", "", 2, "polarity").spot(lang, "")
    assert polarity.replace(" ", "") in spots
    nearest = text("import.nearest", lang, nearest="supports").replace(" ", "")
    assert any(nearest in row.problem for row in rows)
    page = spoiled / f"build/bandung/check.{lang}.html"
    assert str(page.relative_to(spoiled)) in result.stdout
    assert page.read_text("utf-8").count('<tr id="p') == len(rows)


def test_check_of_a_valid_city_ends_with_0_and_leaves_a_page_that_says_so(project):
    result = compendium(project, "check", "bandung", "--lang", "id")
    assert (result.returncode, read_problems(result.stdout)) == (0, [])
    assert text("cli.valid", "id", city="bandung") in result.stdout
    assert text("checkpage.valid", "id") in (project / "build/bandung/check.id.html").read_text("utf-8")


def test_the_language_of_a_check_is_that_of_the_locale(project):
    result = compendium(project, "check", "bandung", LC_ALL="id_ID.UTF-8")
    assert text("cli.valid", "id", city="bandung") in result.stdout


def test_a_changed_file_is_accepted_by_the_command_that_check_prints(project):
    path = project / "data/raw/bandung/informants.csv"
    path.write_text(path.read_text("utf-8").replace("snowball", "purposive"), encoding="utf-8")
    first = compendium(project, "check", "bandung")
    assert [(row.file, row.place) for row in read_problems(first.stdout)] == [("informants.csv", "")]
    (command,) = suggested(first.stdout)
    second = compendium(project, *command)
    assert (second.returncode, command) == (0, ["check", "bandung", "--update-hashes"])
    assert text("cli.hash_recorded", "en", file="informants.csv") in second.stdout


@pytest.mark.parametrize("options", [[], ["--update-hashes"]])
def test_a_descriptor_that_is_no_yaml_is_told_by_check_and_page(project, options):
    (project / "data/raw/bandung/datapackage.yaml").write_text("city: [\n- a: b: c\n", encoding="utf-8")
    result = compendium(project, "check", "bandung", *options, "--lang", "id")
    (row,) = read_problems(result.stdout)
    assert (result.returncode, row.file, row.place) == (1, "datapackage.yaml", "baris2")
    assert "datapackage.yaml" in (project / "build/bandung/check.id.html").read_text("utf-8")
    assert compendium(project, "list").stdout.startswith("bandung\t?\n")
    built = compendium(project, "build", "bandung", "--lang", "id")
    assert (built.returncode, len(read_problems(built.stdout))) == (1, 1)
    assert text("cli.unusable", "id", city="bandung") in built.stderr


def test_a_folder_without_descriptor_is_not_called_unknown(project):
    (project / "data/raw/bandung/datapackage.yaml").unlink()
    result = compendium(project, "check", "bandung", "--lang", "en")
    assert result.returncode == 1 and "no datapackage.yaml" in result.stderr


def test_letters_that_a_terminal_cannot_show_do_not_stop_a_command(project):
    path = project / "data/raw/bandung/evidence.csv"
    path.write_text(path.read_text("utf-8").replace(",supports,", ",“√ξ”,"), encoding="utf-8")
    result = compendium_process(project, "check", "bandung", PYTHONIOENCODING="ascii", LC_ALL="id_ID.UTF-8")
    assert (result.returncode, result.stderr) == (1, "")
    assert "check.id.html" in result.stdout


# template


def test_a_template_is_written_once(project, lang):
    result = compendium(project, "template", "isian/kota.xlsx", "--lang", lang)
    path = project / "isian/kota.xlsx"
    assert result.returncode == 0
    assert suggested(result.stdout) == [["new", text("cli.your_city", lang), "--from", "isian/kota.xlsx"]]
    assert "applications" in load_workbook(path).sheetnames
    path.write_bytes(b"mine")
    again = compendium(project, "template", "isian/kota.xlsx", "--lang", lang)
    assert (again.returncode, path.read_bytes()) == (1, b"mine")
    assert again.stderr.strip() == text("cli.file_exists", lang, path="isian/kota.xlsx")
    assert compendium(project, "template", "isian/kota.xlsx", "--force").returncode == 0
    assert path.read_bytes() != b"mine"


def test_a_template_of_another_format_is_refused(project):
    result = compendium(project, "template", "kota.csv")
    assert result.returncode == 1 and ".xlsx" in result.stderr
    assert not (project / "kota.csv").exists()


# synthesize


def test_the_committed_sample_city_is_what_its_seed_makes(project):
    shutil.rmtree(project / "data/raw/contoh")
    assert compendium(project, "synthesize", "contoh", "--seed", "2020").returncode == 0
    for path in (ROOT / "data/raw/contoh").iterdir():
        assert (project / "data/raw/contoh" / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_city_with_the_margins_of_bandung_has_its_counts_and_its_own_name(project, monkeypatch):
    result = compendium(project, "synthesize", "bandung_tiruan", "--seed", "7", "--margins", "bandung")
    assert result.returncode == 0, result.stderr
    assert suggested(result.stdout) == [["check", "bandung_tiruan"], ["build", "bandung_tiruan"]]
    monkeypatch.chdir(project)
    made = load("bandung_tiruan")
    for attribute in CATEGORIES:
        assert count_by(made, attribute).equals(count_by(load("bandung"), attribute))
    assert (made.descriptor["city"]["name_id"], made.is_synthetic) == ("Kota Bandung Tiruan", True)
    assert compendium(project, "check", "bandung_tiruan").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (["bandung", "--seed", "1"], "cli.synthesize_taken"),
        (["x", "--seed", "1", "--size", "9", "--margins", "bandung"], "cli.size_or_margins"),
        (["x", "--seed", "1", "--margins", "nowhere"], "cli.unknown_city"),
        (["X", "--seed", "1"], "import.bad_name"),
    ],
)
def test_what_cannot_be_synthesized_is_refused_and_nothing_is_made(project, arguments, key, lang):
    before = sorted((project / "data/raw").rglob("*"))
    result = compendium(project, "synthesize", *arguments, "--lang", lang)
    assert result.returncode == 1
    named = dict.fromkeys(("city", "name", "asked"), arguments[0])
    assert result.stderr[:12] == text(key, lang, known="", **named)[:12]
    assert sorted((project / "data/raw").rglob("*")) == before


def test_counts_are_not_taken_from_a_city_without_any(project):
    assert compendium(project, "new", "kosong", "--province-id", "Jawa").returncode == 0
    result = compendium(project, "synthesize", "x", "--seed", "1", "--margins", "kosong", "--lang", "id")
    assert (result.returncode, result.stderr.strip()) == (1, text("cli.no_margins", "id", city="kosong"))


def test_a_seed_is_a_natural_number(project):
    for seed in ("-1", "x"):
        assert compendium(project, "synthesize", "x", "--seed", seed).returncode == 2
    assert not (project / "data/raw/x").exists()


# compare


def test_a_city_that_is_not_there_is_not_compared(project, lang):
    result = compendium(project, "compare", "bandung", "nowhere", "--lang", lang)
    assert result.returncode == 1
    assert "nowhere" in result.stderr
    assert not (project / "build").exists()


def test_what_a_check_finds_is_there_as_json(project):
    package = project / "data/raw/bandung/metrics.csv"
    package.write_text(package.read_text("utf-8") + "x,1\n", "utf-8")
    ended = compendium(project, "check", "bandung", "--json", "--lang", "id")
    found = json.loads(ended.stdout)
    assert (ended.returncode, found["city"], found["is_valid"]) == (1, "bandung", False)
    assert {"file.hash"} <= {problem["kind"] for problem in found["problems"]}
    assert all(problem["message"] and problem["remedy"] for problem in found["problems"])


def test_the_verdict_is_there_as_json_and_nothing_else_is_printed(rebuilt):
    ended = compendium(rebuilt, "verify", "bandung", "--json")
    found = json.loads(ended.stdout)
    assert (ended.returncode, found["is_expected"], found["unexpected"]) == (0, True, [])
    assert found["counts"]["failed"] == 0


def test_cities_and_stale_steps_are_listed_as_json(project):
    names = [city["name"] for city in json.loads(compendium(project, "list", "--json").stdout)]
    assert names == ["bandung", "contoh"]
    told = json.loads(compendium(project, "why", "contoh", "table4", "--json").stdout)
    assert told[-1]["task"] == "table4" and told[-1]["reasons"][0]["kind"] == "never"


def test_a_page_that_is_not_there_yet_is_not_opened_and_the_way_to_it_is_said(project, monkeypatch):
    monkeypatch.setattr("webbrowser.open", lambda _: pytest.fail("opened"))
    for command in (("open",), ("open", "bandung"), ("serve",)):
        result = compendium(project, *command, "--lang", "en")
        assert result.returncode == 1
        assert "compendium build" in result.stderr


def test_the_site_is_opened_at_its_first_page_or_at_that_of_a_city(site, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    said = [compendium(site, "open", *city, "--lang", "en").stdout for city in ((), ("bandung",))]
    pages = [site / "build/site/en/index.html", site / "build/site/en/bandung/index.html"]
    assert opened == [page.as_uri() for page in pages]
    assert said == [f"Open: {page.relative_to(site)}\n" for page in pages]


def test_the_site_is_served_on_this_computer(site):
    command = [sys.executable, "-u", "-m", "analysis.cli", "serve", "--port", "0", "--lang", "en"]
    with subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, text=True) as server:
        try:
            [address] = re.findall(r"http://127\.0\.0\.1:\d+/en/", server.stdout.readline())
            with urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
                assert b"Bandung" in answer.read()
        finally:
            server.terminate()
