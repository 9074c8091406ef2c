import pandas as pd
from helpers import CITY, FILES, make_package, open_project

from analysis.display import listings
from analysis.language.problems import Problem
from analysis.raw_data import raw
from analysis.tables import applications


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
        "bagian",
        "a.csv",
    ]


def test_problems_are_listed_with_place_and_remedy(lang):
    problem = Problem("cell.required", "t.csv", 3, "count")
    got = listings.problem_list([problem], lang).frame.iloc[0].tolist()
    assert got == [problem.place(lang), problem.message(lang), problem.remedy(lang)]


def test_the_first_raw_rows_are_shown_with_their_numbers_in_the_file():
    got = listings.raw_rows(make_package(), "applications_recap", "en")
    assert got.frame.iloc[0].tolist() == ["2", "type", "web", "6", "T4"]
    assert got.align[3] == "right"
    assert "12 of 12 rows" in got.caption


def test_of_many_raw_rows_the_first_are_shown():
    many = "".join(f"A{n},B,T7\n" for n in range(1000))
    package = make_package(integrations=f"application,integrated_with,locator\n{many}")
    got = listings.raw_rows(package, "integrations", "en")
    assert len(got.frame) == listings.MOST_ROWS and "12 of 1,000 rows" in got.caption


def test_raw_rows_are_shown_in_one_language_and_without_empty_columns():
    package = make_package(informants="group,role_id,role_en,sampling,count,locator\na,Ada,There,,1,T\n")
    got = listings.raw_rows(package, "informants", "en").frame
    assert got.columns.tolist() == ["Row", "group", "role_en", "count", "locator"]
    chosen = listings.raw_rows(package, "informants", "id", columns=("role_id", "role_en", "count"))
    assert chosen.frame.columns.tolist() == ["Baris", "role_id", "count"]


def test_each_count_is_followed_to_the_rows_it_comes_from():
    table, lineage = applications.count_by(make_package(), "type"), applications.trace(make_package(), "type")
    got = listings.origins(table, lineage, "category", "en").frame.to_numpy().tolist()
    assert got[0] == ["web", "6", "applications_recap.csv", "2", "1", "sum"]
    assert got[-1] == ["total", "10", "applications_recap.csv", "2-5", "4", "sum"]


def test_many_row_numbers_are_cut_short_but_counted():
    rows = " ".join(str(n) for n in range(2, 200, 2))
    lineage = pd.DataFrame({"row": ["web"], "file": "a.csv", "rows": rows, "rule": "count"})
    table = pd.DataFrame({"category": ["web"], "count": [99]})
    got = listings.origins(table, lineage, "category", "en").frame.iloc[0].tolist()
    assert got[3].endswith(" …") and len(got[3]) < listings.MOST_LETTERS + 3
    assert got[4] == "99"


def test_the_list_of_real_files_can_be_shown(monkeypatch, tmp_path):
    open_project(monkeypatch, tmp_path)
    package = raw.load(CITY)
    assert len(listings.raw_files(raw.list_files(package), package, "id").frame) == len(FILES)
