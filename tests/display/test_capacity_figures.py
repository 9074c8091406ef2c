import pandas as pd
import pytest
from helpers import LANGUAGES, bandung, make_package
from test_drawing import require_sound, texts

from analysis.display import capacity_figures, drawing

COLUMNS = ["metric", "value", "unit", "label_id", "label_en"]
METRICS = pd.DataFrame(
    [
        ("a", "200", "Mbps", "jalur a", "line a"),
        ("b", "500", "Mbps", "jalur b", "line b"),
        ("n", "68", "agency", "perangkat daerah", "agencies"),
        ("each", "15", "Mbps", "jatah", "allotment"),
    ],
    columns=COLUMNS,
).set_index("metric")


def drawn(metrics=METRICS):
    parts, takers, each = metrics.loc[["a", "b"]], metrics.loc["n"], metrics.loc["each"]
    return capacity_figures.capacity_bars(bandung(), parts, takers, each)


@pytest.mark.parametrize(("lang", "asked"), [("id", "1.020 Mbps"), ("en", "1,020 Mbps")])
def test_both_readings_are_said_in_numbers(lang, asked):
    got = drawn()[lang]
    for number in ("700 Mbps", asked, "320 Mbps", "46", "68"):
        assert number in got.description
    assert {"200 Mbps", "500 Mbps", "320 Mbps"} <= set(texts(got.figure))


def test_what_is_enough_has_no_gap():
    enough = METRICS.assign(value=["200", "500", "4", "15"])
    got = drawn(enough)["en"]
    assert "640 Mbps to spare" in got.description
    assert drawing.mpl.colors.to_rgba(drawing.AGAINST) not in {
        bar.get_facecolor() for bar in got.figure.axes[0].patches
    }


def test_the_same_metrics_give_the_same_bytes_with_labels_inside_and_apart():
    require_sound(drawn)


def test_it_is_drawn_for_a_city_whose_descriptor_names_it_and_for_no_other():
    assert tuple(capacity_figures.of_city(bandung())) == LANGUAGES
    assert capacity_figures.of_city(make_package()) == {}
