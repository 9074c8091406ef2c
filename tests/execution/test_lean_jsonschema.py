import subprocess
import sys

IMPORTED = "import sys; from analysis.execution import lean_jsonschema; "


def say(program):
    """Return what a fresh interpreter prints."""
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_the_grammar_is_left_out_and_can_still_be_imported():
    loaded = "print('jsonschema' in sys.modules, 'rfc3987_syntax' in sys.modules); "
    imported = "import rfc3987_syntax; print(rfc3987_syntax.__name__)"
    assert say(IMPORTED + loaded + imported).split() == ["True", "False", "rfc3987_syntax"]


def test_what_is_imported_already_stays():
    grammar = f"import rfc3987_syntax as one; {IMPORTED}print(sys.modules['rfc3987_syntax'] is one); "
    whole = "import importlib, jsonschema as two; importlib.reload(lean_jsonschema); "
    both = "print(sys.modules['jsonschema'] is two, sys.modules['rfc3987_syntax'] is one)"
    assert say(grammar + whole + both).split() == ["True"] * 3


def test_notebooks_and_data_packages_are_validated_without_it():
    modules = "import nbformat, frictionless; from frictionless import Package; "
    used = "nbformat.validate(nbformat.v4.new_notebook()); Package({'name': 'a', 'resources': []}); "
    assert say(f"{IMPORTED}{modules}{used}print('rfc3987_syntax' in sys.modules)") == "False"
