"""The task graph: what is rebuilt when something changes, and what a failure leaves behind."""

import csv
import hashlib
import json
import os
import re
from pathlib import Path

import nbformat
import pytest
from conftest import EMBEDDED, Ended, compendium
from helpers import open_project

from analysis.chain import actions
from analysis.chain.failures import MissingOutputError
from analysis.chain.steps import steps
from analysis.language.labels import text
from analysis.project.cities import City
from analysis.project.locking import held

BUILD = ("build", "bandung", *EMBEDDED)
AGAIN = pytest.mark.slow("renders papers anew, as another test of `make test` does")


def steps_done(result: Ended) -> set[str]:
    """Read the steps from the plain lines that a build writes where there is no terminal."""
    assert result.returncode == 0, result.stdout + result.stderr
    return set(re.findall(r"^(\S+)\t[\d.]+ s$", result.stdout, re.MULTILINE))


def outputs(project: Path) -> dict[str, str]:
    """Return the digest of everything that a build leaves, by path; state, locks and checks apart."""
    folders = [project / "data" / "processed", project / "build"]
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(project)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not path.name.startswith((".", "check.")) and path.parent.name != ".locks"
    }


def change_cell(path: Path, row: int, column: str, value: str) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        records = list(csv.DictReader(stream))
    records[row][column] = value
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, records[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)


def update_hashes(project: Path) -> None:
    result = compendium(project, "check", "bandung", "--update-hashes")
    assert result.returncode == 0, result.stdout


def test_a_second_build_does_nothing(rebuilt):
    before = outputs(rebuilt)
    assert steps_done(compendium(rebuilt, *BUILD)) == set()
    assert outputs(rebuilt) == before


def test_touching_files_rebuilds_nothing(rebuilt):
    for path in (rebuilt / "data" / "raw").rglob("*.csv"):
        os.utime(path)
    assert steps_done(compendium(rebuilt, *BUILD)) == set()


@AGAIN
def test_new_content_of_the_papers_with_an_older_time_is_noticed(rebuilt):
    source = rebuilt / "paper" / "references.bib"
    source.write_text(source.read_text() + "\n% a comment\n")
    os.utime(source, (1, 1))
    assert steps_done(compendium(rebuilt, *BUILD)) == {"paper.id", "paper.en"}


@pytest.mark.parametrize(
    ("damage", "path", "steps"),
    [
        pytest.param(damage, path, {step}, marks=AGAIN if step == "paper.en" and damage != "deleted" else ())
        for damage in ("edited", "truncated", "deleted")
        for path, step in (
            ("data/processed/bandung/table4.csv", "table4"),
            ("build/bandung/figures/table7.en.svg", "figures.table7"),
            ("build/bandung/paper/article.en.pdf", "paper.en"),
        )
    ],
)
def test_an_output_damaged_by_hand_is_made_again(rebuilt, path, steps, damage):
    output = rebuilt / path
    expected = output.read_bytes()
    if damage == "deleted":
        output.unlink()
    else:
        output.write_bytes(expected[:-20] if damage == "truncated" else expected.replace(b"2", b"3"))
    assert steps <= steps_done(compendium(rebuilt, *BUILD))
    assert output.read_bytes() == expected


