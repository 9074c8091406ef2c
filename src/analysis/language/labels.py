"""The words of the compendium in Indonesian and English: code handles keys, `labels.csv` holds the texts."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from locale import getlocale
from os import environ
from typing import Any

LANGUAGES = ("id", "en")


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Return every text by key and language, from the ``key,id,en`` file beside this module."""
    source = files(__package__).joinpath("labels.csv").read_text(encoding="utf-8")
    return {
        row["key"]: {lang: row[lang] for lang in LANGUAGES} for row in csv.DictReader(source.splitlines())
    }


def text(key: str, lang: str, **values: Any) -> str:
    """Return the text of `key` in `lang`, with its ``{placeholders}`` filled from `values`.

    Raises
    ------
    KeyError
        When the catalogue has no such key, or no such language.
    """
    return catalogue()[key][lang].format(**values)


def default_language() -> str:
    """Return the language of the locale that the environment or Windows asks for: Indonesian or English."""
    asked = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    asked = asked or getlocale()[0] or ""
    return "id" if asked.lower().startswith(("id", "indonesia")) else "en"
