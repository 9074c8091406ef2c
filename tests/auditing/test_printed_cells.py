from helpers import make_package

from analysis.auditing.printed_cells import beside
from analysis.display.display_table import city_name
from analysis.display.passages import Passage
from analysis.language.labels import text
from analysis.tables import applications

PRINTED = """\
table,row,column,value,says,locator
table4,web,count,6,article,T4
table4,total,count,11,article,T4
table5,own,count,7,article,T5
"""


def shown(lang, published=PRINTED):
    package = make_package(published=published)
    table, lineage = applications.count_by(package, "type"), applications.trace(package, "type")
    return beside(package, "table4", table, lineage, lang)


def test_each_printed_cell_of_the_table_stands_beside_the_rebuilt_one_with_its_verdict(lang):
    web, total = shown(lang).frame.to_numpy().tolist()
    agrees, differs = text("verdict.reproduced", lang), text("verdict.inconsistent", lang)
    assert web[1:] == ["6", "6", text("basis.transcribed", lang), agrees]
    assert total[1:] == ["11", "10", text("basis.recomputed", lang), differs]
    assert web[0].startswith(text("type.web", lang)) and total[0].startswith(text("total", lang))


def test_the_note_tells_copies_from_tests():
    assert shown("en").note == text("note.printed", "en", same=1, all=2, copied=1, tested=1)


def test_a_raw_row_that_no_longer_repeats_what_is_printed_is_our_fault():
    changed = shown("en", PRINTED.replace("table4,web,count,6", "table4,web,count,5"))
    assert changed.frame.iloc[:, -1].tolist() == [text("verdict.failed", "en")] * 2


def test_where_nothing_is_printed_a_sentence_says_so(lang):
    got = shown(lang, None)
    assert isinstance(got, Passage)
    assert got.words == text("printed.none", lang, city=city_name(make_package(), lang))
