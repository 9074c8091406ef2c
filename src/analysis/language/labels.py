"""The words of the compendium in Indonesian and English: code handles keys, `labels.csv` holds the texts."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from locale import getlocale
from os import environ
from typing import Any

LANGUAGES = ("id", "en")


FILE = "labels.csv"
PLACE = f"src/analysis/language/{FILE}"
"""Where texts are added."""


class MissingTextError(KeyError):
    """The catalogue has no text of that key; says in both languages where to add it."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)

    def __str__(self) -> str:
        """Return the message; that of a `KeyError` would be the key alone."""
        return "\n".join(text("cli.missing_text", lang, found=self.key, file=PLACE) for lang in LANGUAGES)


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every text by key and language, from the ``key,id,en`` file beside this module."""
    source = files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return {
        row["key"]: {lang: row[lang] for lang in LANGUAGES} for row in csv.DictReader(source.splitlines())
    }


def text(key: str, lang: str, **values: Any) -> str:
    """Return the text of `key` in `lang`, with its ``{placeholders}`` filled from `values`.

    Raises
    ------
    MissingTextError
        When the catalogue has no such key.
    KeyError
        When it has no such language.
    """
    texts = catalogue().get(key)
    if texts is None:
        raise MissingTextError(key)
    return texts[lang].format(**values)


def texts(family: str, names: Iterable[str], lang: str) -> dict[str, str]:
    """Return the texts ``<family>.<name>`` by name, for a template that shows them as they are."""
    return {name: text(f"{family}.{name}", lang) for name in names}


def default_language() -> str:
    """Return the language of the locale set in the environment or Windows: Indonesian or English."""
    asked = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    asked = asked or getlocale()[0] or ""
    return "id" if asked.lower().startswith(("id", "indonesia")) else "en"
