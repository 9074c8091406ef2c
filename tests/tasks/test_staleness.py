"""What makes a step stale is found without running anything, and a build does what was foretold."""

import json
import re

import nbformat
import pytest
from conftest import EMBEDDED, EPOCH, compendium, copy_project
from doit.dependency import Dependency, SqliteDB
from hypothesis import given
from hypothesis import strategies as st
from test_fingerprints import Silent

from analysis.chain import city_tasks, dependencies
from analysis.chain.city_build import BuildOptions
from analysis.project import cities
from analysis.project.cities import City
from analysis.tasks import staleness
from analysis.tasks.fingerprints import Unchanged
from analysis.tasks.running import run
from analysis.tasks.staleness import Reason, differences, standings

AFTER_TABLE4 = {
    *("results", "table8", "ledger", "report", "paper.id", "paper.en"),
    *("figures.results", "figures.table8", "figures.ledger"),
}
DRAWN = (*(f"table{n}" for n in range(4, 9)), "results", "ledger")
NOTEBOOKS = {"raw_package", "context", *DRAWN}
FIGURES = {f"figures.{name}" for name in DRAWN}
PAPERS = {"paper.id", "paper.en"}


@pytest.fixture
def stand(monkeypatch):
    """Return a function that tells how the steps of Bandung stand in a project."""

    def stand(project, lang="id", renderer="embedded"):
        monkeypatch.chdir(project)
        monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        place = cities.find("bandung")
        options = BuildOptions(lang=lang, renderer=renderer, site=False)
        return standings(place.root, place.state, list(city_tasks.tasks(place, options)))

    return stand


def stale(found):
    return {name for name, standing in found.items() if standing.state == staleness.STALE}


def undecided(found):
    return {name for name, standing in found.items() if standing.state == staleness.UNDECIDED}


def changed_code(monkeypatch, *names):
    """Have modules of the package look as if they had been edited."""
    true = dependencies.digest
    monkeypatch.setattr(
        dependencies, "digest", lambda path: "edited" if str(path).endswith(names) else true(path)
    )


def add_a_remark(notebook):
    node = nbformat.read(notebook, as_version=4)
    node.cells[0].source += "\n\nA remark."
    nbformat.write(node, notebook)


# A chain of two tasks of its own: b copies what a copies.


@pytest.fixture
def place(tmp_path):
    city = City("kotabaru", tmp_path)
    city.build.mkdir(parents=True)
    (tmp_path / "in").write_text("one")
    return city


def chain(place, **settings):
    def task(name, source):
        target = place.root / name
        return {
            "basename": name,
            "actions": [lambda: target.write_text((place.root / source).read_text().lower()) and None],
            "file_dep": [source],
            "targets": [name],
            "uptodate": [Unchanged(place.root, settings.get(name, {}), [target])],
        }

    return [task("a", "in"), task("b", "a")]


def done(place, *only, **settings):
    """Build, and return what was done."""
    watcher = Silent()
    run(chain(place, **settings), place.root, place.state, watcher, 1, list(only))
    return watcher.done


def foretold(place, **settings):
    """Return state and reasons of both tasks."""
    found = standings(place.root, place.state, chain(place, **settings))
    return {name: (standing.state, standing.reasons) for name, standing in found.items()}


def test_what_was_never_built_is_stale(place):
    assert foretold(place) == {"a": ("stale", (Reason("never"),)), "b": ("stale", (Reason("never"),))}


def test_what_was_just_built_is_fresh(place):
    assert done(place) == ["a", "b"]
    assert foretold(place) == {"a": ("fresh", ()), "b": ("fresh", ())}


def test_what_follows_from_a_change_is_undecided_until_the_outcome_is_known(place):
    done(place)
    (place.root / "in").write_text("ONE")
    assert foretold(place) == {"a": ("stale", (Reason("changed", "in"),)), "b": ("undecided", ())}
    assert done(place) == ["a"]
    (place.root / "in").write_text("two")
    assert foretold(place)["b"] == ("undecided", ())
    assert done(place) == ["a", "b"]


def test_what_follows_is_certain_once_the_outcome_is_known(place):
    done(place)
    (place.root / "in").write_text("two")
    assert done(place, "a") == ["a"]
    assert foretold(place) == {"a": ("fresh", ()), "b": ("stale", (Reason("changed", "a"),))}
    assert done(place) == ["b"]


def test_an_edited_output_is_no_changed_input_of_what_follows(place):
    done(place)
    (place.root / "a").write_text("edited")
    assert foretold(place) == {"a": ("stale", (Reason("edited", "a", 3, 6),)), "b": ("undecided", ())}
    assert done(place) == ["a"]


