"""Keep aside what is about to be replaced in a city's raw package."""

import shutil
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from analysis.project.cities import City


def set_aside(city: City, names: Iterable[str]) -> list[Path]:
    """Copy files of a raw package into a numbered folder below ``data/kept``; return the copies.

    Files are named by their place in the package; those that are not there are left out. Where one cannot be
    copied, nothing is left behind.
    """
    there = [name for name in names if (city.raw / name).is_file()]
    if not there:
        return []
    folder = next(one for n in count(1) if not (one := city.kept / str(n)).exists())
    try:
        for name in there:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(city.raw / name, folder / name)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return [folder / name for name in there]


def differing(city: City, fresh: Path) -> list[str]:
    """Return the files of a raw package that a new one in `fresh` lacks or has with other content."""
    files = {path: path.relative_to(city.raw) for path in sorted(city.raw.rglob("*")) if path.is_file()}
    return [
        name.as_posix()
        for old, name in files.items()
        if not ((fresh / name).is_file() and old.read_bytes() == (fresh / name).read_bytes())
    ]


def holds_links(folder: Path) -> bool:
    """Return whether anything in a folder is a link: its target would be copied, or lost."""
    return any(path.is_symlink() for path in folder.rglob("*"))
