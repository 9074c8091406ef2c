import io
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
import seaborn as sns
from conftest import ROOT
from helpers import LANGUAGES, bandung, make_package
from matplotlib import colors

from analysis.display import count_figures, drawing
from analysis.display.svg_files import FONTS, description_of
from analysis.language.labels import text
from analysis.tables import applications

REAL = bandung()
"""A package that is not made up."""
FOREIGN = (
    "font.family: monospace\naxes.facecolor: red\nlines.linewidth: 9\nsvg.fonttype: none\nhatch.color: blue\n"
)
"""What a user's ``matplotlibrc`` may say."""
DRAW = """
from helpers import bandung, make_package
from analysis.display import count_figures, drawing
from analysis.tables import applications
table = applications.count_by(make_package(), "status")
drawn = count_figures.category_bars(bandung(), table, "status")["id"]
for file_format in drawing.FORMATS:
    sys.stdout.buffer.write(drawing.encode(drawn, file_format))
"""
WRITE = """
from matplotlib.figure import Figure
from analysis.display import drawing
with drawing.own_settings():
    figure = Figure()
    figure.text(0.1, 0.5, "official: the Turkish alphabet has an i of its own")
    figure.savefig(stream, format="svg", metadata={"Date": None})
"""


def bars(package=REAL):
    return count_figures.category_bars(package, applications.count_by(make_package(), "status"), "status")


@cache
def drawn():
    """Return these bars, drawn once; read only."""
    return bars()


def svg_of(drawn):
    """Return a drawing as parsed SVG."""
    return ElementTree.fromstring(drawing.encode(drawn, "svg"))  # noqa: S314 - our own


def require_same_bytes(draw):
    """Draw twice; the files must be equal, also of a figure that was encoded otherwise before. Return one."""
    first, second = draw(), draw()
    for lang, one in first.items():
        got = [drawing.encode(one, file_format) for file_format in drawing.FORMATS]
        again = [drawing.encode(second[lang], file_format) for file_format in reversed(drawing.FORMATS)]
        assert got == again[::-1]
        narrow = drawing._encode(one.narrow, "narrow.svg", one.description)
        assert narrow == drawing.encode(one, "narrow.svg")
    return first


def texts(figure):
    return [label.get_text() for axes in figure.axes for label in axes.texts]


def require_sound(draw):
    """The same bytes each time; in both languages, on both media, texts inside the figure and apart."""
    for drawn in require_same_bytes(draw).values():
        require_inside(drawn.figure)
        require_inside(drawn.narrow)


def require_inside(figure):
    """Every text of a figure must lie within it, and no two may lie upon each other."""
    with drawing.own_settings():
        figure.draw_without_rendering()
        whole = figure.bbox
        boxes = [
            (label.get_text(), label.get_window_extent())
            for axes in figure.axes
            for label in axes.texts
            if label.get_text()
        ]
    for n, (words, box) in enumerate(boxes):
        assert whole.x0 - 1 <= box.x0 <= box.x1 <= whole.x1 + 1, words
        assert whole.y0 - 1 <= box.y0 <= box.y1 <= whole.y1 + 1, words
        for other, at in boxes[:n]:
            overlap = (min(box.x1, at.x1) - max(box.x0, at.x0), min(box.y1, at.y1) - max(box.y0, at.y0))
            assert min(overlap) < 2, (words, other)


def test_the_same_table_gives_the_same_bytes():
    require_same_bytes(bars)


def test_both_languages_are_drawn_with_words_of_their_own():
    got = drawn()
    assert tuple(got) == LANGUAGES
    assert got["id"].description != got["en"].description
    assert repr(got["id"]) == got["id"].description
    assert got["id"]._repr_png_().startswith(b"\x89PNG")


def test_a_drawing_is_dated_by_nothing():
    svg = drawing.encode(drawn()["en"], "svg").decode()
    assert "<dc:date>" not in svg
    assert "Software" not in drawing.encode(drawn()["en"], "png").decode("latin-1")


@pytest.mark.parametrize("file_format", ["svg", "narrow.svg"])
def test_an_svg_holds_its_content_in_words(lang, file_format):
    got = drawn()[lang]
    assert description_of(drawing.encode(got, file_format)) == got.description


def test_an_svg_needs_no_font_of_the_reader():
    svg = drawing.encode(drawn()["en"], "svg")
    assert b"<text" not in svg
    assert b"font-family" not in svg


def test_the_type_is_that_of_the_papers():
    with drawing.own_settings():
        found = [mpl.font_manager.findfont(mpl.font_manager.FontProperties(weight=w)) for w in (400, 700)]
    assert [re.split(r"[/\\]", path)[-1] for path in found] == list(FONTS)


