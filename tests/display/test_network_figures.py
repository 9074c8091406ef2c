import pandas as pd
import pytest
from helpers import bandung, make_package
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from test_drawing import require_same_bytes, svg_of

from analysis.display import network_figures
from analysis.display.drawing import NARROW, WIDTH
from analysis.display.network_figures import integration_graph
from analysis.tables import integrations

HOSTILE = ["$x$", r"$\frac$", "</svg><script>", "-->", "&amp;", "a_b^c", r"\n"]
REAL = bandung()


def tiny():
    return integration_graph(REAL, integrations.list_integrations(make_package()))


def test_the_same_table_gives_the_same_bytes():
    require_same_bytes(tiny)


def test_the_words_name_every_application_of_the_graph_and_the_hub(lang):
    description = tiny()[lang].description
    for name in ("Siaga", "Sehat", "Lapor", "NA", "0012"):
        assert name in description
    assert "Sehat (2)" in description.split(";")[0]


@pytest.mark.parametrize(
    "pairs", [[("A", "B")], [("A", "B"), ("C", "D")], [("A", "B"), ("B", "C"), ("C", "A")]]
)
def test_no_application_is_called_the_hub_where_none_has_more_partners_than_the_others(pairs):
    table = pd.DataFrame(pairs, columns=["application", "integrated_with"])
    drawn = integration_graph(REAL, table)["en"]
    assert "Most partners" not in drawn.description
    assert {label.get_fontweight() for label in drawn.figure.axes[0].texts} == {"normal"}


def test_the_hub_is_told_by_weight_and_not_by_colour_alone():
    bold = [
        label.get_text() for label in tiny()["en"].figure.axes[0].texts if label.get_fontweight() == "bold"
    ]
    assert bold == ["Sehat"]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_drawn_literally(name):
    table = pd.DataFrame({"number": [1], "application": [name], "integrated_with": ["b"]})
    drawing = integration_graph(REAL, table)["en"]
    tags = {element.tag.split("}")[1] for element in svg_of(drawing).iter()}
    assert "script" not in tags
    assert name in {label.get_text() for label in drawing.figure.axes[0].texts}
    assert not any(label.get_parse_math() for label in drawing.figure.axes[0].texts)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("stuvwxyz")), min_size=1, max_size=14),
    st.sampled_from([WIDTH, NARROW]),
)
def test_applications_stand_apart_and_inside_the_figure(edges, width):
    table = pd.DataFrame(edges, columns=["application", "integrated_with"])
    graph = integrations.graph(table)
    names = {name: name for name in graph}
    places, height = network_figures._arrange(graph, integrations.components(table), names, width)
    assert set(places) == set(graph)
    assert all(0 <= x <= width and -height <= y <= 0 for x, y in places.values())
    points = list(places.values())
    gaps = [(x - u) ** 2 + (y - v) ** 2 for n, (x, y) in enumerate(points) for u, v in points[:n]]
    assert min(gaps) > 0.1


def test_nothing_of_a_long_name_is_cut_off():
    long = "Sistem Informasi Pelayanan Terpadu Administrasi Kependudukan dan Catatan Sipil Daring Satu"
    pairs = [("Arsip", long), ("Lapor", "Izin"), (long, "Izin"), ("Izin", "Surat")]
    drawn = integration_graph(make_package(), pd.DataFrame(pairs, columns=["application", "integrated_with"]))
    for figure in (drawn["id"].figure, drawn["id"].narrow):
        FigureCanvasAgg(figure).draw()
        wide, high = figure.bbox.size
        boxes = [label.get_window_extent() for label in figure.axes[0].texts]
        assert all(box.x0 >= 0 and box.y0 >= 0 and box.x1 <= wide and box.y1 <= high for box in boxes)
        assert {" ".join(label.get_text().split()) for label in figure.axes[0].texts} == set(sum(pairs, ()))


def test_many_pairs_do_not_overlap_and_make_the_figure_higher():
    pairs = [(f"Sistem Informasi Nomor {n}", f"Aplikasi Panjang Nomor {n}") for n in range(12)]
    table = pd.DataFrame(pairs, columns=["application", "integrated_with"])
    graph = integrations.graph(table)
    names = {name: name for name in graph}
    places, height = network_figures._arrange(graph, integrations.components(table), names, WIDTH)
    left = [places[name] for name, _ in pairs]
    same_row = [abs(x - u) for n, (x, y) in enumerate(left) for u, v in left[:n] if y == v]
    assert min(same_row) > 1.5
    assert height > 3
