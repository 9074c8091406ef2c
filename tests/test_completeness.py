"""Every notebook, table and city belongs to a check; every path that the READMEs name exists."""

import re

import pytest
from conftest import ROOT
from helpers import committed

NOTEBOOKS = {path.stem for path in committed("notebooks/*.ipynb")}
SOURCES = {
    path.relative_to(ROOT / "src/analysis").with_suffix("")
    for path in (ROOT / "src/analysis").rglob("*.py")
    if path.stem != "__init__"
}
MODULES = {path.stem for path in SOURCES}
ELSEWHERE = {
    "actions": "test_pipeline",
    "city_tasks": "test_pipeline",
    "city_commands": "test_cli",
    "command_options": "test_cli",
    "csv_form": "test_raw",
    "headings": "test_synonyms",
    "mapping_checks": "test_mapping_files",
    "preload": "test_forking",
    "kernel_process": "test_forking",
    "kernels": "test_forking",
    "notebook_error": "test_notebooks",
    "preloading": "test_forking",
    "preloaded": "test_forking",
    "private_parts": "test_forking",
    "rebuild_commands": "test_rebuilding",
    "strict_shell": "test_notebooks",
    "provisioner": "test_forking",
    "fork_server": "test_forking",
    "entry": "test_entries",
    "display_table": "test_article_tables",
    "derivation_form": "test_derivations",
    "not_built": "test_rebuilt_files",
    "derivation_rows": "test_derivations",
    "import_messages": "test_from_file_to_package",
    "city_build": "test_pipeline",
    "site_tasks": "test_pipeline",
    "site_commands": "test_cli",
    "frame": "test_site",
    "notebook_pages": "test_site",
    "overview": "test_site",
    "paper_page": "test_site",
    "raw_pages": "test_site",
    "result_page": "test_site",
    "searching": "test_site",
    "sheet_page": "test_site",
    "start_pages": "test_site",
    "study": "test_site",
    "table_pages": "test_site",
    "writing": "test_site",
    "addresses": "test_site",
    "pages": "test_check_page",
    "record_checks": "test_import_records",
    "report_data": "test_report",
    "report_entries": "test_report",
    "report_issues": "test_report",
    "report_tables": "test_report",
}
"""Modules whose tests are not named for them."""


def test_every_module_has_its_tests():
    tests = {path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    own = {path.with_name(f"test_{path.name}.py"): path.name for path in SOURCES}
    assert {name for place, name in own.items() if place not in tests} == set(ELSEWHERE)
    assert set(ELSEWHERE.values()) <= {path.stem for path in tests}


def test_every_city_has_its_committed_results():
    for package in committed("data/raw/*/datapackage.yaml"):
        assert (ROOT / "data/processed" / package.parent.name / "results.json").is_file()


@pytest.mark.parametrize("readme", ["README.md", "README.id.md"])
def test_every_path_and_function_that_a_readme_names_exists(readme):
    text = (ROOT / readme).read_text("utf-8")
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert (ROOT / target).exists(), target
    for module, name in re.findall(r"`(\w+)\.(\w+)`", text):
        if module in MODULES and name not in ("json", "csv"):
            source = next((ROOT / "src/analysis").rglob(f"{module}.py"))
            assert f"def {name}(" in source.read_text("utf-8"), name
    assert set(re.findall(r"notebooks/(\w+)\.ipynb", text)) == NOTEBOOKS


@pytest.mark.parametrize("readme", ["README.md", "README.id.md"])
def test_the_layout_of_a_readme_names_every_room(readme):
    named = re.findall(r"^  (\w+)/ ", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    assert sorted(named) == sorted({path.parts[0] for path in SOURCES if len(path.parts) > 1})


def test_both_readmes_have_the_same_sections_tables_and_code():
    shapes = []
    for readme in ("README.md", "README.id.md"):
        text = (ROOT / readme).read_text("utf-8")
        shapes.append((text.count("\n## "), text.count("\n|"), text.count("```"), text.count("![")))
    assert shapes[0] == shapes[1]
