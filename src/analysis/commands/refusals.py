"""Errors that end a command with a message instead of a traceback."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from analysis.chain import failures
from analysis.commands.terminal import about_file, stop
from analysis.language.labels import WordedError, text, unloadable
from analysis.language.problems import RawDataError
from analysis.project.cities import STATE
from analysis.tasks.running import BuildError


@contextmanager
def refusals(lang: str, unusable: str = "cli.unusable") -> Iterator[None]:
    """Stop with a message at errors that the user can do something about.

    `unusable` is the key of what is said at the end of a list of problems.
    """
    try:
        yield
    except RawDataError as error:
        from analysis.commands.terminal_tables import show_problems  # noqa: PLC0415 - an up-to-date build does without

        show_problems(error.problems, lang)
        stop(text(unusable, lang, city=error.city))
    except BuildError as error:
        lines = [line for one in (error, *error.others) for line in _failure(one, lang)]
        stop("\n".join([*lines, text("cli.kept", lang)]))
    except WordedError as error:
        stop(error.message(lang))
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL":
            stop(text("cli.disk_full", lang, what=f"build/…/{STATE}"))
        stop(text("cli.no_state", lang, reason=error))
    except ImportError as error:
        stop(unloadable(error, lang))
    except BrokenPipeError:  # whoever reads the output has seen enough
        raise
    except OSError as error:
        stop(about_file(error, lang))


def _failure(error: BuildError, lang: str) -> Iterator[str]:
    """Say why a task failed: problems of raw data line by line, a notebook's cell and place."""
    cause = error.__cause__
    yield text("cli.failed", lang, task=error.task)
    if cell := getattr(cause, "cell", ""):
        yield text("cli.cell", lang)
        yield from (f"    {line}" for line in cell.splitlines())
    if problems := getattr(cause, "problems", None):
        yield from (f"  - {problem.line(lang)}" for problem in problems)
    elif isinstance(cause, OSError):
        yield f"  {about_file(cause, lang)}"
    else:
        yield f"  {failures.say(cause or error, lang)}"
    if executed := getattr(cause, "executed", None):
        yield text("cli.executed", lang, path=executed)
