import pytest
from helpers import BLOCK, CITY, LANGUAGES, open_project, write_yaml

from analysis.checking import validation
from analysis.project import cities
from analysis.raw_data.package_form import NAMES, check_form, incomplete


def told(place):
    """Return problems as kind, file and what was found."""
    return [(problem.kind, problem.file, problem.found) for problem in check_form(place)]


def test_a_package_in_order_has_no_problem(tmp_path, monkeypatch):
    assert check_form(open_project(monkeypatch, tmp_path)) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda package: package.update(city="Surabaya"), "city"),
        (lambda package: package.pop("resources"), "resources"),
        (lambda package: package.update(resources=[]), "resources"),
        (lambda package: package.update(resources={"a": 1}), "resources"),
        (lambda package: package["resources"][1].pop("hash"), "resources[1].hash"),
        (lambda package: package["resources"][0].update(name="recap"), "resources[0].name"),
        (lambda package: package["resources"][0].update(path=7), "resources[0].path"),
        (lambda package: package["resources"][0].update(path="recap.csv"), "resources[0].path"),
        (lambda package: package["resources"][0].update(path="/etc/passwd"), "resources[0].path"),
        (lambda package: package["resources"][0].update(path="http://127.0.0.1/x.csv"), "resources[0].path"),
        (lambda package: package["resources"][0].update(schema="http://127.0.0.1/x"), "resources[0].schema"),
        (lambda package: package["resources"][0].update(sources=[]), "resources[0].sources"),
        (lambda package: package.update(profile="http://127.0.0.1/x.json"), "profile"),
    ],
)
def test_a_part_that_everything_relies_on_is_named(tmp_path, monkeypatch, change, part):
    place = open_project(monkeypatch, tmp_path)
    change(place.descriptor)
    write_yaml(place.raw / "datapackage.yaml", place.descriptor)
    assert told(cities.find(CITY)) == [("descriptor.part", "datapackage.yaml", part)]


def test_every_part_that_is_missing_is_named_at_once(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    place.descriptor["resources"][:2] = ["x", {"name": "metrics"}]
    write_yaml(place.raw / "datapackage.yaml", place.descriptor)
    assert [found for _, _, found in told(cities.find(CITY))] == [
        *(f"resources[0].{part}" for part in PARTS),
        *(f"resources[1].{part}" for part in PARTS[1:]),
    ]


PARTS = ("name", "path", "hash", "title", "title_en", "schema", "sources")


@pytest.mark.parametrize(
    ("content", "row"),
    [(b"x: y\na: b: c", 2), (b"\xff\xfe", None), (b"x: y\nz: !!python/object/apply:os.getcwd []", 2)],
)
@pytest.mark.parametrize("folder", ["", CITY])
def test_a_descriptor_that_cannot_be_read_is_told_with_its_line(tmp_path, monkeypatch, content, row, folder):
    place = open_project(monkeypatch, tmp_path)
    (place.framework / folder / "datapackage.yaml").write_bytes(content)
    (problem,) = validation.check(CITY)
    assert problem.kind == "descriptor.unreadable"
    assert problem.file == ("datapackage.yaml" if folder else "../datapackage.yaml")
    assert problem.row == row and problem.found


@pytest.mark.parametrize("content", ["", "just a text", "- a\n- b\n", "7"])
def test_a_descriptor_of_another_form_is_told(tmp_path, monkeypatch, content):
    place = open_project(monkeypatch, tmp_path)
    (place.raw / "datapackage.yaml").write_text(content, encoding="utf-8")
    assert told(cities.find(CITY)) == [("descriptor.part", "datapackage.yaml", "resources")]


def test_a_block_is_complete_with_four_names_and_a_truth_value():
    assert incomplete(BLOCK) == []
    for key in BLOCK:
        for wrong in ("", " ", 7, None):
            assert incomplete({**BLOCK, key: wrong}) == [key]
        assert incomplete({k: v for k, v in BLOCK.items() if k != key}) == [key]
    assert incomplete({**BLOCK, "synthetic": "false"}) == ["synthetic"]
    assert incomplete({**BLOCK, "stale_months": 24}) == []
    for wrong in (0, -3, 1.5, "12", True, None):
        assert incomplete({**BLOCK, "stale_months": wrong}) == ["stale_months"]
    assert {f"name_{lang}" for lang in LANGUAGES} < set(NAMES)
