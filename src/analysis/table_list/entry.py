"""What an entry of the list says of a table.

Functions are named and not imported, since every build reads the list, also one that has nothing to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

ROOMS = {"builder": "tables", "tracer": "tables", "display": "display", "figure": "display"}
"""Where the functions that an entry names are."""


@dataclass(frozen=True)
class Entry:
    """What chain, display, papers, audit and documentation know of a table."""

    name: str  # ``table4``, or what an inventory adds such as ``type_by_status``: stem of its files
    raw: tuple[str, ...]  # raw files that it follows from; a recap stands for the inventory if that is there
    # Functions of `analysis.tables`, as ``module.function``: one makes the table of the package, of what it
    # `reads`, and of `of`; the other says where its cells come from.
    builder: str
    tracer: str
    paper_id: str  # by which the papers refer to it
    of: tuple[str, ...] = ()  # passed to builder and display besides, such as the attribute that is counted
    # Function of `analysis.display` that prepares it for reading: of table, package, language and `of`.
    display: str = "labelled_tables.labelled"
    figure: str = ""  # function of `analysis.display` that draws its figure
    key: str = ""  # column that names its rows where printed cells are compared
    reads: tuple[str, ...] = ()  # processed files of earlier steps
    needs: tuple[str, ...] = ()  # raw files that must hold records; without them there is no such table
    notebook: str = ""  # stem of the notebook that makes it, if that is not named for the table
    added: int = 0  # its number in the papers, if an inventory adds it; else its name has the number
    is_counted: bool = False  # whether results are derived from it

    @property
    def number(self) -> int:
        """Its number, the same in papers, notebooks and pages of every city."""
        return self.added or int(self.name.removeprefix("table"))

    @property
    def step(self) -> str:
        """Stem of the notebook that makes it."""
        return self.notebook or self.name

    def function(self, part: str) -> Callable[..., Any]:
        """Return the function that is its builder, tracer, display or figure."""
        module, name = getattr(self, part).split(".")
        found: Callable[..., Any] = getattr(import_module(f"analysis.{ROOMS[part]}.{module}"), name)
        return found

    def module(self, part: str) -> str:
        """Return the place in the package of the module that has its builder, tracer, display or figure."""
        return f"{ROOMS[part]}/{getattr(self, part).partition('.')[0]}.py"

    def build(self, package: Any, *read: Any) -> Any:
        """Return the table of a package (`raw.Package`), and of what it reads of earlier steps."""
        return self.function("builder")(package, *read, *self.of)