def test_one_count_changes_its_table_figure_and_prose_and_what_verify_says_and_nothing_else(rebuilt):
    before = outputs(rebuilt)
    change_cell(rebuilt / "data/raw/bandung/applications_recap.csv", 0, "count", "223")
    update_hashes(rebuilt)
    done = steps_done(compendium(rebuilt, *BUILD))
    after = outputs(rebuilt)
    changed = {path for path in after if after[path] != before[path]}
    assert {"table7", "context"}.isdisjoint(done)
    processed = {path for path in changed if path.startswith("data/processed")}
    assert processed == {
        "data/processed/bandung/table4.csv",
        "data/processed/bandung/results.json",
        "data/processed/bandung/table8.csv",
        "data/processed/bandung/ledger.csv",
        "data/processed/bandung/ledger.json",
    }
    figures = {path for path in changed if "/figures/" in path and "/stage/" not in path}
    assert figures == {
        f"build/bandung/figures/{name}.{lang}.{kind}"
        for name in ("table4", "margins", "sections", "bounds")
        for lang in ("id", "en")
        for kind in ("svg", "narrow.svg", "png")
    }
    papers = {path for path in changed if "/paper/" in path}
    assert len(papers) == 6
    results = json.loads((rebuilt / "data/processed/bandung/results.json").read_text())
    assert results["services.web_or_mobile.count"]["value"] == 237
    for lang in ("id", "en"):
        page = (rebuilt / f"build/bandung/paper/article.{lang}.html").read_text()
        assert "237" in page and "389" in page
    result = compendium(rebuilt, "verify", "bandung", "--lang", "id")
    assert result.returncode == 1
    printed = f"{text('verdict.failed', 'id')}; tercetak"
    for entry in ("table4/web/count", "table4/total/count"):
        assert re.search(rf"{entry}: {printed}", result.stderr), entry
    assert re.search(rf"C\d+: {printed} 236, hasil hitung ulang 237", result.stderr)


@AGAIN
def test_one_informant_group_rebuilds_what_depends_on_it_only(rebuilt):
    change_cell(rebuilt / "data/raw/bandung/informants.csv", 0, "role_en", "A role told differently")
    update_hashes(rebuilt)
    done = steps_done(compendium(rebuilt, *BUILD))
    assert "context" in done and "paper.en" in done
    assert done.isdisjoint({"table4", "table5", "table6", "table7", "table8"})


def test_a_changed_notebook_reruns_alone_whatever_its_time(rebuilt):
    path = rebuilt / "notebooks" / "table6.ipynb"
    node = nbformat.read(path, as_version=4)
    node.cells[0].source += "\n\nA remark."
    nbformat.write(node, path)
    os.utime(path, (1, 1))
    assert steps_done(compendium(rebuilt, *BUILD)) == {"table6", "figures.table6"}


@pytest.mark.parametrize(
    ("part", "notebooks"),
    [
        (("--only", "table7"), 1),
        pytest.param((), 9, marks=pytest.mark.slow("the same with every notebook of the city")),
    ],
)
def test_another_language_reruns_the_notebooks_and_keeps_their_results(rebuilt, part, notebooks):
    before = outputs(rebuilt)
    done = steps_done(compendium(rebuilt, *BUILD, "--lang", "en", *part))
    after = outputs(rebuilt)
    assert done.isdisjoint({"paper.id", "paper.en"})
    executed = {path for path in after if after[path] != before[path]}
    assert {Path(path).parent.as_posix() for path in executed} == {"build/bandung/notebooks"}
    assert len(executed) == notebooks


def test_a_failing_notebook_is_explained_and_leaves_everything_as_it_was(rebuilt):
    before = outputs(rebuilt)
    path = rebuilt / "notebooks" / "table4.ipynb"
    node = nbformat.read(path, as_version=4)
    saving = next(cell for cell in node.cells if "export.save_table(table4" in cell.source)
    saving.source += "\nraise ValueError('planned failure')"
    nbformat.write(node, path)
    result = compendium(rebuilt, *BUILD, "--lang", "id")
    assert result.returncode == 1
    assert "planned failure" in result.stderr
    assert "export.save_table(table4" in result.stderr
    executed = rebuilt / "build/bandung/work/table4/table4.ipynb"
    assert str(executed) in result.stderr and executed.is_file()
    after = outputs(rebuilt)
    assert {path: after[path] for path in before} == before


