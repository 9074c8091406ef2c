import errno
import io
import json
import os
import stat
from pathlib import Path

import pytest

from analysis.project import atomic


def _full(*_):
    raise OSError(errno.ENOSPC, "No space left on device")


class _FullDisk(io.RawIOBase):
    def __init__(self, handle, _mode):
        os.close(handle)

    def write(self, _document):
        _full()


def _interrupted(*_):
    raise KeyboardInterrupt


FAILURES = {
    "open": (os, "fdopen", _full, OSError),
    "write": (os, "fdopen", _FullDisk, OSError),
    "chmod": (Path, "chmod", _full, OSError),
    "replace": (Path, "replace", _full, OSError),
    "interrupted": (Path, "replace", _interrupted, KeyboardInterrupt),
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
@pytest.mark.parametrize("before", [{}, {"table.csv": b"old"}], ids=["absent", "present"])
def test_a_failed_write_leaves_the_folder_as_it_was(tmp_path, monkeypatch, failure, before):
    *failing, expected = failure
    for file, content in before.items():
        (tmp_path / file).write_bytes(content)
    monkeypatch.setattr(*failing)
    with pytest.raises(expected) as caught:
        atomic.write_bytes(tmp_path / "table.csv", b"new")
    monkeypatch.undo()
    assert expected is not OSError or caught.value.filename == str(tmp_path / "table.csv")
    got = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert got == before


def test_a_write_replaces_the_whole_file_and_leaves_no_temporary(tmp_path):
    path = tmp_path / "new" / "folder" / "table.csv"
    atomic.write_bytes(path, b"a much longer old text")
    atomic.write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert [file.name for file in path.parent.iterdir()] == ["table.csv"]


def test_others_may_read_what_is_written(tmp_path):
    atomic.write_text(tmp_path / "table.csv", "")
    assert stat.S_IMODE((tmp_path / "table.csv").stat().st_mode) & stat.S_IROTH


def test_line_ends_stay_as_given(tmp_path):
    atomic.write_text(tmp_path / "t", "a\nb\r\nc\rd\u2028é")
    assert (tmp_path / "t").read_bytes() == "a\nb\r\nc\rd\u2028é".encode()


def test_json_keeps_order_and_letters_and_ends_with_a_newline(tmp_path):
    value = {"b": "é–¹", "a": [1, 2.5, None]}
    atomic.write_json(tmp_path / "t.json", value)
    got = (tmp_path / "t.json").read_text(encoding="utf-8")
    assert got.endswith("]\n}\n")
    assert "é–¹" in got
    assert list(json.loads(got).items()) == list(value.items())


def _other_device(*_):
    raise OSError(errno.EXDEV, "Invalid cross-device link")


@pytest.mark.parametrize("is_elsewhere", [False, True], ids=["here", "on another file system"])
def test_a_file_is_moved_over_the_former_wherever_that_is(tmp_path, monkeypatch, is_elsewhere):
    made, target = tmp_path / "made", tmp_path / "folder/target"
    atomic.write_bytes(target, b"former")
    made.write_bytes(b"new")
    if is_elsewhere:
        replace = Path.replace
        monkeypatch.setattr(
            Path, "replace", lambda path, to: _other_device() if path == made else replace(path, to)
        )
    atomic.move(made, target)
    assert target.read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["folder", "target"]


def test_what_a_killed_process_had_begun_to_write_is_swept_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "folder/table.csv"
    atomic.write_bytes(path, b"whole")
    atomic.write_bytes(path.with_name(".state.sqlite3"), b"hidden")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", _interrupted)
        patched.setattr(Path, "unlink", _interrupted)  # as a killed process clears nothing away
        with pytest.raises(KeyboardInterrupt):
            atomic.write_bytes(path, b"half")
    assert len(list(path.parent.iterdir())) == 3
    (path.parent / ".article.en.part/media").mkdir(parents=True)
    (path.parent / ".article.en.part/media/half.part").write_bytes(b"half")
    atomic.sweep(tmp_path)
    assert {file.name for file in path.parent.iterdir()} == {"table.csv", ".state.sqlite3"}
