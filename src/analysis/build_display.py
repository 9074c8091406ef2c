"""Show how a build goes on, what it made, why it failed, and what the audit found."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NoReturn

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from analysis import cities
from analysis.labels import text
from analysis.running import BuildError, Made
from analysis.terminal import complain, out, say, show_rows, stop


class BuildDisplay:
    """Shows a build: a moving bar on a terminal, plain lines elsewhere, a table at the end."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.made: list[Made] = []
        self.progress = Progress(
            SpinnerColumn(),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.description}"),
            console=out,
            transient=True,
            disable=not out.is_terminal,
        )
        self.bar = self.progress.add_task("", total=None)
        self.running: list[str] = []

    def planned(self, tasks: list[str]) -> None:
        """Set the length of the bar."""
        self.progress.update(self.bar, total=len(tasks))

    def started(self, task: str) -> None:
        """Show what is being done."""
        self.running.append(task)
        self._show()

    def finished(self, made: Made) -> None:
        """Move the bar on, or write a line where there is none."""
        self.made.append(made)
        if made.task in self.running:
            self.running.remove(made.task)
        self.progress.advance(self.bar)
        self._show()
        if made.seconds is not None and not out.is_terminal:
            typer.echo(f"{made.task}\t{made.seconds:.1f} s")

    def _show(self) -> None:
        self.progress.update(self.bar, description=", ".join(self.running))

    def summary(self, seconds: float) -> None:
        """Tell what was made, where, and how long it took."""
        fresh = [made for made in self.made if made.seconds is not None]
        if fresh:
            rows = [(made.task, _places(made.targets), f"{made.seconds:.1f}") for made in fresh]
            show_rows(
                [text(f"cli.{key}", self.lang) for key in ("task", "outputs", "seconds")], rows, number=2
            )
        key = "cli.built" if fresh else "cli.up_to_date"
        say(text(key, self.lang, made=len(fresh), all=len(self.made), seconds=f"{seconds:.1f}"))


def _places(targets: tuple[Path, ...]) -> str:
    """Write paths briefly: ``data/processed/bandung/{table4.csv, table4.lineage.json}``."""
    root = cities.project_root()
    folders: dict[Path, list[str]] = {}
    for target in targets:
        folders.setdefault(target.parent.relative_to(root), []).append(target.name)
    return "\n".join(
        f"{folder}/{names[0] if len(names) == 1 else '{' + ', '.join(names) + '}'}"
        for folder, names in folders.items()
    )


def tell_verdict(city: str, lang: str) -> bool:
    """Print the ledger's one line, and every check that came out unexpectedly; tell whether none did."""
    place = cities.find(city)
    found = json.loads((place.processed / "ledger.json").read_text("utf-8"))
    has_claims = found["counts"]["total"] > 0
    say(text("cli.verdict", lang, **_counts(found["counts"])) if has_claims else text("cli.no_claims", lang))
    wrong = [check for check in found["checks"] if not check["is_expected"]]
    for check in wrong:
        verdict = text(f"verdict.{check['verdict']}", lang)
        complain(text("cli.unexpected", lang, **{**check, "verdict": verdict}))
    return not wrong


def _counts(counts: dict[str, int]) -> dict[str, int]:
    """Name the counts of the ledger so that a text can hold them: ``verdict.failed`` becomes ``failed``."""
    verdicts = {key.removeprefix("verdict."): n for key, n in counts.items() if key.startswith("verdict.")}
    return {**verdicts, "checked": counts["checked"], "agree": counts["reproduced"]}


def stop_failed(error: BuildError, lang: str) -> NoReturn:
    """Tell which task failed and why: problems of raw data line by line, a notebook's cell and place."""
    cause = error.__cause__
    lines = [text("cli.failed", lang, task=error.task)]
    if cell := getattr(cause, "cell", ""):
        lines += [text("cli.cell", lang), *(f"    {line}" for line in cell.splitlines())]
    if problems := getattr(cause, "problems", None):
        lines += [
            f"  - {problem if isinstance(problem, str) else problem.line(lang)}" for problem in problems
        ]
    else:
        lines.append(f"  {cause}")
    if executed := getattr(cause, "executed", None):
        lines.append(text("cli.executed", lang, path=executed))
    lines.append(text("cli.kept", lang))
    stop("\n".join(lines))
