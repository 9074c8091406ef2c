import shutil

import pytest

from analysis.publishing import renderers


@pytest.fixture
def without_quarto(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    renderers.quarto_version.cache_clear()
    yield
    renderers.quarto_version.cache_clear()


def test_auto_stands_for_quarto_where_it_is_on_the_path(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    assert renderers.settled("auto") == "quarto"
    assert renderers.settled("embedded") == "embedded"


def test_elsewhere_it_stands_for_the_embedded_one(without_quarto):
    assert renderers.settled("auto") == "embedded"
    assert renderers.quarto_version() == ""


def test_a_renderer_is_named_with_the_versions_that_matter():
    name, pandoc, engine, typst = renderers.named("embedded").split()
    assert (name, engine) == ("pandoc", "Typst")
    assert pandoc.rstrip(",").split(".")[0] == "3"
    assert typst.count(".") == 2
