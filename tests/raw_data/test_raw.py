import csv
import io

import pytest
from helpers import CITY, FILES, LANGUAGES, bandung, frame, open_project
from hypothesis import given
from hypothesis import strategies as st

from analysis.checking.validation import record_hashes
from analysis.language.problems import RawDataError
from analysis.raw_data import raw
from analysis.raw_data.csv_form import FIRST_ROW
from analysis.raw_data.schemas import columns_of

LIKE_NOTHING = ["NA", "None", "null", "nan", "0012", "1e5", "TRUE", "-", " ", "1.000", "=1+1", "#N/A", "<NA>"]

# Article, place by place. Tables 2, 4-7 and 8 are held against the article where they are rebuilt.
METRICS = {
    "wifi.access_points": ("104", "Infrastructure, “Pemerintah Kota Bandung telah menyiapkan”"),
    "wifi.users_per_access_point": ("10", "quotation of note 14"),
    "wifi.mbps_per_access_point": ("2", "quotation of note 14"),
    "wifi.subdistricts_planned": ("30", "quotation of note 14"),
    "wifi.park_example.access_points": ("3", "quotation of note 15"),
    "wifi.park_example.mbps": ("6", "quotation of note 15"),
    "bandwidth.ix": ("200", "quotation of note 16"),
    "bandwidth.iix": ("500", "quotation of note 16"),
    "bandwidth.per_agency": ("15", "quotation of note 16"),
    "sensors.weather": ("1", "Table 8, Infrastructure"),
    "smart_card.banks": ("5", "quotation of note 12"),
    "smart_card.launch": ("2016-12", "quotation of note 12"),
    "smart_card.citizens_interviewed": ("15", "Online services, last paragraph"),
    "smart_card.citizens_unaware": ("10", "Online services, last paragraph"),
    "open_data.records_2016": ("1081", "Open government, “Selama tahun 2016”"),
    "open_data.target_2016": ("1000", "Open government, “Pemerintah Kota Bandung telah menerapkan”"),
    "open_data.datasets_2016": ("843", "Open government, “Selama tahun 2016”"),
    "open_data.datasets_2017": ("929", "Open government, “Selama tahun 2016”"),
    "open_data.months_2017": ("9", "Open government, “Selama tahun 2016”: per September"),
    "open_data.agencies_2016": ("68", "Open government, “Selama tahun 2016”"),
    "open_data.categories_2016": ("10", "Open government, “Selama tahun 2016”"),
    "open_data.records_2016_by_agency.market": ("169", "Open government, “Pada tahun 2016”"),
    "open_data.records_2016_by_agency.civil_registry": ("98", "Open government, “Pada tahun 2016”"),
    "open_data.records_2016_by_agency.bojongloa_kidul": ("59", "Open government, “Pada tahun 2016”"),
    "open_data.records_2016_by_agency.licensing": ("47", "Open government, “Pada tahun 2016”"),
    "open_data.records_2016_by_agency.health": ("41", "Open government, “Pada tahun 2016”"),
    "open_data.datasets_2016_by_agency.civil_registry": ("76", "Open government, “Pada tahun 2016”"),
    "open_data.datasets_2016_by_agency.bojongloa_kidul": ("59", "Open government, “Pada tahun 2016”"),
    "open_data.datasets_2016_by_agency.health": ("41", "Open government, “Pada tahun 2016”"),
    "open_data.datasets_2016_by_agency.antapani": ("41", "Open government, “Pada tahun 2016”"),
    "open_data.datasets_2016_by_agency.cibeunying_kidul": ("34", "Open government, “Pada tahun 2016”"),
    "open_data.category_share_2016.population_labour": ("19.33", "Open government, “Pada tahun 2016”"),
    "open_data.category_share_2016.economy_finance": ("13.51", "Open government, “Pada tahun 2016”"),
    "open_data.monthly_stated.records": ("90", "Open government, “Pada tahun 2016”"),
    "open_data.monthly_stated.market": ("14", "Open government, “Pada tahun 2016”"),
    "open_data.declaration": ("2014-12-05", "Open government, “Dinas Komunikasi dan Informatika”"),
    "budget.infrastructure": ("5000000000", "quotation of note 23"),
    "budget.infrastructure_need_at_least": ("10000000000000", "quotation of note 24"),
    "budget.infrastructure_need_upper": ("11000000000000", "quotation of note 24"),
    "budget.city": ("6000000000000", "quotation of note 24"),
    "services.stated": ("236", "Table 8, Online services"),
    "integrations.stated": ("6", "Infrastructure, “Berdasarkan tabel 7”"),
    "informants_stated.total": ("37", "Method, below Table 2"),
    "informants_stated.snowball": ("34", "Method, below Table 2"),
    "informants_stated.purposive": ("3", "Method, below Table 2"),
    "informants_stated.random": ("16", "Method, below Table 2"),
}


def problems_of(monkeypatch, folder, **files):
    open_project(monkeypatch, folder, **files)
    with pytest.raises(RawDataError) as caught:
        raw.load(CITY)
    return caught.value


