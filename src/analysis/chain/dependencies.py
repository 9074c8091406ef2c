"""What a task depends on besides its files: the package's own code, and the versions of libraries."""

import platform
import sysconfig
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from analysis.chain.code_files import PACKAGE, names_used_by
from analysis.table_list.entry import Entry
from analysis.tasks.fingerprints import digest

CHECK_LIBRARIES = ("babel", "frictionless", "networkx", "numpy", "openpyxl", "pandas", "pyyaml", "rapidfuzz")
NOTEBOOK_LIBRARIES = (*CHECK_LIBRARIES, "matplotlib", "seaborn")
PAPER_LIBRARIES = ("pandas", "babel", "pypandoc-binary", "typst")
REPORT_LIBRARIES = (
    *NOTEBOOK_LIBRARIES,
    *PAPER_LIBRARIES,
    *("jinja2", "papermill", "smart-government-compendium"),
)
SITE_LIBRARIES = (*PAPER_LIBRARIES, "jinja2", "matplotlib", "nbconvert", "networkx", "openpyxl", "pygments")


def code(*sources: Path) -> dict[str, str | None]:
    """Return the digests of the package's files that `sources` are or use, by name.

    They are identified by their place in the package, so that a moved checkout is still up to date.
    """
    own = [path.relative_to(PACKAGE).as_posix() for path in sources if path.is_relative_to(PACKAGE)]
    return {name: digest(f"{PACKAGE}/{name}") for name in (*own, *names_used_by(*sources))}


def modules(entries: Iterable[Entry], part: str) -> list[Path]:
    """Return the modules that have the builders, or another part, of tables: no import shows their use."""
    return sorted({PACKAGE / entry.module(part) for entry in entries})


def contents(folder: Path) -> dict[str, str | None]:
    """Return the digests of the files in a folder of the package by their places in the package."""
    return {path.relative_to(PACKAGE).as_posix(): digest(path) for path in sorted(folder.iterdir())}


def versions(libraries: tuple[str, ...]) -> dict[str, str]:
    """Return the versions of Python and of libraries by name."""
    return {"python": platform.python_version(), **{name: _version(name) for name in libraries}}


@cache
def _version(name: str) -> str:
    """Return the version of a library: from the name of its folder, as reading its metadata takes longer."""
    return _installed().get(name.lower().replace("-", "_")) or version(name)


@cache
def _installed() -> dict[str, str]:
    folders = (path.stem.rpartition("-") for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    return {name.lower(): number for name, _, number in folders}
