"""What stands for "now" and "this version" in everything that is made."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from os import environ
from pathlib import Path

from analysis import cities


def epoch(root: Path) -> int:
    """Return the time that stands for now, in seconds since 1970.

    It is ``SOURCE_DATE_EPOCH`` where that is set, else the time of the last commit, else (in a copy without
    history) the release date in ``CITATION.cff``: never the clock.
    """
    if given := environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        answer = ""
    if answer:
        return int(answer)
    released = cities.read_yaml(root / "CITATION.cff")["date-released"]
    return int(datetime.fromisoformat(str(released)).replace(tzinfo=UTC).timestamp())