def test_a_removed_output_is_no_missing_input_of_what_follows(place):
    done(place)
    (place.root / "a").unlink()
    assert foretold(place) == {"a": ("stale", (Reason("removed", "a"),)), "b": ("undecided", ())}
    assert done(place) == ["a"]


def test_a_missing_input_that_nothing_makes_is_named(place):
    done(place)
    (place.root / "in").unlink()
    assert foretold(place)["a"] == ("stale", (Reason("missing", "in"),))


def test_settings_are_told_with_what_they_were(place):
    done(place, a={"versions": {"pandas": "3.0"}, "lang": "id"})
    got = foretold(place, a={"versions": {"pandas": "3.1"}, "lang": "en", "city": {"name": "x"}})["a"]
    expected = (
        Reason("lang", "", "id", "en"),
        Reason("versions", "pandas", "3.0", "3.1"),
        Reason("city", "", None, {"name": "x"}),
    )
    assert got == ("stale", expected)


def test_a_task_without_record_whose_outputs_are_there_may_have_failed(place):
    done(place)
    state = Dependency(SqliteDB, str(place.state))
    state.remove("b")
    state.close()
    assert foretold(place) == {"a": ("fresh", ()), "b": ("stale", (Reason("unrecorded"),))}


@pytest.mark.parametrize("keep", [0, 100, 5000])
def test_a_damaged_state_remembers_nothing(place, keep):
    done(place)
    state = place.state
    damaged = state.read_bytes()[:keep] or b"no database"
    state.write_bytes(damaged)
    assert foretold(place)["a"] == ("stale", (Reason("unrecorded"),))
    assert state.read_bytes() == damaged


def test_inputs_that_come_and_go_are_named(place):
    done(place)
    (place.root / "more").write_text("more")
    planned = chain(place)
    planned[0]["file_dep"] = ["more"]
    assert standings(place.root, place.state, planned)["a"].reasons == (
        Reason("added", "more"),
        Reason("dropped", "in"),
    )


def snapshot(folder):
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*")}


def test_asking_writes_nothing(place):
    for built in (False, True):
        if built:
            done(place)
            (place.root / "in").write_text("two")
        before = snapshot(place.root)
        standings(place.root, place.state, chain(place))
        assert snapshot(place.root) == before


# The tasks of Bandung.


def test_nothing_is_stale_after_a_build(built, stand):
    found = stand(built)
    assert set(found) == {"check", "report", *NOTEBOOKS, *FIGURES, *PAPERS}
    assert {standing.state for standing in found.values()} == {"fresh"}


def test_a_module_makes_stale_what_uses_it_and_nothing_else(built, stand, monkeypatch):
    changed_code(monkeypatch, "display/network_figures.py")
    found = stand(built)
    assert stale(found) == {"table7", "figures.table7"}
    assert [(reason.kind, reason.name) for reason in found["table7"].reasons] == [
        ("code", "display/network_figures.py")
    ]
    assert undecided(found) == AFTER_TABLE4


@pytest.mark.parametrize("name", ["cli.py", "commands/terminal.py", "commands/build_display.py"])
def test_a_module_that_no_step_uses_makes_nothing_stale(built, stand, monkeypatch, name):
    changed_code(monkeypatch, name)
    assert stale(stand(built)) == set()


def test_a_changed_text_makes_stale_whatever_uses_texts(built, stand, monkeypatch):
    changed_code(monkeypatch, "language/labels.csv")
    assert stale(stand(built)) == {"check", "report", *NOTEBOOKS, *FIGURES, *PAPERS}


@pytest.mark.parametrize(
    ("library", "expected"),
    [
        ("seaborn", {*NOTEBOOKS, *FIGURES, "report"}),
        ("frictionless", {"check", *NOTEBOOKS, *FIGURES, "report"}),
        ("typst", {"report", *PAPERS}),
        ("pandas", {"check", "report", *NOTEBOOKS, *FIGURES, *PAPERS}),
        ("smart-government-compendium", {"report"}),
        ("distributed", set()),
    ],
)
def test_a_library_makes_stale_what_it_matters_to(built, stand, monkeypatch, library, expected):
    true = dependencies.version
    monkeypatch.setattr(dependencies, "_version", lambda name: "99.9" if name == library else true(name))
    found = stand(built)
    assert stale(found) == expected
    for name in expected:
        assert found[name].reasons == (Reason("versions", library, true(library), "99.9"),)


