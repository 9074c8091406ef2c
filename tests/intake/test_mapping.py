"""What a mapping says of a heading that nothing is read from."""

from spreadsheet_files import RECORD
from test_proposing import headings, proposal

from analysis.intake import mapping
from analysis.intake.mapping import FIELDS, OPTIONAL
from analysis.raw_data.schemas import fields_asked


def test_our_columns_are_those_of_the_schema():
    fields = fields_asked("applications")
    assert tuple(field["name"] for field in fields) == FIELDS
    required = {field["name"] for field in fields if field.get("constraints", {}).get("required")}
    assert required == set(FIELDS) - set(OPTIONAL)


def test_a_heading_that_is_read_already_is_never_the_nearest_for_another_column():
    found = proposal(("Nama Aplikasi", "Platform", "Status"), RECORD[:1] + RECORD[2:3] + RECORD[4:5])
    assert headings(found)["owner"] == ""
    assert [mapping.nearest_heading(found, name) for name in ("owner", "ownership")] == ["", ""]


def test_the_nearest_heading_is_named_only_if_it_is_near():
    found = proposal(("Nama Apl", "X", "Y"), ("a", "b", "c"))
    assert mapping.nearest_heading(found, "name") == "Nama Apl"
    found = proposal(("Uraian Aplikasi", "Tempat Aplikasi", "Y"), ("a", "b", "c"))
    assert not any(mapping.nearest_heading(found, name) for name in ("ownership", "status"))
    assert mapping.nearest_heading(found, "last_updated") == ""


def test_no_heading_is_named_for_two_columns():
    found = proposal(("Nama Apl", "Status Kepemilikn Aplikasi", "X"), ("a", "b", "c"))
    named = [mapping.nearest_heading(found, name) for name in FIELDS]
    assert sorted(filter(None, named)) == sorted({*named} - {""})
