"""Which cities exist, and where their files are: the only module that knows folders."""

from __future__ import annotations

import os
import pickle
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from analysis.language.labels import UnknownNameError, text

NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")
DEVICES = {"con", "prn", "aux", "nul"} | {f"{device}{n}" for device in ("com", "lpt") for n in range(10)}
RESERVED = DEVICES | {"comparison"}
"""Names that no city can have: Windows reserves them, or `compare` writes there."""
MARKER = Path("data/raw/framework.csv")
STATE = ".state.sqlite3"
OUTBOX = "COMPENDIUM_OUTBOX"
"""Environment variable: where notebooks write instead of the project during a build."""


class UnknownCityError(UnknownNameError, ValueError):
    """No city of that name has a raw package; `known` lists those that have one."""

    def __init__(self, asked: str, known: list[str]) -> None:
        super().__init__("cli.unknown_city", asked, known)

    def message(self, lang: str) -> str:
        """Return the sentence in one language: another one if there is a folder without a descriptor."""
        if is_valid_name(self.asked) and (project_root() / "data/raw" / self.asked).is_dir():
            return text("cli.no_descriptor", lang, city=self.asked, known=", ".join(self.known))
        return super().message(lang)


def project_root() -> Path:
    """Return the compendium's checkout: the one around the working directory, else the package's own.

    Raises
    ------
    FileNotFoundError
        When neither holds ``data/raw/framework.csv``.
    """
    here = Path.cwd().resolve()
    for folder in (here, *here.parents, *Path(__file__).resolve().parents[3:4]):
        if (folder / MARKER).is_file():
            return folder
    raise FileNotFoundError(f"{MARKER} not found in {here} or above: run inside the compendium's folder")


def is_valid_name(name: str) -> bool:
    """Return whether `name` may name a city: lower case, digits, underscores, no device name."""
    return NAME.fullmatch(name) is not None and name not in RESERVED


def known() -> list[str]:
    """Return the names of the cities with a raw package, in alphabetical order."""
    raw = project_root() / "data" / "raw"
    _restore_replaced(raw)
    return sorted(
        folder.name
        for folder in raw.iterdir()
        if is_valid_name(folder.name) and not folder.is_symlink() and (folder / "datapackage.yaml").is_file()
    )


def _restore_replaced(raw: Path) -> None:
    """Restore a package that a killed process had begun to replace: the new one is still beside it."""
    for retired in raw.glob(".*.old"):
        place = raw / retired.name.removeprefix(".").removesuffix(".old")
        if not place.exists() and any(raw.glob(f".{place.name}.new-*")):
            retired.rename(place)


def find(name: str) -> City:
    """Return the city called `name`.

    Raises
    ------
    UnknownCityError
        When no such city has a raw package; nothing outside ``data/raw`` is ever read.
    """
    cities = known()
    if name not in cities:
        raise UnknownCityError(name, cities)
    return City(name, project_root())


