"""The command line: `compendium build`, `check`, `list`, `clean`."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from analysis import cities
from analysis.cities import UnknownCityError
from analysis.labels import default_language, text
from analysis.pipeline import BusyError, build
from analysis.running import BuildError, Made

app = typer.Typer(add_completion=False, no_args_is_help=True, rich_markup_mode=None)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

CityArgument = Annotated[str, typer.Argument(metavar="CITY", help="A city of `compendium list`.")]
LangOption = Annotated[str, typer.Option(help="Language of notebooks and messages: id or en.")]


@app.callback()
def root() -> None:
    """Rebuild the tables and papers of a study of smart government from its raw data."""


@app.command("build")
def build_command(
    city: CityArgument = "bandung",
    lang: LangOption = "",
    renderer: Annotated[
        str, typer.Option(help="What renders the papers: auto, quarto or embedded.")
    ] = "auto",
    jobs: Annotated[int, typer.Option(help="Tasks at once; 0 for one a core.", min=0)] = 0,
) -> None:
    """Bring tables, figures, notebooks and papers of a city up to date."""
    _build(city, lang, renderer=renderer, jobs=jobs)
    _tell_verdict(city, _language(lang))


def _build(city: str, lang: str, *, renderer: str = "auto", jobs: int = 0, only: str = "") -> None:
    words = _language(lang)
    watcher = _Watcher(words)
    begin = time.perf_counter()
    try:
        with watcher.display():
            build(city, watcher, lang=lang or "id", renderer=renderer, jobs=jobs, only=only)
    except UnknownCityError as error:
        _stop_unknown(error, words)
    except BusyError:
        _stop(text("cli.busy", words, city=city))
    except BuildError as error:
        _stop_failed(error, words)
    watcher.summary(time.perf_counter() - begin)


@app.command()
def check(
    city: CityArgument = "bandung",
    lang: LangOption = "",
    update_hashes: Annotated[
        bool, typer.Option("--update-hashes", help="Record the files as they are now, then check.")
    ] = False,
) -> None:
    """Validate the raw package of a city and report everything that is wrong at once."""
    from analysis import validation  # noqa: PLC0415 - takes a second

    words = _language(lang)
    try:
        place = cities.find(city)
        for name in validation.record_hashes(place) if update_hashes else ():
            out.print(text("cli.hash_recorded", words, file=name))
        problems = validation.check(city)
    except UnknownCityError as error:
        _stop_unknown(error, words)
    for problem in problems:
        mark = text("cli.warning" if problem.is_warning else "cli.error", words)
        out.print(f"{mark}: {problem.line(words)}", markup=False, soft_wrap=True)
    if any(not problem.is_warning for problem in problems):
        raise typer.Exit(1)
    out.print(text("cli.valid", words, city=city))


@app.command()
def verify(city: CityArgument = "bandung", lang: LangOption = "") -> None:
    """Check every printed cell and claim of a city's source; exit 1 if one comes out unexpectedly."""
    _build(city, lang, only="report")
    if not _tell_verdict(city, _language(lang)):
        raise typer.Exit(1)


@app.command("list")
def list_command() -> None:
    """List the cities that have a raw package."""
    for name in cities.known():
        block = cities.find(name).descriptor["city"]
        typer.echo(f"{name}\t{block['name_id']} / {block['name_en']}")


@app.command()
def clean(
    city: Annotated[str, typer.Argument(metavar="[CITY]", help="All cities if left out.")] = "",
) -> None:
    """Delete what can be built again below build/; processed data and raw data stay."""
    try:
        places = [cities.find(name) for name in ([city] if city else cities.known())]
    except UnknownCityError as error:
        _stop_unknown(error, _language(""))
    for place in places:
        shutil.rmtree(place.build, ignore_errors=True)


def main() -> None:
    """Run the command line."""
    app()


class _Watcher:
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

    def display(self) -> Progress:
        """Return the moving bar, to be entered for the time of the build."""
        return self.progress

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
            table = Table(box=None, pad_edge=False)
            for key in ("cli.task", "cli.outputs"):
                table.add_column(text(key, self.lang), overflow="fold")
            table.add_column(text("cli.seconds", self.lang), justify="right")
            for made in fresh:
                table.add_row(made.task, escape(_places(made.targets)), f"{made.seconds:.1f}")
            out.print(table)
        key = "cli.built" if fresh else "cli.up_to_date"
        out.print(text(key, self.lang, made=len(fresh), all=len(self.made), seconds=f"{seconds:.1f}"))


def _tell_verdict(city: str, lang: str) -> bool:
    """Print the ledger's one line, and every check that came out unexpectedly; tell whether none did."""
    found = json.loads((cities.find(city).processed / "ledger.json").read_text("utf-8"))
    out.print(text("cli.verdict", lang, **_counts(found["counts"])), markup=False, soft_wrap=True)
    wrong = [check for check in found["checks"] if not check["is_expected"]]
    for check in wrong:
        words = text(
            "cli.unexpected", lang, **{**check, "verdict": text(f"verdict.{check['verdict']}", lang)}
        )
        err.print(words, markup=False, soft_wrap=True)
    return not wrong


def _counts(counts: dict[str, int]) -> dict[str, int]:
    """Name the counts of the ledger so that a text can hold them: ``verdict.failed`` becomes ``failed``."""
    verdicts = {key.removeprefix("verdict."): n for key, n in counts.items() if key.startswith("verdict.")}
    return {**verdicts, "checked": counts["checked"], "agree": counts["reproduced"]}


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


def _language(asked: str) -> str:
    if asked not in ("", "id", "en"):
        _stop(f"--lang: id | en (≠ {asked})")
    return asked or default_language()


def _stop(message: str) -> None:
    err.print(message, markup=False, soft_wrap=True)
    raise typer.Exit(1)


def _stop_unknown(error: UnknownCityError, lang: str) -> None:
    _stop(text("cli.unknown_city", lang, city=error.name, known=", ".join(error.known)))


def _stop_failed(error: BuildError, lang: str) -> None:
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
    _stop("\n".join(lines))


if __name__ == "__main__":
    main()