def test_everything_wrong_is_told_at_once_in_both_languages(tmp_path, monkeypatch):
    place = open_project(
        monkeypatch,
        tmp_path,
        applications_recap=FILES["applications_recap"].replace("desktop,2", "desktop,1.000"),
        integrations=FILES["integrations"].replace("integrated_with", "with"),
        informants=FILES["informants"].replace(",snowball,3,T2", ",snowball,3"),
    )
    (place.raw / "metrics.csv").open("a", encoding="utf-8", newline="\n").write("\n")
    (place.raw / "evidence.csv").unlink()
    with pytest.raises(RawDataError) as caught:
        raw.load(CITY)
    got = {(p.kind, p.file, p.row, p.column) for p in caught.value.problems}
    assert got == {
        ("cell.type.integer", "applications_recap.csv", 4, "count"),
        ("file.header", "integrations.csv", 1, "integrated_with"),
        ("row.missing_cell", "informants.csv", 3, "locator"),
        ("file.hash", "metrics.csv", None, ""),
        ("row.blank", "metrics.csv", 5, ""),
        ("file.missing", "evidence.csv", None, ""),
    }
    for lang in LANGUAGES:
        assert all(problem.line(lang) in str(caught.value) for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("T2\nexperts", "T2,9\nexperts", ("row.extra_cell", 3, "", "9")),
        ("citizens,", "\ncitizens,", ("row.blank", 3, "", "")),
        ("snowball,3", "snowball,", ("cell.type.integer", 3, "count", "")),
        ("snowball,3", "snowball,3.0", ("cell.type.integer", 3, "count", "3.0")),
        ("snowball,3", 'snowball,"1,5"', ("cell.type.integer", 3, "count", "1,5")),
        ("snowball,3", "snowball,٣٣x", ("cell.type.integer", 3, "count", "٣٣x")),
        ("snowball,3", "snowball,３", ("cell.type.integer", 3, "count", "３")),
        ("snowball,3", f"snowball,{'9' * 20}", ("cell.type.integer", 3, "count", "9" * 20)),
        ("citizens,Warga", 'citizens,"War"ga', ("file.quote", 3, "", "")),
        ("experts,", '"experts,', ("file.quote", 4, "", "")),
        ("group,role_id", "role_id,group", ("file.columns", 1, "", "role_id, group, ")),
        ("group,role_id", "role_id", ("file.column_missing", 1, "group", "")),
        ("group,role_id", "group,group,role_id", ("file.column_extra", 1, "group", "group")),
    ],
    ids=[
        *("extra", "blank", "empty", "decimal", "comma", "letters", "wide digit", "too large"),
        *("quote", "open quote", "order", "missing", "twice"),
    ],
)
def test_a_malformed_file_is_placed(tmp_path, monkeypatch, old, new, expected):
    error = problems_of(monkeypatch, tmp_path, informants=FILES["informants"].replace(old, new, 1))
    got = [(p.kind, p.row, p.column, p.found[: len(expected[3])]) for p in error.problems]
    assert got == [expected]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_another_encoding_is_named_not_guessed(tmp_path, monkeypatch, encoding):
    place = open_project(monkeypatch, tmp_path)
    document = FILES["informants"].replace("Warga", "Wargá").encode(encoding)
    (place.raw / "informants.csv").write_bytes(document)
    record_hashes(place)
    with pytest.raises(RawDataError) as caught:
        raw.load(CITY)
    assert [(p.kind, p.file) for p in caught.value.problems] == [("file.encoding", "informants.csv")]


def test_a_byte_order_mark_does_no_harm(tmp_path, monkeypatch):
    open_project(monkeypatch, tmp_path, informants="\ufeff" + FILES["informants"])
    assert raw.load(CITY)["informants"].columns[0] == "group"


def test_text_stays_text(tmp_path, monkeypatch):
    rows = "".join(f'"{cell}",x{n},T7\n' for n, cell in enumerate(LIKE_NOTHING))
    open_project(monkeypatch, tmp_path, integrations=f"application,integrated_with,locator\n{rows}")
    assert raw.load(CITY)["integrations"]["application"].tolist() == LIKE_NOTHING


def test_an_empty_cell_is_empty_text(tmp_path, monkeypatch):
    open_project(monkeypatch, tmp_path)
    assert raw.load(CITY)["framework"].loc[FIRST_ROW, "parent"] == ""


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path, monkeypatch):
    open_project(monkeypatch, tmp_path)
    got = raw.load(CITY)["informants"]
    assert got.index.tolist() == [2, 3, 4]
    assert got["count"].tolist() == [2, 3, 1]
    assert str(got["count"].dtype) == "int64"


@pytest.mark.parametrize("name", ["applications_recap", "informants"])
def test_a_file_without_records_keeps_its_types(tmp_path, monkeypatch, name):
    open_project(monkeypatch, tmp_path, **{name: FILES[name].splitlines()[0] + "\n"})
    got = raw.load(CITY)[name]
    assert len(got) == 0
    assert str(got["count"].dtype) == "int64"


