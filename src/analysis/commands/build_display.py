"""Show the progress of a build, what it made, and what the audit found."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

import typer

from analysis.commands.terminal import complain, decimal, say, say_json, say_prose
from analysis.language.labels import text
from analysis.project import cities
from analysis.publishing import renderers
from analysis.tasks.running import Made, Watcher

if TYPE_CHECKING:
    from rich.progress import Progress

    from analysis.fleet.outcomes import Outcome

MOST_NAMED = 2
"""Files of a folder that are named one by one."""


class BuildDisplay(Watcher):
    """Shows a build: a moving bar on a terminal, plain lines elsewhere, a table at the end."""

    def __init__(self, lang: str, *, is_quiet: bool = False) -> None:
        self.lang, self.is_quiet = lang, is_quiet
        self.made: list[Made] = []
        self.running: list[str] = []
        self._total: int | None = None
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._bar:
            self._bar.stop()
        if kind is BrokenPipeError and self._total != len(self.made):
            complain(text("build.unread", self.lang))

    def planned(self, tasks: list[str]) -> None:
        """Set the length of the bar."""
        self._total = len(tasks)

    def started(self, task: str) -> None:
        """Show what is being done; on a terminal by a bar, which appears only now."""
        self.running.append(task)
        self._show()

    def finished(self, made: Made) -> None:
        """Advance the bar, or write a line where there is none."""
        self.made.append(made)
        if made.task in self.running:
            self.running.remove(made.task)
        if made.seconds is not None or self._bar:
            self._show()
        if made.seconds is not None and self._bar is None and not self.is_quiet:
            typer.echo(f"{made.task}\t{decimal(made.seconds, self.lang)} s")

    def _show(self) -> None:
        if self._bar is None and sys.stdout.isatty() and not self.is_quiet:
            self._bar = _new_bar()
            self._bar.start()
        if self._bar:
            (row,), running = self._bar.task_ids, ", ".join(self.running)
            self._bar.update(row, total=self._total, completed=len(self.made), description=running)

    def summary(self, seconds: float) -> None:
        """Print what was made, where, and how long it took."""
        fresh = [made for made in self.made if made.seconds is not None]
        if fresh:
            from analysis.commands.terminal_tables import show_rows  # noqa: PLC0415 - an up-to-date build does without

            headings = [text(f"cli.{key}", self.lang) for key in ("task", "outputs", "seconds")]
            rows = [
                (made.task, _places(made.targets, self.lang), decimal(made.seconds or 0, self.lang))
                for made in fresh
            ]
            show_rows(headings, rows, number=2)
        key = "cli.built" if fresh else "cli.up_to_date"
        say(text(key, self.lang, made=len(fresh), all=len(self.made), seconds=decimal(seconds, self.lang)))

    def tell_renderer(self, asked: str) -> None:
        """Print what rendered the papers, if any was rendered."""
        if any(made.task.startswith("paper.") and made.seconds is not None for made in self.made):
            renderer = renderers.settled(asked)
            say(text(f"cli.rendered.{renderer}", self.lang, program=renderers.named(renderer)))


def _new_bar() -> Progress:
    from rich.progress import (  # noqa: PLC0415 - an up-to-date build does without
        BarColumn,
        MofNCompleteColumn,
        Progress,
        SpinnerColumn,
        TextColumn,
    )

    columns = SpinnerColumn(), BarColumn(bar_width=24), MofNCompleteColumn(), TextColumn("{task.description}")
    bar = Progress(*columns, transient=True)
    bar.add_task("", total=None)
    return bar


def _places(targets: tuple[Path, ...], lang: str) -> str:
    """Write paths briefly: ``data/processed/contoh/{table4.csv, table4.lineage.json}``; of many, how many."""
    root = cities.project_root()
    folders: dict[Path, list[str]] = {}
    for target in targets:
        folders.setdefault(target.parent.relative_to(root), []).append(target.name)
    return "\n".join(f"{folder}/{_names(names, lang)}" for folder, names in folders.items())


def _names(names: list[str], lang: str) -> str:
    if len(names) > MOST_NAMED:
        return " " + text("cli.files", lang, n=len(names))
    return names[0] if len(names) == 1 else "{" + ", ".join(names) + "}"


def tell_verdict(city: str, lang: str, *, as_json: bool = False) -> bool:
    """Print the ledger's one line and every check that came out unexpectedly; return whether none did."""
    found = json.loads((cities.find(city).processed / "ledger.json").read_text("utf-8"))
    counts, wrong = found["counts"], [check for check in found["checks"] if not check["is_expected"]]
    if as_json:
        say_json({"city": city, "is_expected": not wrong, "counts": counts, "unexpected": wrong})
        return not wrong
    say_prose(text("ledger.headline" if counts["total"] else "cli.no_claims", lang, **counts))
    if counts["failed"]:
        complain(text("ledger.failed", lang, **counts))
    for check in wrong:
        verdict = text(f"verdict.{check['verdict']}", lang)
        complain(text("cli.unexpected", lang, **{**check, "verdict": verdict}))
    return not wrong


def tell_outcomes(outcomes: Sequence[Outcome], lang: str, seconds: float) -> bool:
    """Print a row for each city that was built or failed, and a summary; return whether none failed."""
    headings = [text(key, lang) for key in ("fleet.city", "fleet.state", "cli.seconds", "fleet.reason")]
    rows = [
        (one.city, text(f"fleet.{one.state}", lang), decimal(one.seconds, lang), one.reason.get(lang, ""))
        for one in outcomes
        if one.state != "up_to_date"
    ]
    if rows:
        from analysis.commands.terminal_tables import show_rows  # noqa: PLC0415 - as above

        show_rows(headings, rows, number=2)
    counts = Counter[str](one.state for one in outcomes)
    sums = {name: counts[name] for name in ("built", "up_to_date", "failed")}
    say(text("fleet.sum", lang, seconds=decimal(seconds, lang), **sums))
    return not counts["failed"]
