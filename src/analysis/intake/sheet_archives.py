"""Open the zip archives that XLSX and ODS files are, once they are known to be harmless."""

import io
import zipfile
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from xml.parsers import expat

from analysis.intake.sheets import MAX_BYTES, MAX_CELLS, refuse

MAX_ENTRIES = 1_000
MAX_RATIO = 200
"""Most times that a part may expand; real sheets, however empty, stay below 100."""
SMALL = 1_000_000
"""Bytes below which the ratio does not matter."""
MAX_ELEMENTS = 6 * MAX_CELLS
MAX_DEPTH = 200
MARKUP = (".xml", ".rels")
MANIFEST = "META-INF/manifest.xml"
MARKUP_STARTS = (b"<", BOM_UTF16_LE, BOM_UTF16_BE)
LOOKED_AT = 64
"""Bytes at the beginning of a part that say whether it is markup."""
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
)
"""What reading a damaged archive raises."""


class UnsafeError(ValueError):
    """An archive that no spreadsheet program would write; the text says why."""


class Counter:
    """Is told of every element of an archive; stops at a declared type and at too many or too deep ones."""

    def __init__(self) -> None:
        self.part, self.depth, self.count = "", 0, 0
        self.texts: list[str] = []
        """Pieces of the text before the end of an element."""

    def doctype(self, *_: object) -> None:
        """Meet a declaration of a type."""
        raise UnsafeError(f"{self.part} DOCTYPE")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Meet an element of the current part."""
        self.count += 1
        self.depth += 1
        if self.count > MAX_ELEMENTS or self.depth > MAX_DEPTH:
            raise UnsafeError(f"{self.part} <{tag[:40]}>")
        self.texts.clear()

    def end(self, tag: str) -> None:
        """Leave an element."""
        self.depth -= 1
        self.texts.clear()


def open_archive(data: bytes, file: str, counter: Counter | None = None) -> zipfile.ZipFile:
    """Open an archive that is whole, of moderate size, and declares no entities.

    The counter is told of every element of whatever is markup, by its content and not by its name.

    Raises
    ------
    UnreadableError
        When it is truncated, damaged or encrypted; when it has too many parts, is too large unpacked, is
        packed too tightly or nested too deeply to be a spreadsheet; or when its markup declares a type.
    """
    try:
        members = zipfile.ZipFile(io.BytesIO(data))
        _check_sizes(members)
        if _is_locked(members):
            refuse("locked", file)
        counter = counter or Counter()
        for name in members.namelist():
            if _is_markup(members, name):
                _check_markup(members, name, counter)
    except UnsafeError as error:
        refuse("unsafe", file, found=str(error))
    except DAMAGED as error:
        refuse("damaged", file, found=type(error).__name__)
    return members


def _is_locked(members: zipfile.ZipFile) -> bool:
    """Return whether a part is locked with a password: as zip does, or as ODS says in its list of parts."""
    if any(part.flag_bits & 1 for part in members.infolist()):
        return True
    return MANIFEST in members.namelist() and b"encryption-data" in members.read(MANIFEST)


def _check_sizes(members: zipfile.ZipFile) -> None:
    parts = members.infolist()
    if len(parts) > MAX_ENTRIES or len({part.filename for part in parts}) < len(parts):
        raise UnsafeError(f"{len(parts)} × zip")
    if (total := sum(part.file_size for part in parts)) > MAX_BYTES:
        raise UnsafeError(f"{total / 1e6:.0f} MB")
    for part in parts:
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > SMALL and ratio > MAX_RATIO:
            raise UnsafeError(f"{part.filename} {ratio:.0f}:1")


def _is_markup(members: zipfile.ZipFile, name: str) -> bool:
    with members.open(name) as stream:
        begins = stream.read(LOOKED_AT).removeprefix(BOM_UTF8).lstrip()
    return name.lower().endswith(MARKUP) or begins.startswith(MARKUP_STARTS)


def _check_markup(members: zipfile.ZipFile, name: str, counter: Counter) -> None:
    """Stream through a part without keeping any of it."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = counter.doctype
    parser.StartElementHandler = counter.start
    parser.EndElementHandler = counter.end
    parser.CharacterDataHandler = counter.texts.append
    counter.part, counter.depth = name, 0
    with members.open(name) as stream:
        while block := stream.read(1 << 16):
            parser.Parse(block, False)
    parser.Parse(b"", True)
