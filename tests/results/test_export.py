import json

import pandas as pd
import pytest
from helpers import CITY, LANGUAGES, RESULT, make_package, open_project

from analysis.display import drawing, network_figures
from analysis.project.cities import OUTBOX
from analysis.results import export
from analysis.tables import integrations

LINEAGE = pd.DataFrame(
    {"row": ["a"], "column": ["count"], "file": ["f.csv"], "rows": ["2-4"], "rule": ["sum"]}
)


@pytest.fixture
def place(tmp_path, monkeypatch):
    return open_project(monkeypatch, tmp_path)


def names(folder):
    """Return the names of the files in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_table_is_plain_csv_with_its_lineage_beside_it(place):
    table = pd.DataFrame({"category": ["a,b", 'c"d', "NA"], "count": [1, 2, 1081]})
    export.save_table(table, LINEAGE, CITY, "table4")
    got = (place.processed / "table4.csv").read_bytes()
    assert got == b'category,count,synthetic\n"a,b",1,true\n"c""d",2,true\nNA,1081,true\n'
    lineage = json.loads((place.processed / "table4.lineage.json").read_text("utf-8"))
    assert lineage == LINEAGE.assign(synthetic=True).to_dict(orient="records")
    assert names(place.processed) == ["table4.csv", "table4.lineage.json"]


def test_lineage_with_row_numbers_can_be_written(place):
    package = make_package()
    export.save_table(integrations.list_integrations(package), integrations.trace(package), CITY, "table7")
    lineage = json.loads((place.processed / "table7.lineage.json").read_text("utf-8"))
    assert [cell["row"] for cell in lineage] == [1, 2, 3]


def results(*keys):
    """Return results of the value 1 with these keys."""
    return pd.DataFrame([{**RESULT, "key": key} for key in keys])


def test_results_are_in_the_order_of_their_keys_with_lineage_beside_them(place):
    export.save_results(results("b.c", "a"), CITY)
    got = json.loads((place.processed / "results.json").read_text("utf-8"))
    assert list(got) == ["a", "b.c"]
    assert got["a"] == {"value": 1, "unit": "x", "synthetic": True}
    lineage = json.loads((place.processed / "results.lineage.json").read_text("utf-8"))
    assert lineage["a"] == {"file": "f.csv", "rows": "2", "rule": "copy", "synthetic": True}


def test_the_files_of_a_real_city_carry_no_mark(place):
    descriptor = place.raw / "datapackage.yaml"
    descriptor.write_text(
        descriptor.read_text("utf-8").replace("synthetic: true", "synthetic: false"), "utf-8"
    )
    export.save_table(pd.DataFrame({"count": [1]}), LINEAGE, CITY, "table4")
    export.save_results(results("a"), CITY)
    assert (place.processed / "table4.csv").read_bytes() == b"count\n1\n"
    assert json.loads((place.processed / "results.json").read_bytes()) == {"a": {"value": 1, "unit": "x"}}
    assert not [path for path in place.processed.iterdir() if "synthetic" in path.read_text("utf-8")]


def test_a_key_given_twice_is_an_error_and_writes_nothing(place):
    with pytest.raises(ValueError, match="unique"):
        export.save_results(results("a", "a"), CITY)
    assert not place.processed.exists()


def test_a_figure_is_saved_in_every_language_and_format(place):
    drawn = network_figures.integration_graph(make_package(), integrations.list_integrations(make_package()))
    export.save_figures(drawn, CITY, "table7")
    assert names(place.figures) == [
        f"table7.{lang}.{kind}" for lang in sorted(LANGUAGES) for kind in ("narrow.svg", "png", "svg")
    ]


def test_during_a_build_a_figure_is_noted_and_drawn_later_with_the_same_bytes(place, tmp_path, monkeypatch):
    drawn = network_figures.integration_graph(make_package(), integrations.list_integrations(make_package()))
    export.save_figures(drawn, CITY, "table7")
    monkeypatch.setenv(OUTBOX, str(tmp_path))
    noted = network_figures.integration_graph(make_package(), integrations.list_integrations(make_package()))
    export.save_figures(noted, CITY, "table7")
    assert names(tmp_path / "figures") == ["table7.pickle"]
    export.draw_noted(tmp_path / "figures")
    for path in place.figures.iterdir():
        assert (tmp_path / "figures" / path.name).read_bytes() == path.read_bytes()


def test_a_figure_that_only_the_notebook_can_draw_is_drawn_at_once(place, tmp_path, monkeypatch):
    @drawing.in_both_languages
    def own(medium):
        return medium.sheet(1.0)[0], "by a function of the notebook"

    def graph():
        return network_figures.integration_graph(
            make_package(), integrations.list_integrations(make_package())
        )

    export.save_figures(graph(), CITY, "changed")
    changed = graph()
    changed["id"].figure.suptitle("changed in the notebook")
    monkeypatch.setenv(OUTBOX, str(tmp_path))
    for name, drawn in (("own", own(make_package())), ("changed", changed)):
        export.save_figures(drawn, CITY, name)
    figures = tmp_path / "figures"
    assert not list(figures.glob("*.pickle"))
    assert "by a function of the notebook" in (figures / "own.id.svg").read_text()
    for lang, is_changed in (("id", True), ("en", False)):
        name = f"changed.{lang}.svg"
        assert ((figures / name).read_bytes() != (place.figures / name).read_bytes()) == is_changed


def test_during_a_build_nothing_reaches_the_project(place, tmp_path, monkeypatch):
    monkeypatch.setenv(OUTBOX, str(tmp_path / "aside"))
    export.save_table(pd.DataFrame({"count": [1]}), LINEAGE, CITY, "table4")
    assert names(tmp_path / "aside/processed") == ["table4.csv", "table4.lineage.json"]
    assert not place.processed.exists()
