import pandas as pd
from helpers import bandung
from test_drawing import require_sound, texts

from analysis.display import audit_figures
from analysis.language.labels import text

SECTIONS = pd.DataFrame(
    [("Pendahuluan", 16, 4, 0, 4), ("Simpulan", 2, 0, 0, 1), ("table", 6, 0, 1, 0)],
    columns=["section", *audit_figures.OUTCOMES],
)


def drawn(sections=SECTIONS):
    return audit_figures.section_verdicts(bandung(), sections)


def test_sections_are_named_in_the_language_of_the_reader():
    assert {"Introduction", "Conclusion", "Tables"} <= set(texts(drawn()["en"].figure))
    assert {"Pendahuluan", "Simpulan", "Tabel"} <= set(texts(drawn()["id"].figure))


def test_every_count_is_said_and_every_sum_written(lang):
    got = drawn()[lang]
    assert f"{text('figure.outcome.undecided', lang)} 4" in got.description
    assert {"24", "3", "7"} <= set(texts(got.figure))


def test_the_same_sections_give_the_same_bytes_with_labels_inside_and_apart():
    require_sound(drawn)


def test_a_city_without_statements_has_a_figure_that_says_so():
    assert drawn(SECTIONS.iloc[:0])["en"].description == text("figure.sections_none", "en")
