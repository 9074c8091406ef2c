"""Headings that our columns have in other people's inventories."""

import re
from functools import cache

from analysis.language.synonyms import BRACKETS, SURE
from analysis.language.terms import EXACT, LONGEST, plain, score, terms

ENUMERATION = re.compile(r"^(\d{1,2}|[ivx]{1,4}|[a-z])[.)]\s*", re.IGNORECASE)
BELOW = " › "
"""Stands between the heading of a group of columns and that of one of them."""
JOINT = " + "
"""Stands between the headings of columns that are read together."""


@cache
def match_heading(heading: str, column: str) -> int:
    """Return how near a heading comes to the usual names of one of our columns, 0 to 100.

    A heading may be numbered, carry remarks in brackets, and be bilingual: ``2. OPD / Agency``. Below that
    of a group it counts together with it: ``Pemutakhiran Data › Tanggal``.
    """
    if len(heading) > LONGEST:
        return 0
    group, _, bare = heading.rpartition(BELOW)
    together = _together(group, bare)
    forms = together | _forms(bare)
    near = _near(forms, column)
    if (near < EXACT and _is_other(forms, column, near)) or _is_other(together, column, SURE["column"]):
        return 0
    means_another = _near(together, column) < SURE["column"] and any(
        _near(together, other) >= SURE["column"] for other in _columns()
    )
    return min(near, SURE["column"]) if means_another else near


def hint_heading(heading: str, column: str) -> int:
    """Return how near a heading comes to one of our columns by what it says besides *aplikasi*, 0 to 100."""
    things = terms()["row.thing"]
    forms = {one: " ".join(word for word in one.split() if word not in things) for one in _forms(heading)}
    if all(one == bare for one, bare in forms.items()):
        return match_heading(heading, column)
    known = {
        " ".join(word for word in term.split() if word not in things) for term in terms()[f"column.{column}"]
    }
    near = max((score(form, term) for form in forms.values() for term in known), default=0)
    return min(near, match_heading(heading, column))


def is_other(heading: str, column: str) -> bool:
    """Return whether a heading is easily mistaken for one of our columns, such as a date of creation."""
    group, _, bare = heading.rpartition(BELOW)
    forms = _together(group, bare) | _forms(bare)
    return match_heading(heading, column) < EXACT and _is_other(forms, column, SURE["column"])


def is_personal(heading: str) -> bool:
    """Return whether a column seems to hold persons' names, numbers or addresses."""
    words = plain(heading)
    is_near = any(f" {term} " in f" {words} " for term in terms()["row.personal"])
    return words in terms()["row.person"] or is_near


def rank_heading(heading: str, column: str) -> int:
    """Return the position of the nearest term in the list of a column: 0 for its most usual name."""
    words = plain(heading.rpartition(BELOW)[2])
    scores = [score(words, term) for term in terms()[f"column.{column}"]]
    return scores.index(max(scores))


@cache
def recognise(heading: str) -> str | None:
    """Return which of our columns a heading stands for, None if it resembles none of them."""
    best = max(_columns(), key=lambda column: match_heading(heading, column))
    return best if match_heading(heading, best) >= SURE["column"] else None


def _columns() -> list[str]:
    return [kind.removeprefix("column.") for kind in terms() if kind.startswith("column.")]


def _near(forms: set[str], column: str) -> int:
    return max((score(form, term) for form in forms for term in terms()[f"column.{column}"]), default=0)


def _together(group: str, bare: str) -> set[str]:
    """Return the readings of a heading together with that of its group; none if it is in no group.

    Of columns that are read together the group alone says what they hold.
    """
    if not group:
        return set()
    return _forms(group) if JOINT in bare else {plain(f"{group} {bare}"), plain(f"{bare} {group}")}


def _forms(heading: str) -> set[str]:
    """Return the readings of a heading: as a whole, without number and remarks, in one language."""
    bare = ENUMERATION.sub("", BRACKETS.sub(" ", heading).strip())
    return {plain(heading), plain(bare), *map(plain, bare.split("/"))}


def _is_other(forms: set[str], column: str, near: int) -> bool:
    """Return whether a heading is nearer to a known other meaning than to the names of a column."""
    others = terms().get(f"no_column.{column}", {})
    return any(score(form, term) >= max(near, SURE["column"]) for form in forms for term in others)
