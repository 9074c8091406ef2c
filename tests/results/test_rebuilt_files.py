import pandas as pd
import pytest
from helpers import CITY, LINEAGE_OF_NOTHING, RESULT, make_package, open_project
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.formats import Result
from analysis.results import export, rebuilt_files
from analysis.tables import applications, context, findings, integrations

LIKE_NOTHING = [
    *("NA", "None", "null", "nan", "0012", "1e5", "TRUE", "", " ", "#N/A", "\r", "a\r\nb", "\ufeff"),
    '"',
]

cells = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(LIKE_NOTHING)
values = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False) | cells


@pytest.fixture(scope="module", autouse=True)
def project(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        yield open_project(patch, tmp_path_factory.mktemp("project"))


def saved(table):
    """Return a table after it was written and read again."""
    export.save_table(table, LINEAGE_OF_NOTHING, CITY, "table9")
    return rebuilt_files.load_table(CITY, "table9")


@given(st.lists(st.tuples(cells, cells, st.integers(-(2**63), 2**63 - 1)), min_size=1))
def test_any_table_reads_back_identical(rows):
    table = pd.DataFrame(rows, columns=["category", "text_id", "count"])
    table = table.astype({"category": "str", "text_id": "str", "count": "int64"})
    pd.testing.assert_frame_equal(saved(table), table)


@pytest.mark.parametrize("cell", LIKE_NOTHING, ids=repr)
def test_text_stays_text(cell):
    assert saved(pd.DataFrame({"category": [cell], "other": ["x"]})).loc[0, "category"] == cell


@pytest.mark.parametrize(
    "build",
    [
        context.smart_city_indicators,
        context.snowball_informants,
        context.research_aspects,
        lambda package: applications.count_by(package, "status"),
        integrations.list_integrations,
        lambda package: findings.summarise(package, {"services.web_or_mobile.count": Result(3, "service")}),
    ],
    ids=["table1", "table2", "table3", "table6", "table7", "table8"],
)
def test_each_table_has_the_types_its_function_gave_it(build):
    table = build(make_package())
    pd.testing.assert_frame_equal(saved(table), table)


@given(st.dictionaries(st.text("abc.", min_size=1), st.tuples(values, cells), min_size=1))
def test_any_results_read_back_identical(expected):
    frame = pd.DataFrame(
        [{**RESULT, "key": key, "value": value, "unit": unit} for key, (value, unit) in expected.items()],
        dtype="object",
    )
    export.save_results(frame, CITY)
    got = rebuilt_files.load_results(CITY)
    assert got == {key: Result(*pair) for key, pair in expected.items()}
    assert [type(got[key].value) for key in expected] == [type(value) for value, _ in expected.values()]


def test_all_tables_are_found_by_name_and_nothing_else(project):
    for name in ("table5", "table4"):
        export.save_table(pd.DataFrame({"category": [name], "count": [1]}), LINEAGE_OF_NOTHING, CITY, name)
    (project.processed / "ledger.csv").touch()
    (project.processed / "results.lineage.json").write_text("{}", "utf-8")
    got = rebuilt_files.load_tables(CITY)
    assert list(got) == ["table4", "table5"]
    assert got["table5"].loc[0, "category"] == "table5"


def test_a_table_without_rows_has_a_lineage_with_its_columns():
    export.save_table(pd.DataFrame({"row": [], "name": []}), LINEAGE_OF_NOTHING, CITY, "table4")
    assert rebuilt_files.load_lineages(CITY)["table4"].columns.tolist() == rebuilt_files.TRACED


def test_a_table_that_was_not_built_is_an_error():
    with pytest.raises(FileNotFoundError):
        rebuilt_files.load_table(CITY, "table1")
