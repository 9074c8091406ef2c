"""Build a city's `datapackage.yaml` from the raw files in its folder."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from analysis.language.labels import text
from analysis.project.atomic import write_text
from analysis.raw_data import raw
from analysis.raw_data.languages import name_of, named
from analysis.raw_data.schemas import schemas

COMMONS = "https://creativecommons.org"
LICENCES = {
    "CC-BY-4.0": ("Creative Commons Attribution 4.0", f"{COMMONS}/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("Creative Commons Attribution Share-Alike 4.0", f"{COMMONS}/licenses/by-sa/4.0/"),
    "CC0-1.0": ("Creative Commons Zero 1.0", f"{COMMONS}/publicdomain/zero/1.0/"),
    "notspecified": ("License not specified", ""),
}
"""Licences by name, with title and address."""

Source = Mapping[str, str]


def describe(
    folder: Path,
    city_block: Mapping[str, Any],
    sources: Sequence[Source],
    *,
    sources_of: Mapping[str, Sequence[Source]] | None = None,
) -> dict[str, Any]:
    """Describe the CSV files with a known schema in a folder as a data package.

    Parameters
    ----------
    folder : pathlib.Path
        Folder with the CSV files.
    city_block : mapping
        ``name_id``, ``name_en``, ``province_id``, ``province_en`` (one language is enough), ``synthetic``.
    sources : sequence of mapping
        Where the data come from: ``title``, ``title_en`` and, if there is one, ``path``.
    sources_of : mapping, optional
        Other sources for some files, by name without ``.csv``.
    """
    special = sources_of or {}
    # Made-up data are the compendium's to license; a real inventory belongs to its owner.
    origin, terms = ("synthetic", "CC-BY-4.0") if city_block["synthetic"] else ("imported", "notspecified")
    found = [name for name in schemas() if name != "framework" and (folder / f"{name}.csv").is_file()]
    return {
        "name": f"smart-government-{_slug(name_of(city_block, 'en'))}",
        **_in_both("title", "described.title", city_block),
        **_in_both("description", f"described.{origin}", city_block),
        "licenses": [licence(terms)],
        "contributors": [{"title": "Compendium contributors", "role": "contributor"}],
        "sources": [dict(source) for source in sources],
        "city": dict(city_block),
        "resources": [_resource(folder, name, special.get(name, sources)) for name in found],
    }


def write(folder: Path, descriptor: Mapping[str, Any]) -> None:
    """Write a descriptor as the folder's ``datapackage.yaml``."""
    plain = json.loads(json.dumps(descriptor))  # Frictionless cannot read YAML aliases of repeated parts
    document = yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=120)
    write_text(folder / "datapackage.yaml", document)


def licence(name: str) -> dict[str, str]:
    """Return what a data package says of a licence."""
    title, path = LICENCES[name]
    return {"name": name, "title": title, **({"path": path} if path else {})}


def _resource(folder: Path, name: str, sources: Sequence[Source]) -> dict[str, Any]:
    known = schemas()[name]
    words = {key: known[key] for key in ("title", "title_en", "description", "description_en")}
    return {
        "name": name,
        "path": f"{name}.csv",
        **words,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": raw.sha256(folder / f"{name}.csv"),
        "sources": [dict(source) for source in sources],
        "schema": known["schema"],
    }


def _in_both(field: str, key: str, city_block: Mapping[str, Any]) -> dict[str, str]:
    """Return a text as ``field`` in Indonesian and ``field_en`` in English, if the city has a name in it."""
    return {
        f"{field}{suffix}": text(key, lang, city=city_block[f"name_{lang}"])
        for suffix, lang in (("", "id"), ("_en", "en"))
        if lang in named(city_block)
    }


def _slug(name: str) -> str:
    """Write a name as lower-case ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "city"
