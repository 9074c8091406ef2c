"""Places in a source in the language of the reader; headings and openings of paragraphs stay as printed."""

import re
from functools import cache

from analysis.language.labels import text

NAMES = (
    *("abstract_english", "abstract", "introduction", "method", "results", "conclusion", "references"),
    *("paragraph", "first_clause", "second_clause", "sentence"),
    *("introduced_quotation", "quotation", "note", "item", "row", "column", "heading", "subheading"),
    *("figure", "table", "source", "end", "to", "and", "before"),
)
"""Parts of places (``place.<name>``) as locators have them in Indonesian."""
QUOTED = re.compile(r"(“[^”]*”)")


def place(locator: str, lang: str) -> str:
    """Return a locator of raw data in `lang`; what stands in quotation marks is left as it is."""
    if lang == "id":
        return locator
    words, expression = _words(lang)
    parts = QUOTED.split(locator)
    parts[::2] = [expression.sub(lambda match: words[match[0]], part) for part in parts[::2]]
    return "".join(parts)


@cache
def _words(lang: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the parts of places in `lang`, and the expression that finds them, the longest first."""
    words = {text(f"place.{name}", "id"): text(f"place.{name}", lang) for name in NAMES}
    longest_first = sorted(words, key=len, reverse=True)
    return words, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
