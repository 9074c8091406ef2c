"""Names of agencies: abbreviations, spellings and places are compared as the names they stand for."""

import csv
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import fuzz

from analysis.language.synonyms import BRACKETS
from analysis.language.terms import LONGEST, plain, terms, without_code

SURE = {"equal": 100, "place": 95, "short": 92, "slip": 85}
"""How sure a reading is: letter for letter, without place or code, of an abbreviation, of a slip."""
SLIP = 84
"""Score from which an unknown word is read as a known one."""
LONG = 5
"""Letters from which a word can hold a slip."""


class AgencyKey(NamedTuple):
    """The words that tell an agency from others, and how sure it is that they are meant."""

    words: tuple[str, ...]
    score: int


@cache
def abbreviations() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the words of the names that every known abbreviation stands for, one or several."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    source = files(__package__).joinpath("agencies.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(source.splitlines()):
        found[plain(row["short"])].append(_bare(plain(row["long"]).split()))
    return {short: tuple(longs) for short, longs in found.items()}


@cache
def vocabulary() -> frozenset[str]:
    """Return the words that agencies are named with."""
    words = {word for longs in abbreviations().values() for long in longs for word in long}
    return frozenset(words | terms()["row.agency"].keys())


@cache
def agency_key(name: str) -> AgencyKey:
    """Return what is compared of an agency's name: abbreviations in full, without its place and *dan*.

    An abbreviation that stands for several names stays as it is; see `meant`. Words that are no known
    words of agencies, such as names of places, count letter for letter.
    """
    if len(name) > LONGEST:
        return AgencyKey((name,), SURE["equal"])
    if (bare := without_code(name)) != name:
        key = agency_key(bare)
        return AgencyKey(key.words, min(key.score, SURE["place"]))
    outside = plain(BRACKETS.sub(" ", name))
    whole = plain(name)
    if outside and outside != whole and (inside := agency_key(" ".join(_brackets(name))).words):
        without = agency_key(outside)
        if inside == without.words or meant(inside, without.words):
            return AgencyKey(without.words, min(without.score, SURE["short"]))
    words, score = whole.split(), SURE["equal"]
    if (short := _without_place(words)) != words:
        words, score = short, SURE["place"]
    if len(longs := abbreviations().get(" ".join(words), ())) == 1:
        return AgencyKey(longs[0], min(score, SURE["short"]))
    kept: list[str] = []
    for word in _bare(words):
        known, sure = _read_word(word)
        score = min(score, sure)
        kept += [one for one in known if one not in kept]
    return AgencyKey(tuple(kept), score)


def meant(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Return whether an abbreviation of several names may stand for this one."""
    return long in abbreviations().get(" ".join(short), ())


def is_agency_name(name: str) -> bool:
    """Return whether a text is called like an agency, in full or as an abbreviation."""
    words = _without_place(plain(without_code(name)).split())
    known = abbreviations().keys() | terms()["row.agency"].keys() | terms()["row.placed"].keys()
    return bool(words) and (words[0] in known or " ".join(words) in known)


def _brackets(name: str) -> list[str]:
    return ["".join(pair) for pair in BRACKETS.findall(name)]


def _bare(words: list[str]) -> tuple[str, ...]:
    joints = terms()["row.joint"]
    return tuple(word for word in words if word not in joints)


def _without_place(words: list[str]) -> list[str]:
    """Return the words of a name without the city it belongs to: *Dinas Kesehatan Kota Contoh*.

    The names of districts, hospitals and the like hold places that tell them apart.
    """
    if not words or words[0] in terms()["row.placed"]:
        return words
    places = terms()["row.place"]
    at = next((n for n, word in enumerate(words) if n and word in places), len(words))
    return words[:at]


def _read_word(word: str) -> tuple[tuple[str, ...], int]:
    """Return the words that one stands for, and how sure that is."""
    if word in vocabulary():
        return (word,), SURE["equal"]
    longs = abbreviations().get(word, ())
    if len(longs) == 1:
        # Below another word, as in "Dinas Kominfo", the abbreviation stands for what follows "Dinas".
        return longs[0], SURE["short"]
    near = (
        [one for one in vocabulary() if len(one) >= LONG and one[0] == word[0]] if len(word) >= LONG else []
    )
    best = max(near, key=lambda one: (fuzz.ratio(word, one), one), default="")
    if best and fuzz.ratio(word, best) >= SLIP:
        return (best,), SURE["slip"]
    return (word,), SURE["equal"]
