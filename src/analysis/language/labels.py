"""The words of the compendium in Indonesian and English: code handles keys, `labels.csv` holds the texts."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from locale import getlocale
from os import environ
from typing import Any

LANGUAGES = ("id", "en")
FILE = "labels.csv"
PLACE = f"src/analysis/language/{FILE}"
"""Where texts are added."""


class PlainError(Exception):
    """An error whose message is all that a notebook shows of it: no traceback stands above the sentence."""

    def _render_traceback_(self) -> list[str]:
        """Return the lines that IPython shows."""
        return str(self).splitlines()


class WordedError(PlainError):
    """An error that is told in either language by the text `key`, filled with `values`."""

    def __init__(self, key: str, **values: Any) -> None:
        self.key, self.values = key, values
        super().__init__(key)

    def message(self, lang: str) -> str:
        """Return the sentence in one language."""
        return text(self.key, lang, **self.values)

    def __str__(self) -> str:
        """Return the sentence in both languages, a line each."""
        return "\n".join(map(self.message, LANGUAGES))


class UnknownNameError(WordedError):
    """A name that is not among those `known`; says which there are, and which was probably meant."""

    def __init__(self, key: str, asked: str, known: Iterable[str], **values: str) -> None:
        self.asked, self.known = asked, list(known)
        super().__init__(key, **values)

    def message(self, lang: str) -> str:
        """Return the sentence in one language."""
        return unknown(self.key, self.asked, self.known, lang, **self.values)


class UnknownLanguageError(UnknownNameError, KeyError):
    """There are no texts in that language."""


class MissingTextError(WordedError, KeyError):
    """The catalogue has no text of that key; says where to add it."""


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
    UnknownLanguageError
        When it has no such language.
    """
    texts = catalogue().get(key)
    if texts is None:
        raise MissingTextError("cli.missing_text", found=key, file=PLACE)
    return texts[known_language(lang)].format(**values)


def known_language(lang: str) -> str:
    """Return a language that there are texts in.

    Raises
    ------
    UnknownLanguageError
        When `lang` is none.
    """
    if lang not in LANGUAGES:
        raise UnknownLanguageError("cli.unknown_language", lang, LANGUAGES)
    return lang


def unknown(key: str, asked: str, known: Iterable[str], lang: str, **values: str) -> str:
    """Return the sentence `key` about a name that is not known: those that are, and the nearest of them.

    The text has the placeholders ``asked`` and ``known``, and those of `values`.
    """
    names = list(known)
    said = text(key, lang, asked=asked, known=", ".join(names) or "–", **values)
    near = nearest_name(asked, names)
    return f"{said} {text('import.nearest', lang, nearest=near)}" if near else said


def nearest_name(asked: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant; "" if none is near."""
    folded = {name.casefold(): name for name in known}
    found = get_close_matches(asked.casefold(), folded, n=1)
    return folded[found[0]] if found else ""


def unloadable(error: ImportError, lang: str) -> str:
    """Say which library cannot be loaded and why: for the reason that lies deepest, which others hide."""
    cause: BaseException = error
    while cause.__cause__:
        cause = cause.__cause__
    return text("cli.no_library", lang, reason=cause)


def texts(family: str, names: Iterable[str], lang: str) -> dict[str, str]:
    """Return the texts ``<family>.<name>`` by name, for a template that shows them as they are."""
    return {name: text(f"{family}.{name}", lang) for name in names}


@dataclass(frozen=True)
class Family:
    """The texts ``<family>.<name>`` in a language, for templates that name what they show (``words.x``)."""

    family: str
    language: str

    def __getitem__(self, name: str) -> str:
        """Return a text that has no placeholders."""
        return text(f"{self.family}.{name}", self.language)


def default_language() -> str:
    """Return the language of the locale set in the environment or Windows: Indonesian or English."""
    asked = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    asked = asked or getlocale()[0] or ""
    return "id" if asked.lower().startswith(("id", "indonesia")) else "en"
