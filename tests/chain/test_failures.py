"""What a failed step says: in words where the engines gave a reason, as it is where Python did."""

from pathlib import Path

import pytest

from analysis.chain import failures
from analysis.chain.failures import MissingOutputError
from analysis.execution.notebook_error import NotebookError
from analysis.tasks.running import MissingInputError

NOTEBOOK = Path("notebooks/table4.ipynb")


@pytest.mark.parametrize(
    ("error", "indonesian", "english"),
    [
        (
            MissingInputError(["a.csv", "b.csv"]),
            "berkas tidak ada: a.csv, b.csv",
            "files missing: a.csv, b.csv",
        ),
        (
            MissingOutputError("table4", ["a.csv"]),
            "table4.ipynb: hasil tidak ada: a.csv",
            "table4.ipynb: results missing: a.csv",
        ),
        (
            NotebookError(NOTEBOOK, "unknown_parameter", "ctiy"),
            "table4.ipynb: parameter tidak dikenal: ctiy",
            "table4.ipynb: unknown parameter: ctiy",
        ),
        (
            NotebookError(NOTEBOOK, "parameters_cells", "0"),
            "table4.ipynb: sel yang bertanda “parameters” harus satu, bukan 0",
            "table4.ipynb: one cell should be tagged “parameters”, not 0",
        ),
        (
            NotebookError(NOTEBOOK, "cell_too_long", "600 s"),
            "table4.ipynb: sel berjalan lebih lama dari 600 s",
            "table4.ipynb: a cell took more than 600 s",
        ),
        (
            NotebookError(NOTEBOOK, "kernel_died"),
            "table4.ipynb: kernel mati",
            "table4.ipynb: the kernel died",
        ),
        (
            NotebookError(NOTEBOOK, "kernel_died", "Too many open files"),
            "table4.ipynb: kernel mati: Too many open files",
            "table4.ipynb: the kernel died: Too many open files",
        ),
        (
            ImportError("libgomp.so.1: cannot open shared object file"),
            "Sebuah pustaka tidak dapat dimuat: libgomp.so.1: cannot open shared object file",
            "A library cannot be loaded: libgomp.so.1: cannot open shared object file",
        ),
        (NotebookError(NOTEBOOK, "cell_failed", "KeyError: 'x'"), *["table4.ipynb: KeyError: 'x'"] * 2),
        (ValueError("as it is"), "as it is", "as it is"),
    ],
    ids=lambda value: getattr(value, "kind", type(value).__name__) if isinstance(value, Exception) else "",
)
def test_every_failure_has_its_words(error, indonesian, english):
    assert [failures.say(error, lang) for lang in ("id", "en")] == [indonesian, english]
