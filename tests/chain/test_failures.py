"""What a failed step says: in words where the engines gave a reason, as it is where Python did."""

from pathlib import Path

import pytest

from analysis.chain import failures
from analysis.chain.failures import MissingOutputError
from analysis.execution.notebook_error import NotebookError
from analysis.tasks.running import MissingInputError

NOTEBOOK = Path("notebooks/table4.ipynb")


FILES_MISSING = ["berkas tidak ada: a.csv, b.csv", "files missing: a.csv, b.csv"]
NO_LIBRARY = ["Sebuah pustaka tidak dapat dimuat: libgomp.so.1", "A library cannot be loaded: libgomp.so.1"]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MissingInputError(["a.csv", "b.csv"]), FILES_MISSING),
        (ImportError("libgomp.so.1"), NO_LIBRARY),
        (ValueError("as it is"), ["as it is", "as it is"]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_every_failure_has_its_words(error, said):
    assert [failures.say(error, lang) for lang in ("id", "en")] == said


@pytest.mark.parametrize(
    ("error", "indonesian", "english"),
    [
        (MissingOutputError("table4", ["a.csv"]), "hasil tidak ada: a.csv", "results missing: a.csv"),
        (("unknown_parameter", "ctiy"), "parameter tidak dikenal: ctiy", "unknown parameter: ctiy"),
        (
            ("parameters_cells", "0"),
            "sel yang bertanda “parameters” harus satu, bukan 0",
            "one cell should be tagged “parameters”, not 0",
        ),
        (("cell_too_long", "600 s"), "sel berjalan lebih lama dari 600 s", "a cell took more than 600 s"),
        (("kernel_died",), "kernel mati", "the kernel died"),
        (("kernel_died", "Too many files"), "kernel mati: Too many files", "the kernel died: Too many files"),
        (("cell_failed", "KeyError: 'x'"), "KeyError: 'x'", "KeyError: 'x'"),
    ],
)
def test_every_failure_of_a_notebook_is_told_with_its_name(error, indonesian, english):
    error = NotebookError(NOTEBOOK, *error) if isinstance(error, tuple) else error
    said = [f"table4.ipynb: {words}" for words in (indonesian, english)]
    assert [failures.say(error, lang) for lang in ("id", "en")] == said
