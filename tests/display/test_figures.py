import io
import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from helpers import LANGUAGES, bandung, make_package, recap

from analysis.display import figures
from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.tables import applications, findings

REAL = bandung()
"""A package that is not made up."""
FRAMEWORK = make_package()["framework"]


def category_bars():
    return figures.category_bars(REAL, applications.count_by(make_package(), "status"), "status")


def evidence_heatmap():
    return figures.evidence_heatmap(REAL, findings.evidence_matrix(make_package()), FRAMEWORK)


DRAWN = [category_bars, evidence_heatmap]


def svg_of(drawing):
    """Return a drawing as parsed SVG."""
    return ElementTree.fromstring(figures.encode(drawing.figure, "svg"))  # noqa: S314 - our own


def require_same_bytes(draw, file_format):
    """Draw twice; the files must be equal, and a figure that is encoded anew must not have moved."""
    first, second = draw(), draw()
    for lang in LANGUAGES:
        got = figures.encode(first[lang].figure, file_format)
        assert got == figures.encode(second[lang].figure, file_format)
        assert got == figures._encode(first[lang].figure, file_format)


@pytest.mark.parametrize("file_format", figures.FORMATS)
@pytest.mark.parametrize("draw", DRAWN)
def test_the_same_table_gives_the_same_bytes(draw, file_format):
    require_same_bytes(draw, file_format)


@pytest.mark.parametrize("draw", DRAWN)
def test_both_languages_are_drawn_with_words_of_their_own(draw):
    drawn = draw()
    assert tuple(drawn) == LANGUAGES
    assert drawn["id"].description != drawn["en"].description
    assert repr(drawn["id"]) == drawn["id"].description
    assert drawn["id"]._repr_png_().startswith(b"\x89PNG")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("attribute", applications.CATEGORIES)
def test_the_words_hold_every_count_of_the_bars(attribute, lang):
    names = applications.CATEGORIES[attribute]
    counts = {name: 1000 + 111 * n for n, name in enumerate(names)}
    package = make_package(applications_recap=recap({attribute: counts}))
    drawing = figures.category_bars(REAL, applications.count_by(package, attribute), attribute)[lang]
    for name, count in counts.items():
        assert f"{text(f'{attribute}.{name}', lang)}: {integer(count, lang)} (" in drawing.description
    drawn = {label.get_text().split(" ")[0] for label in drawing.figure.axes[0].texts}
    assert drawn == {integer(count, lang) for count in counts.values()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_hold_every_count_of_the_matrix(lang):
    aspects = ["service_access", "wifi_components"]
    matrix = pd.DataFrame(
        {
            "dimension": ["online_services", "infrastructure"],
            "aspect": aspects,
            "supports": [1081, 0],
            "mixed": [2, 1],
            "hinders": [3, 7],
        }
    )
    description = figures.evidence_heatmap(REAL, matrix, FRAMEWORK)[lang].description
    got = [re.findall(r"(\d[\d.,]*\d|\d)\b", part) for part in description.split("; ")]
    assert got == [[integer(1081, lang), "2", "3"], ["0", "1", "7"]]


@pytest.mark.parametrize("most", [0, 1, 2, 3, 4, 9, 388, 1_000_000])
def test_the_axis_of_counts_never_repeats_a_number(most):
    package = make_package(applications_recap=recap({"type": {"web": most}}))
    drawing = figures.category_bars(REAL, applications.count_by(package, "type"), "type")["id"]
    drawing.figure.draw_without_rendering()
    low, high = drawing.figure.axes[0].get_xlim()
    ticks = zip(drawing.figure.axes[0].get_xticks(), drawing.figure.axes[0].get_xticklabels(), strict=True)
    labels = [label.get_text() for place, label in ticks if low <= place <= high]
    assert len(labels) == len(set(labels)) >= 2


@pytest.mark.parametrize("draw", DRAWN)
def test_a_drawing_is_dated_by_nothing(draw):
    svg = figures.encode(draw()["en"].figure, "svg").decode()
    assert "<dc:date>" not in svg
    assert "Software" not in figures.encode(draw()["en"].figure, "png").decode("latin-1")


def test_encoding_leaves_no_open_figures():
    stream = io.BytesIO(category_bars()["id"]._repr_png_())
    assert stream.read(4) == b"\x89PNG"
    assert figures.mpl.rcParams["svg.hashsalt"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_drawn_from_a_made_up_city_is_marked_in_the_picture_and_in_words(lang):
    table = applications.count_by(make_package(), "status")
    drawing = figures.category_bars(make_package(), table, "status")[lang]
    mark = text("synthetic.figure", lang)
    assert drawing.figure.get_suptitle() == mark
    assert drawing.description.startswith(mark)
    assert figures.category_bars(REAL, table, "status")[lang].figure.get_suptitle() == ""
