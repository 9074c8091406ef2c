import csv

import pytest
from comparisons import both, drawn, names
from helpers import LANGUAGES, open_project

from analysis.comparing import comparison_files
from analysis.comparing.comparison import COLUMNS
from analysis.project import cities


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """What was saved of a comparison; read only."""
    folder = tmp_path_factory.mktemp("saved")
    with pytest.MonkeyPatch.context() as monkeypatch:
        open_project(monkeypatch, folder)
        comparison_files.save(both(), names(), drawn())
    return folder / "build/comparison"


def test_the_table_and_both_figures_are_saved_below_build(saved):
    assert {path.name for path in saved.iterdir()} == set(comparison_files.SAVED)
    assert all(path.stat().st_size for path in saved.iterdir())
    assert {f"shares.{lang}.svg" for lang in LANGUAGES} < set(comparison_files.SAVED)


def test_during_a_run_everything_goes_to_the_folder_set_aside(tmp_path, monkeypatch):
    open_project(monkeypatch, tmp_path)
    monkeypatch.setenv(cities.OUTBOX, str(tmp_path / "aside"))
    comparison_files.save(both(), names(), {})
    assert [path.name for path in (tmp_path / "aside/comparison").iterdir()] == ["comparison.csv"]
    assert not (tmp_path / "build").exists()


def test_the_table_has_codes_and_unrounded_numbers(saved):
    document = (saved / "comparison.csv").read_bytes()
    assert b"\r" not in document
    header, *rows = csv.reader(document.decode("utf-8").splitlines())
    assert header == COLUMNS
    assert ["applications.total", "atas", "4", "application"] in rows
    assert ["evidence.balance", "atas", str((3 - 5) / 9), "score"] in rows


def test_every_row_of_a_made_up_city_is_marked_where_no_column_can_be_left_out(saved):
    with (saved / "comparison.csv").open(encoding="utf-8") as stream:
        written = {row["city"] for row in csv.DictReader(stream)}
    assert written == {"atas", "bawah (Data sintetis / Synthetic data)"}
