"""What a task remembers, tried with tasks of its own: no notebook is run."""

import os
from datetime import date
from pathlib import Path

import pytest

from analysis.project.cities import City
from analysis.tasks.fingerprints import Unchanged, digest, fingerprint
from analysis.tasks.running import BuildError, Watcher, run


class Silent(Watcher):
    """Keeps the names of what was done."""

    def __init__(self):
        self.done = []

    def finished(self, made):
        if made.seconds is not None:
            self.done.append(made.task)


@pytest.fixture
def place(tmp_path):
    city = City("kotabaru", tmp_path)
    city.build.mkdir(parents=True)
    (tmp_path / "in.txt").write_text("one")
    return city


def build(place, settings=None, *, meanwhile=lambda: None):
    """Build a task that copies ``in.txt`` to ``out.txt``; tell whether it was done."""

    def copy():
        (place.root / "out.txt").write_text((place.root / "in.txt").read_text())
        meanwhile()

    task = {
        "basename": "copy",
        "actions": [copy],
        "file_dep": ["in.txt"],
        "targets": ["out.txt"],
        "uptodate": [Unchanged(place.root, settings or {}, [place.root / "out.txt"])],
    }
    watcher = Silent()
    run([task], place.root, place.state, watcher, 1, [])
    return bool(watcher.done)


def test_a_task_is_done_once(place):
    assert build(place)
    assert not build(place)


@pytest.mark.parametrize("damage", [lambda path: path.write_text("ONE"), Path.touch, Path.unlink])
def test_an_output_that_changed_or_is_gone_is_made_again(place, damage):
    build(place)
    output = place.root / "out.txt"
    damage(output)
    assert build(place) == (damage is not Path.touch)
    assert output.read_text() == "one"


def test_a_changed_setting_makes_a_task_stale_and_its_order_does_not(place):
    build(place, {"a": 1, "b": [1, 2]})
    assert not build(place, {"b": [1, 2], "a": 1})
    assert build(place, {"a": 1, "b": [2, 1]})


def test_a_setting_that_json_does_not_know_is_no_obstacle(place):
    day = date(2020, 9, 13)
    build(place, {"created": day})
    assert not build(place, {"created": day})
    assert build(place, {"created": day.replace(day=14)})


def test_an_input_that_changes_while_it_is_read_is_read_again(place):
    source = place.root / "in.txt"
    assert build(place, meanwhile=lambda: source.write_text("two"))
    assert (place.root / "out.txt").read_text() == "one"
    assert build(place)
    assert (place.root / "out.txt").read_text() == "two"
    assert not build(place)


def test_an_input_with_a_new_time_and_the_same_content_changes_nothing(place):
    build(place)
    os.utime(place.root / "in.txt", (1, 1))
    assert not build(place)


def test_what_is_remembered_does_not_tell_where_the_project_lies(place, tmp_path):
    output = place.root / "out.txt"
    output.write_text("one")
    unchanged = Unchanged(place.root, {}, [output])
    assert unchanged.damaged({"outputs": {"out.txt": fingerprint(output)}}) == {}
    assert unchanged.damaged({}) == {"out.txt": (None, fingerprint(output))}
    assert str(tmp_path) not in str(unchanged.damaged({}))


def test_nothing_is_the_fingerprint_of_a_file_that_is_not_there(tmp_path):
    assert fingerprint(tmp_path / "no") is None
    assert digest(tmp_path) is None


def test_an_input_with_the_same_time_and_another_content_is_noticed(place):
    build(place)
    source = place.root / "in.txt"
    before = source.stat()
    source.write_text("two")
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert build(place)
    assert (place.root / "out.txt").read_text() == "two"


def test_a_damaged_state_is_forgotten(place):
    build(place)
    (place.build / ".state.sqlite3").write_text("no database")
    assert build(place)
    assert not build(place)


def test_a_missing_input_is_named(place):
    build(place)
    (place.root / "in.txt").unlink()
    with pytest.raises(BuildError) as caught:
        build(place)
    assert caught.value.__cause__.names == ["in.txt"]
