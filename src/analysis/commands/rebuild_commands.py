"""Build a city again elsewhere, and show the hashes of both builds side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.chain.city_build import BuildOptions
from analysis.commands.terminal import complain, say, stop
from analysis.language.labels import text
from analysis.project import cities
from analysis.project.cities import City
from analysis.project.provenance import uncommitted

if TYPE_CHECKING:
    from analysis.fleet.rebuilding import Compared

DIGITS = 16


def rebuild(city: str, lang: str, options: BuildOptions, *, is_quiet: bool = False) -> bool:
    """Build a city again, print what both builds made, and return whether every byte is the same."""
    from analysis.fleet import rebuilding  # noqa: PLC0415 - needed only here

    if not is_quiet:
        say(text("cli.rebuilding", lang, **rebuilding.SURROUNDINGS))
    folders = cities.find(city)
    try:
        found = rebuilding.rebuild(folders, options)
    except rebuilding.RebuildError as error:
        stop(f"{text('cli.not_rebuilt', lang)}\n{error}")
    differing = [one.path for one in found if not one.is_same]
    if not is_quiet:
        _show(folders, found, lang)
    for path in differing:
        complain(text("cli.differs", lang, file=path))
    if not (is_quiet or differing):
        say(text("cli.same_bytes", lang, n=len(found)))
    changed = uncommitted(folders.root, folders.processed)
    for path in changed:
        complain(text("cli.not_as_committed", lang, file=path))
    return not (differing or changed)


def _show(city: City, found: Sequence[Compared], lang: str) -> None:
    """Print the hashes of both builds, a table for each of the city's folders."""
    from analysis.commands.terminal_tables import show_rows  # noqa: PLC0415 - needed only here

    hashes = [text(f"cli.{key}", lang) for key in ("hash_here", "hash_again")]
    for folder in (city.processed, city.build):
        name = f"{folder.relative_to(city.root).as_posix()}/"
        rows = [
            (one.path.removeprefix(name), one.here[:DIGITS], one.again[:DIGITS], "≠="[one.is_same])
            for one in found
            if one.path.startswith(name)
        ]
        if rows:
            show_rows([name.rstrip("/"), *hashes, ""], rows)