def test_a_narrow_drawing_has_the_same_words_at_a_size_that_a_phone_shows(lang):
    got = drawn()[lang]
    assert sorted(texts(got.narrow)) == sorted(texts(got.figure))
    width = got.narrow.get_size_inches()[0]
    least = min(label.get_fontsize() for axes in got.narrow.axes for label in axes.texts)
    assert least / 72 * 350 / width > 11  # CSS pixels on a screen of 390


def test_drawing_leaves_the_settings_of_others_as_they_are():
    before = dict(mpl.rcParams)
    bars()["id"]._repr_png_()
    assert dict(mpl.rcParams) == before


def test_settings_of_a_notebook_change_no_byte():
    expected = [drawing.encode(drawn()["id"], one) for one in drawing.FORMATS]
    with mpl.rc_context():
        sns.set_theme(style="darkgrid", font_scale=3, palette="bright")
        mpl.rcParams.update({"font.family": "monospace", "axes.facecolor": "red", "svg.fonttype": "none"})
        assert [drawing.encode(bars()["id"], one) for one in drawing.FORMATS] == expected


@pytest.mark.parametrize(
    "where",
    [
        "folder",
        pytest.param("variable", marks=pytest.mark.slow("a Python that imports Matplotlib")),
        pytest.param("config", marks=pytest.mark.slow("a Python that imports Matplotlib")),
    ],
)
def test_a_matplotlibrc_changes_no_byte(where, tmp_path, monkeypatch):
    expected = b"".join(drawing.encode(drawn()["id"], one) for one in drawing.FORMATS)
    config = tmp_path / "config"
    config.mkdir()
    (tmp_path / "matplotlibrc" if where == "folder" else config / "matplotlibrc").write_text(FOREIGN)
    monkeypatch.setenv("MPLCONFIGDIR", str(config if where == "config" else tmp_path / "empty"))
    if where == "variable":
        monkeypatch.setenv("MATPLOTLIBRC", str(config / "matplotlibrc"))
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'tests')!r})\n{DRAW}"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout == expected


def test_a_locale_with_letters_of_its_own_changes_no_byte(tmp_path):
    made = ("-i", "tr_TR", "-f", "UTF-8", str(tmp_path / "tr_TR.UTF-8"))
    if not shutil.which("localedef") or subprocess.run(["localedef", *made], check=False).returncode:
        # No other locale shows the fault (matplotlib leaves the ligature of f and i out); macOS and slim
        # systems cannot make this one.
        pytest.skip("there is no localedef here, or no sources of a Turkish locale")
    environment = {**os.environ, "LOCPATH": str(tmp_path), "LC_ALL": "tr_TR.UTF-8"}
    command = [sys.executable, "-c", f"import sys\nstream = sys.stdout.buffer\n{WRITE}"]
    got = subprocess.run(command, env=environment, capture_output=True, check=True).stdout
    exec(WRITE, {"stream": (here := io.BytesIO())})  # noqa: S102 - our own
    assert got.startswith(b"<?xml")
    assert got == here.getvalue()


def test_what_is_drawn_from_a_made_up_city_is_marked_in_the_picture_and_in_words(lang):
    got = bars(make_package())[lang]
    mark = text("synthetic.figure", lang)
    assert got.figure.get_suptitle() == got.narrow.get_suptitle() == mark
    assert got.description.startswith(mark)
    assert drawn()[lang].figure.get_suptitle() == ""


def grey(colour):
    """Return how light a colour is in print without colours, from 0 to 1."""
    red, green, blue = colors.to_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# What a reader sees who lacks one kind of cone (Viénot, Brettel and Mollon 1999, linear RGB).
DEFICIENT = {
    "protan": ((0.112, 0.888, 0.0), (0.112, 0.888, 0.0), (0.004, -0.004, 1.0)),
    "deutan": ((0.293, 0.707, 0.0), (0.293, 0.707, 0.0), (-0.022, 0.022, 1.0)),
}


def linear(colour):
    return [(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in colors.to_rgb(colour)]


@pytest.mark.parametrize("kind", DEFICIENT)
def test_what_supports_hinders_and_does_both_differ_for_colour_blind_readers(kind):
    seen = [
        [sum(w * c for w, c in zip(row, linear(colour), strict=True)) for row in DEFICIENT[kind]]
        for colour in (drawing.FOR, drawing.AGAINST, drawing.NEITHER)
    ]
    for n, one in enumerate(seen):
        for other in seen[:n]:
            assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 0.25


def test_what_supports_hinders_and_does_both_differ_in_grey():
    shades = sorted(map(grey, (drawing.FOR, drawing.AGAINST, drawing.NEITHER)))
    assert min(shades[1] - shades[0], shades[2] - shades[1]) > 0.15
