from functools import cache

import pandas as pd
import pytest
from helpers import bandung
from matplotlib.collections import PathCollection
from test_drawing import require_sound, texts

from analysis.display import conclusion_figures, drawing
from analysis.language.labels import text
from analysis.results.sensitivity import sensitivity

COLUMNS = ["rule", "judged", "verdict", "score", "low", "high", "is_tie", "turned", "tried"]
ROWS = [
    ("findings", "online_services", False, 0.5, 0.25, 0.75, False, 0, 15),
    ("findings", "infrastructure", True, -0.5, -0.75, 0.0, False, 4, 1081),
    ("findings", "overall", False, 0.0, -0.25, 0.25, True, 15, 15),
    ("lowest_findings", "online_services", False, 0.5, 0.25, 0.75, False, 0, 15),
    ("lowest_findings", "infrastructure", True, -0.5, -0.75, 0.0, False, 0, 15),
]


@cache
def drawn(rows=tuple(ROWS)):
    steps = pd.DataFrame(rows, columns=COLUMNS)
    return conclusion_figures.score_ranges(bandung(), steps, bandung()["framework"])


def whole():
    steps = sensitivity(bandung()).query("kind == 'step'")
    return conclusion_figures.score_ranges(bandung(), steps, bandung()["framework"])


@pytest.mark.parametrize(
    ("lang", "score", "turned"), [("id", "−0,50", "4 dari 1.081"), ("en", "−0.50", "4 of 1,081")]
)
def test_every_judgement_is_told_with_score_range_and_how_often_it_turns(lang, score, turned):
    got = drawn()[lang]
    assert texts(got.figure).count(score) == 1
    assert turned in got.description
    assert got.description.count(";") == len(ROWS) - 1


def test_what_falls_short_has_another_colour_and_what_one_step_turns_is_hollow():
    dots = [dot for dot in drawn()["en"].figure.axes[0].collections if isinstance(dot, PathCollection)]
    edges = [tuple(dot.get_edgecolor()[0]) for dot in dots[:3]]
    rgba = drawing.mpl.colors.to_rgba
    assert edges == [rgba(drawing.FOR), rgba(drawing.AGAINST), rgba(drawing.AGAINST)]
    hollow = [tuple(dot.get_facecolor()[0]) == rgba("white") for dot in dots[:3]]
    assert hollow == [False, True, True]


def test_a_tie_is_said_in_words():
    assert drawn()["en"].description.count(text("sensitivity.tie", "en")) == 1


def test_each_language_names_rules_and_the_city_in_its_words(lang):
    description = drawn()[lang].description
    assert text("ledger.rule.findings", lang) in description
    assert text("sensitivity.overall", lang) in description


def test_the_same_table_gives_the_same_bytes_with_labels_inside_and_apart():
    require_sound(whole)


def test_a_city_without_coding_has_a_figure_that_says_so(lang):
    assert drawn(())[lang].description == f"{text('figure.sensitivity_none', lang)}."
