"""What a build does when tasks fail, tried with tasks of its own: no notebook is run."""

from functools import partial

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


def test_of_the_tasks_that_can_begin_the_one_planned_first_does(place):
    begun = []
    names = ["first", *"fedcba"]
    tasks = [
        {
            "basename": name,
            "actions": [partial(begun.append, name)],
            "file_dep": ["in.txt"],
            "targets": [],
            "task_dep": names[:1] if name != "first" else [],
        }
        for name in names
    ]
    run(tasks, place.root, place.state, Silent(), 1, [])
    assert begun == names


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
