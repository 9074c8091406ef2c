"""Check that a city's descriptors can be read and have the parts that everything else relies on."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from analysis.language.labels import LANGUAGES
from analysis.language.problems import Problem, RawDataError
from analysis.project import cities, paper_sources
from analysis.project.cities import City
from analysis.raw_data.schemas import schemas

DESCRIPTOR = "datapackage.yaml"
PARTS = ("name", "path", "hash", "title", "title_en")
"""What the descriptor says about every raw file, as text; files are named as in the schemas."""
TITLES = ("title", "title_en")
"""What a source is called in each language."""
NAMES = ("name_id", "name_en", "province_id", "province_en")
"""Names that the city block must have in one language at least, besides the truth value ``synthetic``."""
SETTINGS = ("synthetic", "stale_months", "original", "paper", "capacity")
QUOTED = 200
"""Characters of a YAML error that a message quotes."""


def check_form(city: City) -> list[Problem]:
    """Return why the descriptor of a city or of the framework is unusable; cheap enough for every build."""
    wrong = list(_check(city.framework, f"../{DESCRIPTOR}")) + list(_check(city.raw, DESCRIPTOR))
    if not wrong and not isinstance(city.descriptor.get("city"), dict):
        wrong = [_part("city")]
    return wrong


def incomplete(city_block: Mapping[str, object], spoken: Collection[str] = ()) -> list[str]:
    """Return what a city block lacks or has in the wrong form.

    It must have names as text, in the languages `spoken` and in those in which it has any, and a truth value
    ``synthetic``; it may have ``stale_months``, 1 or more, the truth value ``original`` (the city that the
    papers compare with), ``paper``, one of `paper_sources.DOCUMENTS`, and ``capacity`` (the metrics of a
    figure, see `capacity_figures.of_city`). Misspelt keys are reported, too.
    """
    filled = {key for key in NAMES if isinstance(name := city_block.get(key), str) and name.strip()}
    wanted = {*spoken, *(key.rpartition("_")[2] for key in filled)} or set(LANGUAGES)
    wrong = [
        key
        for key in NAMES
        if key not in filled and (key.rpartition("_")[2] in wanted or city_block.get(key) not in (None, ""))
    ]
    wrong += [] if isinstance(city_block.get("synthetic"), bool) else ["synthetic"]
    wrong += [] if isinstance(city_block.get("original", False), bool) else ["original"]
    wrong += [] if city_block.get("paper", "report") in paper_sources.DOCUMENTS else ["paper"]
    months = city_block.get("stale_months", 1)
    wrong += [] if type(months) is int and months > 0 else ["stale_months"]
    return wrong + [str(key) for key in city_block if key not in (*NAMES, *SETTINGS)]


def _check(folder: Path, shown: str) -> Iterator[Problem]:
    try:
        descriptor: Any = cities.read_yaml(folder / DESCRIPTOR)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        said = " ".join(str(getattr(error, "problem", None) or error).split())[:QUOTED]
        yield Problem("descriptor.unreadable", shown, mark.line + 1 if mark else None, found=said)
        return
    listed = descriptor.get("resources") if isinstance(descriptor, dict) else None
    if not isinstance(listed, list) or not listed:
        yield _part("resources", shown)
        return
    for number, resource in enumerate(listed):
        said_of = resource if isinstance(resource, dict) else {}
        wrong = [part for part in PARTS if not isinstance(said_of.get(part), str)]
        name, path = said_of.get("name"), said_of.get("path")
        wrong += [] if "name" in wrong or name in schemas() else ["name"]
        wrong += [] if {"name", "path"} & set(wrong) or path == f"{name}.csv" else ["path"]
        wrong += [] if _has_fields(said_of.get("schema")) else ["schema"]
        wrong += [] if _has_titles(said_of.get("sources")) else ["sources"]
        for part in wrong:
            yield _part(f"resources[{number}].{part}", shown)
    if "profile" in descriptor:
        yield _part("profile", shown)


def _has_fields(schema: object) -> bool:
    fields = schema.get("fields") if isinstance(schema, dict) else None
    return isinstance(fields, list) and all(isinstance(one, dict) and "name" in one for one in fields)


def _has_titles(sources: object) -> bool:
    """Return whether there is a source, and every one has a title, in one language at least."""
    if not isinstance(sources, list) or not sources:
        return False
    titles = [[one[key] for key in TITLES if key in one] if isinstance(one, dict) else [] for one in sources]
    return all(found and all(isinstance(one, str) for one in found) for found in titles)


def _part(path: str, shown: str = DESCRIPTOR) -> Problem:
    return Problem("descriptor.part", shown, found=path)


def usable(city: str) -> City:
    """Return a city whose descriptor can be read.

    Raises
    ------
    UnknownCityError
        When `city` has no raw package.
    RawDataError
        When its descriptor is unusable.
    """
    folders = cities.find(city)
    if problems := check_form(folders):
        raise RawDataError(city, problems)
    return folders
