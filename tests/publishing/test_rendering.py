"""One small paper in two languages, rendered once by each renderer that is there, and what must hold."""

import base64
import ctypes
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx import Document
from docx.oxml.ns import qn
from paper_structure import RENDERERS

from analysis.publishing import rendering
from analysis.publishing.markdown import escape
from analysis.publishing.paper_problems import PaperError
from analysis.publishing.rendering import FORMATS, quarto_complaints, render

PAPER = Path(__file__).parents[2] / "paper"
EPOCH = 1_700_000_000
LANGUAGES = ("id", "en")
KINDS = ("tbl", "fig", "sec", "abstract", "keywords", "date")
WORDS = {
    "id": ("Tabel", "Gambar", "Bagian", "Abstrak", "Kata kunci", "5 Agustus 2024"),
    "en": ("Table", "Figure", "Section", "Abstract", "Keywords", "5 August 2024"),
}
WORDS = {lang: dict(zip(KINDS, words, strict=True)) for lang, words in WORDS.items()}
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><rect width="90" height="20"/></svg>\n'
BIBLIOGRAPHY = "@misc{cohen2014, author={Cohen, Boyd}, title={The Smartest Cities}, year={2014}}\n"
TYPES = """\
| Jenis | Jumlah | % |
|:------|-------:|--:|
| Web | 1.081 | 57,2 |
| Desktop | 14 | 3,6 |
| **Total** | **1.095** | **100,0** |

: Rekap menurut *jenis* {#tbl-types}

::: {.table-note}
Sumber: rekap.
:::
"""
# What raw data could hold; as cells and in a name, each must be read as it stands here.
HOSTILE = (
    *('`#read("x")`{=typst}', "```{=html} <b> ```", "<script>alert(1)</script>", "{{< var secret >}}"),
    *("{{< include _variables.yml >}}", "$x^2$", "@tbl-types", "![a](b.png)", "a|b", "#panic()"),
    *("::: {.content-hidden}", '[x]{.content-visible when-meta="has.evidence"}'),
    *("[x]{#tbl-types onclick=alert(1)}", "\\(x\\)", "<!-- x -->"),
    *("a--b --- c...d ~ e~f -5 a-?b //g /*h*/ - = + / <!--", "https://example.org/~a--b", "بندونغ"),
    "?var:secret and -- or ... in words",
)
CITY = """\
title: "Judul \\"satu\\" & dua"
subtitle: >-
  [Anak judul]{.content-visible when-meta="has.informants"}
  [Judul lain]{.content-visible unless-meta="has.informants"}
author: Kontributor kompendium
date: '2024-08-05'
date-iso: '2024-08-05'
abstract: |
  [Ada {{< var no.such >}}.]{.content-visible when-meta="has.evidence"}
  Ringkasan isi [di {{< var share >}}]{.content-visible unless-meta="has.evidence"}.
keywords: [kota cerdas, reproduksi]
running-head: Kepala halaman
project: {render: [article.qmd]}
has: {informants: true, evidence: false}
"""
ARTICLE = """\
# Awal {#sec-start}

Ada {{< var applications.total >}} aplikasi ({{< var share >}}). Lihat @tbl-types, @fig-types, @sec-end
dan [-@tbl-types]; menurut @cohen2014.

::: {.content-visible when-meta="has.informants"}

{{< include tables/table1.md >}}

## Rincian {#sec-detail}

:::

::: {.content-visible when-meta="has.evidence"}

Tersembunyi: {{< var no.such >}}, @tbl-none, ![x](figures/none), {{< include tables/table1.md >}}

:::

::: {.content-visible when-meta="has.informants" unless-meta="has.evidence"}

{{< include tables/table2.md >}}

:::

![Menurut jenis: {{< var share >}}](figures/types){#fig-types fig-alt="Batang {{< var share >}}"}

# Akhir {#sec-end}

Perintahnya `compendium build "kota"`.

{{< include city/note.md >}}

# Daftar Pustaka {.unnumbered}

::: {#refs}
:::
"""


