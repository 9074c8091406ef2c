"""What the columns, categories and rows of other people's inventories may be called: `synonyms.csv`."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import fuzz

from analysis.labels import catalogue

EXACT = 100
SHORT = 4
"""Terms of fewer letters count only if they are spelt exactly."""
SURE = {"column": 82, "category": 85}
"""Scores from which a proposal is made; below it the spelling is shown with its nearest match only."""
MARGIN = 4
"""By how much a category must be nearer than any other."""
NEAR = 55
"""Score from which a match is worth mentioning."""
DASHES = {"", "-", "–", "—"}
PARTS = re.compile(r"[,;/&+|\n]")
BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")
NUMBER = re.compile(r"[\d.,]+")


class Match(NamedTuple):
    """The code that a spelling comes nearest to, and how near, 0 to 100."""

    code: str = ""
    score: int = 0


@cache
def terms() -> dict[str, dict[str, str]]:
    """Return by kind the target of every term, terms normalised, in the order of the file."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    source = files(__package__).joinpath("synonyms.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(source.splitlines()):
        kind = f"{row['kind']}.{row['target']}" if row["kind"] in ("column", "row") else row["kind"]
        found[kind].setdefault(plain(row["term"]), row["target"])
    return dict(found)


def tidy(text: str) -> str:
    """Return a text with single ordinary spaces between its words and none around it."""
    return " ".join(text.replace("\ufeff", "").replace("\u200b", "").split())


def plain(text: str) -> str:
    """Return a text for comparison: lower case, no accents, nothing but letters, digits and single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.sub(r"[\W_]+", " ", kept).split())


@cache
def match_heading(heading: str, column: str) -> int:
    """Return how near a heading comes to what a column of ours may be called, 0 to 100.

    A heading may have remarks in brackets, and be given in two languages: ``OPD / Agency``.
    """
    known = terms()[f"column.{column}"]
    forms = {plain(heading), plain(BRACKETS.sub(" ", heading)), *map(plain, heading.split("/"))}
    return max(_score(form, term) for form in forms for term in known)


def rank_heading(heading: str, column: str) -> int:
    """Return the place of the nearest term in the list of a column: 0 for what it is usually called."""
    known = list(terms()[f"column.{column}"])
    scores = [_score(plain(heading), term) for term in known]
    return scores.index(max(scores))


@cache
def recognise(heading: str) -> str | None:
    """Return which of our columns a heading stands for, None if it is like none of them."""
    columns = [kind.removeprefix("column.") for kind in terms() if kind.startswith("column.")]
    best = max(columns, key=lambda column: match_heading(heading, column))
    return best if match_heading(heading, best) >= SURE["column"] else None


@cache
def match_category(spelling: str, attribute: str) -> Match:
    """Return the category that a spelling means, with its score; the code is "" if none is near enough.

    Several kinds of device in one cell (``Web & Android``) mean ``multiplatform``.
    """
    found = _sure(spelling, attribute)
    if found.code or attribute != "type":
        return found
    parts = [_sure(part, attribute) for part in _parts(spelling)]
    if len(parts) < 2 or not all(part.code for part in parts):
        return found
    codes, score = {part.code for part in parts}, min(part.score for part in parts)
    return Match(codes.pop() if len(codes) == 1 else "multiplatform", score)


@cache
def nearest_category(spelling: str, attribute: str) -> Match:
    """Return the category whose terms a spelling comes nearest to, however far."""
    ranked = _ranking(spelling, attribute)
    return ranked[0] if ranked and ranked[0].score >= NEAR else Match()


def nearest(found: str, allowed: list[str]) -> str:
    """Return which of the texts allowed comes nearest to what was found; "" if none comes near."""
    scores = {text: fuzz.ratio(plain(found), plain(text)) for text in allowed}
    best = max(allowed, key=lambda text: scores[text], default="")
    return best if plain(found) and scores.get(best, 0) >= NEAR else ""


def nearest_code(
    found: str, column: str, allowed: Sequence[str], labels: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Return which code allowed in a column is probably meant; "" if none comes near.

    Parameters
    ----------
    found : str
        What the column holds: perhaps the code misspelt, a label of it, or what other inventories call it.
    column : str
        Name of the column.
    allowed : sequence of str
        The codes.
    labels : mapping, optional
        Words for the codes besides those of the catalogue, by code.
    """
    if column in terms() and (match := nearest_category(found, column)).code in allowed:
        return match.code
    known: dict[str, str] = {}
    for code in allowed:
        words = (code, *catalogue().get(f"{column}.{code}", {}).values(), *(labels or {}).get(code, ()))
        known.update(dict.fromkeys(words, code))
    return known.get(nearest(found, list(known)), "")


def is_total(texts: list[str]) -> bool:
    """Tell whether the filled cells of a row are those of a total: its name and numbers."""
    known = terms()["row.total"]
    return plain(texts[0]) in known and all(NUMBER.fullmatch(text) for text in texts[1:]) if texts else False


def is_nothing(text: str) -> bool:
    """Tell whether a text says that there is nothing to say: empty, a dash, "n/a", "belum ada"."""
    return text in DASHES or plain(text) in terms()["row.nothing"]


def is_note(text: str) -> bool:
    """Tell whether a text is a note below a table."""
    words = plain(text).split()
    return text.startswith("*") or (bool(words) and words[0] in terms()["row.note"])


def is_personal(heading: str) -> bool:
    """Tell whether a column seems to hold persons' names, numbers or addresses."""
    return plain(heading) in terms()["row.personal"]


@cache
def month(name: str) -> int:
    """Return the number of a month from its name or the first three letters of it; 0 if it is none."""
    word = plain(name)
    for term, number in terms()["month"].items():
        if word in (term, term[:3]):
            return int(number)
    return 0


def _sure(spelling: str, attribute: str) -> Match:
    ranked = _ranking(spelling, attribute)
    best = ranked[0] if ranked else Match()
    second = next((other.score for other in ranked if other.code != best.code), 0)
    is_sure = best.score == EXACT or (best.score >= SURE["category"] and best.score - second >= MARGIN)
    return best if is_sure else Match("", best.score)


def _ranking(spelling: str, attribute: str) -> list[Match]:
    """Return the nearest term of every category, best first."""
    word = plain(spelling)
    best: dict[str, int] = {}
    for term, code in terms()[attribute].items():
        score = _score(word, term) if _is_negated(word) == _is_negated(term) or word == term else 0
        best[code] = max(best.get(code, 0), score)
    return sorted((Match(code, score) for code, score in best.items()), key=lambda match: -match.score)


def _is_negated(word: str) -> bool:
    return not terms()["row.negation"].keys().isdisjoint(word.split())


def _parts(spelling: str) -> list[str]:
    joints = terms()["row.joint"]
    words = (", " if plain(word) in joints else word for word in spelling.replace("&", " & ").split())
    return [part for part in PARTS.split(" ".join(words)) if part.strip()]


def _score(word: str, term: str) -> int:
    if word == term:
        return EXACT if word else 0
    if len(word) < SHORT or len(term) < SHORT:
        return 0
    return min(int(max(fuzz.ratio(word, term), fuzz.token_sort_ratio(word, term))), EXACT - 1)
