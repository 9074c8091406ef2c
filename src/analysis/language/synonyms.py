"""Spellings that categories have in other people's inventories."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from rapidfuzz import fuzz

from analysis.language.labels import catalogue
from analysis.language.terms import EXACT, LONGEST, plain, score, terms, without_code

SURE = {"column": 82, "category": 85}
"""Scores from which a proposal is made; below, the spelling is only shown with its nearest match."""
MARGIN = 4
"""By how much a category must be nearer than any other."""
NEAR = 55
"""Score from which a match is worth mentioning."""
PARTS = re.compile(r"[,;/&+|\n]")
HYPHEN = re.compile(r"[-–—]")
BRACKETS = re.compile(r"\((.*?)\)|\[(.*?)\]")
MARKERS = ("negation", "pending", "done", "other")
"""Kinds of words that change what a spelling means: *not*, *not yet*, *already*, *another*."""


class Match(NamedTuple):
    """The code nearest to a spelling, with the score, 0 to 100."""

    code: str = ""
    score: int = 0


def asks(heading: str) -> bool:
    """Return whether a heading asks if an application is in use: *Aktif?*, *Operasional (Ya/Tidak)*."""
    active = {term for term, code in terms()["status"].items() if code == "operational"}
    active |= terms()["row.active"].keys()
    asked = [set(plain(part).split()) for part in re.split("/", heading)]
    return any(not active.isdisjoint(words) and not _markers(" ".join(words)) for words in asked)


@cache
def match_category(spelling: str, attribute: str, heading: str = "") -> Match:
    """Return the category that a spelling means, with its score; the code is "" if none is near enough.

    Several kinds of device (``Web & Android``) mean ``multiplatform``; a remark in brackets is left out
    unless it says something else. Where the column's heading asks whether an application is active, yes and
    no are answers. `attribute` is ``type``, ``ownership`` or ``status``.
    """
    if len(spelling) > LONGEST:
        return Match()
    if (bare := without_code(spelling)) != spelling:
        return match_category(bare, attribute, heading)
    word = plain(spelling)
    answers = terms()["answer"] if attribute == "status" and asks(heading) else {}
    if code := terms()[attribute].get(word) or answers.get(word):
        return Match(code, EXACT)
    if attribute == "ownership" and (code := terms()["doubtful"].get(word)):
        return Match(code, EXACT - 1)
    if (bare := BRACKETS.sub(" ", spelling)) != spelling and plain(bare):
        remark = " ".join("".join(pair) for pair in BRACKETS.findall(spelling))
        return _with_remark(match_category(bare, attribute), remark, attribute)
    if attribute == "type":
        return _match_devices(spelling)
    if code := _known(spelling, attribute):
        return Match(code, EXACT)
    bare = " ".join(_without_carriers(word, attribute))
    return (attribute == "ownership" and _match_body(spelling)) or _sure(bare, attribute)


@cache
def nearest_category(spelling: str, attribute: str) -> Match:
    """Return the category whose terms a spelling comes nearest to, however far."""
    bare = " ".join(_without_carriers(plain(spelling), attribute))
    ranked = _ranking(bare or spelling, attribute)
    return ranked[0] if ranked and ranked[0].score >= NEAR else Match()


def nearest(found: str, allowed: list[str]) -> str:
    """Return the allowed text nearest to what was found; "" if none is near."""
    scores = {text: fuzz.ratio(plain(found), plain(text)) for text in allowed}
    best = max(allowed, key=lambda text: scores[text], default="")
    return best if plain(found) and scores.get(best, 0) >= NEAR else ""


def nearest_code(
    found: str, column: str, allowed: Sequence[str], labels: Mapping[str, Sequence[str]] | None = None
) -> str:
    """Return the allowed code that is probably meant in a column; "" if none is near.

    It may be a misspelt code, its label, or what other inventories call it; `labels` are words for the
    codes besides those of the catalogue.
    """
    if column in terms() and (match := nearest_category(found, column)).code in allowed:
        return match.code
    known: dict[str, str] = {}
    for code in allowed:
        words = (code, *catalogue().get(f"{column}.{code}", {}).values(), *(labels or {}).get(code, ()))
        known.update(dict.fromkeys(words, code))
    return known.get(nearest(found, list(known)), "")


def _with_remark(outside: Match, remark: str, attribute: str) -> Match:
    """Return what a spelling means without its remark; nothing certain if the remark contradicts it."""
    inside = match_category(remark, attribute).code
    if inside == outside.code:
        return outside
    is_contrary = inside or _markers(plain(remark))
    return Match("" if is_contrary else outside.code, min(outside.score, EXACT - 1))


def _match_body(spelling: str) -> Match | None:
    """Return the ownership of an application that belongs to a named body: ``Pemkot Contoh``."""
    word = plain(spelling)
    for term, code in terms()["body"].items():
        name = word.removeprefix(f"{term} ")
        if name != word and not _markers(name) and len(_parts(spelling, PARTS)) == 1:
            return Match("" if name in terms()["ownership"] else code, EXACT - 1)
    return None


def _match_devices(spelling: str) -> Match:
    """Return the type that the devices named in a spelling make up."""
    named = [_device(part) for part in _parts(spelling, PARTS)]
    if len(named) < 2:
        parts = _parts(spelling, HYPHEN)
        named = [_device(part) for part in parts] if all(_known(part, "type") for part in parts) else named
    known = [match for match in named if match.code]
    if len(named) > 1 and known:
        codes, score = {match.code for match in known}, min(match.score for match in known)
        code = codes.pop() if len(codes) == 1 else "multiplatform"
        return Match(code if len(known) == len(named) else "", score)
    return _device(spelling)


def _device(part: str) -> Match:
    """Return the device that the words name; none if they name several."""
    if code := _known(part, "type"):
        return Match(code, EXACT)
    named = {code for word in plain(part).split() if (code := _known(word, "type"))}
    return Match() if len(named) > 1 else _sure(plain(part), "type")


def _known(spelling: str, attribute: str) -> str:
    """Return the code that a spelling, or each of its words, is known to mean; "" if none.

    Words without a meaning of their own are ignored, such as *berbasis* or *tahap*.
    """
    word, known = plain(spelling), terms()[attribute]
    kept = _without_carriers(word, attribute)
    whole = word.split()
    leading = next((n for n, one in enumerate(whole) if one in kept), 0)
    for form in (*(whole[n:] for n in range(leading + 1)), kept):
        if code := known.get(" ".join(form)):
            return code
    codes = {known.get(one, "") for one in kept}
    return codes.pop() if len(codes) == 1 else ""


def _without_carriers(word: str, attribute: str) -> list[str]:
    carriers = terms().get(f"carrier.{attribute}", {})
    return [one for one in word.split() if one not in carriers]


def _sure(word: str, attribute: str) -> Match:
    ranked = _ranking(word, attribute)
    best = ranked[0] if ranked else Match()
    second = next((other.score for other in ranked if other.code != best.code), 0)
    is_near = best.score >= SURE["category"] and best.score - second >= MARGIN
    is_sure = best.score == EXACT or (is_near and not _fronted(word, attribute))
    return best if is_sure else Match("", best.score)


def _ranking(spelling: str, attribute: str) -> list[Match]:
    """Return the nearest term of every category, best first."""
    word = plain(spelling)
    best: dict[str, int] = {}
    fronted = _fronted(word, attribute)
    for term, code in terms()[attribute].items():
        near = score(word, term) if code not in fronted and _may_mean(word, term) else 0
        best[code] = max(best.get(code, 0), near)
    return sorted((Match(code, score) for code, score in best.items()), key=lambda match: -match.score)


def _may_mean(word: str, term: str) -> bool:
    """Return whether a spelling that is not a term may be a slip of it: both deny, or neither does.

    A slip keeps the beginning: whatever stands before a term may deny it, a letter (*naktif*), a prefix
    (*inoperational*) or a word of any spelling (*tdka aktif*).
    """
    if word == term or sorted(word.split()) == sorted(term.split()):
        return True
    return _markers(word) == _markers(term) and word[:1] == term[:1] and not word.endswith(term)


def _fronted(word: str, attribute: str) -> set[str]:
    """Return the codes before whose terms something else stands: *naktif*, *blm operasionl*.

    A term that has the same beginning is another matter: *berbasis andriod* is *berbasis android*.
    """
    known = terms()[attribute]
    if word in known or _markers(word):
        return set()
    whole = {term: score(word, term) >= SURE["category"] for term in known}
    tails = {
        code
        for term, code in known.items()
        if len(word) > len(term)
        and score(word[-len(term) :], term) >= SURE["category"]
        and (word.endswith(term) or not whole[term])
    }
    return tails - {code for term, code in known.items() if whole[term] and _may_mean(word, term)}


def _markers(word: str) -> set[str]:
    """Return which kinds of words that change the meaning are among the words."""
    words = set(word.split())
    return {kind for kind in MARKERS if not words.isdisjoint(terms()[f"row.{kind}"])}


def _parts(spelling: str, marks: re.Pattern[str]) -> list[str]:
    """Split a list in a cell; words such as *and* separate like commas."""
    joints = terms()["row.joint"]
    words = (", " if plain(word) in joints else word for word in spelling.replace("&", " & ").split())
    return [part for part in marks.split(" ".join(words)) if plain(part)]
