"""What looks personal in a city's raw package, and what somebody has allowed, with reason and role."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from analysis.language.agencies import is_agency_name
from analysis.language.headings import is_personal
from analysis.language.problems import Problem, several
from analysis.language.synonyms import match_category
from analysis.privacy.patterns import Found, find
from analysis.privacy.texts import Said, texts
from analysis.project import cities
from analysis.project.cities import City

ALLOWED = "privacy.yaml"
"""File of a city that lists what may be published all the same, each with ``reason`` and ``role``."""
SOURCE = "source"
"""Folder of the copies of what others gave."""
PARTS = ("text", "reason", "role")
BYLINE = ("publication", "contributors")
"""What in a descriptor names people who want to be named."""
HEADINGS = 2
"""Filled cells of a column among which its heading is."""
LONGEST = 6
"""Words that a heading may have among them; a longer text is one of the column's own."""
SHOWN = 3
"""Findings of a kind in a column that a warning names."""


def warnings(city: City) -> Iterator[Problem]:
    """Yield a warning for all that looks personal in the raw package, the copy of its source included."""
    for path in sorted(path for path in city.raw.rglob("*") if path.is_file() and path.name != ALLOWED):
        yield from tell(found_in(city, path), path.relative_to(city.raw).as_posix(), city.name)


def found_in(city: City, path: Path) -> Iterator[tuple[Found, Said]]:
    """Yield what looks personal in a file and is not allowed, with its place."""
    allowed, is_source = allowances(city), path.parent == city.raw / SOURCE
    try:
        above: dict[tuple[str, str], list[str]] = {}
        for said in _texts(path):
            found = list(find(said.text))
            if is_source:
                found += _below_persons(said, above, found)
            yield from ((one, said) for one in found if one.text.casefold() not in allowed)
    except (zipfile.BadZipFile, ValueError, OSError):
        return  # what cannot be read is told elsewhere


def allowances(city: City) -> dict[str, dict[str, str]]:
    """Return what is allowed, by its text in lower case."""
    path = city.raw / ALLOWED
    listed = (cities.read_yaml(path) or {}).get("allowed", []) if path.is_file() else []
    return {one["text"].casefold(): one for one in listed if is_allowance(one)}


def is_allowance(one: Any) -> bool:
    """Return whether an entry has a text, and the reason and the role that allow it."""
    return isinstance(one, dict) and all(
        isinstance(one.get(part), str) and one[part].strip() for part in PARTS
    )


def _below_persons(
    said: Said, above: dict[tuple[str, str], list[str]], found: Sequence[Found]
) -> Iterator[Found]:
    """Yield a name without any title that stands below a heading of persons.

    `above` has the first texts of each column; a word such as *HP* is a heading only among them.
    """
    if not said.column or not (text := said.text.strip()):
        return
    first = above.setdefault((said.sheet, said.column), [said.column])
    is_word = text[:1].isalpha() and not any(map(str.isdigit, text))
    if any(map(is_personal, first)) and is_word and not found and not is_agency_name(text):
        yield Found("name", text)
    if len(first) <= HEADINGS:
        first.append(text if heads_persons(text) else "")


def heads_persons(text: str) -> bool:
    """Return whether a cell may be a heading of persons, and no device such as *HP* and no longer text."""
    is_short = len(text.split()) <= LONGEST and not any(map(str.isdigit, text))
    return is_short and is_personal(text) and not match_category(text, "type").code


def _texts(path: Path) -> Iterator[Said]:
    if path.name != "datapackage.yaml":
        yield from texts(path)
        return
    document = cities.read_yaml(path)
    if not isinstance(document, dict):
        return
    parts: list[Any] = [value for key, value in document.items() if key not in BYLINE]
    seen: set[int] = set()  # A part may stand in many places, by an alias of YAML.
    while parts:
        part = parts.pop()
        if isinstance(part, str):
            yield Said(part)
        elif isinstance(part, dict | list) and id(part) not in seen:
            seen.add(id(part))
            parts.extend(part.values() if isinstance(part, dict) else part)


def tell(found: Iterable[tuple[Found, Said]], shown: str, city: str) -> Iterator[Problem]:
    """Yield one warning for a kind in a column of a file, or in one that has none, with all its rows."""
    together: dict[tuple[str, str, str], list[tuple[Found, Said]]] = {}
    for one, said in found:
        together.setdefault((one.kind, said.sheet, said.column), []).append((one, said))
    for (kind, sheet, column), listed in together.items():
        rows = sorted({said.row for _, said in listed if said.row})
        named = "”, “".join(list(dict.fromkeys(one.shown for one, _ in listed))[:SHOWN])
        file = f"{shown} [{sheet}]" if sheet else shown
        place = (file, rows[0] if rows else None, column, named)
        yield Problem(f"personal.{kind}", *place, city, is_warning=True, rows=several(rows))
