from dataclasses import replace

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from helpers import FILES, LANGUAGES, SOURCES, make_package, require_readable
from hypothesis import given
from hypothesis import strategies as st
from inventories import inventory

from analysis.display.display_table import LEFT, RIGHT, DisplayTable, without_repeats
from analysis.language.formats import Result
from analysis.language.labels import text
from analysis.table_list.entries import BY_NAME
from analysis.table_list.formatting import format_table
from analysis.tables import applications, findings

HOSTILE = ["<script>alert(1)</script>", '" onclick="x', "'", "&lt;", "</td>", "<!--", "]]>", "{{< var x >}}"]
cells = st.text(st.characters(exclude_categories=["Cs", "Cc"])) | st.sampled_from(HOSTILE)
RESULTS = {"services.web_or_mobile.count": Result(1081, "service")}
INVENTORY = inventory(("Lapor", "Bappeda"), ("LAPOR", "RSUD"), last_updated="2020-01-01")
WITH_TOTAL = ("table2", "table4", "table5", "table6", "type_by_status", "owner_by_status")
FINDINGS_HEADER = FILES["findings"].splitlines()[0]


def read(shown):
    """Return the rows of a table as a browser would read them, and every tag with its attributes."""
    found = BeautifulSoup(shown._repr_html_(), "html.parser")
    rows = [[cell.get_text() for cell in row(["td", "th"])] for row in found("tr")]
    return rows, {(tag.name, tuple(tag.attrs)) for tag in found.find_all()}


def package_for(name):
    """Return the tiny city, with an inventory where a table needs one."""
    if name.startswith("table"):
        return make_package()
    return make_package(applications=INVENTORY, applications_recap=None)


def shown(name, package, lang):
    """Return a table of a package as it is shown."""
    read = [RESULTS] if BY_NAME[name].reads else []
    return format_table(name, BY_NAME[name].build(package, *read), package, lang)


@given(st.lists(st.tuples(cells, cells), min_size=1), st.tuples(cells, cells), cells, cells)
def test_any_text_is_shown_as_it_is_and_makes_no_tag_of_its_own(rows, header, caption, note):
    frame = pd.DataFrame(rows, columns=list(header))
    got, tags = read(DisplayTable(frame, (LEFT, RIGHT), caption, note))
    assert got == [list(header), *map(list, rows)]
    frame_tags = {(tag, ()) for tag in ("table", "caption", "thead", "tbody", "tr", *(["p"] if note else []))}
    assert tags == frame_tags | {("th", ("style",)), ("td", ("style",))}


@pytest.mark.parametrize("name", BY_NAME)
def test_every_table_has_texts_only_and_the_headings_of_its_language(name, lang):
    got = shown(name, package_for(name), lang)
    require_readable(got)
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


@pytest.mark.parametrize("name", BY_NAME)
def test_the_note_names_the_source_in_its_language(name, lang):
    source = SOURCES[0]["title" if lang == "id" else "title_en"]
    assert source in shown(name, package_for(name), lang).note


@pytest.mark.parametrize("name", BY_NAME)
def test_every_table_of_a_made_up_city_is_marked(name, lang):
    mark = text("synthetic.mark", lang, words="").strip()
    assert (mark in shown(name, package_for(name), lang).caption) == (name not in ("table1", "table3"))
    real = package_for(name)
    real = replace(real, descriptor={"city": {**real.descriptor["city"], "synthetic": False}})
    assert mark not in shown(name, real, lang).caption


@pytest.mark.parametrize("name", BY_NAME)
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


def test_the_plain_form_holds_caption_cells_and_note():
    plain = repr(shown("table7", make_package(), "en"))
    for words in ("New City", "Siaga", "0012", "Source: White book."):
        assert words in plain


def test_an_unknown_table_or_language_is_an_error():
    package = make_package()
    for name, lang in (("table9", "id"), ("table4", "fr")):
        with pytest.raises(KeyError):
            format_table(name, applications.count_by(package, "type"), package, lang)
