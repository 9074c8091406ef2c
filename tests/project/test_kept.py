import pytest
from helpers import open_project

from analysis.project import kept


@pytest.fixture
def place(tmp_path, monkeypatch):
    return open_project(monkeypatch, tmp_path)


def test_what_is_set_aside_is_copied_as_it_is_and_numbered(place):
    old = (place.raw / "evidence.csv").read_bytes()
    [first] = kept.set_aside(place, ["evidence.csv", "no/such.csv"])
    [second] = kept.set_aside(place, ["evidence.csv"])
    assert [path.relative_to(place.root).parts[:4] for path in (first, second)] == [
        ("data", "kept", place.name, "1"),
        ("data", "kept", place.name, "2"),
    ]
    assert first.read_bytes() == second.read_bytes() == old
    assert kept.set_aside(place, []) == []


def test_what_does_not_fit_on_the_disk_leaves_no_folder(place, monkeypatch):
    def full_disk(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kept.shutil, "copy2", full_disk)
    with pytest.raises(OSError, match="No space left"):
        kept.set_aside(place, ["evidence.csv"])
    assert list(place.kept.iterdir()) == []


def test_files_that_are_gone_or_other_differ(place, tmp_path):
    fresh = tmp_path / "fresh"
    (fresh / "source").mkdir(parents=True)
    for path in place.raw.iterdir():
        (fresh / path.name).write_bytes(path.read_bytes())
    assert kept.differing(place, fresh) == []
    (place.raw / "source").mkdir()
    (place.raw / "source/a.xlsx").write_bytes(b"a")
    (fresh / "evidence.csv").write_text("")
    assert kept.differing(place, fresh) == ["evidence.csv", "source/a.xlsx"]


def test_a_link_anywhere_in_a_folder_is_noticed(place):
    assert not kept.holds_links(place.raw)
    (place.raw / "source").mkdir()
    (place.raw / "source/a").symlink_to("/etc")
    assert kept.holds_links(place.raw)
