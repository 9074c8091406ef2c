"""The commands `why` and `graph` as whoever types them meets them."""

import pytest
import typer
from conftest import EPOCH, ROOT
from typer.testing import CliRunner

from analysis.commands import step_commands
from analysis.commands.terminal import asked
from analysis.commands.usage import Command
from analysis.language.labels import LANGUAGES, text

app = typer.Typer()
app.command("why", cls=Command)(step_commands.why)
app.command("graph", cls=Command)(step_commands.graph)


@pytest.fixture
def run(monkeypatch):
    """Return a function that runs a command in a project: its exit status, what it says and complains of."""

    def run(project, *arguments, lang="en"):
        monkeypatch.chdir(project)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        result = CliRunner().invoke(app, [*arguments, "--lang", lang], catch_exceptions=False)
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.fixture
def embedded(monkeypatch):
    """Have no Quarto: the build of the tests was without it."""
    monkeypatch.setattr("shutil.which", lambda _: None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("", ""), ("bandung", "")),
        (("contoh", ""), ("contoh", "")),
        (("table4", ""), ("bandung", "table4")),
        (("contoh", "table4"), ("contoh", "table4")),
        (("atlantis", "table4"), ("atlantis", "table4")),
        (("data/processed/contoh/table4.csv", ""), ("contoh", "data/processed/contoh/table4.csv")),
        (("build/contoh/certificate.pdf", ""), ("contoh", "build/contoh/certificate.pdf")),
        (("table4/web/count", ""), ("bandung", "table4/web/count")),
        (("data/processed/atlantis/table4.csv", ""), ("bandung", "data/processed/atlantis/table4.csv")),
    ],
)
def test_city_and_target_are_told_apart(monkeypatch, words, expected):
    monkeypatch.chdir(ROOT)
    assert asked(*words) == expected


def test_a_path_from_a_folder_below_tells_the_city(monkeypatch):
    monkeypatch.chdir(ROOT / "data/processed/contoh")
    assert asked("table4.csv", "") == ("contoh", "table4.csv")


def test_after_a_build_all_is_up_to_date_in_either_language(site, run, embedded, lang):
    assert run(site, "why", lang=lang) == (0, text("why.all_fresh", lang, n=30) + "\n", "")
    assert run(site, "why", "table4.csv", lang=lang)[1] == text("why.fresh", lang, task="table4") + "\n"


def test_an_unknown_city_or_target_is_refused_with_what_there_is(project, run):
    for arguments, named in ((["atlantis", "table4"], "contoh"), (["table99"], "table8")):
        status, said, complained = run(project, "why", *arguments)
        assert (status, said) == (1, "")
        assert arguments[0] in complained and named in complained


def test_the_graph_is_drawn_in_both_languages_wherever_one_stands(project, run):
    status, said, _ = run(project / "notebooks", "graph", "contoh", lang="id")
    assert status == 0
    for lang in LANGUAGES:
        path = project / f"build/contoh/graph.{lang}.svg"
        assert path.is_file() and str(path) in said
