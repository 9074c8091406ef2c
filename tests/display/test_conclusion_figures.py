import pandas as pd
import pytest
from helpers import LANGUAGES, bandung
from test_figures import require_same_bytes

from analysis.display import conclusion_figures, figures
from analysis.language.labels import text

COLUMNS = ["rule", "judged", "is_tie", "turned", "tried"]
ROWS = [
    ("findings", "online_services", False, 0, 15),
    ("findings", "overall", True, 15, 15),
    ("evidence", "online_services", False, 4, 1081),
]


def drawn(rows=tuple(ROWS)):
    steps = pd.DataFrame(rows, columns=COLUMNS)
    return conclusion_figures.sensitivity_cells(bandung(), steps, bandung()["framework"])


@pytest.mark.parametrize("file_format", figures.FORMATS)
def test_the_same_table_gives_the_same_bytes(file_format):
    require_same_bytes(drawn, file_format)


@pytest.mark.parametrize(("lang", "expected"), [("id", "4 dari 1.081"), ("en", "4 of 1,081")])
def test_every_judgement_has_a_cell_that_says_how_many_of_how_many(lang, expected):
    drawing = drawn()[lang]
    axes = drawing.figure.axes[0]
    assert len(axes.patches) == len(ROWS)
    assert [cell.get_text() for cell in axes.texts][-1] == expected
    assert expected in drawing.description


def test_a_tie_is_hatched_and_said_in_words():
    drawing = drawn()["en"]
    hatched = [bool(cell.get_hatch()) for cell in drawing.figure.axes[0].patches]
    assert hatched == [False, True, False]
    assert drawing.description.count(text("sensitivity.tie", "en")) == 1


def test_cells_are_grey_and_the_darker_the_more_ways_turn_the_judgement():
    shades = [cell.get_facecolor()[:3] for cell in drawn()["en"].figure.axes[0].patches]
    assert all(len(set(shade)) == 1 for shade in shades)
    assert shades[1] < shades[2] < shades[0] == (1, 1, 1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_names_rules_and_the_city_in_its_words(lang):
    description = drawn()[lang].description
    assert text("ledger.rule.findings", lang) in description
    assert text("sensitivity.overall", lang) in description


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_city_without_coding_has_a_figure_that_says_so(lang):
    assert drawn([])[lang].description == f"{text('figure.sensitivity_none', lang)}."
