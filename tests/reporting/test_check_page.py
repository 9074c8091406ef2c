"""The page of a check: what it says, that nothing in it is live, how it behaves in a browser."""

import re
from html import unescape

import pytest
from bs4 import BeautifulSoup
from conftest import WIDTHS, is_quiet
from helpers import CITY, FILES, LANGUAGES, make_project, open_project, write_yaml

from analysis.checking import validation
from analysis.intake.sheets import ImportProblem
from analysis.language.labels import text
from analysis.language.problems import Problem
from analysis.project import cities
from analysis.reporting import check_page

HOSTILE = '<script>document.title = "x"</script> {{ z }} "quoted" <b>&amp;'
PROBLEMS = [
    Problem("cell.enum", "evidence.csv", 7, "polarity", "suports", "supports, mixed", nearest="supports"),
    Problem("cell.pattern", "findings.csv", 2, "text_id", HOSTILE, "[^0-9]*"),
    Problem("file.hash", "metrics.csv"),
    Problem("file.totals", "applications_recap.csv", column="count", found="x" * 300, is_warning=True),
]


def rows_of(source):
    """Return the rows of the table of problems as texts."""
    rows = BeautifulSoup(source, "html.parser").select("#entries tr")
    return [[cell.get_text() for cell in row(["th", "td"])] for row in rows]


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The tiny city, which is made up."""
    return open_project(monkeypatch, tmp_path)


def test_every_problem_is_a_row_with_place_found_allowed_nearest_and_remedy(place, lang):
    rows = rows_of(check_page.page(place, PROBLEMS, lang))[1:]
    assert len(rows) == len(PROBLEMS)
    for row, problem in zip(rows, PROBLEMS, strict=True):
        assert problem.file in row[0] and problem.spot(lang) in row[0]
        shown = (problem.found, problem.expected, problem.nearest)
        assert [cell.strip() for cell in row[1:]] == [
            problem.statement(lang),
            *(cell or "–" for cell in shown),
            problem.remedy(lang).replace("`", ""),
        ]
        assert text(f"checkpage.{'warning' if problem.is_warning else 'error'}", lang) in row[0]


@pytest.mark.parametrize(
    ("problem", "found", "allowed"),
    [
        (ImportProblem("category", "a.csv", 2, "x", "Fax", "web, mobile"), "Fax", "web, mobile"),
        (ImportProblem("ditto", "a.csv", 2, "x", "sda”, “idem"), "sda, idem", "–"),
        (ImportProblem("total_differs", "a.csv", 9, "", "Jumlah 9", "5"), "Jumlah 9", "–"),
        (Problem("row.key", "a.csv", 3, "", "2", "name, owner"), "2", "–"),
    ],
)
def test_only_what_is_allowed_is_shown_as_such(place, problem, found, allowed):
    [row] = rows_of(check_page.page(place, [problem], "id"))[1:]
    assert [cell.strip() for cell in row[2:4]] == [found, allowed]


def test_a_command_in_a_remedy_is_shown_as_code(place):
    [problem] = [one for one in PROBLEMS if "`" in one.remedy("en")][:1]
    page = check_page.page(place, [problem], "en")
    command = problem.remedy("en").split("`")[1]
    assert f"<code>{command}</code>" in page
    assert "`" not in page.partition("<tbody>")[2]


def test_what_no_page_shows_is_written_as_its_code(place):
    problem = Problem("cell.enum", "a.csv", 2, "type", found="web\x07\u202e", expected="web")
    page = check_page.page(place, [problem], "en")
    assert "\x07" not in page and "\u202e" not in page
    assert r"web\x07\u202e" in page


def test_errors_come_first_and_rows_are_in_order(place):
    given = [
        PROBLEMS[3],
        Problem("cell.required", "a.csv", 9, "x"),
        Problem("cell.required", "a.csv", 2, "y"),
        Problem("cell.required", "a.csv", 7, "x"),
    ]
    rows = rows_of(check_page.page(place, given, "en"))[1:]
    assert [re.search(r"rows? [\d, ]+\d|row \d|applications_recap", row[0])[0] for row in rows] == [
        "row 2",
        "rows 7, 9",
        "applications_recap",
    ]


def test_a_valid_package_is_said_to_be_so_and_its_files_are_listed(place, lang):
    page = unescape(check_page.page(place, validation.check(CITY), lang))
    assert text("checkpage.valid", lang) in page
    assert 'id="entries"' not in page
    assert f"compendium build {CITY}" in page
    for name in FILES:
        assert f"{name}.csv" in page


def test_with_warnings_alone_the_city_can_be_built(place):
    page = check_page.page(place, PROBLEMS[3:], "en")
    assert text("checkpage.valid", "en") in page and "compendium build" in page
    assert 'id="entries"' in page


def test_recording_hashes_is_proposed_only_where_a_file_was_changed(place):
    assert "--update-hashes" in check_page.page(place, PROBLEMS, "en").split("<table")[0]
    assert "--update-hashes" not in check_page.page(place, PROBLEMS[:2], "en")


def test_the_pages_are_written_in_both_languages_and_lead_to_each_other(place):
    pages = check_page.write_pages(place, PROBLEMS)
    assert {path.name for path in place.build.iterdir()} == {"check.id.html", "check.en.html"}
    for lang, other in (LANGUAGES, LANGUAGES[::-1]):
        source = pages[lang].read_text("utf-8")
        assert f'<html lang="{lang}">' in source and f'href="check.{other}.html"' in source


@pytest.mark.parametrize(
    "break_it",
    [
        lambda place: (place.raw / "datapackage.yaml").write_text("city: ["),
        lambda place: write_yaml(place.raw / "datapackage.yaml", {"city": 7}),
        lambda place: [path.unlink() for path in place.raw.glob("*.csv")],
        lambda place: [path.write_bytes(b"\xff\x00;\r\n") for path in place.raw.glob("*.csv")],
    ],
)
def test_a_package_that_cannot_be_read_still_gets_its_page(place, break_it):
    break_it(place)
    problems = validation.check(CITY)
    pages = check_page.write_pages(cities.find(CITY), problems)
    assert problems
    assert len(rows_of(pages["id"].read_text("utf-8"))) == len(problems) + 1


def test_a_made_up_city_is_marked(place):
    assert "Kota Baru (data sintetis)" in check_page.page(place, PROBLEMS, "id")
    place.descriptor["city"]["synthetic"] = False
    write_yaml(place.raw / "datapackage.yaml", place.descriptor)
    assert "data sintetis" not in check_page.page(cities.find(CITY), PROBLEMS, "id")


def test_nothing_in_the_page_is_live_and_nothing_is_loaded(place):
    page = check_page.page(place, PROBLEMS, "en")
    assert "<script" not in page and "{{" not in page.replace("{{ z }}", "")
    assert "https://" not in page and "src=" not in page
    assert "&lt;script&gt;" in page


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The English page with problems."""
    project = make_project(tmp_path_factory.mktemp("checked"))
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.chdir(project)
        return check_page.write_pages(cities.find(CITY), PROBLEMS)["en"]