def make_stage(folder, lang, **changes):
    """Fill a staged project and return its folder; `changes` replace or add files by path in it."""
    hostile = "\n".join(f"| {number} | {cell} |" for number, cell in enumerate(map(escape, HOSTILE), 1))
    files = {
        "article.qmd": ARTICLE,
        "_city.yml": CITY,
        "_variables.yml": (
            "applications: {total: '1.081'}\nshare: '57,2%'\nsecret: RAHASIA\n"
            "no: {such: '\ue002?var:no.such'}\n"
        ),
        "../references.bib": BIBLIOGRAPHY,
        "figures/types.svg": SVG,
        "city/note.md": "",
        "tables/table1.md": f"| No. | Isi |\n|---:|:---|\n{hostile}\n\n: Sel {{#tbl-hostile}}\n",
        "tables/table2.md": TYPES,
    } | changes
    project = folder / lang
    project.mkdir(parents=True)
    for name in ("_common.yml", "prepare.py", f"{lang}/_quarto.yml"):
        shutil.copy(PAPER / name, folder / name)
    shutil.copytree(PAPER / "templates", folder / "templates")
    shutil.copy(PAPER / "templates/reference.docx", project)
    for name, content in files.items():
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
    (project / "figures/types.png").write_bytes(PNG)
    return project


def build(stage, out, lang="id", renderer="embedded"):
    paths = render(stage, out, lang, renderer=renderer, epoch=EPOCH)
    return dict(zip(FORMATS, paths, strict=True))


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request):
    return request.param


@pytest.fixture(scope="module", params=RENDERERS)
def renderer(request):
    return request.param


@pytest.fixture(scope="module")
def paper(lang, renderer, tmp_path_factory):
    folder = tmp_path_factory.mktemp(lang)
    return build(make_stage(folder / "stage", lang), folder / "out", lang, renderer)


@pytest.fixture(scope="module")
def texts(paper):
    """What a reader sees in each format, with plain spaces between words."""
    document = Document(str(paper["docx"]))
    words = (node.text or "" for node in document.element.body.iter(qn("w:t")))
    body = paper["html"].read_text("utf-8").split("<body", 1)[1]
    page = re.sub(r"<[^>]*>", "", body).replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    pages = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paper["pdf"]))
    found = {"html": page.replace("&amp;", "&"), "pdf": " ".join(pages), "docx": "".join(words)}
    return {fmt: " ".join(text.split()) for fmt, text in found.items()}


@pytest.fixture
def html(paper):
    return paper["html"].read_text("utf-8")


def pdf_catalog(paper):
    document = pypdfium2.PdfDocument(paper["pdf"])
    is_tagged = bool(pdfium.FPDFCatalog_IsTagged(document))
    said = (ctypes.c_ushort * 10)()
    pdfium.FPDFCatalog_GetLanguage(document, said, ctypes.sizeof(said))
    return is_tagged, bytes(said).decode("utf-16-le").rstrip("\0")


def test_outputs_are_named_for_the_language(paper, lang):
    assert [path.name for path in paper.values()] == [f"article.{lang}.{fmt}" for fmt in FORMATS]


@pytest.mark.parametrize("fmt", FORMATS)
class TestEveryFormat:
    def test_variables_are_filled_in(self, texts, fmt):
        assert "Ada 1.081 aplikasi (57,2%)." in texts[fmt]

    def test_title_block_is_complete(self, texts, fmt, lang):
        parts = ("Judul “satu” & dua", "Anak judul", "Kontributor kompendium", "Ringkasan isi di 57,2%.")
        words = WORDS[lang]
        words = (words["date"], words["abstract"], f"{words['keywords']}: kota cerdas; reproduksi")
        assert [part for part in parts + words if part not in texts[fmt]] == []

    def test_captions_are_numbered_in_words_of_the_language(self, texts, fmt, lang):
        table, figure = WORDS[lang]["tbl"], WORDS[lang]["fig"]
        expected = (f"{table} 1. Sel", f"{table} 2. Rekap menurut jenis", f"{figure} 1. Menurut jenis: 57,2%")
        assert [caption for caption in expected if caption not in texts[fmt]] == []

    def test_references_carry_the_numbers_of_what_they_name(self, texts, fmt, lang):
        words = WORDS[lang]
        assert (
            f"{words['tbl']} 2, {words['fig']} 1, {words['sec']} 2 dan 2; menurut Cohen (2014)" in texts[fmt]
        )

    def test_sections_are_numbered_unless_they_say_so(self, texts, fmt):
        assert all(heading in texts[fmt] for heading in ("1 Awal", "1.1 Rincian", "2 Akhir"))
        assert "3 Daftar Pustaka" not in texts[fmt]

    def test_every_cell_and_note_is_there(self, texts, fmt):
        cells = ("Desktop", "1.095", "100,0", "Sumber: rekap.")
        assert [cell for cell in cells if cell not in texts[fmt]] == []

    def test_hostile_cells_are_literal_text(self, texts, fmt):
        assert [cell for cell in HOSTILE if cell not in texts[fmt]] == []
        assert "RAHASIA" not in texts[fmt]

    def test_cited_works_are_listed(self, texts, fmt):
        assert "Cohen, Boyd. 2014." in texts[fmt]


