"""Write files so that each is complete or absent, never half written."""

import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any


def write_json(path: Path, value: Any) -> None:
    """Write a value as indented JSON with a final newline."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def write_text(path: Path, document: str) -> None:
    """Write a text as UTF-8 without changing its line ends, complete or not at all."""
    write_bytes(path, document.encode("utf-8"))


def write_bytes(path: Path, document: bytes) -> None:
    """Write a file complete or not at all: into a sibling first, which then takes its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(document)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
