"""In which languages a city's papers and pages are made: those that its texts are written in. One is enough.

A text that an author types has a place for each language, such as ``text_id`` and ``text_en``. A language in
which none of them is filled in is not the city's; while there are none at all, those are in which the city
has a name.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from analysis.language.labels import LANGUAGES, WordedError, text
from analysis.project.cities import City
from analysis.raw_data.schemas import columns_of, schemas

SHARED = "framework"
"""The raw file that all cities share; its labels are in every language."""
OPTIONAL = ("needed",)
"""Texts that a row may lack in every language."""

Texts = Iterable[tuple[str, Iterable[object]]]
"""Columns that hold texts in one language, with their cells."""


class OneLanguageError(WordedError, ValueError):
    """A city's texts are not in the language asked for: says in which they are."""

    def __init__(self, city: str, spoken: tuple[str, ...]) -> None:
        self.city, self.spoken = city, spoken
        super().__init__("languages.only")

    def message(self, lang: str) -> str:
        """Return the sentence in one language."""
        return f"{only(self.city, self.spoken, lang)} {text('languages.set', lang, known=self.spoken[0])}"


def languages(city: City) -> tuple[str, ...]:
    """Return the languages of a city, as far as its raw files can be read."""
    return chosen(city.descriptor.get("city"), _columns(city))


def written(city: City) -> set[str]:
    """Return the languages in which any text of a city is filled in, besides its names."""
    return _filled(_columns(city))


def chosen(block: object, columns: Texts) -> tuple[str, ...]:
    """Return the languages that texts are written in; without texts, those that the city is named in.

    `block` is the block ``city`` of the descriptor.
    """
    found = _filled(columns) or named(block) or set(LANGUAGES)
    return tuple(lang for lang in LANGUAGES if lang in found)


def _filled(columns: Texts) -> set[str]:
    found: set[str] = set()
    for column, cells in columns:
        lang = column.rpartition("_")[2]
        if lang not in found and any(str(cell).strip() for cell in cells):
            found.add(lang)
            if len(found) == len(LANGUAGES):
                break
    return found


def named(block: object) -> set[str]:
    """Return the languages that a city is named in."""
    names = block if isinstance(block, Mapping) else {}
    return {lang for lang in LANGUAGES if str(names.get(f"name_{lang}") or "").strip()}


@cache
def translated(file: str) -> tuple[str, ...]:
    """Return the columns of a raw file, without their ``_<lang>``, that are there once a language."""
    if file == SHARED:
        return ()
    columns, (first, *others) = columns_of(file), LANGUAGES
    stems = [name.removesuffix(f"_{first}") for name in columns if name.endswith(f"_{first}")]
    return tuple(stem for stem in stems if all(f"{stem}_{lang}" in columns for lang in others))


def needs_a_language(file: str, field: Mapping[str, Any]) -> bool:
    """Return whether a column has to be filled in, in one language at least."""
    stem = str(field["name"]).rpartition("_")[0]
    return stem in translated(file) and stem not in OPTIONAL


def name_of(block: Mapping[str, Any], lang: str, part: str = "name") -> str:
    """Return the name of a city, or its province, in `lang`; in another language where it has none in it."""
    names = (str(block.get(f"{part}_{one}") or "").strip() for one in (lang, *LANGUAGES))
    return next(filter(None, names), "")


def only(city: str, spoken: tuple[str, ...], lang: str) -> str:
    """Return the sentence that says in which language alone a city's texts are."""
    return text("languages.only", lang, city=city, language=text(f"languages.{spoken[0]}", lang))


def _columns(city: City) -> Iterator[tuple[str, list[str]]]:
    for resource in city.resources:
        stems = translated(resource["name"]) if resource["name"] in schemas() else ()
        path = city.raw / resource["path"]
        if not stems or not path.is_file():
            continue
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
            try:
                rows = list(csv.DictReader(stream))
            except csv.Error:  # `check` says what is wrong with it
                continue
        for column in (f"{stem}_{lang}" for stem in stems for lang in LANGUAGES):
            yield column, [row.get(column) or "" for row in rows]
