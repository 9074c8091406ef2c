import pytest
from helpers import bandung, make_package
from inventories import inventory
from test_drawing import require_same_bytes

from analysis.display import drawing as drawings
from analysis.display import insight_figures
from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.tables import insights

REAL = bandung()
HOSTILE = ["$x$", "</svg><script>", "&amp;", "a_b^c", r"\n", "x" * 300]


def cross():
    rows = [{"name": f"A{n}", "owner": "x", "status": "trial" if n % 3 else "planned"} for n in range(7)]
    package = make_package(applications=inventory(*rows), applications_recap=None)
    return insight_figures.cross_heatmap(REAL, insights.cross_table(package, "type"), "type", "status")


def ageing(owners):
    rows = [(f"A{n}", owner) for n, owner in enumerate(owners)]
    table = insights.stale_by_owner(inventory(*rows, last_updated="2020-01-01"), months=0)
    return insight_figures.stale_bars(REAL, table)


DRAWN = [cross, lambda: ageing(["x", "y", "y"]), lambda: ageing([])]


@pytest.mark.parametrize("draw", DRAWN)
def test_the_same_table_gives_the_same_bytes(draw):
    require_same_bytes(draw)


def test_the_words_hold_every_count_of_the_cross_table(lang):
    parts = cross()[lang].description.split("; ")
    assert len(parts) == 4
    assert f"{text('status.planned', lang)} 3" in parts[0]
    assert f"{text('status.trial', lang)} 4" in parts[0]


def test_agencies_beyond_the_bars_are_told_in_words_and_below_the_bars(lang):
    drawing = ageing([f"Dinas {n:02d}" for n in range(insight_figures.MOST_BARS + 5)] + ["Dinas 19"])[lang]
    axes = drawing.figure.axes[0]
    assert len(axes.patches) == insight_figures.MOST_BARS
    assert axes.texts[0].get_text() == "Dinas 19"
    told = text("insight.figure.others", lang, agencies=integer(5, lang), n=integer(5, lang))
    assert told in drawing.description
    assert told in [label.get_text() for label in axes.texts]


def test_no_stale_data_are_told_in_words():
    assert text("insight.figure.none", "en") in ageing([])["en"].description


@pytest.mark.parametrize("owner", HOSTILE)
def test_a_hostile_agency_is_drawn_literally(owner):
    drawing = ageing([owner])["en"]
    label = drawing.figure.axes[0].texts[0]
    assert label.get_text().replace("\n", "") == owner
    assert not label.get_parse_math()
    assert b"<script" not in drawings.encode(drawing, "svg")


def test_a_long_name_of_an_agency_is_broken_into_lines_and_never_cut(lang):
    name = "Dinas Pemberdayaan Perempuan, Perlindungan Anak, Pengendalian Penduduk, dan Keluarga Berencana"
    for figure in (ageing([name])[lang].figure, ageing([name])[lang].narrow):
        label = figure.axes[0].texts[0]
        assert label.get_text().replace("\n", " ") == name
        figure.draw_without_rendering()
        assert label.get_window_extent().x0 >= 0
