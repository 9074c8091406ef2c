"""Errors that end a command with a message instead of a traceback."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from analysis.commands.terminal import about_file, stop
from analysis.language import unloadable
from analysis.language.labels import text
from analysis.language.problems import RawDataError
from analysis.project import cities
from analysis.project.cities import UnknownCityError
from analysis.project.locking import BusyError
from analysis.raw_data import named_city
from analysis.results.not_built import NotBuiltError


@contextmanager
def refusals(lang: str, unusable: str = "cli.unusable") -> Iterator[None]:
    """Stop with a message at errors that the user can do something about.

    `unusable` is the key of what is said at the end of a list of problems.
    """
    try:
        yield
    except UnknownCityError as error:
        _stop_unknown(error, lang)
    except RawDataError as error:
        from analysis.commands.terminal_tables import show_problems  # noqa: PLC0415 - an up-to-date build does without

        show_problems(error.problems, lang)
        stop(text(unusable, lang, city=error.city))
    except NotBuiltError as error:
        stop(text("cli.not_built", lang, city=error.city))
    except BusyError as error:
        stop(text("cli.busy", lang, city=error))
    except sqlite3.Error as error:
        stop(text("cli.no_state", lang, reason=error))
    except ImportError as error:
        stop(unloadable.sentence(error, lang))
    except OSError as error:
        stop(about_file(error, lang))


def _stop_unknown(error: UnknownCityError, lang: str) -> NoReturn:
    is_folder = (
        cities.is_valid_name(error.name) and (cities.project_root() / "data/raw" / error.name).is_dir()
    )
    if is_folder:
        stop(text("cli.no_descriptor", lang, city=error.name, known=", ".join(error.known)))
    stop(named_city.sentence(error, lang))
