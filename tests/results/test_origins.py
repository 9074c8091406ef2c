import pandas as pd
import pytest

from analysis.language.formats import Result
from analysis.results import origins
from analysis.results.rebuilt_files import Processed

REBUILT = Processed(
    {"table7": pd.DataFrame({"number": [1], "application": ["A"], "integrated_with": ["B"]})},
    {
        "table7": pd.DataFrame(
            {
                "row": [1],
                "column": ["application integrated_with"],
                "file": ["integrations.csv"],
                "rows": ["2"],
                "rule": ["copy"],
            }
        )
    },
    {"a.total": Result(3, "record"), "a.share": Result(0.5, "share")},
    {
        "a.total": {"file": "x.csv + y.csv", "rows": "2-3 + 7", "rule": "sum"},
        "a.share": {"file": "", "rows": "", "rule": "copy"},
    },
)


def test_a_result_is_found_by_key_with_the_rows_of_each_file():
    found = origins.every(REBUILT)["a.total"]
    assert (found.result.value, found.rule) == (3, "sum")
    assert found.places == (("x.csv", "2-3"), ("y.csv", "7"))
    assert origins.every(REBUILT)["a.share"].places == ()


def test_each_cell_of_a_line_of_lineage_is_found_by_table_row_and_column():
    found = origins.every(REBUILT)
    assert found["table7/1/integrated_with"].result == Result("B", "name")
    assert found["table7/1/application"].places == (("integrations.csv", "2"),)


@pytest.mark.parametrize(
    ("key", "expected"),
    [("a.", ["a.total", "a.share"]), ("a.tota", ["a.total"]), ("b.totl", ["a.total"]), ("zzz", [])],
)
def test_keys_that_begin_alike_or_are_spelt_alike_are_near(key, expected):
    assert origins.near(key, ["a.total", "a.share"])[: len(expected) or None] == expected
