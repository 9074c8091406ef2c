from datetime import date

import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from analysis.intake.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    DateError,
    date_order,
    is_ambiguous,
    is_datelike,
    parse_date,
)
from analysis.language.formats import LOCALES

MONTHS = {lang: list(get_month_names("wide", locale=locale).values()) for lang, locale in LOCALES.items()}
days = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@given(days, st.sampled_from("/-."), st.booleans())
def test_a_date_of_digits_is_read_in_the_order_given(day, mark, is_day_first):
    written = day.strftime(f"%d{mark}%m{mark}%Y" if is_day_first else f"%m{mark}%d{mark}%Y")
    assert parse_date(written, DAY_FIRST if is_day_first else MONTH_FIRST) == day.isoformat()
    assert parse_date(day.isoformat()) == day.isoformat()


@given(days, st.sampled_from(["id", "en"]), st.booleans())
def test_a_month_may_be_a_name_or_its_first_letters(day, lang, is_short):
    month = MONTHS[lang][day.month - 1]
    assert parse_date(f"{day.day} {month[:3] if is_short else month} {day.year}") == day.isoformat()
    assert parse_date(f"{month} {day.day}, {day.year}") == day.isoformat()


@pytest.mark.parametrize(
    "written",
    [
        "2024-03-31 00:00:00",
        "2024-03-31T10:15",
        "31/03/2024 10.15 WIB",
        "Minggu, 31 Maret 2024",
        "31-Mar-2024",
        "31/Mar/2024",
        "31Maret2024",
        "31 – 03 – 2024",
        "31 / 3 / 2024",
        "Tgl. 31 Maret 2024",
        "per 31 Maret 2024",
    ],
)
def test_time_weekday_and_spaces_are_left_out(written):
    assert parse_date(written) == "2024-03-31"


@pytest.mark.parametrize("written", ["12 Sept 2023", "12 Sep 2023", "12 September 2023"])
def test_a_month_may_have_its_usual_short_form(written):
    assert parse_date(written) == "2023-09-12"
    assert parse_date(written.replace(written.split()[1], "Agust")) == "2023-08-12"


@pytest.mark.parametrize("written", ["", "-", "–", "n/a", "Belum pernah", "tidak pernah"])
def test_nothing_and_a_dash_are_no_date(written):
    assert parse_date(written) == ""


@pytest.mark.parametrize(
    ("written", "kind", "nearest"),
    [
        *((written, "date", "") for written in ("31/02/2024", "kemarin", "31 Foo 2024")),
        *((written, "date_incomplete", "") for written in ("2024", "Mei 2024", "Mar-23", "05/2024")),
        *((written, "date_incomplete", "") for written in ("31/12/24", "31-Des-24")),
        *((written, "date_serial", "2023-03-15") for written in ("45000", "45000.5")),
    ],
)
def test_what_is_no_full_date_says_why(written, kind, nearest):
    with pytest.raises(DateError) as caught:
        parse_date(written)
    assert (caught.value.kind, caught.value.nearest) == (kind, nearest)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_an_error(text):
    try:
        got = parse_date(text)
    except DateError:
        return
    assert got == "" or date.fromisoformat(got).isoformat() == got


def test_the_order_is_what_the_column_shows():
    assert date_order(["01/02/2024", "13/02/2024"]) == DAY_FIRST
    assert date_order(["01/02/2024", "02/13/2024"]) == MONTH_FIRST
    assert date_order(["01/02/2024", "1 Mei 2024"]) == ""
    dates = ("01/02/2024", "11/12/2024", "13/12/2024", "02/02/2024")
    assert [text for text in dates if is_ambiguous(text)] == ["01/02/2024", "11/12/2024"]
    assert [text for text in ("12/31/2024", "1 Mei 2024", "Mei", "") if is_datelike(text)] == [
        "12/31/2024",
        "1 Mei 2024",
    ]


@pytest.mark.parametrize(
    ("written", "nearest"),
    [
        ("28 Febuari 2023", "2023-02-28"),
        ("1 Agutus 2023", "2023-08-01"),
        ("31 Juuni 2023", ""),
        ("5 Fax 2023", ""),
    ],
)
def test_a_misspelt_month_is_no_date_but_told_with_what_it_probably_means(written, nearest):
    with pytest.raises(DateError) as caught:
        parse_date(written)
    assert (caught.value.kind, caught.value.nearest) == ("date", nearest)
