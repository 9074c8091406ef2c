import os
import shutil
import subprocess
import sys
import venv

import pandas as pd
import pytest
import yaml
from helpers import CITY, RESULT, ROOT
from paper_project import make_project
from test_markdown import blocks_of, plain

from analysis.project import cities
from analysis.publishing import preparing
from analysis.results import export


@pytest.fixture
def place(tmp_path, monkeypatch):
    return make_project(monkeypatch, tmp_path)


def prepared(place, lang="id"):
    """Prepare the paper in its own folder, which is returned."""
    folder = place.root / "paper" / lang
    preparing.prepare(CITY, lang, folder)
    return folder


def settings(folder, name="_city.yml"):
    return yaml.safe_load((folder / name).read_text("utf-8"))


@pytest.mark.parametrize(
    ("lang", "city", "number"), [("id", "Kota Baru", "1.081"), ("en", "New City", "1,081")]
)
def test_a_paper_is_prepared_in_its_language(place, lang, city, number):
    folder = prepared(place, lang)
    variables = settings(folder, "_variables.yml")
    assert variables["a"] == {"b": f'[{number}]{{.number key="a.b"}}'}
    assert variables["city"]["name"] == city
    assert city in settings(folder)["running-head"]
    assert (folder / "figures/table7.svg").read_text() == f"table7 {lang}"
    assert not (folder / "figures/table4.svg").exists()
    assert "{#tbl-types}" in (folder / "tables/table4.md").read_text()


def test_a_part_that_the_city_does_not_have_is_left_empty(place):
    folder = prepared(place)
    assert (folder / "city/method.md").read_text() == "\n"
    assert (folder / "tables/table8.md").read_text() == "\n"


def test_a_part_of_the_city_is_taken_over(place):
    (place.root / "paper/cities" / CITY / "method.id.md").write_text("Di sini.\n")
    assert (prepared(place, "id") / "city/method.md").read_text() == "Di sini.\n"
    assert (prepared(place, "en") / "city/method.md").read_text() == "\n"


def test_a_variable_without_a_result_is_marked_as_no_data_are(place):
    variables = settings(prepared(place), "_variables.yml")
    assert variables["no"] == {"such": "\ue002?var:no.such", "coder": "\ue002?var:no.coder"}


def test_a_name_with_markup_is_plain_text_in_variables(place):
    named = pd.DataFrame([{**RESULT, "key": "a.b", "value": "<b>*$x$*</b>", "unit": "name"}])
    export.save_results(named, CITY)
    value = settings(prepared(place), "_variables.yml")["a"]["b"]
    [paragraph] = blocks_of(value)
    [number] = paragraph["c"]
    assert plain(number["c"][1]) == "<b>*$x$*</b>"


def test_a_number_that_is_asked_for_plain_has_no_key(place):
    source = place.root / "paper/en/report.qmd"
    source.write_text("![A](figures/table7){#fig-a fig-alt='{{< var plain.a.b >}} {{< var plain.no >}}'}\n")
    variables = settings(prepared(place, "en"), "_variables.yml")
    assert variables["plain"] == {"a": {"b": "1,081"}, "no": "\ue002?var:plain.no"}


def test_what_a_figure_shows_in_words_comes_from_the_figure(place):
    svg = "<svg><metadata><dc:description>Web: 3 &lt;b&gt;*x*&lt;/b&gt;</dc:description></metadata></svg>"
    (place.figures / "table7.id.narrow.svg").write_text(svg, encoding="utf-8")
    folder = prepared(place, "id")
    [paragraph] = blocks_of(settings(folder)["in-words"]["table7"])
    assert plain(paragraph["c"]) == "Web: 3 <b>*x*</b>"
    assert (folder / "figures/table7_narrow.svg").read_text("utf-8") == svg


def test_preparing_again_writes_what_differs_alone_and_removes_what_is_another_city_s(place):
    folder = prepared(place)
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))
    (folder / "city/other.md").write_text("of another city")
    (folder / "tables/table4.md").write_text("of another city")
    prepared(place)
    assert not (folder / "city/other.md").exists()
    changed = [path.name for path in folder.rglob("*") if path.is_file() and path.stat().st_mtime != 1]
    assert changed == ["table4.md"]


def test_what_was_rendered_of_another_city_does_not_stay_beside_this_one_s(place):
    folder = prepared(place)
    rendered = folder / preparing.RENDERED / "article.id.pdf"
    rendered.parent.mkdir()
    rendered.touch()
    prepared(place)
    assert rendered.exists()
    own = settings(folder)
    (folder / "_city.yml").write_text(yaml.safe_dump(own | {"city": "elsewhere"}))
    prepared(place)
    assert not rendered.exists()
    assert settings(folder) == own


def test_what_stands_in_the_way_is_said_in_the_language_of_the_paper(place, lang):
    assert preparing.main("nowhere", lang).count(CITY) == 1
    (place.processed / "results.json").unlink()
    assert f"compendium build {CITY}" in preparing.main(CITY, lang)


