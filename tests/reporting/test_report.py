"""The reports of the ledger: what they say, that nothing in them is live, how they behave in a browser."""

import json
import re
import shutil
from itertools import product
from pathlib import Path

import pypdfium2
import pytest
from conftest import EPOCH, ROOT, copy_project, is_quiet
from helpers import CITY, LANGUAGES, make_project
from lxml import html

from analysis.language import labels
from analysis.project import cities
from analysis.raw_data import raw
from analysis.reporting import report
from analysis.reporting.certificate import certificate
from analysis.reporting.report_data import GROUPS, view
from analysis.reporting.report_entries import Reader

NAMES = [f"ledger.{lang}.{suffix}" for suffix in ("html", "pdf") for lang in LANGUAGES]
HOSTILE = (
    '<script>document.title = "x"</script> #eval("x") *bold* "quoted" $y$ {{ z }} @ref \\ `raw` <b>&amp;'
)
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


class Page:
    """What a page shows, and where its parts are."""

    def __init__(self, source):
        read = html.document_fromstring(source)
        self.tags = [tag.tag for tag in read.iter()]
        self.links = read.xpath("//a/@href")
        self.ids = read.xpath("//@id")
        self.text = squeeze("".join(read.xpath("//text()[not(parent::script or parent::style)]")))


def squeeze(text):
    """Leave out white space and hyphens: where a line of a PDF breaks, both get lost."""
    return re.sub(r"[\s\u200b\ufffe\u0002-]+", "", text)


def view_of(made, lang):
    """Return what a report shows in `lang`."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.chdir(made["project"])
        return view(raw.load("bandung"), made["found"], lang, 0)


def pdf_pages(path):
    document = pypdfium2.PdfDocument(path)
    return [squeeze(document[n].get_textpage().get_text_bounded()) for n in range(len(document))]


def set_up(monkeypatch, project):
    monkeypatch.chdir(project)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.delenv(cities.OUTBOX, raising=False)


def with_audit(folder):
    """Return a project with Bandung's rebuilt results, its ledger and a stand-in for the figure."""
    project = copy_project(folder)
    shutil.copytree(ROOT / "data/processed", project / "data/processed")
    figures = project / "build/bandung/figures"
    figures.mkdir(parents=True)
    for lang in LANGUAGES:
        for name in report.FIGURES:
            for suffix in ("svg", "narrow.svg"):
                (figures / f"{name}.{lang}.{suffix}").write_text(FIGURE, encoding="utf-8")
    return project


def audited(project):
    """Return Bandung's ledger in the project."""
    return json.loads((project / "data/processed/bandung/ledger.json").read_text("utf-8"))


