import io
import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from helpers import LANGUAGES, make_package, recap

from analysis import applications, figures, findings, integrations
from analysis.formats import integer
from analysis.labels import text

HOSTILE = ["$x$", r"$\frac$", "</svg><script>", "-->", "&amp;", "a_b^c", r"\n"]


def category_bars():
    return figures.category_bars(applications.count_by(make_package(), "status"), "status")


def integration_graph():
    return figures.integration_graph(integrations.list_integrations(make_package()))


def evidence_heatmap():
    return figures.evidence_heatmap(findings.evidence_matrix(make_package()), make_package())


DRAWN = [category_bars, integration_graph, evidence_heatmap]


def svg_of(drawing):
    """Return a drawing as parsed SVG."""
    return ElementTree.fromstring(figures.encode(drawing.figure, "svg"))  # noqa: S314 - our own


@pytest.mark.parametrize("file_format", figures.FORMATS)
@pytest.mark.parametrize("draw", DRAWN)
def test_the_same_table_gives_the_same_bytes(draw, file_format):
    first, second = draw(), draw()
    for lang in LANGUAGES:
        got = figures.encode(first[lang].figure, file_format)
        assert got == figures.encode(second[lang].figure, file_format)
        assert got == figures.encode(first[lang].figure, file_format)


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
    drawing = figures.category_bars(applications.count_by(package, attribute), attribute)[lang]
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
    description = figures.evidence_heatmap(matrix, make_package())[lang].description
    got = [re.findall(r"(\d[\d.,]*\d|\d)\b", part) for part in description.split("; ")]
    assert got == [[integer(1081, lang), "2", "3"], ["0", "1", "7"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_name_every_application_of_the_graph_and_the_hub(lang):
    description = integration_graph()[lang].description
    for name in ("Siaga", "Sehat", "Lapor", "NA", "0012"):
        assert name in description
    assert "Sehat (2 " in description.split(";")[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_drawn_literally(name):
    table = pd.DataFrame({"number": [1], "application": [name], "integrated_with": ["b"]})
    drawing = figures.integration_graph(table)["en"]
    tags = {element.tag.split("}")[1] for element in svg_of(drawing).iter()}
    assert "script" not in tags
    assert name in {label.get_text() for label in drawing.figure.axes[0].texts}
    assert not any(label.get_parse_math() for label in drawing.figure.axes[0].texts)


@pytest.mark.parametrize("most", [0, 1, 2, 3, 4, 9, 388, 1_000_000])
def test_the_axis_of_counts_never_repeats_a_number(most):
    package = make_package(applications_recap=recap({"type": {"web": most}}))
    drawing = figures.category_bars(applications.count_by(package, "type"), "type")["id"]
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


def test_applications_stand_apart():
    edges = [(f"a{n}", "hub") for n in range(5)] + [("x", "y"), ("u", "v"), ("v", "w")]
    table = pd.DataFrame(edges, columns=["application", "integrated_with"])
    places = figures._arrange(integrations.graph(table), integrations.components(table))
    points = list(places.values())
    gaps = [(x - u) ** 2 + (y - v) ** 2 for n, (x, y) in enumerate(points) for u, v in points[:n]]
    assert set(places) == {name for edge in edges for name in edge}
    assert min(gaps) > 0.25


def test_encoding_leaves_no_open_figures():
    stream = io.BytesIO(integration_graph()["id"]._repr_png_())
    assert stream.read(4) == b"\x89PNG"
    assert figures.mpl.rcParams["svg.hashsalt"] is None
