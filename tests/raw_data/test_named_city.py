from types import SimpleNamespace

import pytest
from helpers import LANGUAGES, open_project
from nbformat import v4
from papermill.parameterize import parameterize_notebook

from analysis.raw_data import named_city, raw


@pytest.mark.parametrize(("given", "refused"), [("citty", True), ("city", False)])
def test_a_parameter_that_papermill_only_warns_of_stops_a_notebook(monkeypatch, tmp_path, given, refused):
    city = open_project(monkeypatch, tmp_path).name
    notebook = v4.new_notebook(cells=[v4.new_code_cell('city = "a"\nlang = "id"')])
    notebook.metadata["papermill"] = {}
    notebook.cells[0].metadata["tags"] = ["parameters"]
    run = parameterize_notebook(notebook, {given: city}, kernel_name="python3", language="python")
    shell = SimpleNamespace(user_ns={"In": ["", *(cell.source for cell in run.cells), "raw.load(city)"]})
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    if refused:
        with pytest.raises(
            named_city.UnknownParameterError, match=r"“citty”.* city, lang\..*“city”"
        ) as caught:
            raw.load(city)
        assert len(caught.value._render_traceback_()) == len(LANGUAGES)
    else:
        assert raw.load(city).city.name == city
