"""Running one notebook: what counts as success, and how each way of failing is told."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from helpers import committed

from analysis.execution import notebooks
from analysis.execution.kernels import Kernels
from analysis.execution.notebook_error import NotebookError
from analysis.execution.notebooks import execute
from analysis.language.labels import UnknownLanguageError
from analysis.project.cities import UnknownCityError

ROOT = Path(__file__).parents[2]
COMMITTED = committed("notebooks/*.ipynb")
ORDINARY = pytest.mark.slow("an ordinary kernel is jupyter_client's; nbval runs every notebook in one")
BOTH_WAYS = pytest.mark.parametrize("way", ["fork", pytest.param("spawn", marks=ORDINARY)])


def make_notebook(folder: Path, *sources: str, parameters: str | None = 'city = "bandung"') -> Path:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    if parameters is not None:
        cell = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
        cells.insert(0, cell)
    node = nbformat.v4.new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    path = folder / "sample.ipynb"
    nbformat.write(node, path)
    return path


def run(notebook: Path, way: str = "auto", **parameters: str) -> Path:
    executed = notebook.parent / "executed" / notebook.name
    execute(notebook, parameters, executed, {"OUTBOX": "outbox of the test"}, Kernels(way))
    return executed


def test_parameters_reach_the_notebook_and_its_output_is_kept(tmp_path):
    executed = run(make_notebook(tmp_path, "print(city)"), city="surabaya")
    assert "surabaya" in executed.read_text()


def test_two_runs_leave_the_same_bytes_and_no_time_of_day(tmp_path):
    notebook = make_notebook(tmp_path, "print(city)")
    first, second = (run(notebook, city="surabaya").read_bytes() for _ in range(2))
    assert first == second
    assert b"start_time" not in first


def test_the_kernel_has_the_given_environment_before_that_of_its_parent(tmp_path, monkeypatch):
    monkeypatch.setenv("GIVEN_TO_PARENT", "word of the parent")
    monkeypatch.setenv("OUTBOX", "outbox of the parent")
    executed = run(
        make_notebook(tmp_path, 'import os; print(*map(os.getenv, ["OUTBOX", "GIVEN_TO_PARENT"]))')
    )
    assert "outbox of the test word of the parent" in executed.read_text()


@BOTH_WAYS
def test_what_a_person_has_every_session_begin_with_is_not_run(tmp_path, monkeypatch, way):
    profile = tmp_path / "ipython/profile_default"
    (profile / "startup").mkdir(parents=True)
    (profile / "startup/00.py").write_text(
        "raised = 'by the startup'\nimport decimal\ndecimal.getcontext().prec = 3"
    )
    (profile / "ipython_kernel_config.py").write_text("get_config().IPKernelApp.exec_lines = ['raised = 1']")
    (tmp_path / "begin.py").write_text("raised = 'by Python'")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "begin.py"))
    look = "import decimal; print('raised' in globals(), decimal.getcontext().prec)"
    assert "False 28" in run(make_notebook(tmp_path, look), way).read_text()


def test_braces_in_the_path_of_a_checkout_are_harmless(tmp_path):
    folder = tmp_path / "{city}"
    folder.mkdir()
    assert run(make_notebook(folder, "1 + 1")).is_file()


@BOTH_WAYS
def test_a_failing_cell_is_named_with_its_error_and_the_notebook_so_far_is_kept(tmp_path, way):
    with pytest.raises(NotebookError) as caught:
        run(make_notebook(tmp_path, "before = 41", "1 / 0"), way)
    assert caught.value.cell == "1 / 0"
    assert "ZeroDivisionError" in caught.value.detail
    assert "before = 41" in caught.value.executed.read_text()


@pytest.mark.parametrize(
    ("parameters", "given"),
    [('city = "bandung"', {"ctiy": "x"}), (None, {"city": "x"}), (None, {})],
    ids=["unknown parameter", "no parameters cell", "no parameters cell, none given"],
)
def test_wrong_parameters_are_refused_before_a_kernel_starts(tmp_path, monkeypatch, parameters, given):
    monkeypatch.setattr(notebooks.papermill, "execute_notebook", pytest.fail)
    with pytest.raises(NotebookError, match=r"unknown_parameter|parameters_cells"):
        run(make_notebook(tmp_path, "1", parameters=parameters), **given)


@BOTH_WAYS
def test_a_killed_kernel_is_noticed_and_not_waited_for(tmp_path, monkeypatch, way):
    monkeypatch.setattr(notebooks, "CELL_TIMEOUT", 10)
    with pytest.raises(NotebookError, match="kernel_died"):
        run(make_notebook(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"), way)


def test_why_a_kernel_does_not_start_is_told_in_its_own_words(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "zmq.py").write_text("raise ImportError('libzmq.so.5: cannot open shared object file')")
    with pytest.raises(NotebookError, match=r"kernel_died: ImportError: libzmq.so.5: cannot open"):
        run(make_notebook(tmp_path, "1"), "spawn")


@BOTH_WAYS
def test_a_file_beside_the_notebook_can_be_imported_but_takes_the_place_of_no_library(tmp_path, way):
    for name in ("analysis", "pandas", "random", "helper"):
        (tmp_path / f"{name}.py").write_text("here = True")
    source = "import analysis, helper, pandas, random\n"
    source += "print([hasattr(module, 'here') for module in (analysis, helper, pandas, random)])"
    assert "[False, True, False, False]" in run(make_notebook(tmp_path, source), way).read_text()


@BOTH_WAYS
def test_a_cell_that_never_ends_is_stopped_and_its_kernel_with_it(tmp_path, monkeypatch, way):
    monkeypatch.setattr(notebooks, "CELL_TIMEOUT", 1)
    pid_file = tmp_path / "pid"
    source = f"import os, pathlib, time\npathlib.Path({str(pid_file)!r}).write_text(str(os.getpid()))"
    with pytest.raises(NotebookError, match="1 s"):
        run(make_notebook(tmp_path, source, "time.sleep(60)"), way)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)


@pytest.mark.parametrize(
    "source", ["!false", "!nosuchcommand", "%nosuchmagic", "%%bash\nfalse", "%run nofile.py"]
)
def test_a_command_or_magic_that_fails_fails_its_cell(tmp_path, source):
    with pytest.raises(NotebookError, match="cell_failed") as caught:
        run(make_notebook(tmp_path, source))
    assert caught.value.cell == source


def test_a_command_that_succeeds_is_no_error(tmp_path):
    assert "6 × 7" in run(make_notebook(tmp_path, "!echo 6 × 7")).read_text("utf-8")


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_a_committed_notebook_is_thin(path):
    node = nbformat.read(path, as_version=4)
    code = [cell for cell in node.cells if cell.cell_type == "code"]
    text = "\n".join(cell.source for cell in code)
    assert len(code) <= 10
    assert not re.search(r"^\s*(def|class|for|while|if|with)\b|\.merge\(|lambda|!|%", text, re.MULTILINE)
    assert notebooks.declared_parameters(path, node) in ({"city", "lang"}, {"cities", "lang"})


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_a_committed_notebook_has_its_outputs_and_no_timestamps(path):
    node = nbformat.read(path, as_version=4)
    code = [cell for cell in node.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert any(cell.outputs for cell in code)
    assert not any("execution" in cell.metadata for cell in node.cells)
    assert "papermill" not in node.metadata


def run_here(path: Path, **parameters: str) -> None:
    """Run the code of a committed notebook in this process, with other values of its parameters."""
    names: dict[str, object] = {"display": print}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            exec(cell.source, names)  # noqa: S102 - our own notebooks
            names.update(parameters if "parameters" in cell.metadata.get("tags", []) else {})


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
@pytest.mark.parametrize(
    ("parameters", "error"),
    [({"lang": "fr"}, UnknownLanguageError), ({"city": "bandug", "cities": "bandug"}, UnknownCityError)],
    ids=["language", "city"],
)
def test_a_committed_notebook_says_in_a_sentence_what_a_parameter_may_be(
    path, parameters, error, monkeypatch
):
    monkeypatch.chdir(ROOT)
    with pytest.raises(error) as caught:
        run_here(path, **parameters)
    assert caught.value._render_traceback_() == str(caught.value).splitlines()


def test_a_person_who_runs_a_notebook_sees_the_sentence_alone(tmp_path):
    source = "from analysis.raw_data import raw; raw.load(city)"
    with pytest.raises(NotebookError) as caught:
        run(make_notebook(tmp_path, source), city="bandug")
    assert caught.value.detail.startswith("Tidak ada kota bernama “bandug”.")
    outputs = json.loads(caught.value.executed.read_text())["cells"][-1]["outputs"]
    assert outputs[0]["traceback"] == caught.value.detail.splitlines()


def test_papermill_itself_names_an_unknown_parameter(tmp_path, caplog):
    notebook = make_notebook(tmp_path, "city")
    papermill.execute_notebook(notebook, tmp_path / "out.ipynb", {"ctiy": "x"}, prepare_only=True)
    assert "Passed unknown parameter: ctiy" in caplog.text


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_every_link_of_a_committed_notebook_leads_somewhere(path):
    node = nbformat.read(path, as_version=4)
    prose = "\n".join(cell.source for cell in node.cells if cell.cell_type == "markdown")
    links = re.findall(r"\]\(([^)]+)\)", prose)
    assert links
    assert [link for link in links if not (path.parent / link).is_file()] == []


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_the_prose_of_a_committed_notebook_is_in_both_languages(path):
    """Paragraphs in English are italic throughout; there are as many as Indonesian ones."""
    node = nbformat.read(path, as_version=4)
    for cell in node.cells:
        if cell.cell_type == "markdown":
            paragraphs = cell.source.split("\n\n")
            english = [words for words in paragraphs if re.fullmatch(r"\*.+\*", words)]
            assert 2 * len(english) == len(paragraphs), cell.source


def linked(stem: str) -> list[str]:
    """Return the notebooks that the foot of a notebook links to."""
    node = nbformat.read(ROOT / f"notebooks/{stem}.ipynb", as_version=4)
    return re.findall(r"\((\w+)\.ipynb\)", node.cells[-1].source.split("\n\n")[0])


def test_the_notebooks_lead_from_one_to_the_next_and_back():
    seen, stem = ["start"], linked("start")[0]
    while stem not in seen:
        assert linked(stem)[:2] == [seen[-1], "start"] or seen == ["start"]
        seen.append(stem)
        stem = linked(stem)[-1]
    assert seen == [
        *("start", "raw_package", "context", "table4", "table5", "table6", "table7"),
        *("results", "table8", "ledger", "compare_cities"),
    ]
    assert linked("inventory_insights") == ["table7", "start", "results"]


@pytest.mark.parametrize("stem", ["table4", "table5", "table6", "table7", "table8", "context"])
def test_the_notebook_of_a_printed_table_sets_it_beside_the_rebuilt_one(stem):
    source = (ROOT / f"notebooks/{stem}.ipynb").read_text("utf-8")
    for call in ("listings.raw_rows(", "passages.source(", "printed_cells.beside(", "sentences.of_"):
        assert call in source


def nbval(folder: Path) -> subprocess.CompletedProcess[str]:
    config = ROOT / "tests" / "nbval_sanitize.cfg"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder)]
    command += ["-p", "analysis.execution.lean_jsonschema", "-x"]
    command += ["--nbval", f"--nbval-sanitize-with={config}", "--nbval-cell-timeout=120"]
    return subprocess.run(
        [*command, "notebooks/table5.ipynb"], cwd=folder, capture_output=True, text=True, check=False
    )


def test_nbval_goes_red_for_a_planted_wrong_value(project):
    path = project / "notebooks" / "table5.ipynb"
    path.write_text(path.read_text().replace("329", "330"))
    result = nbval(project)
    assert result.returncode == 1
    assert "330" in result.stdout


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_the_gate_for_stripped_notebooks_is_not_vacuous(path, tmp_path):
    """nbval compares nothing in a stripped notebook, so the test of outputs above must refuse it."""
    node = json.loads(path.read_text())
    for cell in node["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"], cell["outputs"] = None, []
    stripped = tmp_path / path.name
    stripped.write_text(json.dumps(node))
    with pytest.raises(AssertionError):
        test_a_committed_notebook_has_its_outputs_and_no_timestamps(stripped)
