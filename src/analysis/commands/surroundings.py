"""Name what about this machine keeps a build from working, before it fails for a reason that is hidden."""

from __future__ import annotations

import sys

from analysis.commands.terminal import complain
from analysis.language.labels import text

FEWEST = 256
"""Files that a build must be able to have open at once."""


def warn(lang: str) -> None:
    """Say what stands in the way of a build here, if anything does."""
    if (files := _open_files()) < FEWEST:
        complain(text("surroundings.open_files", lang, n=files, needed=FEWEST))


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
