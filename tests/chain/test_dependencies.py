import ast
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from analysis.chain.code_files import PACKAGE, files_used_by
from analysis.chain.dependencies import CHECK_LIBRARIES, NOTEBOOK_LIBRARIES
from analysis.chain.steps import STEPS


def libraries(*sources: Path) -> set[str]:
    """Return the distributions that the modules which `sources` use import."""
    modules = [path for path in (*sources, *files_used_by(*sources)) if path.suffix == ".py"]
    nodes = [node for path in modules for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    found = {name.partition(".")[0] for name in named} - sys.stdlib_module_names - {PACKAGE.name}
    return {"pyyaml" if name == "yaml" else name for name in found}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_the_version_of_every_library_that_a_notebook_uses_matters(step):
    assert libraries(ROOT / f"notebooks/{step.name}.ipynb") <= set(NOTEBOOK_LIBRARIES)


def test_the_version_of_every_library_that_the_check_uses_matters():
    assert libraries(PACKAGE / "checking/validation.py") == set(CHECK_LIBRARIES)
