import re

import pandas as pd
import pytest
from helpers import bandung, make_package
from test_drawing import require_inside, require_sound

from analysis.display import drawing, evidence_figures
from analysis.language.formats import integer
from analysis.tables import findings

REAL = bandung()
FRAMEWORK = REAL["framework"]
MATRIX = pd.DataFrame(
    {
        "dimension": ["online_services", "infrastructure"],
        "aspect": ["service_access", "wifi_components"],
        "supports": [1081, 0],
        "mixed": [2, 1],
        "hinders": [3, 7],
    }
)


def drawn(matrix=None):
    shown = findings.evidence_matrix(REAL) if matrix is None else matrix
    return evidence_figures.evidence_balance(REAL, shown, FRAMEWORK)


def test_the_words_hold_every_count_of_the_matrix(lang):
    got = [re.findall(r"(\d[\d.,]*\d|\d)\b", part) for part in drawn(MATRIX)[lang].description.split("; ")]
    assert got == [[integer(1081, lang), "2", "3"], ["0", "1", "7"]]


def test_what_hinders_lies_left_of_what_supports_and_what_does_both_across_zero():
    matrix = MATRIX.assign(supports=[4, 0], hinders=[2, 2], mixed=[2, 0])
    bars = drawn(matrix)["en"].figure.axes[0].patches
    places = {bar.get_facecolor(): (bar.get_x(), bar.get_x() + bar.get_width()) for bar in bars[:3]}
    against, neither, over = (
        places[drawing.mpl.colors.to_rgba(colour)]
        for colour in (drawing.AGAINST, drawing.NEITHER, drawing.FOR)
    )
    assert against[1] == pytest.approx(neither[0])
    assert neither[1] == pytest.approx(over[0])
    unit = (over[1] - over[0]) / 4
    assert neither[1] - neither[0] == pytest.approx(2 * unit) == pytest.approx(against[1] - against[0])


def test_the_same_matrix_gives_the_same_bytes_with_labels_inside_and_apart():
    require_sound(drawn)


def test_a_city_with_one_record_has_a_figure():
    require_inside(drawn(findings.evidence_matrix(make_package()))["id"].narrow)
    assert drawn(MATRIX.assign(supports=0, mixed=0, hinders=0))["id"].description
