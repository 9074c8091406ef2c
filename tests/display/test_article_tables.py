from dataclasses import replace
from html.parser import HTMLParser

import pandas as pd
import pytest
from helpers import CITY, FILES, LANGUAGES, SOURCES, make_package, open_project
from hypothesis import given
from hypothesis import strategies as st
from inventories import inventory

from analysis.display import article_tables
from analysis.display.article_tables import PRESENTERS, format_table
from analysis.display.display_table import LEFT, RIGHT, DisplayTable, without_repeats
from analysis.language.formats import Result
from analysis.language.labels import text
from analysis.language.problems import Problem
from analysis.raw_data import raw
from analysis.tables import applications, context, findings, insights, integrations
from analysis.tables.duplicates import likely_duplicates

HOSTILE = ["<script>alert(1)</script>", '" onclick="x', "'", "&lt;", "</td>", "<!--", "]]>", "{{< var x >}}"]
cells = st.text(st.characters(exclude_categories=["Cs", "Cc"])) | st.sampled_from(HOSTILE)
TABLES = {
    "table1": context.smart_city_indicators,
    "table2": context.snowball_informants,
    "table3": context.research_aspects,
    "table4": lambda package: applications.count_by(package, "type"),
    "table5": lambda package: applications.count_by(package, "ownership"),
    "table6": lambda package: applications.count_by(package, "status"),
    "table7": integrations.list_integrations,
    "table8": lambda package: findings.summarise(
        package, {"services.web_or_mobile.count": Result(1081, "service")}
    ),
    "type_by_status": lambda package: insights.cross_table(package, "type"),
    "owner_by_status": lambda package: insights.cross_table(package, "owner"),
    "duplicates": lambda package: likely_duplicates(package["applications"]),
    "stale": lambda package: insights.stale(package["applications"]),
}
INVENTORY = inventory(("Lapor", "Bappeda"), ("LAPOR", "RSUD"), last_updated="2020-01-01")
WITH_TOTAL = ("table2", "table4", "table5", "table6", "type_by_status", "owner_by_status")
FINDINGS_HEADER = FILES["findings"].splitlines()[0]


class Reader(HTMLParser):
    """Reads the cells of a table as a browser would, and every tag."""

    def __init__(self):
        super().__init__()
        self.rows, self.tags, self.inside = [], [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.inside = tag
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, _tag):
        self.inside = ""

    def handle_data(self, data):
        if self.inside in ("td", "th"):
            self.rows[-1][-1] += data


def read(shown):
    """Return the rows and the tags of a sheet's HTML."""
    reader = Reader()
    reader.feed(shown._repr_html_())
    reader.close()
    return reader.rows, set(reader.tags)


def package_for(name):
    """Return the tiny city, with an inventory where a table needs one."""
    if name.startswith("table"):
        return make_package()
    return make_package(applications=INVENTORY, applications_recap=None)


def shown(name, package, lang):
    """Return a table of a package as it is shown."""
    return format_table(name, TABLES[name](package), package, lang)


@given(st.lists(st.tuples(cells, cells), min_size=1), st.tuples(cells, cells), cells, cells)
def test_any_text_is_shown_as_it_is_and_makes_no_tag_of_its_own(rows, header, caption, note):
    frame = pd.DataFrame(rows, columns=list(header))
    got, tags = read(DisplayTable(frame, (LEFT, RIGHT), (1, 1), caption, note))
    assert got == [list(header), *map(list, rows)]
    tables = {
        ("table", ()),
        ("caption", ()),
        ("thead", ()),
        ("tbody", ()),
        ("tr", ()),
        ("th", ("style",)),
        ("td", ("style",)),
    }
    assert tags == tables | ({("p", ())} if note else set())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_texts_only_and_the_headings_of_its_language(name, lang):
    got = shown(name, package_for(name), lang)
    assert all(isinstance(cell, str) for cell in got.frame.to_numpy().ravel())
    assert len(got.align) == len(got.widths) == len(got.frame.columns)
    assert got.has_total == (name in WITH_TOTAL)
    other = shown(name, package_for(name), LANGUAGES[lang == "id"])
    assert got.frame.columns.tolist() != other.frame.columns.tolist()
    assert got.caption != other.caption


@pytest.mark.parametrize("name", WITH_TOTAL)
def test_the_total_stands_last(name):
    for lang, word in zip(LANGUAGES, ("Jumlah", "Total"), strict=True):
        got = shown(name, package_for(name), lang).frame
        assert got.isin([word]).any(axis=1).tolist() == [False] * (len(got) - 1) + [True]


def test_the_total_row_is_made_of_headings():
    html = shown("table4", make_package(), "en")._repr_html_()
    assert html.count("<th ") == 2 * 3
    assert html.rindex("<th ") > html.rindex("<td ")