@dataclass(frozen=True)
class City:
    """A city and its folders below `root`."""

    name: str
    root: Path

    def __reduce__(self) -> tuple[type[City], tuple[str, Path]]:
        """Be sent without what was computed, to which other threads may add meanwhile."""
        return City, (self.name, self.root)

    @property
    def raw(self) -> Path:
        """Folder of the raw data package; read-only for code."""
        return self.root / "data" / "raw" / self.name

    @property
    def retired(self) -> Path:
        """Folder that holds the raw data package while it is being replaced."""
        return self.raw.with_name(f".{self.name}.old")

    @property
    def kept(self) -> Path:
        """Folder of what was replaced in the raw data package, numbered from 1."""
        return self.root / "data" / "kept" / self.name

    @property
    def framework(self) -> Path:
        """Folder of the package with the conceptual framework that all cities share."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """Folder of the rebuilt tables and results."""
        return self.root / "data" / "processed" / self.name

    @property
    def build(self) -> Path:
        """Folder of everything transient: executed notebooks, figures, papers, state."""
        return self.root / "build" / self.name

    @property
    def state(self) -> Path:
        """File in which builds remember what they have done."""
        return self.build / STATE

    @property
    def lock(self) -> Path:
        """File that whoever builds or changes the city holds; it lies outside of what `clean` deletes."""
        return self.root / "build" / ".locks" / self.name

    @property
    def unfinished(self) -> Path:
        """Text that lies beside the papers while a build changes outputs, and after one that was cut off."""
        return self.papers / "UNFINISHED.txt"

    @property
    def rebuilt(self) -> Path:
        """File with the SHA-256 of everything that was built twice, elsewhere too, with the same bytes."""
        return self.build / "rebuilt.json"

    @property
    def figures(self) -> Path:
        """Folder of the figures in both languages."""
        return self.build / "figures"

    @property
    def papers(self) -> Path:
        """Folder of the rendered papers."""
        return self.build / "paper"

    @property
    def outbox(self) -> Outbox:
        """Where results are written: the project, or the folder that a build has set aside."""
        folder = os.environ.get(OUTBOX)
        if folder:
            return Outbox(Path(folder) / "processed", Path(folder) / "figures", is_aside=True)
        return Outbox(self.processed, self.figures, is_aside=False)

    @cached_property
    def descriptor(self) -> dict[str, Any]:
        """The city's ``datapackage.yaml``."""
        return read_yaml(self.raw / "datapackage.yaml")

    @property
    def resources(self) -> list[dict[str, Any]]:
        """The resource descriptors of the city's raw files."""
        return list(self.descriptor["resources"])

    @cached_property
    def parts(self) -> frozenset[str]:
        """Names of the raw files with at least one record."""
        listed = ((resource["name"], self.raw / resource["path"]) for resource in self.resources)
        return frozenset(name for name, path in listed if _has_records(path))

    @property
    def is_synthetic(self) -> bool:
        """Whether the city's data are made up, for teaching or tests."""
        return is_synthetic(self.descriptor)


def is_synthetic(descriptor: Mapping[str, Any]) -> bool:
    """Return whether a descriptor belongs to a made-up city: so it does unless it says otherwise."""
    return descriptor["city"].get("synthetic") is not False


@dataclass(frozen=True)
class Outbox:
    """Folders that results are written to."""

    processed: Path
    figures: Path
    is_aside: bool
    """Whether a build has set them aside."""


def _has_records(path: Path) -> bool:
    """Return whether a CSV file has a line after its header."""
    if not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as stream:
        return any(line.strip() for line in islice(stream, 1, None))


def resources(folder: Path) -> list[dict[str, Any]]:
    """Return the resource descriptors of the data package in `folder`."""
    return list(read_yaml(folder / "datapackage.yaml")["resources"])


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the mapping in a YAML file, read with the safe loader; the caller may change it.

    Raises
    ------
    yaml.YAMLError
        When it is no YAML, or a key appears twice.
    """
    return parse_yaml(path.read_text("utf-8"))


def parse_yaml(text: str) -> dict[str, Any]:
    """Return the mapping that a YAML document holds; see `read_yaml`."""
    document: dict[str, Any] = pickle.loads(_parsed(text))  # noqa: S301 - written below
    return document


@lru_cache(maxsize=64)
def _parsed(text: str) -> bytes:
    """Return what a YAML document holds, pickled: descriptors are read several times, and slowly."""
    return pickle.dumps(yaml.load(text, Loader=UniqueKeyLoader))  # noqa: S506 - a safe one


class UniqueKeyLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader, but duplicate keys are an error instead of the last one winning."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Return the mapping of a node.

        Raises
        ------
        yaml.constructor.ConstructorError
            When a key appears twice.
        """
        found: dict[Any, Any] = super().construct_mapping(node, deep)
        if len(found) < len(node.value):
            keys = [key.value for key, _ in node.value]
            twice = next(key for key, _ in node.value if keys.count(key.value) > 1)
            raise yaml.constructor.ConstructorError(None, None, f"{twice.value}: 2 ×", twice.start_mark)
        return found
