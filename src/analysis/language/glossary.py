"""The terms of the study in both languages: `glossary.csv`, which texts of every kind are held to.

A term that stays foreign in Indonesian stands in italics there, wherever the form allows it.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TIMES = "*"
"""In a form to avoid: any further letters."""


@dataclass(frozen=True)
class Term:
    """A concept, what it is called, and what it is not."""

    words: dict[str, str]
    """The term by language."""
    is_foreign: bool
    """Whether the Indonesian term is foreign."""
    avoid: dict[str, re.Pattern[str] | None]
    """Forms to avoid by language; None where there are none."""


@cache
def glossary() -> dict[str, Term]:
    """Return every term by concept."""
    source = files(__package__).joinpath("glossary.csv").read_text(encoding="utf-8")
    return {
        row["concept"]: Term(
            {lang: row[lang] for lang in ("id", "en")},
            row["is_foreign"] == "yes",
            {lang: _forms(row[f"avoid_{lang}"]) for lang in ("id", "en")},
        )
        for row in csv.DictReader(source.splitlines())
    }


def emphasised(text: str, lang: str, before: str = "*", after: str = "*") -> str:
    """Return a text with marks around every foreign term that has none yet; one in English stays as it is.

    The marks are Markdown's, or those of another markup: `before` and `after`.
    """
    return _foreign().sub(rf"{before}\g<0>{after}", text) if lang == "id" else text


@cache
def _foreign() -> re.Pattern[str]:
    terms = sorted((one.words["id"] for one in glossary().values() if one.is_foreign), key=len, reverse=True)
    return re.compile(rf"(?<![\w*/.-])(?:{'|'.join(terms)})(?![\w*/.=-]|\.\w)", re.IGNORECASE)


def _forms(listed: str) -> re.Pattern[str] | None:
    if not listed:
        return None
    forms = (re.escape(form).replace(re.escape(TIMES), r"\w*") for form in listed.split(";"))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)
