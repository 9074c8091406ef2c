"""The site in a real browser: at a desk and on a phone, by day and by night, by keyboard."""

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import WIDTHS, is_quiet
from helpers import LANGUAGES

CITY = "bandung"
KINDS = (
    *(
        "index.html",
        "paper.html",
        "tables.html",
        "table4.html",
        "results.html",
        "checks.html",
        "dictionary.html",
    ),
    *("notebooks/index.html", "notebooks/table6.html", "raw/index.html", "raw/applications_recap.html"),
    "graph.html",
)
"""One page of every kind."""
QUICK = (("index.html", "en", "phone"), ("table4.html", "id", "desk"))
"""Those that are looked at in any case."""
BY_DAY = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
BY_NIGHT = {"type": "rule", "values": ["color-contrast"]}
"""Rules for a page: all of them in light colours, and in dark ones what colours change."""
FAULTS = """() => {
    const boxes = '.box, .table-box, .output_area, .highlight, .hits, .contents, figure, svg, .unseen, .skip';
    const start = part => part.outerHTML.slice(0, 90);
    const shown = [...document.querySelectorAll('body *')].filter(part => part.checkVisibility());
    const right = part => part.getBoundingClientRect().right;
    const cut = shown.filter(part => !part.closest(boxes) && right(part) > innerWidth + 1);
    const scrolls = part => ['auto', 'scroll'].includes(getComputedStyle(part).overflowX)
        && part.scrollWidth > part.clientWidth + 1;
    const named = part => part.tabIndex >= 0
        && (part.getAttribute('aria-label') || part.getAttribute('aria-labelledby'));
    const bare = shown.filter(part => scrolls(part) && !named(part));
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
    return [wide, cut.map(start), bare.map(start)];
}"""
"""Whether the page scrolls sideways, what is cut off, what scrolls and cannot be focused or has no name."""


def every_look():
    for kind in KINDS:
        for lang in LANGUAGES:
            for width in WIDTHS:
                look = (kind, lang, width)
                slow = pytest.mark.slow("looks at every kind of page; two are looked at in any case")
                yield pytest.param(*look, marks=[] if look in QUICK else slow)


@pytest.fixture
def look(site, open_page):
    def look(address, lang="en", width="desk", fragment="", **options):
        return open_page(site / "build/site" / lang / CITY / address, WIDTHS[width], fragment, **options)

    return look


def violations(page, rules):
    """Return what a page violates of some rules, and where."""
    found = Axe().run(page, options={"resultTypes": ["violations"], "runOnly": rules}).response["violations"]
    return [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]


@pytest.mark.parametrize(("kind", "lang", "width"), list(every_look()))
def test_a_page_is_quiet_whole_and_can_be_read_by_everyone(look, kind, lang, width):
    page = look(kind, lang, width)
    assert is_quiet(page)
    assert page.locator("html").get_attribute("lang") == lang
    assert page.locator("h1").count() == 1
    assert page.evaluate(FAULTS) == [False, [], []]
    assert violations(page, BY_DAY) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, BY_NIGHT) == []


def test_every_seventh_page_is_html_without_a_mistake(site):
    for path in sorted((site / "build/site").rglob("*.html"))[::7]:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        parser.parse(path.read_text("utf-8"))
        assert parser.errors == [], path


def test_three_clicks_lead_from_the_first_page_to_the_raw_row_behind_a_printed_number(site, open_page):
    page = open_page(site / "build/site/en/index.html")
    page.locator(f'a[href="{CITY}/paper.html"]').click()
    page.locator("a.number", has_text="61.6%").first.click()
    assert page.url.endswith("results.html#applications.status.operational.share")
    page.locator("article:target a", has_text="applications_recap.csv").click()
    page.locator("tr.used").nth(4).wait_for()
    row = page.locator("tr#row-12")
    assert "operational" in row.text_content() and "239" in row.text_content()
    assert "used" in row.get_attribute("class")


def test_two_clicks_lead_to_the_code_of_a_table_and_one_to_what_should_be_corrected(site, open_page):
    page = open_page(site / "build/site/id/index.html")
    page.locator(f'a[href="{CITY}/index.html"]').first.click()
    page.locator('main a[href="notebooks/table6.html"]').click()
    assert "count_by" in page.locator("main").text_content()
    page = open_page(site / "build/site/id/index.html")
    page.locator(f'a[href="{CITY}/checks.html#known"]').click()
    assert page.locator("#known").is_visible()


def test_the_keyboard_alone_leads_from_the_first_page_to_a_raw_row(site, open_page):
    page = open_page(site / "build/site/en/index.html")

    def follow(wanted):
        for _ in range(120):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.matches({wanted!r})"):
                with page.expect_event("framenavigated"):
                    page.keyboard.press("Enter")
                page.wait_for_load_state()
                return
        raise AssertionError(wanted)

    follow(f'a[href="{CITY}/index.html"]')
    follow('main a[href="results.html#applications.status.operational.share"]')
    assert page.url.endswith("#applications.status.operational.share")
    follow("article:target a[href^='raw/']")
    assert "rows-9-13" in page.url
    page.locator("tr.used").nth(4).wait_for()
    assert page.locator("tr.used").count() == 5


def test_without_a_script_every_page_can_be_read(look):
    page = look("raw/applications_recap.html", java_script_enabled=False)
    assert page.locator("tr#row-12").is_visible()
    assert page.locator(".find").is_hidden() and page.locator("th button").count() == 0


def test_search_finds_a_number_and_leads_to_it(look):
    page = look("table4.html")
    page.locator(".find input").fill("61.6%")
    hit = page.locator(".hits a", has_text="applications.status.operational.share")
    hit.click()
    assert page.url.endswith("results.html#applications.status.operational.share")


def test_a_table_is_sorted_by_numbers_as_the_language_writes_them_and_its_total_stays_last(look):
    page = look("table4.html", "id")
    table = page.locator("table.sortable").first
    table.locator("th button").nth(1).click()
    counts = [int(text) for text in table.locator("tbody td:nth-child(2)").all_text_contents()]
    assert counts == [*sorted(counts[:-1]), max(counts)]
    table.locator("th button").nth(1).click()
    counts = [int(text) for text in table.locator("tbody td:nth-child(2)").all_text_contents()]
    assert counts == [*sorted(counts[:-1], reverse=True), max(counts)]


def test_a_filter_leaves_the_rows_that_have_all_the_words(look):
    page = look("raw/applications_recap.html")
    page.locator(".filter input").fill("status operational")
    assert page.locator("tbody tr:visible").count() == 1


def test_groups_of_numbers_are_closed_but_for_what_is_looked_for_or_linked_to(look):
    page = look("results.html")
    assert page.locator(".group:not([open])").count() > 5
    assert page.locator(".number:visible").count() == 0
    page.locator(".filter input").fill("status.operational.share")
    assert page.locator(".number:visible h3").all_text_contents()[0].replace("\u200b", "") == (
        "applications.status.operational.share"
    )
    page.locator(".filter input").fill("")
    assert page.locator(".number:visible").count() == 0
    linked = look("results.html", fragment="#applications.type.web.share")
    assert linked.locator(".group[open]").count() == 1


def test_the_other_language_begins_where_one_was_reading(look):
    page = look("paper.html", fragment="#sec-results")
    page.locator("[data-same-place]").click()
    assert page.url.endswith(f"id/{CITY}/paper.html#sec-results")
