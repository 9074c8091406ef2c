"""Write files so that each is complete or absent, never half written."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

PART = ".part"
"""What the name of a file ends with while it is written: `.<name>.<letters>.part`."""


def write_json(path: Path, value: Any) -> None:
    """Write a value as indented JSON with a final newline."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def write_text(path: Path, document: str) -> None:
    """Write a text as UTF-8 without changing its line ends, complete or not at all."""
    write_bytes(path, document.encode("utf-8"))


def write_bytes(path: Path, document: bytes) -> None:
    """Write a file complete or not at all: into a sibling first, which then takes its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with naming(path):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=PART)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(document)
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            with suppress(FileNotFoundError):
                Path(name).unlink()
            raise


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Let an error of the system name the file that was to be written: a full disk names none."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def move(made: Path, target: Path) -> None:
    """Put a file in its place complete or not at all, also where that is on another file system."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        made.replace(target)
    except OSError:  # also where it does not fit or may not be replaced, which is then met again
        write_bytes(target, made.read_bytes())
        made.unlink()


def sweep(folder: Path) -> None:
    """Delete what a process that was killed had begun to write below a folder in which nobody else writes."""
    for part in list(folder.rglob(f".*{PART}")):
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)
