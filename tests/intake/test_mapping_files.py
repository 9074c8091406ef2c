import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from spreadsheet_files import HEADINGS, RECORD, csv_bytes, find, refusal

from analysis.intake import mapping_files
from analysis.intake.mapping import FIELDS, ColumnChoice
from analysis.intake.mapping_files import as_document
from analysis.intake.proposing import propose
from analysis.language.terms import tidy
from analysis.tables.applications import CATEGORIES

TABLE = find(csv_bytes([HEADINGS, RECORD]), "t.csv")[0]
PROPOSED = propose(TABLE)


def read(folder, content):
    """Return what is read of a mapping file, and its problems as tuples."""
    path = folder / "mapping.yaml"
    path.write_text(content, encoding="utf-8")
    chosen, problems = mapping_files.read(path)
    return chosen, [(p.kind, p.file, p.column, p.found, p.nearest) for p in problems]


def test_what_is_written_explains_itself_in_both_languages_and_reads_back(tmp_path):
    content = mapping_files.write(PROPOSED)
    assert "Pemetaan" in content and "Edit it" in content
    assert all(f"# {attribute}: {', '.join(codes)}\n" in content for attribute, codes in CATEGORIES.items())
    assert yaml.safe_load(content) == as_document(PROPOSED)
    chosen, problems = read(tmp_path, content)
    assert problems == []
    assert propose(TABLE, chosen) == PROPOSED


def test_words_that_yaml_takes_for_something_else_are_texts(tmp_path):
    content = (
        "sheet: 2024\nheader_row: 3\ncolumns: {name: No, owner: {from: 2024-01-01}}\n"
        "categories:\n  type:\n  - {found: Off, means: web}\n  - {found: 12, means: mobile}\n"
        "  - {found: ~, means: desktop}\n"
    )
    chosen, problems = read(tmp_path, content)
    assert (problems, chosen.sheet, chosen.header_row) == ([], "2024", 3)
    assert [chosen.columns[name].heading for name in ("name", "owner")] == ["No", "2024-01-01"]
    types = {found: choice.code for found, choice in chosen.categories["type"].items()}
    assert types == {"Off": "web", "12": "mobile", "~": "desktop"}


def test_a_file_says_what_was_written_until_it_is_edited(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(mapping_files.write(PROPOSED), encoding="utf-8")
    assert mapping_files.says(path, PROPOSED)
    path.write_text(path.read_text("utf-8").replace("means: web", "means: desktop"), encoding="utf-8")
    assert not mapping_files.says(path, PROPOSED)


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cc", "Cs"))).map(tidy), min_size=1, max_size=8, unique=True
    )
)
def test_any_spelling_reads_back(tmp_path_factory, spellings):
    table, _ = find(csv_bytes([HEADINGS, *((*RECORD[:2], text, *RECORD[3:]) for text in spellings)]), "t.csv")
    proposed = propose(table)
    assert set(proposed.categories["type"]) == set(spellings)
    document = yaml.safe_load(mapping_files.write(proposed))
    assert [choice["found"] for choice in document["categories"]["type"]] == list(proposed.categories["type"])
    for choice in document["categories"]["type"]:
        choice["means"] = "web"
    chosen, problems = read(tmp_path_factory.mktemp("m"), yaml.safe_dump(document))
    assert problems == []
    assert {choice.code for choice in propose(table, chosen).categories["type"].values()} == {"web"}


def test_a_mapping_may_be_as_short_as_one_choice(tmp_path):
    chosen, problems = read(tmp_path, "columns:\n  owner: Pemilik\n  ownership: {always: own}\n")
    assert problems == []
    assert chosen.columns == {"owner": ColumnChoice("Pemilik"), "ownership": ColumnChoice(always="own")}
    assert (chosen.sheet, chosen.header_row, chosen.date_order) == ("", 0, "")


def test_every_mistake_is_told_at_once_with_what_comes_nearest(tmp_path):
    content = """
date_order: day_frist
colums: {}
columns: {nama: x, status: {from: a, always: operasional}}
categories:
  typ: []
  type:
  - {found: a, means: wep}
  - {found: b, means: desktop}
"""
    assert read(tmp_path, content)[1] == [
        ("mapping_key", "mapping.yaml", "", "colums", "columns"),
        ("mapping_code", "mapping.yaml", "date_order", "day_frist", "day_first"),
        ("mapping_key", "mapping.yaml", "columns", "nama", "name"),
        ("mapping_key", "mapping.yaml", "categories", "typ", "type"),
        ("mapping_code", "mapping.yaml", "columns.status", "operasional", "operational"),
        ("mapping_code", "mapping.yaml", "categories.type", "wep", "web"),
    ]


def test_what_is_no_choice_or_no_spelling_is_told_too(tmp_path):
    content = """
columns: {name: {form: Nama}, owner: {from: OPD, blanks: below}}
categories:
  type: web
  status:
  - Aktif
  - {means: operational}
  - {found: Mati, mean: inactive}
"""
    assert read(tmp_path, content)[1] == [
        ("mapping_key", "mapping.yaml", "columns.name", "form", "from"),
        ("mapping_code", "mapping.yaml", "columns.owner", "below", ""),
        ("mapping_entry", "mapping.yaml", "categories.type", "web", ""),
        ("mapping_entry", "mapping.yaml", "categories.status", "Aktif", ""),
        ("mapping_entry", "mapping.yaml", "categories.status", "{means: operational}", ""),
        ("mapping_key", "mapping.yaml", "categories.status", "mean", "means"),
    ]


def test_a_slip_in_the_yaml_is_told_with_its_row(tmp_path):
    problem = refusal(read, tmp_path, "columns:\n  name: Nama\n  owner: [OPD\nsheet: 1\n")
    assert (problem.kind, problem.row) == ("mapping_file", 4)
    assert "unicode" not in problem.found and problem.found


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        *(
            (text, "mapping_file")
            for text in ("a: [", "a: !!python/object:os.system ['x']", "\t", "a: " + "[" * 5000)
        ),
        *((text, "mapping_form") for text in ("- a list", "text", "")),
    ],
)
def test_what_is_no_yaml_or_no_mapping_of_names_is_refused(tmp_path, content, kind):
    assert refusal(read, tmp_path, content).kind == kind


def test_a_file_that_is_none_or_no_text_is_refused(tmp_path):
    path = tmp_path / "no.yaml"
    assert refusal(mapping_files.read, path).kind == "no_file"
    path.write_bytes(b"a: \xff\xfe")
    assert refusal(mapping_files.read, path).kind == "mapping_file"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from([*FIELDS, *CATEGORIES, "columns", "categories", "found"]), inner
            )
        ),
        max_leaves=12,
    )
)
def test_any_yaml_is_read_or_refused(tmp_path_factory, document):
    content = yaml.safe_dump({"columns": document, "categories": document, "sheet": document})
    chosen, _ = read(tmp_path_factory.mktemp("m"), content)
    assert set(propose(TABLE, chosen).columns) == set(FIELDS)
