"""What the two renderers make of the same paper, part by part; and that a difference would be seen."""

from paper_structure import RENDERERS, differences, renderings, structure
from test_rendering import ARTICLE, EPOCH, build, make_stage


def test_a_paper_differs_from_one_with_another_number_caption_or_note(tmp_path):
    before = build(make_stage(tmp_path / "one", "id"), tmp_path / "one-out")
    changed = {
        "article.qmd": ARTICLE.replace("# Akhir {#sec-end}", "# Penutup {#sec-end}"),
        "_variables.yml": "applications: {total: '1.082'}\nshare: '57,2%'\nsecret: RAHASIA\n",
        "city/note.md": "[Data](https://example.org)\n",
    }
    after = build(make_stage(tmp_path / "other", "id", **changed), tmp_path / "other-out")
    assert differences(before, before) == []
    found = "\n".join(differences(before, after))
    for fmt in ("html", "pdf", "docx"):
        assert f"{fmt} +" in found
    assert all(part in found for part in ("1.082", "2 Penutup", "https://example.org"))


def test_every_part_of_a_paper_is_looked_at(tmp_path):
    made = build(make_stage(tmp_path / "stage", "id"), tmp_path / "out")
    page, pages, document = (structure(path) for path in made.values())
    assert "tfoot tr Total | 1.095 | 100,0" in page
    assert {"img Batang 57,2%", "div Sumber: rekap.", "anchor tbl-types", "time 5 Agustus 2024"} <= set(page)
    assert {"Title Judul “satu” & dua", "page 1: 1 Awal"} <= set(pages)
    assert {
        "Heading 1: 1 Awal",
        "row Total | 1.095 | 100,0",
        "Table Note: Sumber: rekap.",
        "mark sec-end",
    } <= set(document)


if "quarto" in RENDERERS:

    def test_both_renderers_make_papers_of_the_same_structure(tmp_path):
        for lang in ("id", "en"):
            made = renderings(make_stage(tmp_path / lang, lang), tmp_path / f"{lang}-out", lang, EPOCH)
            assert differences(made["embedded"], made["quarto"]) == []