class TestHtml:
    def test_nothing_is_fetched_from_elsewhere(self, html):
        assert re.findall(r"<(?:link|script|iframe|object|embed|base)\b", html) == []
        assert re.findall(r"""\bsrc=["'](?!data:)[^"']*""", html) == []
        assert re.findall(r"@import|url\(\s*[\"']?(?!data:)", html) == []

    def test_references_are_links_to_anchors(self, html):
        targets = set(re.findall(r'href="#([^"]+)"', html))
        assert {"tbl-types", "fig-types", "sec-end", "ref-cohen2014"} <= targets
        assert targets <= set(re.findall(r'\bid="([^"]+)"', html))

    def test_page_says_its_language_and_has_one_main_heading(self, html, lang):
        assert f'<html lang="{lang}">' in html
        assert len(re.findall("<h1", html)) == 1

    def test_figures_have_the_alternative_text(self, html):
        assert "Batang 57,2%" in re.findall(r"<img[^>]*>", html)[0]

    def test_total_is_the_foot_of_its_table(self, html):
        assert re.search(r"<tfoot>.*1\.095.*</tfoot>", html, re.DOTALL)

    def test_tables_scroll_in_a_box_named_by_their_caption(self, html):
        assert '<div id="tbl-types-caption" class="table-caption">' in html
        assert re.search(r'class="table-box"[^>]*aria-labelledby="tbl-types-caption"', html)


class TestPdf:
    def test_code_stands_as_it_is_written(self, texts):
        assert 'Perintahnya compendium build "kota".' in texts["pdf"]

    def test_it_is_tagged_in_the_language(self, paper, lang):
        assert pdf_catalog(paper) == (True, lang)

    def test_metadata_name_title_author_and_keywords(self, paper):
        got = pypdfium2.PdfDocument(paper["pdf"]).get_metadata_dict()
        assert got["Title"] == "Judul “satu” & dua"
        assert got["Author"] == "Kontributor kompendium"
        assert got["Keywords"] == "kota cerdas, reproduksi"
        assert got["CreationDate"].startswith("D:20231114")

    def test_running_head_begins_on_the_second_page(self, tmp_path):
        article = ARTICLE.replace("# Akhir", "Kalimat isi yang panjang sekali. " * 400 + "\n\n# Akhir")
        made = build(make_stage(tmp_path / "stage", "id", **{"article.qmd": article}), tmp_path / "out")
        pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made["pdf"])]
        assert ["Kepala halaman" in page for page in pages] == [False] + [True] * (len(pages) - 1)
        assert len(pages) > 1


