from dataclasses import replace

from helpers import make_package

from analysis.checking.translations import check_translated


def blanked(package, **columns):
    """Return a package in which some columns of files are blank."""
    frames = {file: package[file].assign(**{column: ""}) for file, column in columns.items()}
    return replace(package, frames={**package.frames, **frames})


def test_a_package_that_says_everything_in_both_languages_lacks_nothing():
    assert list(check_translated(make_package())) == []


def test_a_file_without_english_is_told_row_by_row_while_another_has_it():
    package = blanked(make_package(), evidence="text_en")
    told = list(check_translated(package))
    assert {(one.kind, one.file, one.column) for one in told} == {
        ("text.blank_en", "evidence.csv", "text_en")
    }
    assert [one.row for one in told] == list(package["evidence"].index)


def test_a_text_that_nobody_can_see_is_blank():
    package = make_package()
    findings = package["findings"].copy()
    findings.loc[findings.index[0], "text_id"] = " \u200b"
    package = replace(package, frames={**package.frames, "findings": findings})
    [told] = check_translated(package)
    assert (told.kind, told.file, told.found) == ("text.blank_id", "findings.csv", "informants.csv, role_id")


def test_a_title_and_a_statement_in_one_language_are_told_of_a_city_with_both_only():
    package = make_package()
    said = {"funding_id": "Tidak ada."}
    described = {"publication": said, "resources": [{"name": "metrics", "sources": [{"title": "Data"}]}]}
    half = replace(package, descriptor={**package.descriptor, **described})
    assert [(one.kind, one.column) for one in check_translated(half)] == [
        ("text.blank_en", "metrics.sources[0].title_en"),
        ("text.unsaid_en", "publication.funding_en"),
    ]
    files = {"informants": "role_en", "metrics": "label_en", "evidence": "text_en", "findings": "text_en"}
    assert list(check_translated(blanked(half, **files))) == []
