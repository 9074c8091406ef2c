"""Format numbers, dates and names as Indonesian and English do."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from babel.dates import format_date, format_skeleton
from babel.numbers import format_compact_decimal, format_decimal, format_percent

from analysis.language.labels import known_language, text

LOCALES = {"id": "id_ID", "en": "en_GB"}


@dataclass(frozen=True)
class Result:
    """A value with its unit, which decides how the value is written."""

    value: int | float | str
    """Unrounded number; ISO 8601 date; name; or key of the catalogue."""
    unit: str
    """``share`` (fraction of 1, written as percent), ``percent`` (printed percent, kept as it is), ``ratio``,
    ``score`` (-1 to 1), ``year``, ``date``, ``IDR``, ``name``, ``label``, ``truth``; any other unit
    belongs to a count or an average.
    """


def display(result: Result, lang: str) -> str:
    """Return the value of `result` as text in `lang`, without the word for its unit."""
    value, unit, locale = result.value, result.unit, _locale(lang)
    if unit == "name":
        return str(value)
    if unit == "label":
        return text(str(value), lang)
    if unit == "truth":
        return text("truth.true" if value else "truth.false", lang)
    if unit == "date":
        return _date(str(value), locale)
    number = float(value)
    if unit == "year":
        return f"{number:.0f}"
    if unit == "share":
        return format_percent(number, "#,##0.0%", locale=locale)
    if unit == "percent":
        return format_decimal(number, "#,##0.##", locale=locale) + "%"
    if unit == "score":
        pattern = "+0.00;−0.00" if round(number, 2) else "0.00"
        return format_decimal(abs(number) if pattern == "0.00" else number, pattern, locale=locale)
    if unit == "ratio":
        return format_decimal(number, "#,##0.##", locale=locale)
    if unit == "IDR":
        compact = format_compact_decimal(number, format_type="long", locale=locale, fraction_digits=1)
        return text("unit.IDR", lang, amount=compact)
    return integer(number, lang) if number.is_integer() else format_decimal(number, "#,##0.0", locale=locale)


def is_whole(result: Result) -> bool:
    """Return whether a result is a whole number of something, which a text may write in words."""
    return isinstance(result.value, int) and result.unit not in ("truth", "year", "IDR")


def integer(number: float, lang: str) -> str:
    """Write a whole number with the thousands separator of `lang`."""
    return format_decimal(int(number), locale=_locale(lang))


def number_word(number: int, lang: str) -> str:
    """Write a whole number as running text does: in words as far as `lang` has them, else in digits."""
    words = text("number.words", lang).split(", ")
    return words[number] if 0 <= number < len(words) else integer(number, lang)


def percent(fraction: float, lang: str) -> str:
    """Write a fraction of 1 in percent with one decimal, without the sign."""
    return format_decimal(100 * fraction, "#,##0.0", locale=_locale(lang))


def day(epoch: int, lang: str) -> str:
    """Write the day (UTC) of a time in seconds since 1970."""
    return _date(datetime.fromtimestamp(epoch, UTC).date().isoformat(), _locale(lang))


def _date(iso: str, locale: str) -> str:
    if len(iso) == len("2016-12"):
        return format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=locale)
    return format_date(date.fromisoformat(iso), format="long", locale=locale)


def _locale(lang: str) -> str:
    return LOCALES[known_language(lang)]