class TestDocx:
    def test_links_lead_to_bookmarks(self, paper):
        body = Document(str(paper["docx"])).element.body
        anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))} - {None}
        marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
        assert {"tbl-types", "fig-types", "sec-end"} <= anchors
        assert anchors <= marks

    def test_tables_keep_their_shape(self, paper):
        tables = Document(str(paper["docx"])).tables
        assert [(len(table.rows), len(table.columns)) for table in tables] == [(len(HOSTILE) + 1, 2), (4, 3)]

    def test_a_table_is_as_wide_as_what_stands_in_it_and_a_low_one_stays_whole(self, paper):
        low = Document(str(paper["docx"])).tables[1]
        widths = [int(column.get(qn("w:w"))) for column in low._tbl.tblGrid]
        assert widths[0] > widths[1] > widths[2]
        assert low._tbl.tblPr.find(qn("w:tblW")).get(qn("w:type")) == "pct"
        assert {cell.paragraphs[0].style.name for row in low.rows for cell in row.cells} == {"Table Row"}

    def test_of_a_high_table_the_first_and_last_rows_are_not_alone(self, tmp_path):
        rows = "".join(f"| {n} | 1 | 1 |\n" for n in range(50))
        high = TYPES.replace("| Web", f"{rows}| Web")
        made = build(make_stage(tmp_path / "stage", "id", **{"tables/table2.md": high}), tmp_path / "out")
        [*_, table] = Document(str(made["docx"])).tables
        kept = [row.cells[0].paragraphs[0].style.name == "Table Row" for row in table.rows]
        assert kept == [True] * 2 + [False] * (len(kept) - 4) + [True] * 2

    def test_a_box_keeps_its_heading_and_list_together(self, tmp_path):
        box = "::: {.box}\n**Kutip:**\n\n- satu\n- dua\n:::\n"
        made = build(make_stage(tmp_path / "stage", "id", **{"city/note.md": box}), tmp_path / "out")
        found = Document(str(made["docx"])).paragraphs
        styles = {one.text: one.style.name for one in found if one.text in ("Kutip:", "satu", "dua")}
        assert styles == {"Kutip:": "Box Beginning", "satu": "Box", "dua": "Box"}

    def test_word_opens_it_in_the_mode_of_its_own_version(self, paper):
        settings = Document(str(paper["docx"])).settings.element
        modes = [one.get(qn("w:val")) for one in settings.iter(qn("w:compatSetting"))]
        assert modes == ["15"]

    def test_notes_and_keywords_have_styles_of_their_own(self, paper):
        styles = {paragraph.style.name for paragraph in Document(str(paper["docx"])).paragraphs}
        assert {"Table Note", "Keywords", "Table Caption", "Image Caption", "Bibliography"} <= styles


def test_all_problems_are_named_at_once_and_old_outputs_stay(tmp_path):
    made = build(make_stage(tmp_path / "good", "id"), tmp_path / "out")
    before = {path: path.read_bytes() for path in made.values()}
    lines = (
        "{{< var no.such >}}",
        "{{< var applications >}}",
        "{{< include tables/none.md >}}",
        "{{< include ../good/article.qmd >}}",
        "@tbl-none, @sec-none and @nobody2000",
        "[@tbl-types; @cohen2014]",
        "{{< meta title >}}",
        "![x](figures/none){#fig-none}",
    )
    article = ARTICLE + "\n" + "\n\n".join(lines) + "\n"
    broken = make_stage(tmp_path / "broken", "id", **{"article.qmd": article, "city/note.md": "@fig-away\n"})
    with pytest.raises(PaperError) as caught:
        build(broken, tmp_path / "out")
    assert {(problem.kind, problem.found) for problem in caught.value.problems} == {
        ("prose.variable", "no.such"),
        ("prose.variable", "applications"),
        ("prose.include", "tables/none.md"),
        ("prose.include", "../good/article.qmd"),
        ("prose.reference", "tbl-none"),
        ("prose.reference", "sec-none"),
        ("prose.reference", "fig-away"),
        ("prose.citation", "nobody2000"),
        ("prose.mixture", "tbl-types"),
        ("prose.shortcode", "meta title"),
        ("prose.figure", "figures/none"),
    }
    assert len(caught.value.problems) == 11
    assert {path: path.read_bytes() for path in (tmp_path / "out").iterdir()} == before


def test_renders_of_equal_sources_are_equal_bytes(tmp_path, monkeypatch):
    def digests(name):
        made = build(make_stage(tmp_path / name / "stage", "id"), tmp_path / name / "out")
        return {fmt: sha256(path.read_bytes()).hexdigest() for fmt, path in made.items()}

    expected = digests("here")
    monkeypatch.setenv("TZ", "Asia/Jakarta")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(tmp_path)
    # Several times: the order of a Lua table differs from run to run, though not always.
    assert [digests(f"there/{attempt}") for attempt in range(4)] == [expected] * 4


