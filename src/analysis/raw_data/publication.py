"""What a city's descriptor says of the publication of its papers: who wrote them, what a journal asks."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from analysis.language.labels import LANGUAGES
from analysis.raw_data.raw import is_date

BLOCK = "publication"
"""The property of the descriptor, beside ``licenses``, that holds all of it."""
AUTHOR = ("name", "affiliation", "orcid", "email")
TRANSLATED = ("funding", "interests", "ethics", "acknowledgements")
"""Statements that are made in each language."""
FIELDS = (
    *(f"{name}_{lang}" for name in TRANSLATED for lang in LANGUAGES),
    *("contact", "repository", "doi", "version", "date"),
)
"""What is one text, besides the list of authors."""
ASKED = ("funding", "interests", "ethics", "repository")
"""What a journal asks for in any case, besides a licence and authors with affiliation and ORCID iD."""
ORCID = re.compile(r"(\d{4}-){3}\d{3}[\dX]")
DOI = re.compile(r"10\.\d{4,9}/\S+")
ADDRESS = re.compile(r"https?://\S+")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def incorrect(publication: object) -> Iterator[str]:
    """Yield every part of a block ``publication`` that is unknown or has the wrong form, as a path."""
    if not isinstance(publication, dict):
        yield BLOCK
        return
    authors = publication.get("authors", [])
    if not isinstance(authors, list):
        yield f"{BLOCK}.authors"
        authors = []
    for number, author in enumerate(authors):
        place = f"{BLOCK}.authors[{number}]"
        if not isinstance(author, dict) or not author.get("name"):
            yield f"{place}.name"
            continue
        yield from (f"{place}.{key}" for key in _incorrect(author, AUTHOR))
    texts = {key: value for key, value in publication.items() if key != "authors"}
    yield from (f"{BLOCK}.{key}" for key in _incorrect(texts, FIELDS))


def _incorrect(texts: Mapping[Any, object], known: tuple[str, ...]) -> Iterator[str]:
    for key, value in texts.items():
        fits = FORMS.get(str(key), str.strip)
        if key not in known or not isinstance(value, str) or not fits(value):
            yield str(key)


def is_orcid(text: str) -> bool:
    """Return whether a text is an ORCID iD, its last character being the check digit (ISO 7064, 11-2)."""
    if not ORCID.fullmatch(text):
        return False
    digits = text.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return digits[-1] == "0123456789X"[(12 - total % 11) % 11]


FORMS: Mapping[str, Callable[[str], object]] = {
    "orcid": is_orcid,
    "doi": DOI.fullmatch,
    "repository": ADDRESS.fullmatch,
    "email": EMAIL.fullmatch,
    "date": is_date,
}
"""How a text is told that has the form of its field; others only have to say something."""


def absent(descriptor: Mapping[str, Any], lang: str) -> list[str]:
    """Return what a journal will ask for and a descriptor does not say, by the names of its fields."""
    said = descriptor.get(BLOCK) or {}
    authors = said.get("authors") or []
    of_authors = [key for key in AUTHOR[:3] if not authors or any(not author.get(key) for author in authors)]
    others = [key for key in ASKED if not (said.get(key) or said.get(f"{key}_{lang}"))]
    return [*(f"author.{key}" for key in of_authors), *others]
