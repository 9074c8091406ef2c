import pytest
from comparisons import ALONE, BARE, LEDGER, WHOLE, alone, both, drawn, many, names

from analysis.comparing.comparison import GROUPS, compare, found
from analysis.comparing.comparison_figures import FIGURES
from analysis.comparing.comparison_tables import ABSENT
from analysis.display import drawing as drawings
from analysis.display.drawing import Drawing
from analysis.language.formats import display

AGAIN = pytest.mark.slow("the same of another figure, or in the other language")
TWO_OF_FOUR = [
    *(("shares", "id"), ("balances", "en")),
    *(pytest.param(*one, marks=AGAIN) for one in (("shares", "en"), ("balances", "id"))),
]
"""Each figure in one of the languages; in both where time is no matter."""
HOSTILE = ["$x$", "</svg><script>", "&amp;", "a_b^c", r"\n", "x" * 120]


def texts(drawing):
    """Return every text of a drawing, its lines joined."""
    axes = [label for part in drawing.figure.axes for label in (*part.texts, *part.get_yticklabels())]
    return [label.get_text().replace("\n", " ") for label in (*drawing.figure.texts, *axes)]


@pytest.mark.parametrize(
    ("name", "lang"),
    TWO_OF_FOUR,
)
def test_the_same_comparison_gives_the_same_bytes(name, lang):
    first, second = drawn()[name][lang], FIGURES[name](both(), names(), lang)
    for file_format in drawings.FORMATS:
        assert drawings.encode(first, file_format) == drawings.encode(second, file_format)


def test_every_share_and_balance_is_drawn_and_said(lang):
    for (measure, city), result in found(both()).items():
        if result.unit in ("share", "score"):
            drawing = drawn()["shares" if result.unit == "share" else "balances"][lang]
            written = display(result, lang)
            assert written in texts(drawing), measure
            assert f"{names().cities[lang][city]} {written}" in drawing.description, measure


@pytest.mark.parametrize(("name", "lang"), TWO_OF_FOUR)
def test_a_made_up_city_is_marked_in_the_drawing_and_in_words_and_its_bars_are_hatched(name, lang):
    drawing = alone(name, lang)
    mark = ALONE.cities[lang]["bawah"].split(" (")[1]
    assert mark in " ".join(texts(drawing))
    assert mark in drawing.description
    colours = {bar.get_facecolor() for part in drawing.figure.axes for bar in part.patches}
    assert drawings.mpl.colors.to_rgba(drawings.COUNT) not in colours
    assert any(bar.get_hatch() for part in drawing.figure.axes for bar in part.patches)


@pytest.mark.parametrize("name", FIGURES)
def test_a_narrow_screen_has_a_drawing_of_its_own_with_the_same_texts(name):
    drawing = drawn()[name]["en"]
    assert drawing.narrow.get_figwidth() == drawings.NARROW
    narrow = Drawing(lambda _: (drawing.narrow, ""))
    assert sorted({*texts(narrow), ""}) == sorted({*texts(drawing), ""})
    for panel in drawing.narrow.axes:
        assert panel.get_position().x1 <= 1


def test_the_edges_of_a_short_hatched_bar_leave_room_between_them():
    drawing = alone("shares", "id")
    for panel in drawing.figure.axes:
        inches = panel.get_position().width * drawings.WIDTH / (panel.get_xlim()[1] - panel.get_xlim()[0])
        for bar in panel.patches:
            assert 2 * bar.get_linewidth() <= abs(bar.get_width()) * inches * 72


def test_hatched_bars_are_explained_only_where_there_are_any():
    figures = drawn()["balances"]["en"], FIGURES["balances"](both(), names(()), "en")
    assert ["Hatched bars" in " ".join(texts(figure)) for figure in figures] == [True, False]


def test_what_a_city_lacks_is_a_dash_without_a_bar():
    drawing = drawn()["balances"]["en"]
    panels = drawing.figure.axes
    assert len(panels) == sum(measure.endswith("balance") for group in GROUPS.values() for measure in group)
    for panel in panels:
        assert [label.get_text() == ABSENT for label in panel.texts] == [False, True]
        assert len(panel.patches) == 2
    assert drawing.description.count(f"Lower City (synthetic data) {ABSENT}") == len(panels)


def test_panels_of_a_figure_have_the_same_scale_and_width():
    for name, by_language in drawn().items():
        panels = by_language["id"].figure.axes
        assert len({round(panel.get_xlim()[1], 9) for panel in panels}) == 1, name
        assert len({round(panel.get_position().width, 9) for panel in panels}) == 1, name


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("lang", ["id", pytest.param("en", marks=AGAIN)])
def test_twelve_cities_with_long_names_fit_and_no_texts_overlap(name, lang):
    figure = FIGURES[name](*many(), lang).figure
    figure.draw_without_rendering()
    labels = [*figure.texts]
    for panel in figure.axes:
        labels += [*panel.texts, *panel.get_yticklabels(), panel.title, panel._left_title]
    boxes = [label.get_window_extent() for label in labels if label.get_text()]
    whole = figure.bbox
    for n, box in enumerate(boxes):
        assert whole.x0 <= box.x0 <= box.x1 <= whole.x1, labels[n]
        assert whole.y0 <= box.y0 <= box.y1 <= whole.y1, labels[n]
        assert not any(box.overlaps(other) for other in boxes[:n])


def test_cities_without_evidence_and_findings_still_give_a_figure():
    table = compare({"atas": BARE}, {})
    drawing = FIGURES["balances"](table, names((), {"atas": {"id": "A", "en": "A"}}), "en")
    assert drawings.encode(drawing, "png").startswith(b"\x89PNG")


def test_hostile_names_are_drawn_literally():
    called = {f"c{n}": {"id": title, "en": title} for n, title in enumerate(HOSTILE)}
    table = compare(dict.fromkeys(called, WHOLE), dict.fromkeys(called, LEDGER))
    drawing = FIGURES["balances"](table, names((), called), "en")
    labels = drawing.figure.axes[0].get_yticklabels()
    assert sorted(label.get_text().replace("\n", "") for label in labels) == sorted(HOSTILE)
    assert not any(label.get_parse_math() for label in labels)
    assert b"<script" not in drawings.encode(drawing, "svg")
