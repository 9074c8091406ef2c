"""Archives: the same files give the same bytes and come back; nothing lands outside the folder."""

import io
import os
import stat
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.fleet.archives import UnsafeArchiveError, pack, unpack

PARTS = st.text(st.characters(codec="utf-8", exclude_characters='/\\:<>"|?*', exclude_categories=["C"]))
NAMES = st.lists(
    PARTS.filter(lambda part: part.strip(". ")).map(lambda part: part[:20]), min_size=1, max_size=3
)
TREES = st.dictionaries(NAMES.map("/".join), st.binary(max_size=200), max_size=6)


def is_a_tree(files: dict[str, bytes]) -> bool:
    """Tell whether no name is the folder of another, or the same to a system that ignores case."""
    names = {name.casefold() for name in files}
    folders = {"/".join(name.split("/")[:n]) for name in names for n in range(1, name.count("/") + 1)}
    return len(names) == len(files) and not names & folders


def write(folder: Path, files: dict[str, bytes]) -> list[Path]:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


def read(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def archive(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for entry, content in entries:
            made.writestr(entry, content)
    return stream.getvalue()


@given(TREES.filter(is_a_tree))
def test_files_come_back_as_they_were(files):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        packed = pack(Path(one), write(Path(one), files))
        assert sorted(unpack(packed, Path(other))) == sorted(files)
        assert read(Path(other)) == files


@given(TREES.filter(is_a_tree), st.randoms())
def test_the_same_files_give_the_same_bytes_in_any_order_and_at_any_time(files, chance):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first = pack(Path(one), write(Path(one), files))
        again = write(Path(other), files)
        chance.shuffle(again)
        for path in again:
            path.chmod(0o600)
            os.utime(path, (1, 1))
        assert pack(Path(other), again) == first


@pytest.mark.parametrize(
    "name",
    [
        *("../outside", "/outside", "inside/../../outside", "inside/..", "./inside", "inside//file"),
        *("inside/", "C:/outside", "C:outside", "..\\outside", "\\\\server\\outside", "new\nline"),
    ],
)
def test_a_name_that_may_lead_outside_is_refused_and_nothing_is_written(tmp_path, name):
    with pytest.raises(UnsafeArchiveError):
        unpack(archive(("first", b"1"), (name, b"2")), tmp_path / "a" / "b")
    assert read(tmp_path) == {}


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK])
def test_what_is_no_plain_file_is_refused(tmp_path, kind):
    entry = zipfile.ZipInfo("link")
    entry.external_attr = (kind | 0o777) << 16
    with pytest.raises(UnsafeArchiveError, match="link"):
        unpack(archive((entry, b"/etc/passwd")), tmp_path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("a", "a"), ("a", "A"), ("a", "a/b"), ("a/b", "A")])
def test_names_that_are_in_each_other_s_way_are_refused(tmp_path, names):
    with pytest.raises(UnsafeArchiveError):
        unpack(archive(*((name, b"") for name in names)), tmp_path)
    assert read(tmp_path) == {}


@given(st.binary(max_size=100))
def test_what_is_no_archive_is_refused(content):
    with tempfile.TemporaryDirectory() as folder, pytest.raises(UnsafeArchiveError):
        unpack(content, Path(folder))


@given(st.data())
def test_a_damaged_archive_is_refused_or_harmless(data):
    packed = bytearray(archive(("a/b", b"content" * 20), ("c", b"d")))
    position = data.draw(st.integers(0, len(packed) - 1))
    packed[position] ^= data.draw(st.integers(1, 255))
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder) / "x" / "y"
        try:
            unpack(bytes(packed), inside)
        except UnsafeArchiveError:
            assert read(Path(folder)) == {}
        assert all(name.startswith("x/y/") for name in read(Path(folder)))
