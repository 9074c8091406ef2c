"""Inventories of the shapes in which cities publish theirs come to a valid city with at most one edit."""

import pandas as pd
import pytest
from conftest import EMBEDDED, compendium
from public_shapes import AGENCIES, NAMES, REAL, SHAPES, filtered_export, ticked_database
from terminals import suggested

from analysis.language.agencies import agency_key
from analysis.raw_data import raw

EACH = {"web": 3, "mobile": 1, "desktop": 1, "multiplatform": 1}
COUNTED = dict.fromkeys(REAL, EACH) | {
    filtered_export: {"web": 4, "mobile": 1, "desktop": 1},
    ticked_database: {"web": 4, "mobile": 1, "multiplatform": 1},
}
"""Applications of each type, as somebody counts them by hand."""
PLACE = ("--province-id", "Jawa Timur", "--province-en", "East Java", "--lang", "id")


def imported(project, shape):
    """Make a city of an inventory as its messages say; return what was printed last."""
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
    return result.stdout


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_an_inventory_becomes_a_valid_city_with_at_most_one_edit(project, monkeypatch, shape):
    imported(project, shape)
    checked = compendium(project, "check", "surabaya", "--lang", "id")
    assert checked.returncode == 0, checked.stdout
    monkeypatch.chdir(project)
    records = raw.load("surabaya")["applications"]
    assert [name.casefold() for name in records["name"]] == [name.casefold() for name in NAMES]
    assert {agency_key(one).words for one in records["owner"]} == {agency_key(one).words for one in AGENCIES}
    assert len(set(records["owner"])) == len(AGENCIES)


@pytest.mark.slow("builds a city for every shape; one city from a spreadsheet is built in test_end_to_end")
@pytest.mark.parametrize("shape", REAL, ids=lambda shape: shape.__name__)
def test_the_report_of_a_real_shape_counts_its_applications(project, shape):
    imported(project, shape)
    built = compendium(project, "build", "surabaya", *EMBEDDED, "--lang", "id", "--only", "paper.id")
    assert built.returncode == 0, built.stdout + built.stderr
    table = pd.read_csv(project / "data/processed/surabaya/table4.csv", index_col="category")["count"]
    assert table[table > 0].to_dict() == COUNTED[shape] | {"total": len(NAMES)}
    assert (project / "build/surabaya/paper/article.id.pdf").is_file()


def test_no_shape_needs_more_than_one_edit():
    assert max(map(len, SHAPES.values())) == 1
