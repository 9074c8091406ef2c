"""Render HTML pages from templates, whose frame, parts and style are shared.

Whatever they show is escaped.
"""

import base64
import re
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from analysis.display.svg_files import FONTS, description_of
from analysis.language.labels import LANGUAGES, text
from analysis.project.cities import City

HERE = "analysis.reporting"
OUTSIDE = re.compile(r"^.*?(?=<svg\b)|<title>.*?</title>|<metadata>.*?</metadata>", re.DOTALL)
"""What an SVG file has and a drawing within a page does without."""


def render(template: str, package: str = HERE, **shown: Any) -> str:
    """Return the page that a template makes of `shown`; the template may lie in another package."""
    faces = _faces()
    spoken = shown.get("spoken", LANGUAGES)
    languages = {lang: text("ledger.language", lang) for lang in spoken if len(spoken) > 1}
    return _environment(package).get_template(template).render(**shown, languages=languages, faces=faces)


@cache
def _environment(package: str) -> Environment:
    return Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader(HERE)]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )


@cache
def _faces() -> list[tuple[int, str]]:
    """Return the type of papers and figures: each weight, with its font as an address within the page."""
    fonts = [files("analysis.display").joinpath(name).read_bytes() for name in FONTS]
    return [
        (weight, f"data:font/otf;base64,{base64.b64encode(font).decode('ascii')}")
        for weight, font in zip((400, 700), fonts, strict=True)
    ]


def figure(city: City, name: str, lang: str) -> tuple[bytes, bytes]:
    """Return a figure of a city as SVG, wide and narrow; empty where it was not drawn."""
    wide, narrow = (city.figures / f"{name}.{lang}.{suffix}" for suffix in ("svg", "narrow.svg"))
    return (wide.read_bytes(), narrow.read_bytes()) if wide.is_file() and narrow.is_file() else (b"", b"")


def picture(wide: bytes, narrow: bytes = b"") -> dict[str, str]:
    """Return a figure for `parts.html`: its drawings as addresses within the page, and its content in words.

    Without a narrow drawing the wide one scrolls in a box on a narrow screen.
    """
    return {"wide": embedded(wide), "narrow": embedded(narrow), "words": description_of(wide)} if wide else {}


def embedded(svg: bytes) -> str:
    """Return an SVG as the address of an image within the page; "" for none."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode('ascii')}" if svg else ""


def within_page(svg: bytes) -> str:
    """Return an SVG as a part of a page, in which its links can be followed."""
    return OUTSIDE.sub("", svg.decode("utf-8"))


def source(name: str, package: str = HERE) -> str:
    """Return a template as it is."""
    return files(package).joinpath("templates", name).read_text(encoding="utf-8")
