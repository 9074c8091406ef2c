"""What stands for "now" and "this version" in every output."""

import subprocess
from datetime import UTC, datetime
from os import environ
from pathlib import Path

from analysis.language.labels import WordedError
from analysis.project import cities

LATEST = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())
"""A time that no calendar here reaches."""


class DateOfBuildError(WordedError, ValueError):
    """The environment gives a date to outputs that is none."""


def epoch(root: Path) -> int:
    """Return the time that stands for now, in seconds since 1970.

    It is ``SOURCE_DATE_EPOCH`` where that is set, else the time of the last commit, else (in a copy without
    history) the release date in ``CITATION.cff``: never the clock.

    Raises
    ------
    DateOfBuildError
        When ``SOURCE_DATE_EPOCH`` is set to anything but such seconds.
    """
    if given := environ.get("SOURCE_DATE_EPOCH"):
        if not (given.isdecimal() and int(given) < LATEST):
            raise DateOfBuildError("cli.bad_epoch", found=given)
        return int(given)
    if (root / ".git").exists() and (answer := _git(root, "log", "-1", "--format=%ct")):
        return int(answer)
    released = cities.read_yaml(root / "CITATION.cff")["date-released"]
    return int(datetime.fromisoformat(str(released)).replace(tzinfo=UTC).timestamp())


def uncommitted(root: Path, folder: Path) -> list[str]:
    """Return which committed files below a folder are not as they were committed; none without git."""
    answer = _git(
        root, "-c", "core.quotePath=off", "diff", "--name-only", "--relative", "HEAD", "--", str(folder)
    )
    return (answer or "").splitlines() if (root / ".git").exists() else []


def _git(root: Path, *arguments: str) -> str | None:
    """Return git's output for the repository at `root`; None without git or repository."""
    try:
        command = ["git", "-C", str(root), *arguments]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None
