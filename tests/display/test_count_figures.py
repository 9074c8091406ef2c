import pandas as pd
import pytest
from helpers import bandung, make_package, recap
from test_drawing import require_inside, require_sound, texts

from analysis.display import count_figures
from analysis.language.formats import integer
from analysis.language.labels import text
from analysis.tables import applications

REAL = bandung()
ONE = {"type": {"web": 1}, "ownership": {"own": 1}, "status": {"operational": 1}}
"""A city of one application."""


def tables(counts=None):
    package = make_package(applications_recap=recap(counts)) if counts else REAL
    return {attribute: applications.count_by(package, attribute) for attribute in applications.CATEGORIES}


def margins(counts=None):
    return count_figures.margins(REAL, tables(counts))


@pytest.mark.parametrize("attribute", applications.CATEGORIES)
def test_words_and_labels_hold_every_count_of_the_bars(attribute, lang):
    names = applications.CATEGORIES[attribute]
    counts = {name: 1000 + 111 * n for n, name in enumerate(names)}
    table = applications.count_by(make_package(applications_recap=recap({attribute: counts})), attribute)
    drawn = count_figures.category_bars(REAL, table, attribute)[lang]
    for name, count in counts.items():
        assert f"{text(f'{attribute}.{name}', lang)}: {integer(count, lang)} (" in drawn.description
    written = {label.split(" (")[0] for label in texts(drawn.figure)}
    assert written.issuperset(integer(count, lang) for count in counts.values())


def test_one_picture_has_the_whole_stock_three_times(lang):
    drawn = margins()[lang]
    for attribute, table in tables().items():
        total = table["count"].iloc[-1]
        assert text("figure.stock", lang, attribute=text(attribute, lang), n=total) in texts(drawn.figure)
        for code, count in table[["category", "count"]].iloc[:-1].itertuples(index=False):
            assert f"{text(f'{attribute}.{code}', lang)}: {integer(count, lang)} (" in drawn.description


@pytest.mark.parametrize("counts", [None, ONE, {"type": {"web": 0}}])
def test_the_same_tables_give_the_same_bytes_with_labels_inside_and_apart(counts):
    require_sound(lambda: margins(counts))


@pytest.mark.parametrize("attribute", applications.CATEGORIES)
def test_a_city_of_one_application_has_one_bar_and_no_fraction_of_an_application(attribute, lang):
    drawn = count_figures.category_bars(REAL, tables(ONE)[attribute], attribute)[lang]
    assert sorted(bar.get_width() > 0 for bar in drawn.figure.axes[0].patches)[-2:] == [False, True]
    assert not [label for label in texts(drawn.figure) if label[:1] == "0" and "(0" not in label]
    require_inside(drawn.figure)


def test_every_part_of_a_divided_bar_is_as_long_as_its_count():
    table = pd.DataFrame({"category": ["web", "mobile", "total"], "count": [3, 1, 4]})
    bars = count_figures.margins(REAL, {"type": table})["en"].figure.axes[0].patches
    assert bars[0].get_width() == pytest.approx(3 * bars[1].get_width())
