"""The commands `show` and `lineage` on the committed results."""

import pytest
from conftest import ROOT, compendium
from helpers import CITY, make_project

from analysis.language.labels import text


def run(*arguments, lang="en"):
    return compendium(ROOT, *arguments, "--lang", lang)


def test_a_table_is_shown_with_caption_rows_and_source(lang):
    shown = run("show", "bandung", "table4", lang=lang).stdout
    assert text("caption.table4", lang, city=text("map.city", lang))[:8] in shown
    assert [line.split()[:2] for line in shown.splitlines() if line.startswith(" Web")] == [["Web", "222"]]
    assert text("note.source", lang, source="")[:6] in shown


def test_a_number_is_followed_to_its_raw_rows():
    shown = run("lineage", "table4/web/count").stdout
    assert shown.startswith("table4/web/count = 222\n")
    (row,) = [line.split() for line in shown.splitlines() if "Tabel 4" in line]
    assert row[:4] == ["2", "type", "web", "222"]


def test_a_number_of_an_inventory_has_as_many_rows_as_it_counts():
    shown = run("lineage", "contoh", "applications.type.mobile.count").stdout
    assert "= 56 (applications)" in shown and "56 of 400 rows" in shown
    assert sum(" mobile " in line for line in shown.splitlines()) == 56


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (("show", "bandugn", "table4"), "bandung"),
        (("show", "bandung", "tabel4"), "table4"),
        (("lineage", "bandung", "servces.web_or_mobile.count"), "services.web_or_mobile.count"),
    ],
)
def test_a_misspelt_name_is_answered_with_the_nearest(arguments, nearest, lang):
    ended = run(*arguments, lang=lang)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.rstrip().endswith(text("import.nearest", lang, nearest=nearest))


@pytest.mark.parametrize("printed", ["61.6", "61,6", "61,6 %"])
def test_a_number_as_it_is_printed_leads_to_the_keys_of_its_results(printed, lang):
    shown = run("lineage", printed, lang=lang).stdout
    keys = [line.split()[0] for line in shown.splitlines() if line.startswith(" applications.")]
    assert keys == ["applications.status.largest.share", "applications.status.operational.share"]


def test_a_number_printed_once_is_followed_at_once():
    assert run("lineage", "263").stdout.startswith("services.web_mobile_or_multiplatform.count = 263 ")


@pytest.mark.parametrize("asked", ["zzz", "bandung"])
def test_where_nothing_is_like_it_the_answer_says_what_to_type(asked, lang):
    ended = run("lineage", asked, lang=lang)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.rstrip().endswith(text("cli.which_number", lang))


def test_a_table_that_is_not_named_is_asked_for():
    ended = run("show")
    assert ended.stderr.strip().startswith("Say which table.") and "table1, table2" in ended.stderr


@pytest.mark.parametrize("command", ["show", "lineage"])
def test_a_city_that_was_not_built_is_told_how_to_build_it(tmp_path, command):
    ended = compendium(make_project(tmp_path), command, CITY, "table4", "--lang", "en")
    assert (ended.returncode, ended.stderr.strip()) == (1, text("cli.not_built", "en", city=CITY))
