"""The city that somebody named, in a notebook whose parameters are those that it has."""

import ast
import sys
from itertools import pairwise

from analysis.language.labels import UnknownNameError
from analysis.project import cities
from analysis.project.cities import City

INJECTED = "# Parameters\n"
"""Begin of the cell that papermill puts after the one with a notebook's parameters."""


class UnknownParameterError(UnknownNameError, NameError):
    """A notebook was given a parameter that it does not have."""


def find(name: str) -> City:
    """Return the city called `name`.

    Raises
    ------
    UnknownCityError
        When no such city has a raw package.
    UnknownParameterError
        In a notebook that papermill gave a parameter which it does not have.
    """
    _refuse_unknown_parameters()
    return cities.find(name)


def _refuse_unknown_parameters() -> None:
    """Stop a notebook whose parameter was misspelt: papermill only warns, and it would show another city."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    for declared, injected in pairwise(shell.user_ns.get("In", ()) if shell else ()):
        if declared and injected.startswith(INJECTED):
            known = _assigned(declared)
            for asked in sorted(_assigned(injected) - known):
                raise UnknownParameterError("cli.unknown_parameter", asked, sorted(known))


def _assigned(cell: str) -> set[str]:
    names = (node for node in ast.walk(ast.parse(cell)) if isinstance(node, ast.Name))
    return {name.id for name in names if isinstance(name.ctx, ast.Store)}
