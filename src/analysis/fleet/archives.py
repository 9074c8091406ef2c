"""Files as bytes and back: the same files give the same bytes, and none unpacks outside its folder."""

import io
import re
import stat
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in an archive: the earliest that the format can express."""
MODE = stat.S_IFREG | 0o644
PART = re.compile(r"(?!\.{1,2}$)[^/\\:\x00-\x1f]+")
"""A name that on every system is a plain file or folder below another."""


class UnsafeArchiveError(ValueError):
    """Not an archive, a damaged one, or one with names that reach outside the folder it is unpacked in."""


def pack(root: Path, paths: Iterable[Path]) -> bytes:
    """Return files as an archive, each under its path below `root`.

    The bytes depend on nothing but names and contents.
    """
    named = sorted((path.relative_to(root).as_posix(), path) for path in paths)
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, path in named:
            entry = ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, MODE << 16, 3
            archive.writestr(entry, path.read_bytes())
    return stream.getvalue()


def unpack(packed: bytes, folder: Path) -> list[str]:
    """Write the files of an archive below `folder`, and return their names.

    Raises
    ------
    UnsafeArchiveError
        When the bytes are no archive or damaged, or when any name in it is absolute, holds ``..``, is no
        plain file, or is there twice; nothing is written then.
    """
    contents = _read(packed)
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(contents)


def _read(packed: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(io.BytesIO(packed)) as archive:
            entries = archive.infolist()
            _require_plain(entries)
            return {entry.filename: archive.read(entry) for entry in entries}
    except UnsafeArchiveError:
        raise
    except Exception as error:  # what the library raises depends on where the damage is
        raise UnsafeArchiveError(f"{type(error).__name__}: {error}") from error


def _require_plain(entries: list[ZipInfo]) -> None:
    """Refuse everything but plain files with plain names, none of which is another one's folder."""
    names = {entry.filename.casefold() for entry in entries}
    for entry in entries:
        folders = list(Path(entry.filename.casefold()).parents)[:-1]
        is_plain = all(PART.fullmatch(part) for part in entry.orig_filename.split("/"))
        is_file = stat.S_IFMT(entry.external_attr >> 16) in (0, stat.S_IFREG)
        if not is_plain or not is_file or any(folder.as_posix() in names for folder in folders):
            raise UnsafeArchiveError(entry.orig_filename)
    if len(names) < len(entries):
        raise UnsafeArchiveError("a name is there twice")
