"""The names of a new city: as given, as before, as somebody answers, or by default."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import yaml

from analysis.language.labels import LANGUAGES, text
from analysis.project import cities
from analysis.project.cities import City
from analysis.raw_data.package_form import NAMES

Ask = Callable[[str, str], str]
"""Asks a question with a default ("" for none), and returns the answer."""
LEFT_OUT = "-"
"""Answer that leaves a language out."""


def complete(
    city: str, given: Mapping[str, str], *, ask: Ask | None = None, lang: str = "en"
) -> dict[str, Any]:
    """Return the block ``city`` of a new descriptor.

    Parameters
    ----------
    city : str
        Name of the city's folder; a city that is replaced keeps its names and what else it says of itself.
    given : mapping
        Names by key of the block; "" counts as not given.
    ask : callable, optional
        Asks for what is neither given nor known, in the language `lang`.

    Returns
    -------
    dict
        A language is left out that nobody who was asked wants, or in which nothing is named but something is
        in another. A province that nobody named is "". A city of which raw files stay is synthetic unless it
        says that it is not.
    """
    former = _former(city)
    usual = usual_names(city)
    block: dict[str, Any] = {}
    known = {key: _clean(given.get(key) or former.get(key) or "") for key in NAMES}
    left_out = set() if ask else _unnamed(known)
    for key in NAMES:
        language = key.rpartition("_")[2]
        default = usual.get(key) or known["province_id"] or known["province_en"]
        if language not in left_out and not known[key]:
            known[key] = _clean(ask(text(f"cli.{key}", lang), default)) if ask else default
            if known[key] == LEFT_OUT:
                left_out |= {language} if not left_out else set()
                known[key] = ""
        if language not in left_out:
            block[key] = known[key]
    stays = any(City(city, cities.project_root()).raw.glob("*.csv"))
    others = {key: value for key, value in former.items() if key not in (*block, *NAMES)}
    return {**block, **others, "synthetic": stays and former.get("synthetic") is not False}


def _unnamed(known: Mapping[str, str]) -> set[str]:
    """Return the languages in which nothing is named, if something is in another."""
    named = {key.rpartition("_")[2] for key, name in known.items() if name}
    return set(LANGUAGES) - named if named else set()


def usual_names(city: str) -> dict[str, str]:
    """Return the names in both languages that follow from the name of a folder: ``kabupaten_bogor``."""
    first, _, rest = city.partition("_")
    is_regency = first in ("kab", "kabupaten") and bool(rest)
    name = (rest if rest and (is_regency or first == "kota") else city).replace("_", " ").title()
    key = "cli.regency" if is_regency else "cli.city"
    return {f"name_{lang}": text(key, lang, name=name) for lang in LANGUAGES}


def _former(city: str) -> Mapping[str, Any]:
    """Return the block of the city that is replaced; empty if there is none that can be read."""
    path = City(city, cities.project_root()).raw / "datapackage.yaml"
    try:
        block = cities.read_yaml(path)["city"] if path.is_file() else {}
    except (yaml.YAMLError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return block if isinstance(block, dict) else {}


def _clean(name: object) -> str:
    """Return a name without control characters, with single spaces."""
    letters = (" " if unicodedata.category(c).startswith("C") else c for c in str(name))
    return " ".join("".join(letters).split())
