import pypdfium2
import pytest
import typst

from analysis.checking.glyphs import missing

SCRIPTS = {
    "Bandung — “data” ≥ 5": "",
    "Δένδρα и Ж": "",
    "بندونغ": "",
    "ꦧꦤ꧀ꦝꦸꦁ": "ꦧꦤ꧀ꦝꦸꦁ",
    "数据": "数据",
    "a＝b": "＝",
}


@pytest.mark.parametrize(("words", "expected"), SCRIPTS.items())
def test_characters_that_no_font_has_are_named_once_each(words, expected):
    assert missing(words + words) == expected


@pytest.mark.parametrize("words", ["", "a\tb\n", "a\u00a0b", "\u200b\ufeff", "\x1b"])
def test_spaces_and_what_cannot_be_seen_need_no_font(words):
    assert missing(words) == ""


@pytest.mark.parametrize("words", [words for words, lacking in SCRIPTS.items() if not lacking])
def test_typst_prints_what_is_said_to_have_a_glyph(words):
    pdf = typst.compile(f'#"{words}"'.encode(), ignore_system_fonts=True)
    printed = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert set(words) <= set(printed) | {" "}