def test_a_package_without_a_file_says_so(tmp_path, monkeypatch):
    open_project(monkeypatch, tmp_path, metrics=None, findings=None)
    package = raw.load(CITY)
    assert "metrics" not in package
    assert "evidence" in package
    assert "framework" in package


def test_a_file_that_a_city_does_not_have_is_read_as_one_without_records(tmp_path, monkeypatch):
    open_project(monkeypatch, tmp_path, informants=None, evidence=None, findings=None)
    package = raw.load(CITY)
    assert package["evidence"].columns.tolist() == columns_of("evidence")
    assert (len(package["informants"]), str(package["informants"]["count"].dtype)) == (0, "int64")
    assert package.sources("informants") == []


def test_the_files_are_listed_with_their_size_and_hash(tmp_path, monkeypatch):
    place = open_project(monkeypatch, tmp_path)
    got = raw.list_files(raw.load(CITY)).set_index("file")
    assert got.loc["informants.csv", ["records", "fields"]].tolist() == [3, 6]
    assert got.loc["informants.csv", "hash"] == raw.sha256(place.raw / "informants.csv")
    assert got.index[0] == "framework.csv"
    assert len(got) == len(FILES)


@given(st.lists(st.integers(0, 10**9), min_size=1))
def test_integers_are_read_as_written(numbers):
    cells = frame("n\n" + "".join(f"{n}\n" for n in numbers))["n"]
    problems = []
    assert raw.PARSERS["integer"](cells, "t.csv", problems).tolist() == numbers
    assert problems == []


@pytest.mark.parametrize(
    ("metric", "expected"), [(key, value) for key, (value, _) in METRICS.items()], ids=METRICS
)
def test_a_metric_is_as_the_article_prints_it(metric, expected):
    metrics = bandung()["metrics"].set_index("metric")
    assert metrics.loc[metric, "value"] == expected


def test_bandung_has_the_metrics_and_evidence_that_the_study_states():
    assert len(bandung()["metrics"]) >= 35
    assert bandung()["evidence"]["evidence_id"].nunique() >= 45


def test_every_row_of_bandung_says_where_it_is_printed():
    sections = (
        r"Abstrak( \(Inggris\))?|Pendahuluan|Metode|Hasil|Online services|Infrastructure|Open government"
        r"|Simpulan|Daftar pustaka|Gambar [12]"
    )
    places = rf"({sections})( dan ({sections}))?( · .+)?|(Tabel [1-8]) · .+"
    located = {name: table for name, table in bandung().frames.items() if "locator" in table}
    assert {"framework", "applications_recap", "metrics", "evidence", "findings"} <= set(located)
    for name, table in located.items():
        assert table["locator"].str.fullmatch(places).all(), name


def test_bandung_is_real_and_its_inventory_is_not_made_up():
    assert not bandung().city.is_synthetic
    assert "applications" not in bandung()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("2024-02-29", True), ("2023-02-29", False), ("2024-2-9", False), ("20240229", False), ("", False)],
)
def test_a_date_is_one_of_the_calendar_in_one_form(cell, expected):
    assert raw.is_date(cell) is expected


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
PLAIN_CELLS = st.text("aé1 ;.-", max_size=4)
TWO_COLUMNS = {"fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}]}


def read_two_columns(folder, content):
    """Read a file with two columns of text: its frame and what is wrong."""
    path = folder / "t.csv"
    path.write_bytes(content)
    problems = []
    resource = {"path": path.name, "hash": raw.sha256(path), "schema": TWO_COLUMNS}
    return raw._read_resource(folder, resource, CITY, problems), problems


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@given(rows=st.lists(st.tuples(CELLS, CELLS)))
def test_whatever_is_written_as_csv_reads_back_the_same(tmp_path_factory, quoting, newline, rows):
    if quoting == csv.QUOTE_MINIMAL:  # Python's writer leaves a carriage return unquoted.
        rows = [tuple(cell.replace("\r", "") for cell in row) for row in rows]
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=quoting, lineterminator=newline)
    writer.writerows([("a", "b"), *rows])
    got, problems = read_two_columns(tmp_path_factory.mktemp("csv"), stream.getvalue().encode())
    assert problems == []
    assert got.to_numpy().tolist() == [list(row) for row in rows]


@given(st.lists(st.lists(PLAIN_CELLS, min_size=1, max_size=4)), st.booleans())
def test_a_row_that_has_not_one_cell_a_column_is_found_quoted_or_not(tmp_path_factory, rows, quoted):
    mark = '"' if quoted else ""
    lines = [",".join(f"{mark}{cell}{mark}" for cell in row) for row in [["a", "b"], *rows]]
    _, problems = read_two_columns(tmp_path_factory.mktemp("csv"), ("\n".join(lines) + "\n").encode())
    uneven = [number for number, row in enumerate(rows, start=FIRST_ROW) if len(row) != 2]
    assert [problem.row for problem in problems] == uneven


def test_a_nul_character_is_no_text(tmp_path):
    _, problems = read_two_columns(tmp_path, b"a,b\nx,y\0z\n")
    assert [(p.kind, p.row, p.found) for p in problems] == [("file.unreadable", 2, "NUL")]
