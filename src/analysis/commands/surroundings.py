"""Name what about this machine keeps a build from working, before it fails for a reason that is hidden."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from analysis.commands.terminal import complain
from analysis.language.labels import text

FEWEST = 256
"""Files that a build must be able to have open at once."""
LONGEST = 400
"""Bytes of the path of the folder: SQLite takes 512, of which a file of ours needs a part."""


def warn(lang: str) -> None:
    """Say what stands in the way of a build here, if anything does."""
    place = os.fsencode(Path.cwd())
    if len(place) > LONGEST or os.fsdecode(place) != place.decode(errors="replace"):
        complain(text("surroundings.place", lang, n=len(place), most=LONGEST))
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
