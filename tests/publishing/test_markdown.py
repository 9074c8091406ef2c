"""Tables and texts as Markdown, read back by pandoc."""

import json
import subprocess

import pandas as pd
import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.display.display_table import LEFT, RIGHT, DisplayTable
from analysis.publishing.markdown import escape, pipe_table

HOSTILE = [
    *("=1+1", "| a | b |", "|", "\\", "a\\", "\\|", "`code`", "`x`{=typst}", "```{=html}"),
    *("<script>alert(1)</script>", "<!-- x -->", "&amp;", "$x^2$", "$$", "#set text(red)", "# heading"),
    *("@santoso2020", "@tbl-types", "[a](b)", "![a](b)", "[^1]", "^[note]", "[a]{.b}", "{#tbl-x}"),
    *("{{< var a >}}", "{{< include /etc/passwd >}}", "*a*", "**", "_a_", "~~a~~", "H~2~O", "x^2^"),
    *('"quoted"', "it's", "--", "---", "...", "....", "http://example.org", "<http://example.org>"),
    *("a@example.org", ": caption", "::: {.x}", ":::", "1. one", "(@) one", "- one", "+---+", "-----"),
    *("a\nb", "a\n\nb", " a ", "a\u00a0b", "a\tb", "", "-5", "0012", "NA", "!", "\\newpage"),
    *("\\begin{x}", "%", "\u200b", "\u202e", "\ufeff"),
]
cells = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]))
    | st.text("\\`*_{}[]<>#$@~^|!&\"'-.:;/()=+% \n\tab01")
    | st.sampled_from(HOSTILE)
)


def blocks_of(markdown):
    """Return what pandoc reads in a Markdown document."""
    command = [pypandoc.get_pandoc_path(), "--from=markdown", "--to=json"]
    done = subprocess.run(command, input=markdown.encode(), capture_output=True, check=True)
    return json.loads(done.stdout)["blocks"]


def plain(inlines):
    """Return the text of inlines; anything but words, spaces, bold and what is empty is an error."""
    words = {
        "Str": lambda content: content,
        "Space": lambda _: " ",
        "SoftBreak": lambda _: " ",
        "Strong": plain,
        "Span": lambda content: {"": ""}[plain(content[1])],
    }
    return "".join(words[inline["t"]](inline.get("c")) for inline in inlines)


def cells_of(rows):
    """Return the texts of the rows of a table as pandoc reads it."""
    return [["".join(plain(block["c"]) for block in cell[4]) for cell in row[1]] for row in rows]


def read(shown):
    """Return header, rows, caption and note of a sheet as pandoc reads its Markdown."""
    table, *rest = blocks_of(pipe_table(shown, "tbl-x"))
    assert table["t"] == "Table"
    _, caption, _, head, [body], _ = table["c"]
    notes = [plain(block["c"]) for div in rest for block in div["c"][1]]
    return cells_of(head[1])[0], cells_of(body[3]), caption[1][0]["c"] if caption[1] else [], notes


def normal(cell):
    """Return a cell as Markdown can hold it: its words, parted by single spaces."""
    return " ".join(cell.split())


@given(
    st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=20), st.booleans(), cells.filter(str.strip)
)
def test_any_text_comes_out_of_pandoc_literally_in_as_many_rows(rows, has_total, note):
    frame = pd.DataFrame(rows, columns=["a", "b", "c"])
    shown = DisplayTable(frame, (LEFT, LEFT, RIGHT), "Caption", note, has_total)
    header, got, _, notes = read(shown)
    assert header == ["a", "b", "c"]
    assert got == [[normal(cell) for cell in row] for row in rows]
    assert notes == [normal(note)]


@given(st.lists(cells.filter(str.strip), min_size=1, max_size=20))
def test_any_text_by_itself_is_a_paragraph_of_that_text(texts):
    _, *got = blocks_of("\n\n".join(["First.", *map(escape, texts)]))
    assert [(block["t"], plain(block["c"])) for block in got] == [("Para", normal(text)) for text in texts]


@pytest.mark.parametrize(
    "start",
    ["-", "+", "*", ":", "%", "#", ">", "1.", "1)", "(1)", "a.", "iv)", "#.", "(@)", ":::", "+-+", "|"],
)
def test_a_text_that_begins_like_a_list_or_heading_is_text(start):
    [block] = blocks_of(escape(f"{start} SIAP"))
    assert (block["t"], plain(block["c"])) == ("Para", f"{start} SIAP")


def test_hostile_cells_come_out_literally_as_cell_heading_and_total():
    frame = pd.DataFrame({"cell": HOSTILE, "same": HOSTILE}).set_axis(["<b>*x*</b>", "{{< var y >}}"], axis=1)
    for has_total in (False, True):
        header, got, _, _ = read(DisplayTable(frame, (LEFT, RIGHT), "Caption", has_total=has_total))
        assert header == frame.columns.tolist()
        assert got == [[normal(cell)] * 2 for cell in HOSTILE]


def test_a_caption_keeps_its_emphasis_and_nothing_else():
    shown = DisplayTable(pd.DataFrame({"a": ["b"]}), (LEFT,), "Kota *cerdas* <i>$x$</i> @tbl-y")
    _, _, caption, _ = read(shown)
    assert [inline["t"] for inline in caption if inline["t"] not in ("Str", "Space")] == ["Emph"]
    assert pipe_table(shown, "tbl-x").endswith(" {#tbl-x}\n")


def test_the_columns_of_a_wide_table_have_sides_and_widths_by_what_stands_in_them():
    shown = DisplayTable(pd.DataFrame([["a" * 30, "b" * 40]], columns=["x", "y"]), (LEFT, RIGHT))
    [table, *_] = blocks_of(pipe_table(shown, "tbl-x"))
    sides, widths = zip(*table["c"][2], strict=True)
    assert [side["t"] for side in sides] == ["AlignDefault", "AlignRight"]
    expected = [width / sum(shown.widths) for width in shown.widths]
    assert [width["c"] for width in widths] == pytest.approx(expected, abs=0.01)


def test_a_narrow_table_is_as_wide_as_its_texts():
    frame = pd.DataFrame([["a", "b"]], columns=["x", "y"])
    [table, *_] = blocks_of(pipe_table(DisplayTable(frame, (LEFT, RIGHT), ""), "tbl-x"))
    assert [width["t"] for _, width in table["c"][2]] == ["ColWidthDefault"] * 2


def test_only_the_total_is_bold():
    frame = pd.DataFrame({"a": ["x", "Total"], "b": ["1", ""]})
    got = pipe_table(DisplayTable(frame, (LEFT, RIGHT), "", has_total=True), "tbl-x")
    assert "| x | 1 |\n| **Total** |  |" in got
