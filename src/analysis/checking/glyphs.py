"""Which characters the fonts of PDF and figures have; HTML and Word take others from the reader's machine."""

import re
from functools import cache
from importlib.resources import files

GLYPHS = "glyphs.txt"
"""What both have: the fonts that Typst brings along for the PDF, and those of the figures; in hexadecimal."""


def missing(text: str) -> str:
    """Return the characters of a text that no font has, each once, in the order of the text."""
    return "" if text.isascii() else "".join(dict.fromkeys(_others().findall(text)))


@cache
def _others() -> re.Pattern[str]:
    """Return what finds a character that no font has; spaces, and what is not to be seen, need none."""
    listed = files(__package__).joinpath(GLYPHS).read_text(encoding="ascii").split()
    ranges = "".join("-".join(f"\\U{end:0>8}" for end in one.split("-")) for one in listed)
    return re.compile(
        rf"[^{ranges}\s\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]"
    )
