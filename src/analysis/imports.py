"""Which files of this package a notebook or module uses, found without running anything."""

from __future__ import annotations

import ast
import json
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent


def files_used_by(*sources: Path) -> list[Path]:
    """Return the modules that notebooks or modules import, directly or not, and the data files these name.

    A data file counts as named where a module holds its name as a string, such as ``"labels.csv"``.
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
    names: set[str] = set()
    for node in ast.walk(ast.parse(_code(source))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            names.add(node.value)
        for package, module in _imported(node):
            if package == PACKAGE.name:
                names |= {f"{module}.py", "__init__.py"}
    candidates = (PACKAGE / name for name in names if name and "/" not in name and "\n" not in name)
    return frozenset(path for path in candidates if len(path.name) < 64 and path.is_file())


def _imported(node: ast.AST) -> list[tuple[str, str]]:
    """Return the package and the module below it of everything that an import may name."""
    dotted: list[str] = []
    if isinstance(node, ast.Import):
        dotted = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        dotted = [f"{node.module}.{alias.name}" for alias in node.names]
    parts = [name.split(".") for name in dotted]
    return [(part[0], part[1]) for part in parts if len(part) > 1]


def _code(source: Path) -> str:
    document = source.read_text(encoding="utf-8")
    if source.suffix == ".py":
        return document
    cells = json.loads(document)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