def test_figures_that_were_not_drawn_stand_in_the_way(place):
    shutil.rmtree(place.figures)
    assert f"compendium build {CITY}" in preparing.main(CITY, "en")


def test_quarto_is_told_which_document_is_the_city_s(place):
    assert yaml.safe_load((ROOT / "paper/en/_quarto.yml").read_text())["project"]["render"] == []
    assert preparing.main(CITY, "en") == ""
    assert settings(place.root / "paper/en")["project"] == {"render": ["report.qmd"]}


@pytest.mark.parametrize(
    "city, chosen, other", [("bandung", "article", "report"), ("contoh", "report", "article")]
)
def test_the_document_of_another_city_lacks_a_file_whose_name_says_what_to_render(
    tmp_path, lang, city, chosen, other
):
    made = (*preparing.FOLDERS, preparing.CITY_SETTINGS)
    folder = shutil.copytree(ROOT / "paper" / lang, tmp_path / lang, ignore=lambda *_: made)
    preparing.make_room(cities.find(city), folder)
    assert settings(folder)["project"] == {"render": [f"{chosen}.qmd"]}
    lacking = {
        name: [
            one
            for one in preparing.INCLUDE.findall((folder / f"{name}.qmd").read_text())
            if not (folder / one).exists()
        ]
        for name in (chosen, other)
    }
    assert lacking[chosen] == []
    assert lacking[other][0] == f"city/render-the-folder-not-{other}.qmd.md"


def run_by_quarto(folder, script="../prepare.py", **environment):
    """Run the script as Quarto does: in the project's folder, with a Python that does not know it."""
    plain_python = getattr(sys, "_base_executable", sys.executable)
    return subprocess.run(
        [plain_python, script],
        cwd=folder,
        env={"PATH": os.defpath, "PYTHONHASHSEED": "0", **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def paper_of_a_checkout(tmp_path):
    """Return a function that gives the folder of a paper in a checkout of which nothing is built."""

    def make(lang):
        (tmp_path / "paper" / lang).mkdir(parents=True)
        (tmp_path / "paper/prepare.py").write_bytes((ROOT / "paper/prepare.py").read_bytes())
        return tmp_path / "paper" / lang

    return make


def test_a_staged_copy_is_left_alone(paper_of_a_checkout):
    done = run_by_quarto(paper_of_a_checkout("id"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_at_the_top_of_a_checkout_both_papers_are_rendered_even_if_one_fails(paper_of_a_checkout, tmp_path):
    whole = yaml.safe_load((ROOT / "_quarto.yml").read_text())["project"]
    assert (whole["render"], whole["pre-render"]) == ([], "paper/prepare.py")
    paper_of_a_checkout("id")
    quarto = tmp_path / "quarto"
    quarto.write_text('#!/bin/sh\necho "$@" >> asked\ntest "$2" = paper/en\n')
    quarto.chmod(0o755)
    done = run_by_quarto(tmp_path, script=whole["pre-render"], QUARTO_BIN_PATH=str(tmp_path))
    assert done.returncode == 1
    assert (tmp_path / "asked").read_text().splitlines() == ["render paper/id", "render paper/en"]


@pytest.mark.parametrize(("lang", "words"), [("id", "Jalankan make"), ("en", "Run make")])
def test_without_the_environment_the_script_says_how_to_get_it(paper_of_a_checkout, tmp_path, lang, words):
    labels = "src/analysis/language/labels.csv"
    (tmp_path / labels).parent.mkdir(parents=True)
    (tmp_path / labels).write_bytes((ROOT / labels).read_bytes())
    done = run_by_quarto(paper_of_a_checkout(lang))
    assert done.returncode == 1
    assert words in done.stderr


def test_the_script_finds_the_project_s_python_where_it_is_not_activated(place, monkeypatch):
    venv.create(place.root / ".venv", symlinks=True, with_pip=False)
    site = next((place.root / ".venv").rglob("site-packages"))
    (site / "own.pth").write_text("\n".join(path for path in sys.path if path))
    labels = place.root / "src/analysis/language/labels.csv"
    labels.parent.mkdir(parents=True)
    labels.touch()
    folder = prepared(place, "en")
    done = run_by_quarto(folder, COMPENDIUM_CITY=CITY, SOURCE_DATE_EPOCH="0", PYTHONPATH="/nowhere")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1,081" in settings(folder, "_variables.yml")["a"]["b"]
    refused = run_by_quarto(folder)
    assert refused.returncode == 1
    assert "bandung" in refused.stderr


def test_the_abstract_in_the_other_language_has_its_own_numbers(place):
    for lang in ("id", "en"):
        head = place.root / "paper" / lang / "_report.yml"
        head.write_text("title: T\nabstract: 'Ada {{< var a.b >}} ({{< var no.such >}}).'\nkeywords: [k]\n")
    other = settings(prepared(place, "id"))["other-abstract"]
    assert (other["lang"], other["title"], other["keywords"]) == ("en", "Abstract", ["k"])
    assert other["text"] == "Ada 1,081 (\ue002?var:no.such)."