def test_a_notebook_that_leaves_early_fails_and_the_missing_table_is_named(rebuilt):
    path = rebuilt / "notebooks" / "table4.ipynb"
    node = nbformat.read(path, as_version=4)
    node.cells.insert(6, nbformat.v4.new_code_cell("import sys\nsys.exit(0)"))
    nbformat.write(node, path)
    result = compendium(rebuilt, *BUILD)
    assert result.returncode == 1
    assert "table4.csv" in result.stderr


def test_a_changed_raw_file_without_its_hash_is_refused_with_what_to_do(rebuilt):
    before = outputs(rebuilt)
    change_cell(rebuilt / "data/raw/bandung/applications_recap.csv", 1, "count", "15")
    result = compendium(rebuilt, *BUILD)
    assert result.returncode == 1
    assert "applications_recap.csv" in result.stderr and "--update-hashes" in result.stderr
    assert outputs(rebuilt) == before


def test_a_second_build_of_the_same_city_is_refused_while_one_runs(rebuilt):
    with held(City("bandung", rebuilt)):
        result = compendium(rebuilt, *BUILD)
    assert result.returncode == 1
    assert "bandung" in result.stderr


def test_an_unknown_city_lists_the_known_ones(project):
    for command in ("build", "check", "clean"):
        result = compendium(project, command, "atlantis")
        assert result.returncode == 1
        assert "bandung" in result.stderr
    assert not (project / "build").exists()


def test_list_names_every_city(project):
    assert compendium(project, "list").stdout.startswith("bandung\tKota Bandung / Bandung")


def test_clean_deletes_what_can_be_built_again_and_nothing_else(rebuilt):
    before = {path for path in outputs(rebuilt) if not path.startswith("build/")}
    cleaned = compendium(rebuilt, "clean", "bandung")
    assert (cleaned.returncode, "bandung" in cleaned.stdout) == (0, True)
    assert set(outputs(rebuilt)) == before


def test_an_unresolved_variable_fails_the_build_and_is_named(rebuilt):
    path = rebuilt / "paper/en/article.qmd"
    path.write_text(path.read_text() + "\n\nSee {{< var no.such.key >}}, @tbl-nowhere and [@nobody1999].\n")
    before = outputs(rebuilt)
    result = compendium(rebuilt, *BUILD)
    assert result.returncode == 1
    for name in ("no.such.key", "tbl-nowhere", "nobody1999"):
        assert name in result.stderr
    kept = {path for path in before if "/stage/" not in path}
    after = outputs(rebuilt)
    assert {path: after[path] for path in kept} == {path: before[path] for path in kept}


def test_verify_is_content_when_every_discrepancy_is_known(rebuilt):
    result = compendium(rebuilt, "verify", "bandung", "--lang", "id")
    assert result.returncode == 0, result.stderr
    assert re.search(r"Dari \d+ pernyataan artikel", result.stdout)


def test_a_build_leaves_the_reports_of_the_audit(built):
    for name in ("ledger.id.html", "ledger.en.html", "ledger.id.pdf", "ledger.en.pdf", "certificate.pdf"):
        assert (built / "build/bandung" / name).stat().st_size > 10_000


def test_a_file_without_content_is_no_output_and_what_was_there_stays(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    step = next(one for one in steps(place) if one.name == "table7")
    for name in step.processed:
        (place.processed / name).parent.mkdir(parents=True, exist_ok=True)
        (place.processed / name).write_text("before")

    def execute(_city, notebook, _lang, work, _way):
        made = [
            *(f"processed/{name}" for name in step.processed),
            *(f"figures/{name}" for name in step.drawn),
        ]
        for name in (*made, notebook.name):
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            (work / name).write_text("" if name == "processed/table7.csv" else "after")
        return work / notebook.name

    monkeypatch.setattr(actions, "_execute", execute)
    with pytest.raises(MissingOutputError, match=r"table7\.csv"):
        actions.run_notebook(place, step, Path("table7.ipynb"), "en", "auto")
    assert {(place.processed / name).read_text() for name in step.processed} == {"before"}
