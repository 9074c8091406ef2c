"""Words that reveal what a row, a column or a cell of an inventory is: a total, a person, a date."""

import re
from functools import cache

from analysis.language.headings import is_personal
from analysis.language.terms import plain, score, terms

NEAR_MONTH = 75
"""Score from which a word is probably the name of a month."""
DASHES = {"", "-", "–", "—"}
NUMBER = re.compile(r"[\d.,]+")
DITTO = re.compile("[\"“”„〃ʺ″]+|''|´´|``|’’|,,")
MARK = re.compile(r"\(?(\d+|[a-z]|[ivx]+)[.)]?", re.IGNORECASE)


def is_total(texts: list[str]) -> bool:
    """Return whether the filled cells of a row form a total: its name and numbers.

    The name may be followed by what is totalled, a number by its unit: ``2 aplikasi``.
    """
    if not texts or not all(map(_is_count, texts[1:])):
        return False
    words, last = plain(texts[0]), texts[0].split()[-1:]
    has_count = len(texts) > 1 or (bool(last) and _is_count(last[0]))
    return _is_sum(words) or (has_count and _begins_sum(words))


def is_agency(text: str) -> bool:
    """Return whether a text contains a word of an agency's name: Dinas, Badan, OPD."""
    return not terms()["row.agency"].keys().isdisjoint(plain(text).split())


def is_mark(text: str) -> bool:
    """Return whether a text only numbers a row or part: ``3``, ``A.``, ``IV``."""
    return bool(MARK.fullmatch(text))


def is_nothing(text: str) -> bool:
    """Return whether a text stands for a missing value: empty, a dash, "n/a", "belum ada"."""
    return text in DASHES or plain(text) in terms()["row.nothing"]


def is_ditto(text: str) -> bool:
    """Return whether a text means what the cell above says: *sda*, *idem*, a ditto mark."""
    return bool(DITTO.fullmatch(text)) or plain(text) in terms()["row.ditto"]


def is_note(text: str) -> bool:
    """Return whether a text is a note below a table."""
    words = plain(text).split()
    return text.startswith("*") or (bool(words) and words[0] in terms()["row.note"])


def heads_notes(texts: list[str]) -> bool:
    """Return whether the filled cells of a row are the word for notes and one note beside it."""
    return len(texts) == 2 and plain(texts[0]) in terms()["row.note"]


def may_be_person(heading: str) -> bool:
    """Return whether a heading may mean a person rather than an agency or application."""
    return is_personal(heading) and not is_agency(heading)


@cache
def month(name: str) -> int:
    """Return the number of a month from its name or the first three letters; 0 if it is not a month."""
    word = plain(name)
    for term, number in terms()["month"].items():
        if word in (term, term[:3]):
            return int(number)
    return 0


def probable_month(name: str) -> int:
    """Return the number of the month whose name a misspelt one comes nearest to; 0 if none is near."""
    word = plain(name)
    known = terms()["month"]
    best = max(known, key=lambda term: score(word, term))
    return int(known[best]) if score(word, best) >= NEAR_MONTH else 0


def _is_sum(words: str) -> bool:
    known = terms()["row.total"]
    heads = (words.removeprefix(term).split() for term in known if words.startswith(f"{term} "))
    return words in known or any(is_agency(rest[0]) or is_mark(rest[0]) for rest in heads)


def _begins_sum(words: str) -> bool:
    """Return whether a word of totals is followed by what is counted of an inventory, or whose it is."""
    heads = [term for term in terms()["row.total"] if words == term or words.startswith(f"{term} ")]
    rest = words.removeprefix(max(heads, key=len, default="")).split()
    kinds = ("row.thing", "row.unit", "row.total", "type", "ownership", "status", "answer")
    is_counted = all(is_mark(word) or any(word in terms()[kind] for kind in kinds) for word in rest)
    named = terms()["row.agency"].keys() | terms()["row.place"].keys()
    return bool(heads) and (is_counted or not named.isdisjoint(rest))


def _is_count(text: str) -> bool:
    number, *unit = text.removesuffix("%").split() or [""]
    return bool(NUMBER.fullmatch(number)) and (not unit or plain(" ".join(unit)) in terms()["row.unit"])
