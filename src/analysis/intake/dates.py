"""Convert dates as Indonesians and Excel write them to YYYY-MM-DD."""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta

from analysis.intake.row_words import is_nothing, month, probable_month

DAY_FIRST, MONTH_FIRST = "day_first", "month_first"
TIME = re.compile(
    r"[ T]\d{1,2}[:.]\d{2}([:.]\d{2})?(\.\d+)?( ?[AP]M)?( ?WIB| ?WITA| ?WIT|Z)?$", re.IGNORECASE
)
BEFORE = re.compile(r"^([^\W\d]+,|(tgl|tanggal|per)\b[.:]?) *(?=\d)", re.IGNORECASE)
"""What may stand before a date: a day of the week, or the word for a date."""
SEPARATOR = re.compile(r" ?[-–—] ?(?=\w)|(?<=\d) ?([/.]) ?(?=\w)")
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
DAY_MONTH = re.compile(r"(\d{1,2})[ ./-]*([^\W\d]+)\.?,?[ /-]*(\d{4})")
MONTH_DAY = re.compile(r"([^\W\d]+)\.? +(\d{1,2}),? +(\d{4})")
PARTIAL = re.compile(
    r"\d{4}|\d{1,2}[-/.]\d{4}|\d{4}[-/.]\d{1,2}|[^\W\d]+\.?[ '-]+(\d{4}|\d{2})"
    r"|\d{1,2}[-/. ]+\w+[-/. ]+\d{2}"
)
SERIAL = re.compile(r"([2-5]\d{4})([.,]\d+)?")
FIRST_SERIAL = date(1899, 12, 30)
"""Day 0 of Excel's numbers for dates."""


class DateError(ValueError):
    """A text that is not a full date; `kind` is ``date``, ``date_incomplete`` or ``date_serial``."""

    def __init__(self, kind: str, nearest: str = "") -> None:
        self.kind, self.nearest = kind, nearest
        super().__init__(kind)


def parse_date(text: str, order: str = DAY_FIRST) -> str:
    """Return a date as YYYY-MM-DD; "" for an empty text, a dash or "n/a".

    Parameters
    ----------
    text : str
        Such as ``2024-03-31``, ``31/03/2024``, ``31 Maret 2024``, ``Mar 31, 2024``, perhaps with a time.
    order : {"day_first", "month_first"}
        How 03/04/2024 is read.

    Raises
    ------
    DateError
        When it is not a calendar date, lacks the day or the century, or is one of Excel's numbers.
    """
    if is_nothing(text):
        return ""
    bare = SEPARATOR.sub(lambda match: match[1] or "-", BEFORE.sub("", TIME.sub("", text)))
    if match := ISO.fullmatch(bare):
        return _iso(match[1], match[2], match[3])
    if match := NUMERIC.fullmatch(bare):
        day, middle = (match[1], match[2]) if order == DAY_FIRST else (match[2], match[1])
        return _iso(match[3], middle, day)
    if match := DAY_MONTH.fullmatch(bare):
        return _iso(match[3], month(match[2]), match[1], probable_month(match[2]))
    if match := MONTH_DAY.fullmatch(bare):
        return _iso(match[3], month(match[1]), match[2], probable_month(match[1]))
    if match := SERIAL.fullmatch(bare):
        raise DateError("date_serial", (FIRST_SERIAL + timedelta(days=int(match[1]))).isoformat())
    raise DateError("date_incomplete" if PARTIAL.fullmatch(bare) else "date")


def date_order(texts: Iterable[str]) -> str:
    """Return the order of day and month in a column of dates; "" if no date shows it."""
    pairs = [
        (int(match[1]), int(match[2])) for text in texts if (match := NUMERIC.fullmatch(TIME.sub("", text)))
    ]
    if any(first > 12 for first, _ in pairs):
        return DAY_FIRST
    return MONTH_FIRST if any(second > 12 for _, second in pairs) else ""


def is_ambiguous(text: str) -> bool:
    """Return whether a date could be read in either order."""
    match = NUMERIC.fullmatch(TIME.sub("", text))
    return match is not None and max(int(match[1]), int(match[2])) <= 12 and match[1] != match[2]


def is_datelike(text: str) -> bool:
    """Return whether a text is a full date in either order."""
    for order in (DAY_FIRST, MONTH_FIRST):
        try:
            return bool(parse_date(text, order))
        except DateError:
            continue
    return False


def _iso(year: str, middle: str | int, day: str, probable: int = 0) -> str:
    """Return a date; where there is none, its error says which a misspelt month probably makes it."""
    try:
        return date(int(year), int(middle), int(day)).isoformat()
    except ValueError:
        near = ""
        if probable and not middle:
            with suppress(DateError):
                near = _iso(year, probable, day)
        raise DateError("date", near) from None
