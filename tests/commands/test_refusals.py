import errno
import sqlite3

import pytest
import typer
from helpers import CITY, open_project
from terminals import PROBLEMS, read_problems

from analysis.commands.refusals import refusals
from analysis.language.labels import text
from analysis.language.problems import RawDataError
from analysis.project.cities import UnknownCityError
from analysis.tasks.running import BuildError


def stopped(capsys, error):
    """Return what is said where an error stops a command."""
    with pytest.raises(typer.Exit) as caught, refusals("en"):
        raise error
    assert caught.value.exit_code == 1
    shown = capsys.readouterr()
    return shown.out + shown.err


def test_an_unknown_city_and_one_without_descriptor_are_told_apart(tmp_path, monkeypatch, capsys):
    place = open_project(monkeypatch, tmp_path)
    assert text("cli.unknown_city", "en", asked="x", known=CITY) in stopped(
        capsys, UnknownCityError("x", [CITY])
    )
    (place.raw / "datapackage.yaml").unlink()
    said = stopped(capsys, UnknownCityError(CITY, []))
    assert "has no datapackage.yaml" in said and f"compendium new {CITY} --force" in said
    assert "no city called" in stopped(capsys, UnknownCityError("../raw", []))


def test_errors_of_files_are_told_with_the_file(capsys):
    locked = stopped(capsys, PermissionError(13, "Permission denied", "t.xlsx"))
    assert "read: t.xlsx\n" in locked and "Excel" in locked
    replaced = PermissionError(13, "Access is denied", ".a.part", None, "a.pdf")
    assert "read: a.pdf\n" in stopped(capsys, replaced)
    assert "read: a.pdf\n" in stopped(capsys, OSError(errno.EROFS, "Read-only file system", "a.pdf"))
    assert "t.xlsx: Is a directory" in stopped(capsys, IsADirectoryError(21, "Is a directory", "t.xlsx"))
    assert "run inside" in stopped(capsys, FileNotFoundError("run inside the folder"))
    assert "libgomp.so.1: cannot open" in stopped(capsys, ImportError("libgomp.so.1: cannot open"))


@pytest.mark.parametrize("name", ["t.xlsx", None])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_told_as_one_with_the_file_if_the_system_says_which(capsys, number, name):
    said = stopped(capsys, OSError(number, "No space left on device", name))
    assert said.startswith("There is no space left on the disk") and "None" not in said
    assert ("t.xlsx" in said) == bool(name)


@pytest.mark.parametrize(
    ("name", "said"), [("SQLITE_FULL", "space left on the disk to write build/…/.state"), ("", "read-only")]
)
def test_a_full_disk_is_told_as_one_also_where_the_state_does_not_fit(capsys, name, said):
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorname = name
    assert said in stopped(capsys, error)


def test_raw_data_that_cannot_be_used_are_told_problem_by_problem(capsys):
    said = stopped(capsys, RawDataError(CITY, PROBLEMS))
    assert len(read_problems(said)) == len(PROBLEMS)


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (
            PermissionError(13, "Access is denied", ".a.part", None, "a.pdf"),
            ("read: a.pdf\n", "Excel"),
        ),
        (ValueError("no table"), ("no table",)),
    ],
)
def test_a_step_that_failed_is_named_with_its_cause(capsys, cause, said):
    error = BuildError("paper.en")
    error.__cause__ = cause
    told = stopped(capsys, error)
    assert all(words in told for words in ("Step paper.en failed", *said))
