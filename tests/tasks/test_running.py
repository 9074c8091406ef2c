"""What a build does when tasks fail, tried with tasks of its own: no notebook is run."""

import pytest
from test_fingerprints import Silent

from analysis.project.cities import City
from analysis.tasks.running import BuildError, run


@pytest.fixture
def place(tmp_path):
    city = City("kotabaru", tmp_path)
    city.build.mkdir(parents=True)
    (tmp_path / "in.txt").write_text("one")
    return city


def build(place, failing=()):
    """Build ``first``, and ``left`` and ``right`` from it, then ``last``; return what was done."""

    def task(name, source):
        def action():
            if name in failing:
                raise ValueError(name)
            (place.root / f"{name}.txt").write_text((place.root / source).read_text())

        return {"basename": name, "actions": [action], "file_dep": [source], "targets": [f"{name}.txt"]}

    sources = {"first": "in.txt", "left": "first.txt", "right": "first.txt", "last": "left.txt"}
    watcher = Silent()
    run([task(name, source) for name, source in sources.items()], place.root, place.state, watcher, 2, [])
    return set(watcher.done)


def test_of_the_tasks_that_can_begin_the_one_that_others_wait_for_does_and_then_the_first(place):
    begun = []

    def task(name, source, after):
        def action():
            begun.append(name)
            (place.root / f"{name}.txt").write_text(name)

        made = {"basename": name, "actions": [action], "file_dep": [source], "targets": [f"{name}.txt"]}
        return {**made, "task_dep": after}

    middle = [task(name, "in.txt", ["first"]) for name in "fedcba"]
    run(
        [task("first", "in.txt", []), *middle, task("last", "c.txt", [])],
        place.root,
        place.state,
        Silent(),
        2,
        [],
    )
    assert set(begun[1:3]) == {"c", "f"}


def failures(place, failing):
    """Return the tasks that failed, with their causes."""
    with pytest.raises(BuildError) as caught:
        build(place, failing)
    return {(one.task, str(one.__cause__)) for one in (caught.value, *caught.value.others)}


def test_all_tasks_that_fail_are_told_and_none_that_needs_them(place):
    assert failures(place, {"left", "right"}) == {("left", "left"), ("right", "right")}
    assert not (place.root / "last.txt").exists()


def test_a_failure_does_not_stop_what_does_without_it(place):
    assert failures(place, {"left"}) == {("left", "left")}
    assert (place.root / "right.txt").read_text() == "one"


def test_what_needs_a_failed_task_is_still_up_to_date_once_that_is_mended(place):
    assert build(place) == {"first", "left", "right", "last"}
    (place.root / "in.txt").write_text("two")
    assert failures(place, {"first"}) == {("first", "first")}
    (place.root / "in.txt").write_text("one")
    assert build(place) == {"first"}
