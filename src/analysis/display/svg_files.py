"""The SVG files of figures: the type that their letters are drawn in, and what they say in words."""

import re
from html import unescape

FONTS = ("CompendiumSerif-Regular.otf", "CompendiumSerif-Bold.otf")
"""Libertinus Serif, the type of the papers, under a name that no installed font has (``OFL.txt``)."""
DECIMALS = re.compile(rb"(?<![\w.#-])\d+\.\d{3,}(?![\w.])")
INDENT = re.compile(rb"\n +")
DESCRIBED = re.compile(r"<dc:description>(.*?)</dc:description>", re.DOTALL)


def shortened(svg: bytes) -> bytes:
    """Write letters by short names, and numbers with the decimals that can be seen: half of the bytes."""
    for short, name in zip((b"r", b"b"), FONTS, strict=True):
        svg = svg.replace(name.replace(".otf", "-").encode(), short)
    svg = INDENT.sub(b"\n", svg)
    return DECIMALS.sub(lambda found: b"%g" % round(float(found[0]), 4 if found[0][:1] == b"0" else 2), svg)


def description_of(svg: bytes) -> str:
    """Return the content in words of a figure that `drawing.encode` wrote as SVG."""
    found = DESCRIBED.search(svg.decode("utf-8"))
    return unescape(found[1]) if found else ""
