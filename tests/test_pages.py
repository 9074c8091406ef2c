"""The pages of the papers in a real browser, on a desk and on a phone."""

import pytest
from conftest import WIDTHS, is_quiet


@pytest.fixture(params=WIDTHS)
def page(request, see_page, built, lang):
    return see_page(built / f"build/bandung/paper/article.{lang}.html", WIDTHS[request.param])


def test_the_page_asks_the_network_for_nothing_and_complains_of_nothing(page):
    assert is_quiet(page)


def test_the_page_does_not_scroll_sideways(page):
    sizes = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert sizes[0] <= sizes[1]


def test_the_page_says_its_language_and_has_one_main_heading(page, lang):
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1:visible").count() == page.locator("h1").count() == 1


def test_all_tables_and_figures_are_there_and_have_a_size(page):
    tables, figures = page.locator("table").all(), page.locator("figure img:visible").all()
    assert (len(tables), len(figures)) == (10, 7)
    assert all(item.bounding_box()["height"] > 20 for item in [*tables, *figures])


def test_every_figure_has_a_drawing_that_fits_the_page(page):
    boxes = [image.bounding_box() for image in page.locator("figure img:visible").all()]
    screen = page.viewport_size["width"]
    assert all(box["width"] >= 300 and box["x"] + box["width"] <= screen for box in boxes)


def test_the_direction_of_every_finding_can_be_seen_without_scrolling(page):
    box = page.locator("#tbl-findings .table-box")
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_every_reference_leads_somewhere_on_the_page(page):
    missing = page.evaluate(
        """() => [...document.querySelectorAll('a[href^="#"]')].map(a => decodeURIComponent(a.hash.slice(1)))
                 .filter(id => id && !document.getElementById(id))"""
    )
    assert missing == []


def test_every_picture_has_words_for_who_cannot_see_it(page):
    texts = page.evaluate("[...document.querySelectorAll('figure img')].map(img => img.alt)")
    assert all(len(text) > 20 for text in texts)