def test_numbers_are_written_as_each_language_does():
    recap = make_package()["applications_recap"].assign(count=1081)
    package = make_package(applications_recap=recap)
    assert shown("table4", package, "id").frame.iloc[0].tolist() == ["Web", "1.081", "25,0"]
    assert shown("table4", package, "en").frame.iloc[-1].tolist() == ["Total", "4,324", "100.0"]


def test_a_city_without_applications_has_no_percentages_to_speak_of():
    recap = make_package()["applications_recap"].assign(count=0)
    got = shown("table4", make_package(applications_recap=recap), "en").frame
    assert set(got.iloc[:, 2]) == {"0.0"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_note_names_the_source_in_its_language(lang):
    source = SOURCES[0]["title" if lang == "id" else "title_en"]
    assert source in shown("table7", make_package(), lang).note


@pytest.mark.parametrize("name", PRESENTERS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_of_a_made_up_city_is_marked(name, lang):
    mark = text("synthetic.mark", lang, words="").strip()
    assert (mark in shown(name, package_for(name), lang).caption) == (name not in ("table1", "table3"))
    real = package_for(name)
    real = replace(real, descriptor={"city": {**real.descriptor["city"], "synthetic": False}})
    assert mark not in shown(name, real, lang).caption


@pytest.mark.parametrize("name", PRESENTERS)
def test_every_table_names_its_city_or_the_framework(name):
    got = shown(name, package_for(name), "id").caption
    assert ("Kota Baru" in got) == (name not in ("table1", "table2", "table3"))


def test_a_repeated_parent_is_shown_once():
    got = shown("table3", make_package(), "en").frame
    assert got.iloc[:, 0].tolist() == ["Services", "Infrastructure", "Open", ""]
    assert got.iloc[:, 1].tolist() == ["Procedures", "WiFi", "Open data", ""]


def findings_of(*dimensions):
    """Return a package with one finding for each of the dimensions, in this order."""
    rows = [f"F{n},{name},mixed,E1,Teks {n},Text {n},T8" for n, name in enumerate(dimensions)]
    return make_package(findings="\n".join([FINDINGS_HEADER, *rows]))


def test_a_parent_that_comes_back_is_named_again():
    package = findings_of("infrastructure", "online_services", "online_services", "infrastructure")
    got = format_table("table8", findings.summarise(package, {}), package, "en").frame
    assert got.iloc[:, 0].tolist() == ["Infrastructure", "Services", "", "Infrastructure"]


parents = st.lists(st.tuples(*[st.sampled_from(["a", "b", "c"])] * 2), min_size=1)


@given(parents)
def test_blanked_cells_can_be_filled_from_above(pairs):
    frame = pd.DataFrame(pairs, columns=["one", "two"])
    got = without_repeats(frame, ["one", "two"])
    filled, above = [], ("", "")
    for one, two in got.itertuples(index=False):
        # A cell may be blank only below a row of the same parent.
        assert two or not one
        above = (one or above[0], two or above[1])
        filled.append(above)
    assert filled == pairs


def test_raw_files_are_listed_with_the_beginning_of_their_hash():
    package = make_package()
    table = pd.DataFrame(
        {
            "file": ["a.csv"],
            "title": ["Isi"],
            "title_en": ["Content"],
            "records": [1081],
            "fields": [4],
            "hash": ["sha256:" + "ab" * 32],
        }
    )
    got = article_tables.raw_files(table, package, "id").frame.iloc[0].tolist()
    assert got == ["a.csv", "Isi", "1.081", "4", "abababababab"]
    assert article_tables.raw_files(table, package, "en").frame.iloc[0, 1] == "Content"


def test_results_are_listed_as_the_prose_shows_them():
    table = pd.DataFrame({"key": ["a"], "value": [0.5], "unit": ["share"], "file": ["a.csv"]})
    assert article_tables.results(table, make_package(), "id").frame.iloc[0].tolist() == [
        "a",
        "50,0%",
        "share",
        "a.csv",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_problems_are_listed_with_place_and_remedy(lang):
    problem = Problem("cell.required", "t.csv", 3, "count")
    got = article_tables.problem_list([problem], lang).frame.iloc[0].tolist()
    assert got == [problem.place(lang), problem.message(lang), problem.remedy(lang)]


def test_the_plain_form_holds_caption_cells_and_note():
    plain = repr(shown("table7", make_package(), "en"))
    for words in ("New City", "Siaga", "0012", "Source: White book."):
        assert words in plain


def test_an_unknown_table_or_language_is_an_error():
    package = make_package()
    for name, lang in (("table9", "id"), ("table4", "fr")):
        with pytest.raises(KeyError):
            format_table(name, TABLES["table4"](package), package, lang)


def test_the_list_of_real_files_can_be_shown(monkeypatch, tmp_path):
    open_project(monkeypatch, tmp_path)
    package = raw.load(CITY)
    assert len(article_tables.raw_files(raw.list_files(package), package, "id").frame) == len(FILES)
