"""The city that somebody named, or a sentence in both languages about which there are."""

import ast
import sys
from itertools import pairwise

from analysis.language.labels import LANGUAGES, unknown
from analysis.language.misspelt import PlainError
from analysis.project import cities
from analysis.project.cities import City, UnknownCityError

INJECTED = "# Parameters\n"
"""Begin of the cell that papermill puts after the one with a notebook's parameters."""


class NoSuchCityError(PlainError, UnknownCityError):
    """No city of that name has a raw package: says which have one, and which was probably meant."""

    def __str__(self) -> str:
        """Return the sentence in both languages, a line each."""
        return "\n".join(sentence(self, lang) for lang in LANGUAGES)


class UnknownParameterError(PlainError, NameError):
    """A notebook was given a parameter that it does not have: says which it has, and the nearest."""

    def __init__(self, asked: str, known: set[str]) -> None:
        sentences = (unknown("cli.unknown_parameter", asked, sorted(known), lang) for lang in LANGUAGES)
        super().__init__("\n".join(sentences))


def find(name: str) -> City:
    """Return the city called `name`.

    Raises
    ------
    NoSuchCityError
        When no such city has a raw package.
    UnknownParameterError
        In a notebook that papermill gave a parameter which it does not have.
    """
    _refuse_unknown_parameters()
    try:
        return cities.find(name)
    except UnknownCityError as error:
        raise NoSuchCityError(error.name, error.known) from None


def sentence(error: UnknownCityError, lang: str) -> str:
    """Return in `lang` that there is no such city, which there are, and which was probably meant."""
    return unknown("cli.unknown_city", error.name, error.known, lang)


def _refuse_unknown_parameters() -> None:
    """Stop a notebook whose parameter was misspelt: papermill only warns, and it would show another city."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    for declared, injected in pairwise(shell.user_ns.get("In", ()) if shell else ()):
        if declared and injected.startswith(INJECTED):
            known = _assigned(declared)
            for asked in sorted(_assigned(injected) - known):
                raise UnknownParameterError(asked, known)


def _assigned(cell: str) -> set[str]:
    names = (node for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, ast.Store)}
