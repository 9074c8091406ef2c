"""Libraries that cannot be loaded."""

from __future__ import annotations

from analysis.language.labels import text


def sentence(error: ImportError, lang: str) -> str:
    """Say which library cannot be loaded and why: for the reason that lies deepest, which others hide."""
    cause: BaseException = error
    while cause.__cause__:
        cause = cause.__cause__
    return text("cli.no_library", lang, reason=cause)