@pytest.mark.parametrize("fails", ["_pandoc", "_typst"])
def test_a_failure_midway_leaves_no_trace(tmp_path, monkeypatch, fails):
    def disk_full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rendering, fails, disk_full)
    with pytest.raises(OSError, match="No space left"):
        build(make_stage(tmp_path / "stage", "id"), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_what_a_killed_render_left_behind_is_cleared(tmp_path):
    left = tmp_path / "out" / ".article.id.part"
    left.mkdir(parents=True)
    (left / "article.html").write_text("half")
    build(make_stage(tmp_path / "stage", "id"), tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"article.id.{fmt}" for fmt in sorted(FORMATS)
    ]


UNESCAPED = """\
`#panic("live")`{=typst} <b onclick="x()">tebal</b> [j](javascript:x) $y$
[k]{a=1 onclick="x()" onblur="x()" b=2 onfocus="x()" typst:text:fill="panic()"}
"""


def test_unescaped_markup_is_inert_as_well(tmp_path):
    made = build(make_stage(tmp_path / "stage", "id", **{"city/note.md": UNESCAPED}), tmp_path / "out")
    page = made["html"].read_text("utf-8").split("<body", 1)[1]
    assert re.findall(r"<[^>]*(?:on[a-z]+=|javascript:)[^>]*>", page) == []
    assert "&lt;b onclick=" in page
    assert "$y$" in page


def test_a_picture_on_the_network_is_refused(tmp_path):
    picture = "![w](https://example.org/x.png)\n"
    with pytest.raises(PaperError) as caught:
        build(make_stage(tmp_path / "stage", "id", **{"city/note.md": picture}), tmp_path / "out")
    assert [problem.found for problem in caught.value.problems] == ["https://example.org/x"]


@pytest.mark.parametrize(
    ("include", "reason"), [("city/note.md", "a loop"), ("https://example.org/x.md", "an address")]
)
def test_includes_stay_in_the_folder_and_end(tmp_path, include, reason):
    stage = make_stage(tmp_path / "stage", "id", **{"city/note.md": f"{{{{< include {include} >}}}}\n"})
    with pytest.raises(PaperError) as caught:
        build(stage, tmp_path / "out")
    assert [(one.kind, one.found) for one in caught.value.problems] == [("prose.include", include)]


def found(name):
    return lambda program: f"/bin/{name}" if program == name else None


def test_quarto_is_refused_where_it_cannot_be_had(monkeypatch, tmp_path):
    monkeypatch.setattr(shutil, "which", found("nothing"))
    with pytest.raises(PaperError) as caught:
        render(tmp_path, tmp_path / "out", "id", renderer="quarto", epoch=EPOCH)
    assert [problem.kind for problem in caught.value.problems] == ["prose.quarto"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "line",
    [
        "WARN: Unable to resolve crossref @tbl-none",
        "\x1b[33mWARNING (/x.lua:1) Unknown var no.such specified in a var shortcode.\x1b[39m",
        "[WARNING] Citeproc: citation nobody2000 not found",
        "ERROR: compilation failed",
    ],
)
def test_what_quarto_warns_of_is_a_complaint(line):
    got = quarto_complaints(f"processing article.qmd\n{line}\nOutput created: article.html\n", "<p>")
    assert got == [re.sub(r"\x1b\[\d+m", "", line)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p><strong>\ue002?var:no.such</strong></p>", ["?var:no.such"]),
        ("<p>?var:no.such in raw data</p>", []),
        ("<p>?@tbl-none</p>", ["?@tbl-none"]),
        ('<a class="quarto-xref"><span class="quarto-unresolved-ref">tbl-none</span></a>', ["tbl-none"]),
        ("<style>.quarto-unresolved-ref { font-weight: 600; }</style><p>What?</p>", []),
        ("<script>x?@fig-a:b</script><img src='data:image/svg+xml,?@tbl-a'>", []),
    ],
)
def test_what_quarto_left_unresolved_in_the_page_is_a_complaint(html, expected):
    got = quarto_complaints("Output created: article.html", html)
    assert len(got) == len(expected)
    assert all(key in problem for key, problem in zip(expected, got, strict=True))