def change_ledger(project, change):
    """Let `change` alter the ledger in the project and return it."""
    found = audited(project)
    change(found)
    (project / "data/processed/bandung/ledger.json").write_text(json.dumps(found), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A project whose reports were written; read only."""
    project = with_audit(tmp_path_factory.mktemp("report") / "project")
    with pytest.MonkeyPatch.context() as monkeypatch:
        set_up(monkeypatch, project)
        found = audited(project)
        paths = report.write_reports("bandung")
        readers = {lang: Reader(raw.load("bandung"), lang) for lang in LANGUAGES}
        entries = {lang: [readers[lang].entry(check) for check in found["checks"]] for lang in LANGUAGES}
    return {
        **{"project": project, "build": project / "build/bandung", "paths": paths, "found": found},
        **{"readers": readers, **entries},
    }


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project with a ledger that a test may change."""
    folder = with_audit(tmp_path / "project")
    set_up(monkeypatch, folder)
    return folder


@pytest.fixture(scope="module")
def pages(made):
    return {lang: Page((made["build"] / f"ledger.{lang}.html").read_text("utf-8")) for lang in LANGUAGES}


def test_five_files_are_written_and_nothing_else_is_left(made):
    assert sorted(path.name for path in made["paths"]) == sorted([*NAMES, "certificate.pdf"])
    assert sorted(path.name for path in made["build"].iterdir() if path.name != "figures") == sorted(
        path.name for path in made["paths"]
    )


@pytest.mark.parametrize(("lang", "suffix"), list(product(LANGUAGES, ["html", "pdf"])))
def test_every_entry_stands_in_page_and_pdf_with_its_printed_and_rebuilt_value(made, pages, lang, suffix):
    shown = pages[lang].text if suffix == "html" else "".join(pdf_pages(made["build"] / f"ledger.{lang}.pdf"))
    for entry in made[lang]:
        start = entry["entry"] + entry["kind"] + entry["statement"] + entry["place"]
        place = shown.find(squeeze(start))
        assert place >= 0, start
        row = shown[place : place + 2000]
        assert squeeze(entry["printed"]) in row
        assert all(squeeze(f"{item['mark']}{item['value']}") in row for item in entry["readings"])
        assert squeeze(entry["verdict_label"]) in row


def test_every_issue_is_told_on_every_report_with_what_would_mend_it(made, pages):
    issues = made["found"]["issues"]
    assert issues
    for lang in LANGUAGES:
        paper = "".join(pdf_pages(made["build"] / f"ledger.{lang}.pdf"))
        for issue, part in product(issues, ("title", "shown", "mend", "cite")):
            told = squeeze(issue[f"{part}_{lang}"])
            assert told in pages[lang].text
            assert told in paper


def test_what_touches_a_conclusion_comes_first_and_misprints_last(made, pages):
    weights = [group["name"] for group in view_of(made, "en")["issues"]]
    assert (weights[0], weights[-1]) == ("conclusion", "misprint")
    for page in pages.values():
        places = [page.ids.index(name) for name in ("counts", "known", "conclusion", "ledger", "raw")]
        assert places == sorted(places)
        assert page.ids.index("weight-conclusion") < page.ids.index("weight-misprint")


def test_what_we_read_into_the_article_stands_apart_from_what_it_says(made):
    says = {issue["issue"]: issue["says"] for issue in made["found"]["issues"]}
    for group in view_of(made, "en")["issues"]:
        for issue in group["items"]:
            if group["name"] != "misprint":
                assert (says[issue["issue"]] == "imputed") == (group["name"] == "imputed")


def test_every_entry_of_an_issue_shows_the_printed_value_and_each_reading_once(made):
    shown = [one for group in view_of(made, "en")["issues"] for one in group["items"]]
    numbers = [entry["entry"] for one in shown for entry in one["entries"]]
    known = [check["entry"] for check in made["found"]["checks"] if check["issue"]]
    assert sorted(numbers) == sorted(known)
    readings = {entry["entry"]: len(entry["readings"]) for entry in made["en"]}
    for one in shown:
        for entry in one["entries"]:
            assert sum(reading["times"] for reading in entry["readings"]) == readings[entry["entry"]]
            values = [(reading["value"], reading["outcome"]) for reading in entry["readings"]]
            assert len(values) == len(set(values))


def test_the_full_list_is_sorted_by_verdict_and_holds_every_entry_once(made):
    groups = view_of(made, "id")["groups"]
    assert [group["name"] for group in groups] == [name for name in GROUPS if name != "failed"]
    listed = [entry["entry"] for group in groups for entry in group["entries"]]
    assert sorted(listed) == sorted(check["entry"] for check in made["found"]["checks"])
    for group in groups:
        bases = {entry["basis"] for entry in group["entries"]}
        assert ("transcribed" in bases) == (group["name"] == "transcribed")


def test_what_we_failed_to_rebuild_is_told_in_a_box_of_its_own(project):
    def plant(found):
        found["counts"]["verdict.failed"] = 2

    assert view_of({"project": project, "found": audited(project)}, "en")["failed"] == ""
    found = change_ledger(project, plant)
    shown = view_of({"project": project, "found": found}, "en")
    page = Page(report.page(shown, [], dict.fromkeys(report.FIGURES, (b"", b""))))
    assert squeeze(labels.text("ledger.failed", "en", failed="2")) in page.text


def test_every_link_within_the_page_leads_to_one_place(pages):
    for page in pages.values():
        assert len(page.ids) == len(set(page.ids))
        anchors = {link[1:] for link in page.links if link.startswith("#")}
        assert anchors <= set(page.ids)
        assert {"metrics-2", "findings-2", "ledger"} <= anchors


def test_every_raw_row_behind_a_value_is_on_the_page_and_the_first_is_led_to(made, pages):
    parts = [part for entry in made["id"] for item in entry["readings"] for part in item["rows"]]
    ranges = [(part["file"].removesuffix(".csv"), part["rows"].split("-")) for part in parts]
    assert [part["anchor"] for part in parts] == [f"{file}-{rows[0]}" for file, rows in ranges]
    wanted = {f"{file}-{row}" for file, rows in ranges for row in rows}
    assert wanted <= set(pages["id"].ids)
    assert wanted <= set(pages["en"].ids)


def test_links_leave_the_page_only_for_the_other_reports_and_the_source(pages):
    for lang, page in pages.items():
        other = next(name for name in LANGUAGES if name != lang)
        outside = {link for link in page.links if not link.startswith(("#", "https://doi.org/"))}
        assert outside == {f"ledger.{other}.html", f"ledger.{lang}.pdf", "certificate.pdf"}


def test_the_same_inputs_give_the_same_bytes(made, project, monkeypatch):
    first = {path.name: path.read_bytes() for path in made["paths"]}
    monkeypatch.setenv("TZ", "Asia/Jakarta")
    monkeypatch.setenv("LC_ALL", "id_ID.UTF-8")
    assert {path.name: path.read_bytes() for path in report.write_reports("bandung")} == first


def test_no_report_holds_a_path_of_the_machine(made):
    for path in made["paths"]:
        assert str(made["project"]).encode() not in path.read_bytes()


@pytest.fixture(scope="module")
def spoilt(made, tmp_path_factory):
    """Reports by name of a ledger with an entry that failed and one of hostile text, without any figure."""
    project = with_audit(tmp_path_factory.mktemp("spoilt") / "project")
    shutil.rmtree(project / "build/bandung/figures")

    def plant(found):
        found["checks"][3] |= {"is_expected": False, "verdict": "failed"}
        found["checks"][-1] |= {
            f"{key}_{lang}": HOSTILE for key in ("text", "explanation") for lang in LANGUAGES
        }
        found["checks"][-1] |= {"printed": HOSTILE, "rebuilt": HOSTILE, "rule": HOSTILE, "locator": HOSTILE}
        found["checks"][-1] |= {"verdict": "inconsistent", "entry": "C999", "is_expected": False}

    with pytest.MonkeyPatch.context() as monkeypatch:
        set_up(monkeypatch, project)
        change_ledger(project, plant)
        return {path.name: path for path in report.write_reports("bandung")}


def test_hostile_text_is_literal_everywhere(spoilt, lang):
    source = spoilt[f"ledger.{lang}.html"].read_text("utf-8")
    page = Page(source)
    assert page.text.count(squeeze(HOSTILE)) >= 4
    assert (source.count("<script"), page.tags.count("script"), page.tags.count("b")) == (1, 1, 0)
    assert "".join(pdf_pages(spoilt[f"ledger.{lang}.pdf"])).count(squeeze(HOSTILE)) >= 4


def test_what_is_unexpected_stands_on_top_and_on_the_certificate(made, spoilt):
    entries = f"{made['found']['checks'][3]['entry']}, C999"
    pages = pdf_pages(spoilt["certificate.pdf"])
    assert len(pages) == 1
    for lang in LANGUAGES:
        page = Page(spoilt[f"ledger.{lang}.html"].read_text("utf-8"))
        assert page.ids.index("unexpected") < page.ids.index("counts")
        assert squeeze(labels.text("certificate.not_passed", lang, n="2", entries=entries)) in pages[0]


def test_a_missing_figure_leaves_the_rest(spoilt):
    assert len(spoilt) == 5


def test_the_certificate_is_one_page_in_both_languages(made):
    pages = pdf_pages(made["build"] / "certificate.pdf")
    assert len(pages) == 1
    counts = made["found"]["counts"]
    for lang in LANGUAGES:
        for key in ("title", "what", "caveat", "checked", "not_tried", "passed"):
            assert squeeze(labels.text(f"certificate.{key}", lang)) in pages[0]
        for part in ("complete", "stable", "consistent"):
            assert squeeze(labels.text(f"certificate.part.{part}", lang)) in pages[0]
    for name in ("reproduced", "inconsistent", "ambiguous"):
        assert f"{counts[name]}/{counts['checked']}" in pages[0]
    assert "76/76" in pages[0]
    assert "compendiumverifybandung" in pages[0]
    assert "13September2020" in pages[0]


def test_the_certificate_stays_one_page_however_much_there_is_to_name(project):
    def plant(found):
        for check in found["checks"]:
            check |= {"is_expected": False, "entry": check["entry"] + "-" + "x" * 60}

    shown = certificate(raw.load("bandung"), change_ledger(project, plant), 0)
    (project / "certificate.pdf").write_bytes(report._typeset("certificate", shown, 0))
    assert len(pdf_pages(project / "certificate.pdf")) == 1


def test_reports_are_written_all_or_none(made, project, monkeypatch):
    copies = [Path(shutil.copy(path, project / "build/bandung")) for path in made["paths"]]
    before = {path: path.read_bytes() for path in copies}
    change_ledger(project, lambda found: found["checks"].pop())
    monkeypatch.setattr(report, "_typeset", lambda name, *_: b"" if name == "ledger" else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        report.write_reports("bandung")
    assert {path: path.read_bytes() for path in before} == before
    assert not list((project / "build/bandung").glob(".*"))


def test_without_a_ledger_there_is_no_report(project):
    (project / "data/processed/bandung/ledger.json").unlink()
    with pytest.raises(FileNotFoundError):
        report.write_reports("bandung")


NOBODY = {"coders": 0, "records": 0, "alpha": None, "low": None, "high": None, "disagreements": []}
NOTHING = ("checks", "tests", "issues", "grim", "sensitivity")
ABOUT_CLAIMS = (
    *("ledger.conclusion_unstated", "ledger.grim_note", "ledger.no_known", "ledger.one_coder"),
    *(
        "ledger.ledger_note",
        "certificate.title",
        "certificate.what",
        "certificate.checked",
        "ledger.subtitle",
    ),
)


@pytest.fixture(scope="module")
def unchecked(made, tmp_path_factory):
    """What the reports of a made-up city without claims and evidence say: text and languages by name."""
    folder = make_project(tmp_path_factory.mktemp("unchecked") / "project")
    shutil.copy(ROOT / "CITATION.cff", folder)
    counts = dict.fromkeys(made["found"]["counts"], 0)
    empty = {**made["found"], "counts": counts, **{key: [] for key in NOTHING}, "coders": NOBODY}
    shown = {}
    with pytest.MonkeyPatch.context() as monkeypatch:
        set_up(monkeypatch, folder)
        place = cities.find(CITY)
        place.processed.mkdir(parents=True)
        (place.processed / "ledger.json").write_text(json.dumps(empty), encoding="utf-8")
        paths = report.write_reports(CITY)
    for path in paths:
        words = Page(path.read_text("utf-8")).text if path.suffix == ".html" else "".join(pdf_pages(path))
        langs = [lang for lang in LANGUAGES if f".{lang}." in path.name] or LANGUAGES
        shown[path.name] = (words, langs)
    return shown


def test_a_made_up_city_without_claims_says_that_it_is_made_up(unchecked):
    for words, langs in unchecked.values():
        assert all(squeeze(labels.text("ledger.synthetic", lang)) in words for lang in langs)


def test_a_city_without_claims_says_that_there_is_nothing_to_check_and_no_more(unchecked):
    assert sorted(unchecked) == sorted([*NAMES, "certificate.pdf"])
    for words, langs in unchecked.values():
        for lang in langs:
            assert squeeze(labels.text("ledger.no_claims", lang)) in words
            for key in ABOUT_CLAIMS:
                assert squeeze(labels.text(key, lang)) not in words, key
            assert squeeze(labels.text("certificate.passed", lang)) not in words


def test_a_city_without_evidence_has_no_coders_and_no_conclusion(unchecked):
    for name, (words, langs) in unchecked.items():
        for lang in langs if name.startswith("ledger") else ():
            assert squeeze(labels.text("ledger.no_evidence", lang)) in words
            assert squeeze(labels.text("ledger.conclusion", lang)) not in words


def test_where_there_is_an_inventory_the_bounds_do_not_deny_it(unchecked, pages):
    for lang in LANGUAGES:
        known, denied = (squeeze(labels.text(f"ledger.bounds.{key}", lang)) for key in ("inventory", "recap"))
        assert known not in pages[lang].text
        assert denied in pages[lang].text
        words, _ = unchecked[f"ledger.{lang}.html"]
        assert (known in words) != (denied in words)


@pytest.fixture
def opened(open_page, made):
    """Return what opens a report."""
    return lambda lang, *how, **options: open_page(made["build"] / f"ledger.{lang}.html", *how, **options)


@pytest.fixture
def seen(see_page, made):
    """Return what shows a report that is only looked at."""
    return lambda lang, width: see_page(made["build"] / f"ledger.{lang}.html", width)


@pytest.mark.parametrize(("lang", "width"), list(product(LANGUAGES, (1280, 390))))
def test_in_a_browser_the_page_is_quiet_and_fits(seen, lang, width):
    page = seen(lang, width)
    assert is_quiet(page)
    sizes = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert sizes[0] <= sizes[1]
    assert page.locator("html").get_attribute("lang") == lang


def test_on_a_phone_nothing_of_an_entry_is_left_out(seen):
    hidden = seen("en", 390).evaluate(
        "[...document.querySelectorAll('.entries td')].filter(td => getComputedStyle(td).display == 'none')"
    )
    assert hidden == []


def test_on_a_phone_the_figure_of_the_bounds_fits_with_its_mark(opened):
    page = opened("en", 390)
    page.locator("#bounds summary").click()
    fits = page.locator("#bounds .picture").evaluate("box => box.scrollWidth <= box.clientWidth")
    assert fits


@pytest.mark.parametrize(("lang", "width", "most"), [("id", 1280, 7_000), ("en", 390, 12_000)])
def test_the_page_is_short_as_long_as_it_is_folded(seen, lang, width, most):
    page = seen(lang, width)
    assert page.evaluate("document.documentElement.scrollHeight") <= most


def test_filters_show_only_what_was_asked_for_and_the_address_keeps_them(opened, made):
    page = opened("en")
    page.locator("select[data-family=verdict]").select_option("inconsistent")
    counts = made["found"]["counts"]
    rows = page.locator(".entries tbody tr:visible")
    assert rows.count() == counts["verdict.inconsistent"]
    assert set(rows.evaluate_all("rows => rows.map(row => row.dataset.verdict)")) == {"inconsistent"}
    page.locator("select[data-family=basis]").select_option("recomputed")
    assert rows.count() == counts["recomputed.inconsistent"]
    assert page.url.endswith("#verdict=inconsistent&basis=recomputed")
    again = opened("en", fragment="#verdict=inconsistent&basis=recomputed&q=table")
    assert again.locator("#q").input_value() == "table"
    assert 0 < again.locator(".entries tbody tr:visible").count() <= counts["recomputed.inconsistent"]


def test_search_narrows_the_list_to_rows_with_the_words_and_opens_where_they_are(opened):
    page = opened("id")
    assert page.locator(".entries tbody tr:visible").count() == 0
    page.locator("#q").fill("wifi titik")
    texts = page.locator(".entries tbody tr:visible").all_inner_texts()
    assert texts
    assert all("wifi" in text.lower() and "titik" in text.lower() for text in texts)
    page.locator("#q").fill("no such words")
    assert page.locator("#none-shown").is_visible()
    page.locator("#q").fill("")
    assert page.locator(".entries tbody tr:visible").count() == 0
    assert page.locator("details.group:visible").count() == 5


@pytest.mark.parametrize(
    "width", [1280, pytest.param(390, marks=pytest.mark.slow("the same at another width"))]
)
def test_the_search_stays_within_reach_while_its_list_is_read(opened, width):
    page = opened("en", width)
    page.locator("#q").fill("a")
    page.locator(".entries tbody tr:visible").nth(150).scroll_into_view_if_needed()
    assert page.locator("#filters").evaluate("form => form.getBoundingClientRect().top") == 0
    assert page.locator("#q").evaluate("field => field.getBoundingClientRect().bottom") < 120


def test_a_count_leads_to_its_entries(opened, made):
    page = opened("id")
    page.locator("#numbers summary").click()
    page.locator(".counts td[data-basis=judged][data-verdict=ambiguous] a").click()
    page.wait_for_function("location.hash.includes('ambiguous')")
    assert page.locator(".entries tbody tr:visible").count() == made["found"]["counts"]["judged.ambiguous"]


def test_a_link_opens_the_raw_rows_it_names(opened):
    page = opened("en", fragment="#entry-C145")
    link = page.locator("#entry-C145 a.rows").first
    target = link.get_attribute("href")
    assert not page.locator(target).is_visible()
    link.click()
    page.locator(target).wait_for(state="visible")
    assert page.locator(f"{target}.used").count() == 1


def test_a_link_to_an_entry_that_is_filtered_away_shows_it(opened):
    page = opened("en", fragment="#verdict=rounding")
    page.locator(".issue[open] .said a").first.click()
    page.locator(".entries tbody tr:target").wait_for(state="visible")


def test_all_issues_unfold_at_once(opened, made):
    page = opened("id")
    shown = page.locator(".issue .shown:visible")
    touching = [issue for issue in made["found"]["issues"] if issue["weight"] == "conclusion"]
    assert shown.count() == len(touching)
    page.locator("#unfold").click()
    assert shown.count() == len(made["found"]["issues"])


@pytest.mark.parametrize(
    "lang", ["id", pytest.param("en", marks=pytest.mark.slow("the same in the other language"))]
)
def test_without_javascript_the_page_is_complete(opened, made, lang):
    page = opened(lang, java_script_enabled=False)
    assert page.locator(".entries tbody tr").count() == len(made["found"]["checks"])
    assert not page.locator("#filters").is_visible()
    assert not page.locator("#unfold").is_visible()
    assert page.locator("details summary:visible").count() > 5
    page.locator("#group-inconsistent summary").click()
    assert page.locator(".entries tbody tr:visible").count() > 5
