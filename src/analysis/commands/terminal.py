"""Print messages on a terminal, and format commands and paths as they are typed there."""

import errno
import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import typer

from analysis.language.labels import LANGUAGES, default_language, text, unknown
from analysis.language.problem_groups import grouped
from analysis.language.problems import Problem, visible
from analysis.project import cities
from analysis.project.cities import City

FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC), errno.EFBIG)
"""Errors of a disk, a user's share of it, or a file that may not grow any more."""
DEFAULT_CITY = "bandung"
"""The city that commands are about where none is named."""


def prepare() -> None:
    """Show question marks for letters that the terminal cannot show; end in order whoever asks to end.

    A closed terminal or a system that shuts down then ends a command as Ctrl-C does: nothing temporary stays.
    """
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:  # else as with nohup
            signal.signal(number, signal.default_int_handler)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started it
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 - it stays open
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")


def language(asked: str) -> str:
    """Return the language of messages: the one asked for, else that of the locale; stop at an unknown one."""
    if asked not in ("", *LANGUAGES):
        stop(unknown("cli.unknown_language", asked, LANGUAGES, default_language()))
    return asked or default_language()


def asked(first: str, second: str) -> tuple[str, str]:
    """Return city and target from the words of a command: either may be left out.

    One word alone is a city if it names one; else a target, and where that is a path, of the city that it
    belongs to.
    """
    known = cities.known()
    if second or not first or first in known:
        return first or DEFAULT_CITY, second
    from analysis.tasks.why import below  # noqa: PLC0415

    top, *parts = Path(below(cities.project_root(), first)).parts
    own = parts[:2] if top in ("data", "build") else []
    return next((name for name in own if name in known), DEFAULT_CITY), first


def say(message: str) -> None:
    """Print a message as it is, its lines unbroken."""
    typer.echo(visible(message))


def say_prose(message: str) -> None:
    """Print sentences: on a terminal their lines break between words, elsewhere they stay unbroken."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else len(message)
    say(textwrap.fill(message, max(1, width), break_long_words=False, break_on_hyphens=False))


def say_json(content: object) -> None:
    """Print content for other programs: JSON with the same keys in every language."""
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1, default=str))


def complain(message: str) -> None:
    """Print a message like `say`, but to the error stream."""
    typer.echo(visible(message), err=True)


def stop(message: str) -> NoReturn:
    """Print a reason, and exit with status 1."""
    complain(message)
    raise typer.Exit(1)


def about_file(error: OSError, lang: str) -> str:
    """Return in `lang` which file cannot be used (the one to be replaced, if any), and what helps."""
    name = error.filename2 or error.filename
    what = shown_path(Path(str(name))) if name else ""
    if error.errno in FULL:
        return text("cli.disk_full" if what else "cli.disk_full_somewhere", lang, what=what)
    if what and (isinstance(error, PermissionError) or error.errno == errno.EROFS):
        return text("cli.locked", lang, what=what)
    return text("cli.os_error", lang, what=f"{what}: {error.strerror}" if what else str(error))


def shown_path(path: Path) -> str:
    """Return a path as it is typed here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def command_line(*arguments: str) -> str:
    """Return a `compendium` command as it is typed here."""
    words = ["compendium", *arguments]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def decimal(number: float, lang: str) -> str:
    """Write a number with one decimal, as `lang` writes it; importing Babel for it would take longer."""
    return f"{number:,.1f}".translate(str.maketrans(".,", text("cli.number_marks", lang)))


def asker() -> Callable[[str, str], str] | None:
    """Return a function that asks a question with a default at the terminal; None if nobody is there."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    return lambda question, default: str(typer.prompt(question, default or None))


def tell_publication(city: City, lang: str) -> None:
    """Tell what the descriptor says of the city's papers, and what a journal will ask for besides."""
    said = city.descriptor.get("publication") or {}
    lines = [
        (f"author {number}", "; ".join(author.values()))
        for number, author in enumerate(said.get("authors", []), 1)
    ]
    lines += [(key, value) for key, value in said.items() if key != "authors"]
    lines.append(("licence", ", ".join(one["name"] for one in city.descriptor.get("licenses") or [])))
    for key, value in lines:
        say(f"  {key}: {value}")
    tell_absent(city, lang)


def tell_absent(city: City, lang: str) -> None:
    """Tell what a journal will ask for and a real city's descriptor does not say, and how it is said."""
    from analysis.raw_data.languages import languages  # noqa: PLC0415
    from analysis.raw_data.publication import absent  # noqa: PLC0415

    spoken = languages(city)
    if (missing := absent(city.descriptor, lang if lang in spoken else spoken[0])) and not city.is_synthetic:
        say(text("cli.absent", lang, fields=", ".join(missing)))
        say(f"  {command_line('describe', city.name, text('cli.absent_example', lang))}")


def tell_check_json(city: City, problems: Sequence[Problem], lang: str) -> None:
    """Print the problems for other programs."""
    told = [{**asdict(one), "message": one.message(lang), "remedy": one.remedy(lang)} for one in problems]
    is_valid = all(problem.is_warning for problem in problems)
    say_json({"city": city.name, "is_valid": is_valid, "problems": told})


def tell_check(city: City, problems: Sequence[Problem], page: Path, lang: str) -> None:
    """Summarise a check, and say what to do next."""
    problems = grouped(problems)
    errors = [problem for problem in problems if not problem.is_warning]
    if problems:
        warnings = len(problems) - len(errors)
        say(text("cli.found", lang, city=city.name, errors=len(errors), warnings=warnings))
    if not errors:
        say(text("cli.valid", lang, city=city.name))
        blank = [one["path"] for one in cities.resources(city.raw) if one["name"] not in city.parts]
        if blank:
            say(text("cli.blank", lang, files=", ".join(blank)))
        tell_absent(city, lang)
    say(text("cli.page", lang, path=shown_path(page)))
    if any(problem.kind == "file.hash" for problem in errors):
        say(text("cli.if_intended", lang))
        say(f"  {command_line('check', city.name, '--update-hashes')}")
