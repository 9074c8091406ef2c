import ast
import csv
import re
import string
from functools import cache
from pathlib import Path

import pytest
from helpers import ROOT

from analysis.chain.steps import STEPS
from analysis.language import labels
from analysis.language.labels import LANGUAGES, MissingTextError, catalogue
from analysis.raw_data.schemas import schemas
from analysis.tables.applications import CATEGORIES

SOURCES = [*sorted((ROOT / "src/analysis").rglob("*.py")), ROOT / "paper/prepare.py"]
FAMILIES = {key.split(".")[0] for key in catalogue() if "." in key}
SCHEMA_PATTERNS = {
    field.get("constraints", {}).get("pattern")
    for kind in schemas().values()
    for field in kind["schema"]["fields"]
}
SHOWN = {
    f"{family}.{name}"
    for family, room in (("site", "site"), ("compare", "comparing"), ("checkpage", "reporting"))
    for path in (ROOT / "src/analysis" / room / "templates").glob("*.html")
    for name in re.findall(r"\bwords\.(\w+)", path.read_text(encoding="utf-8"))
}
"""What templates take from a family of texts."""
ANY_KIND = r"[a-z_.]+"
"""Kinds of problems; test_validation.py claims that the package can have each of them."""


@cache
def written():
    """Return the texts that source code names, and patterns of those that it puts together."""
    nodes = [node for path in SOURCES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    literals = {one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return literals, {pattern(node) for node in nodes if isinstance(node, ast.JoinedStr)}


def pattern(node):
    """Turn an f-string into an expression with a group for every value but the kind of a problem."""
    parts = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(re.escape(part.value))
        else:
            parts.append(ANY_KIND if ast.unparse(part.value) == "self.kind" else r"([a-z0-9_]+)")
    return re.compile("".join(parts))


def is_used(key):
    """Tell whether source code names a key: as it is, or by an f-string filled with other literals."""
    literals, patterns = written()
    if key in literals | SHOWN or key.removeprefix("pattern.") in SCHEMA_PATTERNS:
        return True
    matches = filter(None, (expression.fullmatch(key) for expression in patterns))
    return any(all(group in literals | set(LANGUAGES) for group in match.groups()) for match in matches)


def placeholders(template):
    """Return the names of the fields of a template."""
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_no_text_is_blank():
    assert [key for key, texts in catalogue().items() if not all(map(str.strip, texts.values()))] == []


def test_both_languages_of_a_text_have_the_same_placeholders():
    fields = {key: [placeholders(texts[lang]) for lang in LANGUAGES] for key, texts in catalogue().items()}
    assert {key: both for key, both in fields.items() if both[0] != both[1]} == {}


def test_each_key_has_one_row_of_three_cells():
    with Path(labels.__file__).with_name("labels.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream, strict=True)
    assert header == ["key", *LANGUAGES]
    assert {len(row) for row in rows} == {3}
    keys = [row[0] for row in rows]
    assert sorted(keys) == sorted(set(keys))
    assert keys == list(catalogue())


def test_every_key_is_used():
    assert [key for key in catalogue() if not is_used(key)] == []


def test_every_pattern_of_a_schema_is_told_in_words():
    assert {f"pattern.{one}" for one in SCHEMA_PATTERNS if one} <= set(catalogue())


def test_a_key_that_nobody_uses_would_be_noticed():
    assert not is_used("type.steam_engine")
    assert not is_used("cli.nothing")


def test_every_key_that_source_code_names_is_there():
    families = "|".join(FAMILIES - {"type", "ownership", "status", "total"})
    key = re.compile(rf"({families})(\.[a-z0-9_]+)+(?<!\.csv|\.pdf|json|html|docx|\.css)(?<!\.js)")
    functions = {name for step in STEPS for name in step.functions}
    literals, _ = written()
    named = {text for text in literals - functions if key.fullmatch(text) and not text.endswith(".py")}
    assert named <= set(catalogue())
    assert "caption.problems" in named


def test_every_category_has_a_label_and_a_word():
    for attribute, names in CATEGORIES.items():
        keys = [attribute, *(f"{prefix}{attribute}.{name}" for name in names for prefix in ("", "word."))]
        assert set(keys) <= set(catalogue())


def test_placeholders_are_filled_and_values_stay_as_they_are():
    assert labels.text("unit.IDR", "id", amount="{amount}") == "Rp{amount}"


def test_a_missing_text_says_in_both_languages_where_to_add_it():
    with pytest.raises(MissingTextError) as caught:
        labels.text("column.colour", "id")
    for line, words in zip(str(caught.value).splitlines(), ("Tambahkan baris", "Add the row"), strict=True):
        assert line.startswith(f"{labels.PLACE}: ")
        assert f"{words} column.colour,<" in line
    assert (ROOT / labels.PLACE).is_file()


def test_an_unknown_language_is_one_sentence_in_each_with_what_there_is():
    with pytest.raises(labels.UnknownLanguageError) as caught:
        labels.text("total", "eng")
    lines = str(caught.value).splitlines()
    assert len(lines) == len(LANGUAGES)
    assert all("“eng”" in line and "id, en" in line and "“en”" in line for line in lines)
    assert caught.value._render_traceback_() == lines  # all that a notebook shows


@pytest.mark.parametrize(
    ("asked", "expected"), [("bandugn", "bandung"), ("Bandung", "bandung"), ("tokyo", ""), ("", "")]
)
def test_the_nearest_name_is_what_was_probably_meant(asked, expected):
    assert labels.nearest_name(asked, ["bandung", "contoh"]) == expected


def test_of_libraries_that_cannot_be_loaded_the_reason_is_told_that_others_hide():
    hidden = ImportError("libgomp.so.1: cannot open shared object file")
    hiding = ImportError("Unable to import required dependency numpy.")
    hiding.__cause__ = hidden
    assert labels.unloadable(hiding, "en") == f"A library cannot be loaded: {hidden}"
    assert labels.unloadable(hidden, "id") == f"Sebuah pustaka tidak dapat dimuat: {hidden}"


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "id_ID.UTF-8"}, "id"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "id_ID.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "id_ID"}, "id"),
        ({"LANG": "id_ID", "LC_ALL": ""}, "id"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(monkeypatch, environment, expected):
    monkeypatch.setattr(labels, "getlocale", lambda: (None, None))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert labels.default_language() == expected


@pytest.mark.parametrize(
    ("system", "expected"), [("Indonesian_Indonesia", "id"), ("id_ID", "id"), ("English_Indonesia", "en")]
)
def test_without_a_word_of_the_environment_windows_tells_the_language(monkeypatch, system, expected):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(labels, "getlocale", lambda: (system, "1252"))
    assert labels.default_language() == expected
