from inspect import getsource

from analysis.display.passages import Passage, Sections, source
from analysis.tables import applications


def test_a_passage_shows_what_it_quotes_literally():
    passage = Passage("<b>1 & 2</b>\nthen")
    assert repr(passage) == "<b>1 & 2</b>\nthen"
    assert passage._repr_html_() == "<p>&lt;b&gt;1 &amp; 2&lt;/b&gt;</p>\n<p>then</p>"


def test_sections_have_headings_and_paragraphs():
    sections = Sections([("A <i>", ["one", ""]), ("B", ["two"])])
    assert repr(sections) == "A <i>\none\n\n\nB\ntwo"
    assert sections._repr_html_() == "<h4>A &lt;i&gt;</h4>\n<p>one</p>\n<h4>B</h4>\n<p>two</p>"


def test_the_source_shown_is_that_of_the_functions():
    shown = source(applications.counted_rows, applications.count_by)
    assert repr(shown).splitlines() == [
        *getsource(applications.counted_rows).splitlines(),
        "",
        *getsource(applications.count_by).splitlines(),
    ]
    assert shown._repr_markdown_() == f"```python\n{shown!r}\n```"
