"""Which files of this package a notebook or module uses, found without running anything."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent


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
    folder = source.parent if source.is_relative_to(PACKAGE) else PACKAGE
    found: set[Path] = set()
    for node in ast.walk(ast.parse(_code(source))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_file_name(node.value):
            found.add(folder / node.value)
        for dotted in _imported(node):
            found.update(_modules(dotted))
    return frozenset(path for path in found if path.is_file())


def _imported(node: ast.AST) -> list[str]:
    """Return the dotted names of everything that an import may name."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


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


def _is_file_name(words: str) -> bool:
    return "." in words and len(words) < 64 and "/" not in words and "\n" not in words


def _code(source: Path) -> str:
    document = source.read_text(encoding="utf-8")
    if source.suffix == ".py":
        return document
    cells = json.loads(document)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
