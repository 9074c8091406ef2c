"""Create or replace a city's raw package on disk: completely, or not at all."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.intake import descriptors
from analysis.intake.sheets import MAPPING
from analysis.language.labels import WordedError, text
from analysis.project import cities, kept
from analysis.project.atomic import write_bytes, write_text
from analysis.project.cities import City
from analysis.project.locking import held
from analysis.raw_data import raw
from analysis.raw_data.package_form import DESCRIPTOR, check_form
from analysis.raw_data.schemas import columns_of
from analysis.tables.applications import EITHER

THEIRS = ("licenses", "contributors", "publication")
"""Properties of the descriptor that belong to whoever studies the city, besides the city block."""
STARTED = ("applications", "integrations", "informants", "metrics", "evidence", "findings")
"""Raw files that a new city has, with a header only where there are no records."""


class CityRefusedError(WordedError, ValueError):
    """A city that cannot be created; the text of `key` says why."""


def vacant(name: str, *, force: bool = False) -> City:
    """Return the city to be created; `force` allows one that exists.

    Raises
    ------
    CityRefusedError
        When `name` is not a valid name, or the city exists or holds links.
    """
    if not cities.is_valid_name(name):
        raise CityRefusedError("import.bad_name", name=name)
    cities.known()  # restores what a killed process had begun to replace
    city = City(name, cities.project_root())
    if city.raw.is_symlink() or (city.raw.exists() and not city.raw.is_dir()):
        raise CityRefusedError("import.no_folder", name=name)
    if city.raw.exists() and not force:
        raise CityRefusedError("import.exists", name=name)
    if kept.holds_links(city.raw):
        raise CityRefusedError("import.links", name=name)
    return city


def require_unedited(city: City) -> None:
    """Refuse to replace a mapping that somebody has edited since the import wrote it.

    Raises
    ------
    CityRefusedError
        When it was, or when nobody knows.
    """
    path = city.raw / MAPPING
    said = city.descriptor.get("mapping") if is_described(city) else None
    written = said.get("hash") if isinstance(said, dict) else None
    if path.is_file() and written != raw.sha256(path):
        raise CityRefusedError("import.mapping_edited", name=city.name)


def create(
    city: City,
    frames: Mapping[str, pd.DataFrame],
    city_block: Mapping[str, Any],
    *,
    source: tuple[str, bytes] | None = None,
    mapping: str = "",
) -> list[Path]:
    """Build a package in a sibling folder, put it in its place, and return the copies of what it replaces.

    Parameters
    ----------
    city : City
        The city; whatever `frames` and `source` do not replace in its package stays.
    frames : mapping
        Records by raw file, as text.
    city_block : mapping
        Block ``city`` of the descriptor.
    source : (str, bytes), optional
        Name and content of the original file, kept under ``source/`` as it is.
    mapping : str
        Content of ``mapping.yaml``; "" for none.

    Raises
    ------
    BusyError
        When a build of the city is running.
    """
    with held(city):
        city.raw.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=city.raw.parent, prefix=f".{city.name}.new-"))
        try:
            _fill(fresh, city, frames, city_block, source, mapping)
            aside = kept.set_aside(city, kept.differing(city, fresh))
            _swap(fresh, city)
            return aside
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise


def _fill(
    fresh: Path,
    city: City,
    frames: Mapping[str, pd.DataFrame],
    city_block: Mapping[str, Any],
    source: tuple[str, bytes] | None,
    mapping: str,
) -> None:
    """Write the new package into its folder, with what stays of the old one."""
    fresh.chmod(0o755)
    former = city.descriptor if is_described(city) else {}
    if city.raw.exists():
        _keep(city, fresh, set(frames))
    for name in _missing(fresh, frames):
        write_text(fresh / f"{name}.csv", _as_csv(name, frames.get(name)))
    if source:
        write_bytes(fresh / "source" / source[0], source[1])
    if mapping:
        write_text(fresh / MAPPING, mapping)
    known = {one["name"]: one["sources"] for one in former.get("resources", []) if one["name"] not in frames}
    sources = _sources(source[0] if source else "")
    described = descriptors.describe(fresh, city_block, sources, sources_of=known)
    theirs = {key: former[key] for key in THEIRS if key in former}
    if mapping:
        theirs["mapping"] = {"path": MAPPING, "hash": raw.sha256(fresh / MAPPING)}
    elif (fresh / MAPPING).is_file() and "mapping" in former:
        theirs["mapping"] = former["mapping"]
    descriptors.write(fresh, described | theirs)


def is_described(city: City) -> bool:
    """Return whether a city has a package whose descriptor can be used."""
    return (city.raw / DESCRIPTOR).is_file() and not check_form(city)


def _missing(fresh: Path, frames: Mapping[str, pd.DataFrame]) -> list[str]:
    """Return the raw files still to be written: those with records, and those a new city starts with."""
    has_recap = EITHER[1] in frames or (fresh / f"{EITHER[1]}.csv").exists()
    started = [name for name in STARTED if not (name == EITHER[0] and has_recap)]
    wanted = dict.fromkeys((*started, *frames))
    return [name for name in wanted if name in frames or not (fresh / f"{name}.csv").exists()]


def _keep(city: City, fresh: Path, replaced: set[str]) -> None:
    """Copy what stays of the old package."""
    dropped = {f"{name}.csv" for name in replaced} | {DESCRIPTOR}
    if not replaced.isdisjoint(EITHER):
        dropped |= {f"{name}.csv" for name in EITHER} | {MAPPING}
    for path in sorted(city.raw.iterdir()):
        if path.name in dropped:
            continue
        if path.is_dir():
            shutil.copytree(path, fresh / path.name)
        else:
            shutil.copy2(path, fresh / path.name)


def _swap(fresh: Path, city: City) -> None:
    """Put the new package in the place of the old one, which stays if that fails."""
    if city.raw.exists():
        shutil.rmtree(city.retired, ignore_errors=True)
        city.raw.rename(city.retired)
    try:
        fresh.rename(city.raw)
    except OSError:
        if city.retired.exists():
            city.retired.rename(city.raw)
        raise
    for leftover in (city.retired, *city.raw.parent.glob(f".{city.name}.new-*")):
        shutil.rmtree(leftover, ignore_errors=True)


def _as_csv(name: str, frame: pd.DataFrame | None) -> str:
    found = pd.DataFrame() if frame is None else frame
    return found.reindex(columns=columns_of(name), fill_value="").to_csv(index=False, lineterminator="\n")


def _sources(file: str) -> list[dict[str, str]]:
    """Name the source of the records in both languages."""
    key = "import.source" if file else "import.no_source"
    return [{"title": text(key, "id", file=file), "title_en": text(key, "en", file=file)}]
