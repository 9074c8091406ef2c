"""Build a city again elsewhere, and show the hashes of both builds side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.commands.refusals import refusals
from analysis.commands.terminal import complain, language, say, stop
from analysis.language.labels import text
from analysis.project import cities
from analysis.project.cities import City
from analysis.project.provenance import uncommitted

if TYPE_CHECKING:
    from analysis.fleet.rebuilding import Compared

DIGITS = 16


def rebuild(city: str, lang: str, renderer: str, *, is_quiet: bool = False) -> bool:
    """Build a city again, print what both builds made, and return whether every byte is the same."""
    words = language(lang)
    with refusals(words):
        from analysis.fleet import rebuilding  # noqa: PLC0415 - needed only here

        try:
            if not is_quiet:
                say(text("cli.rebuilding", words, **rebuilding.SURROUNDINGS))
            folders = cities.find(city)
            found = rebuilding.rebuild(folders, lang or "id", renderer)
        except rebuilding.RebuildError as error:
            stop(f"{text('cli.not_rebuilt', words)}\n{error}")
    if not is_quiet:
        _show(folders, found, words)
    differing = [one.path for one in found if not one.is_same]
    for path in differing:
        complain(text("cli.differs", words, file=path))
    if not (is_quiet or differing):
        say(text("cli.same_bytes", words, n=len(found)))
    changed = uncommitted(folders.root, folders.processed)
    for path in changed:
        complain(text("cli.not_as_committed", words, file=path))
    return not (differing or changed)


def _show(city: City, found: Sequence[Compared], words: str) -> None:
    """Print the hashes of both builds, a table for each of the city's folders."""
    from analysis.commands.terminal_tables import show_rows  # noqa: PLC0415 - needed only here

    hashes = [text(f"cli.{key}", words) for key in ("hash_here", "hash_again")]
    for folder in (city.processed, city.build):
        name = folder.relative_to(city.root).as_posix()
        rows = [
            (
                one.path.removeprefix(f"{name}/"),
                one.here[:DIGITS],
                one.again[:DIGITS],
                "=" if one.is_same else "≠",
            )
            for one in found
            if one.path.startswith(f"{name}/")
        ]
        if rows:
            show_rows([name, *hashes, ""], rows)
