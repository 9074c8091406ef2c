"""What is wrong with a typed command is said in the reader's language."""

import pytest
from conftest import ROOT, compendium

from analysis.commands.usage import FRAME, asked_language
from analysis.language.labels import text


@pytest.mark.parametrize(
    ("arguments", "key", "values"),
    [
        (("--seed", "-1"), "usage.at_least", {"low": 0}),
        (("--seed", "1", "--size", "0"), "usage.between", {"low": 1, "high": 10_000}),
        (("--seed",), "usage.needs_value", {"name": "--seed"}),
        (("--force=1", "--seed", "1"), "usage.no_option", {"asked": "--force", "known": "--seed"}),
        (("y", "z", "--seed", "1"), "usage.extra", {"found": "y z"}),
        ((), "usage.missing", {"name": "--seed"}),
    ],
)
def test_a_command_typed_wrongly_is_told_how_in_words(arguments, key, values, lang):
    before = [f"--lang={lang}"] if "--seed" in arguments[-1:] else ["--lang", lang]
    ended = compendium(ROOT, "synthesize", "x", *before, *arguments)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert text(key, lang, **values).removesuffix(".").split(". ")[0] in ended.stderr
    assert text("usage.hint", lang, command="compendium synthesize --help") in ended.stderr


def test_a_number_is_asked_for_where_a_word_was_given(lang):
    ended = compendium(ROOT, "build", "--jobs", "many", "--lang", lang)
    assert text("usage.at_least", lang, low=0) in ended.stderr
    ended = compendium(ROOT, "template", "--force=yes", "--lang", lang)
    assert text("usage.no_value", lang, name="--force") in ended.stderr


def test_an_unknown_command_is_answered_with_the_nearest(lang):
    ended = compendium(ROOT, "buld", "--lang", lang)
    assert ended.returncode == 2
    assert ended.stderr.rstrip().endswith(text("import.nearest", lang, nearest="build"))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--lang", "id"], "id"),
        (["--lang=id"], "id"),
        (["--lang", "fr"], "en"),
        (["--lang"], "en"),
        ([], "en"),
    ],
)
def test_the_language_is_known_before_a_command_is_parsed(words, expected):
    assert asked_language(words) == expected


def test_a_help_has_no_word_of_the_librarys_own_language():
    for command in ((), ("synthesize",), ("show",)):
        shown = compendium(ROOT, *command, "--help", LC_ALL="id_ID.UTF-8").stdout
        assert [name for name in FRAME if text(f"usage.frame.{name}", "en") in shown] == []
        assert text("usage.frame.usage", "id") in shown


def test_the_version_is_that_of_the_package():
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert f'version = "{compendium(ROOT, "--version").stdout.strip()}"' in project


@pytest.mark.parametrize("command", ["new", "describe", "lineage"])
def test_a_help_shows_no_braces_that_a_reader_would_type(command):
    shown = compendium(ROOT, command, "--help").stdout
    assert "CITY" in shown
    assert "{" not in shown