def test_the_language_and_the_renderer_make_stale_what_they_matter_to(built, stand):
    found = stand(built, "en", "quarto")
    assert stale(found) == NOTEBOOKS | PAPERS
    assert found["table4"].reasons == (Reason("lang", "", "id", "en"),)
    assert found["paper.id"].reasons == (Reason("renderer", "", "embedded", "quarto"),)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("paper/templates/style.typ", PAPERS),
        ("paper/en/article.qmd", {"paper.en"}),
        ("paper/en/_article.yml", PAPERS),
        ("data/raw/bandung/claims.csv", {"check", "ledger", "figures.ledger", "report"}),
        (
            "data/raw/framework.csv",
            {"check", "raw_package", "context", *AFTER_TABLE4},
        ),
    ],
)
def test_a_changed_file_makes_stale_what_reads_it(rebuilt, stand, path, expected):
    with (rebuilt / path).open("a", encoding="utf-8") as stream:
        stream.write("\n")
    found = stand(rebuilt)
    assert expected <= stale(found) <= expected | {"raw_package"}
    assert all(Reason("changed", path) in found[name].reasons for name in expected)


def test_a_changed_descriptor_is_told_by_what_changed_in_it(rebuilt, stand):
    path = rebuilt / "data/raw/bandung/datapackage.yaml"
    document = path.read_text(encoding="utf-8").replace("name_en: Bandung", "name_en: Flower City")
    path.write_text(document.replace("  title_en: Coded evidence", "  title_en: Evidence"), encoding="utf-8")
    found = stand(rebuilt)
    renamed = Reason("city", "name_en", "Bandung", "Flower City")
    described = Reason("resources", "evidence.title_en", "Coded evidence", "Evidence")
    assert found["table4"].reasons == (renamed,)
    assert found["table8"].reasons == (renamed, described)
    assert Reason("changed", "data/raw/bandung/datapackage.yaml") in found["check"].reasons


def test_a_changed_licence_makes_the_papers_stale(rebuilt, stand):
    descriptor = rebuilt / "data/raw/bandung/datapackage.yaml"
    document = descriptor.read_text("utf-8")
    licence = cities.read_yaml(descriptor)["licenses"][0]["title"]
    descriptor.write_text(document.replace(licence, f"{licence} (draft)"), encoding="utf-8")
    found = stand(rebuilt)
    assert stale(found) >= PAPERS
    assert found["paper.id"].reasons[0].kind == "licences"


def test_a_build_does_what_was_foretold_and_stops_where_nothing_changed(rebuilt, stand):
    add_a_remark(rebuilt / "notebooks/table6.ipynb")
    (rebuilt / "build/bandung/paper/article.en.pdf").unlink()
    found = stand(rebuilt)
    assert stale(found) == {"table6", "figures.table6", "paper.en"}
    assert undecided(found) == AFTER_TABLE4 - {"paper.en"}
    made = {"table6", "results", "table8", "ledger"}
    assert set(found["paper.en"].awaited) == made | {f"figures.{name}" for name in made}
    result = compendium(rebuilt, "build", "bandung", *EMBEDDED)
    assert set(re.findall(r"^(\S+)\t[\d.]+ s$", result.stdout, re.MULTILINE)) == stale(found)
    assert stale(stand(rebuilt)) | undecided(stand(rebuilt)) == set()


def test_everything_of_a_city_that_was_not_built_is_stale(tmp_path, stand):
    found = stand(copy_project(tmp_path / "project"))
    assert {standing.reasons for standing in found.values()} == {(Reason("never"),), (Reason("unrecorded"),)}
    assert found["check"].reasons == (Reason("unrecorded"),)
    assert not (tmp_path / "project/build").exists()


def in_order(mapping):
    return dict(sorted(mapping.items()))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3).map(in_order)
    ),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_structures_differ_somewhere_unless_they_are_the_same(old, new):
    assert list(differences(old, old)) == []
    assert bool(list(differences(old, new))) == (json.dumps(old) != json.dumps(new))
    backwards = [(path, is_now, was) for path, was, is_now in differences(new, old)]
    assert sorted(map(repr, differences(old, new))) == sorted(map(repr, backwards))


def test_members_of_lists_are_told_by_name():
    old = {"files": [{"name": "a", "title": "A"}, {"name": "b"}], "parts": ["x", "y"], "pairs": [[1, 2]]}
    new = {"files": [{"name": "b"}, {"name": "a", "title": "Z"}], "parts": ["y"], "pairs": [[1, 3]]}
    assert list(differences(old, new)) == [
        (("files", "a", "title"), "A", "Z"),
        (("parts", "x"), "x", None),
        (("pairs", "1", "2"), 2, 3),
    ]
