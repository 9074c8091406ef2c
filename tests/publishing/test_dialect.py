import pytest
from helpers import ROOT

from analysis.project import paper_sources
from analysis.publishing.dialect import problems


def found(tmp_path, line, name="method.id.md"):
    """Return what is refused of a line that stands third in its file."""
    path = tmp_path / name
    path.write_text(f"Satu.\n\n{line}\n", encoding="utf-8")
    return [(one.kind.removeprefix("prose."), one.row, one.found) for one in problems({name: path})]


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("Lihat {{< meta title >}}.", "meta title"),
        ("{{< video x.mp4 >}}", "video x.mp4"),
        ("Ada <b>tebal</b>.", "<b>"),
        ("<!-- when: claims -->", "<!-- when: claims -->"),
        ("Ada `#x`{=typst}.", "`#x`{=typst}"),
        ("```{=html}", "```{=html}"),
        ("```{python}", "```{python}"),
        ("Rumus $x^2$.", "$x^2$"),
        (r"Rumus \frac{1}{2}.", r"\frac"),
        ("::: {.callout-note}", "{.callout-note}"),
        ("::: callout-note", "::: callout-note"),
        ("::: {#fig-both layout-ncol=2}", "{#fig-both layout-ncol=2}"),
        ("::: {.panel-tabset}", "{.panel-tabset}"),
        ('[x]{style="color: red"}', '{style="color: red"}'),
        ('[x]{.content-visible when-format="html"}', '{.content-visible when-format="html"}'),
        ("![x](figures/table4){#fig-a .column-margin}", "{#fig-a .column-margin}"),
        ("Lihat @eq-one.", "@eq-one"),
    ],
)
def test_what_only_one_renderer_understands_is_named_with_its_line(tmp_path, line, refused):
    assert (3, refused) in [(row, what) for _, row, what in found(tmp_path, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Ada {{< var city.name >}} dan @tbl-types, [-@fig-a] serta [@cohen2014, hlm. 3].",
        "{{< include tables/table1.md >}}",
        "# Awal {#sec-start}",
        "# Daftar Pustaka {.unnumbered}",
        '![A {{< var a.b >}}](figures/x){#fig-a fig-alt="Batang {{< var a.b >}}" width=80%}',
        '::: {.content-visible when-meta="has.evidence" unless-meta="has.recap"}',
        '[Ada]{.content-visible when-meta="has.evidence"}',
        '[Ada {{< var a.b >}}.]{on="C003:ambiguous a.b=0"}',
        "::: {.box}",
        "::: {#refs}",
        ":::",
        r"Harga Rp5.000\$, \<b\>, \{{\< x, `$x$ <b>`, <https://example.org>, a < b, 1 < 2.",
        "---",
    ],
)
def test_what_both_understand_passes(tmp_path, line):
    assert found(tmp_path, line) == []


def test_code_that_is_shown_is_not_looked_into(tmp_path):
    assert found(tmp_path, "```\n$x$ <b>\n```") == []


def test_conditions_that_no_city_can_meet_are_named_with_the_nearest(tmp_path):
    path = tmp_path / "article.qmd"
    path.write_text('::: {.content-visible when-meta="has.evidenc"}\n')
    [problem] = problems({"article.qmd": path})
    assert (problem.kind, problem.found, problem.nearest) == ("prose.condition", "has.evidenc", "evidence")


def test_front_matter_in_the_article_is_refused(tmp_path):
    path = tmp_path / "article.qmd"
    path.write_text("---\ntitle: x\n---\n\nSatu.\n")
    assert [(one.row, one.found) for one in problems({"article.qmd": path})] == [(1, "---")]


@pytest.mark.parametrize(
    "line",
    [
        'title: "[x]{.content-visible when-meta=\\"has.evidence\\"}"',
        "title: '[x]{.content-visible when-meta=\"has.evidence\"}' # {python} $",
        "keywords: [a, {b: c}]",
    ],
)
def test_settings_are_read_as_settings(tmp_path, line):
    path = tmp_path / "metadata.yml"
    path.write_text(f"id:\n  {line}\n")
    assert problems({"metadata.yml": path}) == []


def test_texts_in_settings_are_looked_into(tmp_path):
    path = tmp_path / "metadata.yml"
    path.write_text("id:\n  title: <b>\n  abstract: |\n    Satu.\n    Dua $x$.\n")
    assert [(one.row, one.found) for one in problems({"metadata.yml": path})] == [(2, "<b>"), (5, "$x$")]


def test_the_papers_of_the_project_pass(lang):
    papers = ROOT / "paper"
    sources = [
        *(papers / lang).glob("*.qmd"),
        *(papers / lang / f"_{name}.yml" for name in paper_sources.DOCUMENTS),
        *papers.glob(f"cities/*/*.{lang}.md"),
        *papers.glob("cities/*/metadata.yml"),
    ]
    assert problems({path.relative_to(ROOT).as_posix(): path for path in sources}) == []
