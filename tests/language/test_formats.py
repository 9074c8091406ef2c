from datetime import date

import pytest
from babel.numbers import parse_decimal, parse_number
from helpers import LANGUAGES
from hypothesis import given
from hypothesis import strategies as st

from analysis.language.formats import LOCALES, Result, display, integer, percent

SAMPLES = [
    (1081, "record", "1.081", "1,081"),
    (90, "record", "90", "90"),
    (0, "record", "0", "0"),
    (-5, "record", "-5", "-5"),
    (1234567, "record", "1.234.567", "1,234,567"),
    (1081 / 12, "record_per_month", "90,1", "90.1"),
    (70.25, "dataset_per_month", "70,2", "70.2"),
    (2.0, "stage_number", "2", "2"),
    (222 / 388, "share", "57,2%", "57.2%"),
    (1.081, "share", "108,1%", "108.1%"),
    (0.0, "share", "0,0%", "0.0%"),
    (19.33, "percent", "19,33%", "19.33%"),
    (100, "percent", "100%", "100%"),
    (1020 / 700, "ratio", "1,46", "1.46"),
    (2000.0, "ratio", "2.000", "2,000"),
    (2016, "year", "2016", "2016"),
    ("2014-12-05", "date", "5 Desember 2014", "5 December 2014"),
    ("2016-12", "date", "Desember 2016", "December 2016"),
    ("2016-08", "date", "Agustus 2016", "August 2016"),
    (5_000_000_000, "IDR", "Rp5 miliar", "IDR 5 billion"),
    (10_000_000_000_000, "IDR", "Rp10 triliun", "IDR 10 trillion"),
    (1_500_000_000, "IDR", "Rp1,5 miliar", "IDR 1.5 billion"),
    ("e-Budgeting", "name", "e-Budgeting", "e-Budgeting"),
    ("1081", "name", "1081", "1081"),
    ("word.ownership.own", "label", "milik sendiri", "city-owned"),
]

whole_numbers = st.integers(-(10**15), 10**15)
languages = st.sampled_from(LANGUAGES)


@pytest.mark.parametrize(
    ("result", "lang", "expected"),
    [
        (Result(value, unit), lang, written)
        for value, unit, *both in SAMPLES
        for lang, written in zip(LANGUAGES, both, strict=True)
    ],
    ids=lambda value: f"{value.value} {value.unit}" if isinstance(value, Result) else value,
)
def test_a_result_is_written_as_its_language_writes_it(result, lang, expected):
    assert display(result, lang) == expected


@given(whole_numbers, languages)
def test_a_whole_number_reads_back(number, lang):
    assert parse_number(integer(number, lang), locale=LOCALES[lang]) == number


@given(whole_numbers, languages)
def test_a_count_reads_back_from_its_display(number, lang):
    assert parse_number(display(Result(number, "record"), lang), locale=LOCALES[lang]) == number


@given(st.floats(0, 10), languages)
def test_a_percentage_reads_back_to_half_its_last_digit(fraction, lang):
    got = float(parse_decimal(percent(fraction, lang), locale=LOCALES[lang]))
    assert got == pytest.approx(100 * fraction, abs=0.0500001)
    assert display(Result(fraction, "share"), lang) == f"{percent(fraction, lang)}%"


@given(st.integers(1000, 9999), languages)
def test_a_year_has_no_separator(year, lang):
    assert display(Result(year, "year"), lang) == str(year)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_and_its_month_agree(day):
    for lang in LANGUAGES:
        month = display(Result(f"{day:%Y-%m}", "date"), lang)
        assert display(Result(day.isoformat(), "date"), lang) == f"{day.day} {month}"


@pytest.mark.parametrize("iso", ["2016-13", "2016-02-30", "16-12-01", "2016"])
def test_a_date_that_is_none_is_an_error(iso):
    with pytest.raises(ValueError, match=r"\w"):
        display(Result(iso, "date"), "id")


def test_the_two_languages_differ_in_their_separators():
    assert integer(1234567, "id").replace(".", ",") == integer(1234567, "en")


@pytest.mark.parametrize("value", [0, 0.0, -0.0, 0.004, -0.004])
def test_a_score_that_is_zero_when_written_has_no_sign(value):
    assert [display(Result(value, "score"), lang) for lang in LANGUAGES] == ["0,00", "0.00"]
