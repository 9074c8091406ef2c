"""Which files of this package a notebook or module uses, found without running anything."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
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
    found: set[Path] = set()
    waiting = list(sources)
    while waiting:
        for path in _references(waiting.pop()):
            if path not in found:
                found.add(path)
                waiting.append(path)
    return sorted(found)


@cache
def _references(source: Path) -> frozenset[Path]:
    if source.suffix not in (".py", ".ipynb"):
        return frozenset()
    code = _code(source)
    folder = source.parent if source.is_relative_to(PACKAGE) else PACKAGE
    found = {folder / name for name in FILE_NAME.findall(code)}
    for dotted in _imported(code):
        found.update(_modules(dotted))
    return frozenset(path for path in found if path.is_file())


def _imported(code: str) -> Iterator[str]:
    """Yield the dotted names of everything that an import may name."""
    for module, names in FROM_IMPORT.findall(code):
        yield from (f"{module}.{name}" for name in NAME.findall(names))
    for names in PLAIN_IMPORT.findall(code):
        yield from NAME.findall(names)


def _modules(dotted: str) -> Iterator[Path]:
    """Yield what importing a dotted name may run: each package on the way to it, and modules of that name."""
    package, *parts = dotted.split(".")
    if package != PACKAGE.name or not parts:
        return
    yield PACKAGE / "__init__.py"
    path = PACKAGE
    for part in parts:
        path /= part
        yield path.with_name(f"{part}.py")
        yield path / "__init__.py"


def _code(source: Path) -> str:
    document = source.read_text(encoding="utf-8")
    if source.suffix == ".py":
        return document
    cells = json.loads(document)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
