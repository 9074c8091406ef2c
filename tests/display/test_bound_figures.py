from helpers import bandung
from test_drawing import require_sound, texts

from analysis.auditing import bounds
from analysis.display import bound_figures
from analysis.language.labels import text
from analysis.tables import applications

REAL = bandung()
NAMES = {"type": "table4", "ownership": "table5", "status": "table6"}


def joint():
    return bounds.joint_bounds({NAMES[name]: applications.count_by(REAL, name) for name in NAMES})


def drawn(frame=None):
    return bound_figures.bounds_intervals(REAL, joint() if frame is None else frame)


def test_only_bounds_that_say_something_are_drawn(lang):
    telling = joint().query("lower > 0")
    parts = drawn()[lang].description.split("; ")
    assert 0 < len(parts) == len(telling) < len(joint())
    for low, high, part in zip(telling["lower"], telling["upper"], parts, strict=True):
        assert part.rstrip(".").endswith(f"{low}–{high}")


def test_where_no_bound_says_anything_the_figure_says_so(lang):
    got = drawn(joint().query("lower == 0"))[lang]
    assert got.description == text("figure.bounds_none", lang)
    assert texts(got.figure) == [got.description]


def test_the_same_bounds_give_the_same_bytes_with_labels_inside_and_apart():
    require_sound(drawn)
