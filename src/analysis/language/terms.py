"""The terms of `synonyms.csv`, and how texts are compared with them."""

import csv
import re
import unicodedata
from collections import defaultdict
from functools import cache
from importlib.resources import files

from rapidfuzz import fuzz

EXACT = 100
LONGEST = 200
"""Letters from which a text is neither a heading nor a category."""
SHORT = 4
"""Terms of fewer letters count only if spelt exactly."""
CODE = re.compile(r"\s*(?:[A-Z]{1,5}\.\d[\d.]*|\d+(?:\.\d+)+|\d+(?=\s*[-–:).]))(?:\s*[-–:)]|\.)?\s+(?=\D)")
"""A code or number of a list before a text: ``RAA.02 -``, ``1.02.01 -``, ``2.``."""
TICKS = str.maketrans("✓✔☑√", "vvvv")
UNSEEN = re.compile(r"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff]")
"""Characters that show nothing: spaces without width, hyphens of line ends, marks of direction."""
JOINERS = re.compile(r"(?<![^\x00-\x7f])[\u200c\u200d]+(?![^\x00-\x7f])")
"""Marks that shape letters beside them, where these have but one shape."""
GROUPED = ("carrier", "column", "no_column", "row")
"""Kinds of terms that are listed by target."""


@cache
def terms() -> dict[str, dict[str, str]]:
    """Return by kind the target of every term, terms normalised, in the order of the file."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    source = files(__package__).joinpath("synonyms.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(source.splitlines()):
        kind = f"{row['kind']}.{row['target']}" if row["kind"] in GROUPED else row["kind"]
        found[kind].setdefault(plain(row["term"]), row["target"])
    return dict(found)


def tidy(text: str) -> str:
    """Return a text with single ordinary spaces between its words and none around it, and nothing unseen."""
    return " ".join((text if text.isascii() else JOINERS.sub("", UNSEEN.sub("", text))).split())


def without_code(text: str) -> str:
    """Return a text without the code or number of a list before it: ``RAA.02 - Aplikasi Khusus``."""
    match = CODE.match(text)
    return text[match.end() :] if match else text


def plain(text: str) -> str:
    """Return a text for comparison: lower case, no accents, nothing but letters, digits and single spaces.

    A tick counts as the letter v, which people type instead.
    """
    letters = unicodedata.normalize("NFKD", text.casefold().translate(TICKS))
    kept = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", kept).split())


def score(word: str, term: str) -> int:
    """Return how near a word comes to a term, 0 to 100, both plain; 100 if equal."""
    if word == term:
        return EXACT if word else 0
    if not SHORT <= len(word) <= LONGEST or len(term) < SHORT:
        return 0
    return min(int(max(fuzz.ratio(word, term), fuzz.token_sort_ratio(word, term))), EXACT - 1)
