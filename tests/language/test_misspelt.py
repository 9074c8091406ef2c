import pytest

from analysis.language import labels
from analysis.language.misspelt import PlainError, nearest_name


@pytest.mark.parametrize(
    ("asked", "expected"), [("bandugn", "bandung"), ("Bandung", "bandung"), ("tokyo", ""), ("", "")]
)
def test_the_nearest_name_is_what_was_probably_meant(asked, expected):
    assert nearest_name(asked, ["bandung", "contoh"]) == expected


def test_a_notebook_shows_nothing_of_a_plain_error_but_its_message():
    assert PlainError("one\ntwo")._render_traceback_() == ["one", "two"]


def test_an_unknown_language_is_one_sentence_in_each_with_what_there_is():
    with pytest.raises(labels.UnknownLanguageError) as caught:
        labels.text("total", "eng")
    for line in str(caught.value).splitlines():
        assert "“eng”" in line and "id, en" in line and "“en”" in line
    assert len(str(caught.value).splitlines()) == len(labels.LANGUAGES)


def test_where_nothing_is_near_no_guess_is_made():
    said = labels.unknown("cli.unknown_language", "fr", labels.LANGUAGES, "en")
    assert said == labels.text("cli.unknown_language", "en", asked="fr", known="id, en")
