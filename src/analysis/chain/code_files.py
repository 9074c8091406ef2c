"""Which files of this package a notebook or module uses, found without running anything."""

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePath

PACKAGE = Path(__file__).parents[1]
# Expressions and not `ast`: an up-to-date build reads every module, and would spend most of its time parsing.
FROM_IMPORT = re.compile(r"^[ \t]*from[ \t]+([\w.]+)[ \t]+import[ \t]+(\([^)]*\)|[^\n#]+)", re.MULTILINE)
PLAIN_IMPORT = re.compile(r"^[ \t]*import[ \t]+([^\n#]+)", re.MULTILINE)
FILE_NAME = re.compile(r"""["']([\w.-]{1,60}\.\w{1,8})["']""")
NAME = re.compile(r"[\w.]+(?=\s*(?:as\s+\w+\s*)?(?:[,)#\n]|$))")


def files_used_by(*sources: Path) -> list[Path]:
    """Return the modules that notebooks or modules import, directly or not, and the data files these name.

    A data file counts as named where a module holds its name as a string, such as ``"labels.csv"``, and it
    lies beside that module or, for a notebook, at the top of the package.
    """
    return [PACKAGE / name for name in names_used_by(*sources)]


def names_used_by(*sources: Path) -> list[str]:
    """Return the places in the package of what `files_used_by` returns."""
    found: set[str] = set()
    waiting = [_references(source) for source in sources]
    while waiting:
        new = waiting.pop() - found
        found |= new
        waiting += [_own_references(PACKAGE, name) for name in new]
    return sorted(found)


@cache
def _own_references(package: Path, name: str) -> frozenset[str]:
    return _references(package / name)


@cache
def _references(source: Path) -> frozenset[str]:
    """Return the files of this package that one file imports or names, by their places in the package."""
    if source.suffix not in (".py", ".ipynb"):
        return frozenset()
    code = _code(source)
    folder = f"{source.parent.as_posix()}/".removeprefix(f"{PACKAGE.as_posix()}/")
    beside = "" if PurePath(folder).is_absolute() else folder
    found = {f"{beside}{name}" for name in FILE_NAME.findall(code)}
    for dotted in _imported(code):
        found.update(_modules(dotted))
    return _files(PACKAGE) & found


@cache
def _files(package: Path) -> frozenset[str]:
    """Return the places in the package of its files."""
    found: set[str] = set()
    for folder, _, names in os.walk(package):
        inside = PurePath(folder).relative_to(package)
        found.update(f"{inside.as_posix()}/{name}" if inside.parts else name for name in names)
    return frozenset(found)


def _imported(code: str) -> Iterator[str]:
    """Yield the dotted names of everything that an import may name."""
    for module, names in FROM_IMPORT.findall(code):
        yield from (f"{module}.{name}" for name in NAME.findall(names))
    for names in PLAIN_IMPORT.findall(code):
        yield from NAME.findall(names)


def _modules(dotted: str) -> Iterator[str]:
    """Yield what importing a dotted name may run: each package on the way to it, and modules of that name."""
    package, *parts = dotted.split(".")
    if package != PACKAGE.name or not parts:
        return
    yield "__init__.py"
    for depth in range(1, len(parts) + 1):
        name = "/".join(parts[:depth])
        yield from (f"{name}.py", f"{name}/__init__.py")


def _code(source: Path) -> str:
    document = source.read_text(encoding="utf-8")
    if source.suffix == ".py":
        return document
    cells = json.loads(document)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
