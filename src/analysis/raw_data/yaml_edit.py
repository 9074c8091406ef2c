"""Change one value of a YAML document; everything else, comments included, stays as it is written."""

from collections.abc import Sequence
from typing import Any

import yaml

Path = Sequence[str | int]
"""Keys of mappings and positions in lists, from the top of the document."""


def put(document: str, path: Path, value: Any) -> str:
    """Return a document in which `path` holds `value`: replaced in its place, or added behind its siblings.

    The top of the document is a mapping. Parts of the path that are not there are made. The position after
    the last adds to a list; an item that is there is not replaced as a whole.
    """
    node: Any = yaml.compose(document, yaml.SafeLoader)
    for depth, key in enumerate(path):
        found = _child(node, key)
        if found is None:
            return _append(document, node, _nested(path[depth:], value))
        mark, node = found
    start, end = mark.index, _end(node, document)
    return document[:start] + _written(_nested(path[-1:], value), mark.column) + document[end:]


def drop(document: str, path: Path) -> str:
    """Return a document without `path`, if it is there; parts of lists have to be replaced instead."""
    node: Any = yaml.compose(document, yaml.SafeLoader)
    above = node
    for key in path:
        found = _child(node, key)
        if found is None:
            return document
        above, (mark, node) = node, found
    if len(above.value) == 1 and len(path) > 1:
        return drop(document, path[:-1])
    start = mark.index - mark.column
    return document[:start] + document[_line_end(document, _end(node, document)) :].removeprefix("\n")


def _child(node: yaml.Node, key: str | int) -> tuple[yaml.Mark, yaml.Node] | None:
    """Return where a part begins, with its key or dash, and its value; None if there is no such part."""
    if isinstance(key, int):
        if not (isinstance(node, yaml.SequenceNode) and key < len(node.value)):
            return None
        return node.value[key].start_mark, node.value[key]
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next(((name.start_mark, value) for name, value in pairs if name.value == key), None)


def _nested(path: Path, value: Any) -> Any:
    for key in reversed(path):
        value = [value] if isinstance(key, int) else {key: value}
    return value


def _append(document: str, node: Any, value: Any) -> str:
    """Add `value`, a mapping or list of one, behind the last part of `node`; before a long list of files."""
    parts = [part for part in node.value if not (isinstance(part, tuple) and part[0].value == "resources")]
    if not parts or node.flow_style:
        joined = yaml.safe_load(document[node.start_mark.index : _end(node, document)]) or type(value)()
        joined = joined + value if isinstance(value, list) else joined | value
        flow = yaml.safe_dump(joined, default_flow_style=True, allow_unicode=True, width=10_000).strip()
        start: int = node.start_mark.index
        return document[:start] + str(flow) + document[_end(node, document) :]
    last = parts[-1][1] if isinstance(parts[-1], tuple) else parts[-1]
    at = _line_end(document, _end(last, document))
    column: int = node.start_mark.column
    return document[:at] + "\n" + " " * column + _written(value, column) + document[at:]


def _written(value: Any, column: int) -> str:
    """Write a mapping or list of one as it stands in a block that begins at `column`."""
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000).rstrip()
    return text.replace("\n", "\n" + " " * column)


def _end(node: yaml.Node, document: str) -> int:
    """Return where a value ends: that of a block would include what follows it up to the next key."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last, document)
    written = document[node.start_mark.index : node.end_mark.index]
    return node.start_mark.index + len(written.rstrip())


def _line_end(document: str, at: int) -> int:
    found = document.find("\n", at)
    return len(document) if found < 0 else found
