"""Report on many cities: a table of those that failed, with the reasons, and how many did not."""

from collections import Counter
from collections.abc import Sequence

from analysis.commands.terminal import decimal, say
from analysis.commands.terminal_tables import show_rows
from analysis.fleet.outcomes import Outcome
from analysis.language.labels import text


def tell(outcomes: Sequence[Outcome], lang: str, seconds: float) -> bool:
    """Print one row for each city that was built or failed, and a summary; return whether none failed."""
    headings = [text(key, lang) for key in ("fleet.city", "fleet.state", "cli.seconds", "fleet.reason")]
    rows = [
        (
            outcome.city,
            text(f"fleet.{outcome.state}", lang),
            decimal(outcome.seconds, lang),
            outcome.reason.get(lang, ""),
        )
        for outcome in outcomes
        if outcome.state != "up_to_date"
    ]
    if rows:
        show_rows(headings, rows, number=2)
    counts = Counter[str](outcome.state for outcome in outcomes)
    names = ("built", "up_to_date", "failed")
    say(text("fleet.sum", lang, seconds=decimal(seconds, lang), **{name: counts[name] for name in names}))
    return not counts["failed"]
