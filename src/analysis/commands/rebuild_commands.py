"""Build a city again elsewhere, and show the hashes of both builds side by side."""

from analysis.commands.refusals import refusals
from analysis.commands.terminal import complain, language, say, stop
from analysis.language.labels import text
from analysis.project import cities

DIGITS = 16


def rebuild(city: str, lang: str, renderer: str, *, is_quiet: bool = False) -> bool:
    """Build a city again, print what both builds made, and return whether every byte is the same."""
    words = language(lang)
    with refusals(words):
        from analysis.commands.terminal_tables import show_rows  # noqa: PLC0415 - needed only here
        from analysis.fleet import rebuilding  # noqa: PLC0415

        try:
            if not is_quiet:
                say(text("cli.rebuilding", words, **rebuilding.SURROUNDINGS))
            found = rebuilding.rebuild(cities.find(city), lang or "id", renderer)
        except rebuilding.RebuildError as error:
            stop(f"{text('cli.not_rebuilt', words)}\n{error}")
    differing = [one.path for one in found if not one.is_same]
    for path in differing:
        complain(text("cli.differs", words, file=path))
    if not is_quiet:
        rows = [
            (one.path, one.here[:DIGITS], one.again[:DIGITS], "=" if one.is_same else "≠") for one in found
        ]
        show_rows([*(text(f"cli.{key}", words) for key in ("outputs", "hash_here", "hash_again")), ""], rows)
        if not differing:
            say(text("cli.same_bytes", words, n=len(found)))
    return not differing
