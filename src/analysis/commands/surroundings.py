"""Name what about this machine keeps a build from working, before it fails for a reason that is hidden."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from analysis.commands.terminal import complain
from analysis.language.labels import text

FEWEST = 256
"""Files that a build must be able to have open at once."""
LIBRARIES = (
    *(
        "analysis",
        "babel",
        "doit",
        "frictionless",
        "ipykernel",
        "IPython",
        "jinja2",
        "jupyter_client",
        "matplotlib",
    ),
    *(
        "nbclient",
        "nbformat",
        "networkx",
        "numpy",
        "openpyxl",
        "pandas",
        "papermill",
        "pypandoc",
        "rich",
        "seaborn",
    ),
    *("typer", "typst", "yaml", "zmq"),
)
"""Modules that a build imports, and that a file on PYTHONPATH could take the place of."""


def warn(lang: str) -> None:
    """Say what stands in the way of a build here, if anything does."""
    for path in _shadowing():
        complain(text("surroundings.shadowed", lang, path=path))
    if (files := _open_files()) < FEWEST:
        complain(text("surroundings.open_files", lang, n=files, needed=FEWEST))


def _shadowing() -> Iterator[Path]:
    """Yield the files and folders on PYTHONPATH that would be imported in the place of what a build needs."""
    own = Path(__file__).parents[2]
    for folder in filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep)):
        if Path(folder).resolve() != own:
            for name in LIBRARIES:
                for path in (Path(folder) / f"{name}.py", Path(folder) / name / "__init__.py"):
                    if path.is_file():
                        yield path


def _open_files() -> int:
    """Return how many files may be open at once, after asking for as many as are needed."""
    if sys.platform == "win32":
        return FEWEST
    import resource  # noqa: PLC0415 - not there on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FEWEST * 4 if hard == resource.RLIM_INFINITY else min(hard, FEWEST * 4)
    if 0 <= soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return soft if soft >= 0 else FEWEST
