import pandas as pd
import pytest
from helpers import CITY, FILES, LANGUAGES, make_package, open_project

from analysis.display import listings
from analysis.language.problems import Problem
from analysis.raw_data import raw


def test_raw_files_are_listed_with_the_beginning_of_their_hash():
    package = make_package()
    table = pd.DataFrame(
        {
            "file": ["a.csv"],
            "title": ["Isi"],
            "title_en": ["Content"],
            "records": [1081],
            "fields": [4],
            "hash": ["sha256:" + "ab" * 32],
        }
    )
    got = listings.raw_files(table, package, "id").frame.iloc[0].tolist()
    assert got == ["a.csv", "Isi", "1.081", "4", "abababababab"]
    assert listings.raw_files(table, package, "en").frame.iloc[0, 1] == "Content"


def test_results_are_listed_as_the_prose_shows_them():
    table = pd.DataFrame({"key": ["a"], "value": [0.5], "unit": ["share"], "file": ["a.csv"]})
    assert listings.results(table, make_package(), "id").frame.iloc[0].tolist() == [
        "a",
        "50,0%",
        "share",
        "a.csv",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_problems_are_listed_with_place_and_remedy(lang):
    problem = Problem("cell.required", "t.csv", 3, "count")
    got = listings.problem_list([problem], lang).frame.iloc[0].tolist()
    assert got == [problem.place(lang), problem.message(lang), problem.remedy(lang)]


def test_the_list_of_real_files_can_be_shown(monkeypatch, tmp_path):
    open_project(monkeypatch, tmp_path)
    package = raw.load(CITY)
    assert len(listings.raw_files(raw.list_files(package), package, "id").frame) == len(FILES)
