"""What a worker must share with the client for its outputs to be the same, byte for byte."""

import hashlib
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from analysis.chain.code_files import PACKAGE
from analysis.chain.dependencies import REPORT_LIBRARIES
from analysis.publishing.renderers import quarto_version

LIBRARIES = (*REPORT_LIBRARIES, "doit", "ipykernel", "nbclient", "pillow")
"""Libraries whose versions are settings of a step, and those that run the steps."""


@cache
def installed(renderer: str) -> dict[str, str]:
    """Return what determines the bytes of outputs: digest of this package, versions of Python and libraries.

    Quarto's version counts where it is the renderer.
    """
    found = {"analysis": _code(), "python": platform.python_version()}
    found |= {name: _version(name) for name in LIBRARIES}
    return found | ({"quarto": quarto_version() or "-"} if renderer == "quarto" else {})


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """Return how a worker's installation differs: ``pandas 3.0.1 ≠ 3.0.2``, the worker's version second."""
    names = sorted({*ours, *theirs})
    both = [(name, ours.get(name, "-"), theirs.get(name, "-")) for name in names]
    return [f"{name} {here} ≠ {there}" for name, here, there in both if here != there]


def _code() -> str:
    """Return a short digest over every file of the package, by its place in it."""
    found = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        place = path.relative_to(PACKAGE)
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in place.parts):
            found.update(f"{place.as_posix()}\0{path.stat().st_size}\0".encode())
            found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
