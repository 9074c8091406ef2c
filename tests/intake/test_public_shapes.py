"""Inventories of the shapes in which cities publish theirs come to a valid city with at most one edit."""

import pytest
from conftest import compendium
from public_shapes import AGENCIES, NAMES, SHAPES
from terminals import suggested

from analysis.raw_data import raw

PLACE = ("--province-id", "Jawa Timur", "--province-en", "East Java", "--lang", "id")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_an_inventory_becomes_a_valid_city_with_at_most_one_edit(project, monkeypatch, shape):
    file, data = shape()
    (project / file).write_bytes(data)
    result = compendium(project, "new", "surabaya", "--from", file, *PLACE)
    assert result.returncode == bool(SHAPES[shape]), result.stdout
    for old, new in SHAPES[shape]:
        (draft,) = project.glob("*.mapping.yaml")
        document = draft.read_text("utf-8")
        assert document.count(old) == 1
        draft.write_text(document.replace(old, new), encoding="utf-8")
        result = compendium(project, *suggested(result.stdout)[-1])
        assert result.returncode == 0, result.stdout
    checked = compendium(project, "check", "surabaya", "--lang", "id")
    assert checked.returncode == 0, checked.stdout
    monkeypatch.chdir(project)
    records = raw.load("surabaya")["applications"]
    assert [name.casefold() for name in records["name"]] == [name.casefold() for name in NAMES]
    assert {owner.casefold() for owner in records["owner"]} == {agency.casefold() for agency in AGENCIES}
    assert len(set(records["owner"])) == len(AGENCIES)


def test_no_shape_needs_more_than_one_edit():
    assert max(map(len, SHAPES.values())) == 1
