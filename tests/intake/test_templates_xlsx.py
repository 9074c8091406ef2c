import io

import openpyxl
import pandas as pd
import pytest
from helpers import ROOT, bandung

from analysis.intake.templates_xlsx import CODES, GUIDE, HEADER, MARKER, examples, write_template
from analysis.raw_data.languages import needs_a_language
from analysis.raw_data.raw import PARSERS
from analysis.raw_data.schemas import columns_asked, fields_asked, schemas


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The template, as Excel would see it."""
    path = tmp_path_factory.mktemp("template") / "t.xlsx"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        write_template(path)
    return openpyxl.load_workbook(path)


def test_there_is_a_sheet_for_every_raw_file_of_a_city(book):
    assert set(examples()) == set(schemas()) - {"framework"}
    assert book.sheetnames == [GUIDE, *examples(), CODES]
    assert book.active.title == "applications"


@pytest.mark.parametrize("name", examples())
def test_every_column_has_its_name_titles_and_explanations_in_both_languages(book, name):
    sheet = book[name]
    assert [cell.value for cell in sheet[HEADER]] == [MARKER, *columns_asked(name)]
    for column, field in enumerate(fields_asked(name), start=2):
        assert field["title"] in sheet.cell(2, column).value
        assert field["title_en"] in sheet.cell(2, column).value
        is_required = field.get("constraints", {}).get("required", False)
        assert sheet.cell(2, column).value.endswith("*") == (is_required or needs_a_language(name, field))
        assert sheet.cell(2, column).value.endswith("**") == needs_a_language(name, field)
        assert sheet.cell(3, column).value == f"{field['description']}\n{field['description_en']}"


@pytest.mark.parametrize("name", examples())
def test_columns_of_codes_have_a_list_with_exactly_those_codes(book, name):
    rules = {field["name"]: field.get("constraints", {}) for field in fields_asked(name)}
    allowed = {column: rule["enum"] for column, rule in rules.items() if "enum" in rule}
    if name == "evidence":
        framework = bandung()["framework"]
        allowed["aspect"] = framework.loc[framework["level"] == "aspect", "code"]
    rules = {}
    for rule in book[name].data_validations.dataValidation:
        letters = str(rule.sqref).split(":")[0].rstrip("0123456789")
        where = rule.formula1.replace("$", "").split("!")[1]
        rules[book[name][f"{letters}{HEADER}"].value] = [cell.value for (cell,) in book[CODES][where]]
    assert rules == {column: list(codes) for column, codes in allowed.items()}


def test_every_list_of_codes_has_its_column_as_heading_and_labels_in_both_languages(book):
    cells = list(book[CODES].iter_cols(values_only=True))
    for codes, *labels in zip(cells[::3], cells[1::3], cells[2::3], strict=True):
        assert codes[0] in {column for name in examples() for column in columns_asked(name)}
        assert [column[0] for column in labels] == ["id", "en"]
        for column in labels:
            assert [bool(label) for label in column[1:]] == [bool(code) for code in codes[1:]]


@pytest.mark.parametrize("name", examples())
def test_examples_are_marked_and_would_be_valid_records(book, name):
    assert examples()[name]
    for row, example in enumerate(examples()[name], start=HEADER + 1):
        assert book[name].cell(row, 1).value == MARKER
        assert len(example) == len(fields_asked(name))
        for field, value in zip(fields_asked(name), example, strict=True):
            rules = field.get("constraints", {})
            assert isinstance(value, str)
            assert value or not rules.get("required")
            assert value in rules.get("enum", [value])
            wrong = []
            PARSERS.get(field["type"], lambda *_: None)(
                pd.Series([value], dtype="str", name="x", index=[2]), "x", wrong
            )
            assert wrong == []


def test_cells_are_text_so_that_excel_keeps_what_is_typed(book):
    for name in examples():
        assert book[name].column_dimensions["B"].number_format == "@"
        assert "f" not in {cell.data_type for row in book[name].iter_rows() for cell in row}
        assert {cell.number_format for cell in book[name][HEADER + 1]} == {"@"}


def test_the_same_template_is_the_same_bytes(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name)
        monkeypatch.setenv("TZ", "Asia/Jakarta")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    parts = openpyxl.load_workbook(io.BytesIO((tmp_path / "a.xlsx").read_bytes())).properties
    assert {parts.created.year, parts.modified.year} == {2020}
