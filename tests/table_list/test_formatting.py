import pytest
from helpers import SOURCES, make_package

from analysis.language.formats import Result
from analysis.language.labels import MissingTextError, catalogue
from analysis.table_list import formatting
from analysis.table_list.entries import BY_NAME
from analysis.table_list.formatting import format_table
from analysis.tables import applications, context, findings


def test_caption_and_source_are_added_to_what_the_display_gives():
    package = make_package()
    got = format_table("table4", applications.count_by(package, "type"), package, "en")
    assert got.caption.startswith("Applications of New City")
    assert got.note == f"Source: {SOURCES[0]['title_en']}."


def test_the_source_of_counts_is_the_inventory_where_there_is_one(monkeypatch):
    package = make_package(applications=make_package()["applications_recap"])
    asked = []
    monkeypatch.setattr(formatting, "source_note", lambda _, file, __: asked.append(file) or "")
    format_table("table4", applications.count_by(make_package(), "type"), package, "en")
    assert asked == ["applications"]


def test_the_source_of_a_table_is_that_of_its_rows():
    package = make_package()
    package.resources["findings"]["sources"] = [{"title": "Lapangan", "title_en": "Field"}]
    table = findings.summarise(package, {"services.web_or_mobile.count": Result(7, "service")})
    assert format_table("table8", table, package, "en").note == "Source: Field."


def test_a_caption_that_does_not_name_a_made_up_city_is_marked_all_the_same():
    package = make_package()
    caption = format_table("table2", context.snowball_informants(package), package, "en").caption
    assert caption not in ("", catalogue()["caption.table2"]["en"])


def test_a_table_without_a_caption_says_where_to_add_it(monkeypatch):
    texts = {key: both for key, both in catalogue().items() if key != "caption.table1"}
    monkeypatch.setattr("analysis.language.labels.catalogue", lambda: texts)
    package = make_package()
    with pytest.raises(MissingTextError, match=r"labels\.csv.*caption\.table1"):
        format_table("table1", BY_NAME["table1"].build(package), package, "id")
