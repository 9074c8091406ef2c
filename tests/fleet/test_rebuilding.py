"""Building a city again elsewhere: equal in every byte, told side by side, and written on the certificate."""

import json
from contextlib import nullcontext

import pypdfium2
import pytest
from conftest import compendium
from helpers import CITY, make_project

from analysis.chain.city_build import BuildOptions
from analysis.commands import rebuild_commands
from analysis.fleet import rebuilding
from analysis.language import labels
from analysis.project.cities import City
from analysis.reporting import certificate

VERIFY = ("verify", "bandung", "--rebuild", "--renderer", "embedded", "--lang", "en")

OPTIONS = BuildOptions(renderer="embedded", site=False)


def made(folder, name, content="x"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


@pytest.mark.slow("builds Bandung once more; the results are compared with the committed ones anyway")
def test_another_build_in_other_surroundings_makes_the_same_bytes_and_the_certificate_says_so(rebuilt):
    result = compendium(rebuilt, *VERIFY)
    assert result.returncode == 0, result.stdout + result.stderr
    known = json.loads(City("bandung", rebuilt).rebuilt.read_text())
    assert f"Both builds made the same bytes: {len(known)} of {len(known)} files." in result.stdout
    assert "≠" not in result.stdout
    assert any(name.endswith("article.id.pdf") for name in known)
    with pypdfium2.PdfDocument(rebuilt / "build/bandung/certificate.pdf") as document:
        words = document[0].get_textpage().get_text_range()
    assert labels.text("certificate.not_tried", "en") not in words


def test_what_differs_is_named_and_nothing_is_certified(tmp_path, monkeypatch):
    city = City("bandung", tmp_path / "project")
    made(city.build, "rebuilt.json", "{}")
    monkeypatch.setattr(rebuilding, "tasks", lambda *_: [{"targets": ["build/one", "build/two"]}])
    monkeypatch.setattr(rebuilding, "_build", lambda *_: None)
    made(city.root, "build/one"), made(city.root, "build/two")
    monkeypatch.setattr(rebuilding, "_elsewhere", lambda _: _there(tmp_path / "other"))
    got = rebuilding.rebuild(city, OPTIONS)
    assert [(one.path, one.is_same) for one in got] == [("build/one", True), ("build/two", False)]
    assert not city.rebuilt.exists()


def _there(folder):
    made(folder, "build/one"), made(folder, "build/two", "y")
    return nullcontext((folder, folder))


def test_a_committed_output_that_the_sources_do_not_give_is_named(tmp_path, monkeypatch, capsys):
    make_project(tmp_path)
    path = f"data/processed/{CITY}/table4.csv"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(rebuilding, "rebuild", lambda *_: [rebuilding.Compared(path, "a1", "a1")])
    monkeypatch.setattr(rebuild_commands, "uncommitted", lambda *_: [path])
    assert not rebuild_commands.rebuild(CITY, "en", OPTIONS)
    shown = capsys.readouterr()
    assert f"What is committed is not what its sources give: {path}." in shown.err
    assert [line.split() for line in shown.out.splitlines() if "a1" in line] == [
        ["table4.csv", "a1", "a1", "="]
    ]


def test_the_second_build_that_fails_is_told(rebuilt, monkeypatch):
    monkeypatch.setattr(rebuilding, "COMMAND", ("check", "--lang", "fr"))
    result = compendium(rebuilt, *VERIFY[:-1], "id")
    assert result.returncode == 1
    assert labels.text("cli.not_rebuilt", "id") in result.stderr


def test_a_trial_of_other_bytes_than_those_that_are_there_certifies_nothing(tmp_path):
    city = City("bandung", tmp_path)
    path = made(city.processed, "table4.csv")
    assert certificate._stable(city) is None
    digest = rebuilding._digest(path)
    made(
        city.build, "rebuilt.json", json.dumps({"data/processed/bandung/table4.csv": digest, "build/x": "0"})
    )
    assert certificate._stable(city) == (1, 1)
    path.write_text("other")
    assert certificate._stable(city) is None