@pytest.fixture(params=WIDTHS)
def shown(request, see_page, written):
    """That page, open at some width."""
    return see_page(written, WIDTHS[request.param])


def test_the_page_complains_of_nothing_and_does_not_scroll_sideways(shown):
    sizes = shown.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert is_quiet(shown) and sizes[0] <= sizes[1]
    assert shown.title() == text("checkpage.title", "en", city="New City (synthetic data)")


def test_every_cell_can_be_seen_whole(shown):
    cut = shown.evaluate(
        """() => [...document.querySelectorAll('#entries tbody :is(th, td)')]
                 .filter(cell => cell.scrollWidth > cell.clientWidth + 1 || cell.clientHeight < 10).length"""
    )
    assert cut == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_the_ground_in_light_and_dark(shown, scheme):
    shown.emulate_media(color_scheme=scheme)
    colours = shown.evaluate(
        """() => { const of = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
                   return [of('body', 'backgroundColor'), of('body', 'color'), of('.badge.failed', 'color'),
                           of('.badge.ambiguous', 'color'), of('.problems .n', 'color')]; }"""
    )
    ground, *inks = (luminance(colour) for colour in colours)
    for ink in inks:
        assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) >= 4.5


def luminance(colour):
    """Return the relative luminance of a colour as a browser names it."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
