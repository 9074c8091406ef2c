"""The page of a comparison: what it says in both languages, and how it behaves in a real browser."""

from itertools import permutations

import pytest
from comparisons import both, drawn, many, names
from conftest import WIDTHS, is_quiet
from helpers import LANGUAGES

from analysis.comparing.comparison_figures import FIGURES
from analysis.comparing.comparison_page import page
from analysis.comparing.comparison_tables import gaps, reading_notes
from analysis.display.drawing import encode
from analysis.language.labels import text

AGAIN = pytest.mark.slow("the same in another language or at another width")
LOOKS = [
    *(("two", "id", "desk"), ("two", "en", "phone"), ("twelve", "id", "phone"), ("twelve", "en", "desk")),
    *(
        pytest.param(*look, marks=AGAIN)
        for look in (
            ("two", "id", "phone"),
            ("two", "en", "desk"),
            ("twelve", "id", "desk"),
            ("twelve", "en", "phone"),
        )
    ),
]
"""How many cities are looked at, in which language, in how wide a window."""
OF_TWO = [("id", "desk"), ("en", "phone")]
HOSTILE = '<script>document.title = "x"</script> "q" {{ z }} <b>&amp;'


def written(table, called, figures, lang):
    """Return the page of a comparison with its figures."""
    shown = {
        name: tuple(encode(by_language[lang], one) for one in ("svg", "narrow.svg"))
        for name, by_language in figures.items()
    }
    return page(table, called, shown, lang, 1600000000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two and twelve cities compared, as pages in both languages, all with the figures of two."""
    folder = tmp_path_factory.mktemp("pages")
    for size, compared in (("two", (both(), names())), ("twelve", many())):
        (folder / size).mkdir()
        for lang in LANGUAGES:
            (folder / size / f"compare.{lang}.html").write_text(written(*compared, drawn(), lang), "utf-8")
    return folder


@pytest.fixture
def visit(see_page, folder):
    """Return what shows a page at a width."""
    return lambda size, lang, width: see_page(folder / size / f"compare.{lang}.html", WIDTHS[width])


@pytest.mark.parametrize(("size", "lang", "width"), LOOKS)
def test_the_page_fits_and_needs_nothing_else(visit, size, lang, width):
    page = visit(size, lang, width)
    wide, seen = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= seen
    assert is_quiet(page)
    pictures = page.locator("figure img").all()
    assert len(pictures) == 2
    assert all(picture.evaluate("it => it.complete && it.naturalWidth > 0") for picture in pictures)


@pytest.mark.parametrize(("size", "lang"), [("two", "en"), ("twelve", "id")])
def test_the_measures_stay_in_sight_on_a_phone_while_the_cities_scroll(visit, size, lang):
    page = visit(size, lang, "phone")
    box, measure = page.locator(".cities .box"), page.get_by_role("rowheader", name="Multiplatform")
    box.evaluate("it => { it.scrollLeft = 0; }")
    before = measure.bounding_box()["x"]
    scrolled = box.evaluate("it => { it.scrollLeft = 1e6; return it.scrollLeft; }")
    assert (scrolled > 0) == (size == "twelve")
    assert measure.bounding_box()["x"] == before
    last = page.locator("thead th").last.bounding_box()
    assert before + measure.bounding_box()["width"] <= last["x"]
    assert last["x"] + last["width"] <= WIDTHS["phone"]


@pytest.mark.parametrize(("lang", "width"), OF_TWO)
def test_every_cell_has_a_row_and_a_column_header(visit, lang, width):
    page = visit("two", lang, width)
    assert page.locator("table").get_attribute("aria-label") == text("compare.caption", lang)
    assert page.locator("thead th[scope=col]").count() == 3
    rows = page.locator("tbody tr:not(.group)")
    assert rows.count() == page.locator("tbody tr > th[scope=row]").count() > 20
    assert rows.locator("td").count() == 2 * rows.count()
    assert page.locator("tbody").count() == page.locator("th[scope=rowgroup]").count() == 8


def test_each_page_says_its_language_and_leads_to_the_other(open_page, folder):
    page = open_page(folder / "two/compare.id.html")
    for lang, other in permutations(LANGUAGES):
        assert page.locator("html").get_attribute("lang") == lang
        assert page.locator("h1").all_inner_texts() == [text("compare.title", lang)]
        page.locator(f"a[hreflang={other}]").click()
    assert page.locator("html").get_attribute("lang") == "id"


@pytest.mark.parametrize(("lang", "width"), OF_TWO)
def test_a_made_up_city_is_marked_in_the_heading_of_its_column_and_above_everything(visit, lang, width):
    page = visit("two", lang, width)
    title = names().cities[lang]["bawah"]
    assert page.locator("thead th").last.inner_text().replace("\n", " ") == title
    assert page.locator(".banner").inner_text() == text("compare.synthetic", lang, cities=title)


def test_real_cities_bring_no_warning(lang):
    assert '<p class="banner">' not in written(both(), names(()), {}, lang)


@pytest.mark.parametrize(("lang", "width"), [("id", "phone"), ("en", "desk")])
def test_the_page_says_what_each_city_lacks_and_how_to_read_it(visit, lang, width):
    page = visit("twelve", lang, width)
    table, called = many()
    sentences = gaps(table, called, lang)
    assert page.locator("#missing li").all_inner_texts() == sentences
    assert len(sentences) == 6
    note = page.locator(".note").inner_text()
    assert all(sentence in note for sentence in reading_notes(lang))


@pytest.mark.parametrize(("lang", "width"), OF_TWO)
def test_what_the_figures_show_can_be_read(visit, lang, width):
    page = visit("two", lang, width)
    for name, by_language in drawn().items():
        figure = page.locator("figure.picture", has_text=text(f"compare.figure.{name}", lang))
        assert figure.locator("img").get_attribute("alt") == text(f"compare.figure.{name}", lang)
        figure.locator("summary").click()
        assert figure.locator("details p").inner_text() == by_language[lang].description
        figure.locator("summary").click()


def test_nothing_in_a_name_is_live():
    called = names((), {city: {"id": HOSTILE, "en": HOSTILE} for city in ("atas", "bawah")})
    figures = {name: {"en": draw(both(), called, "en")} for name, draw in FIGURES.items()}
    shown = written(both(), called, figures, "en")
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "{{ z }}" in shown
