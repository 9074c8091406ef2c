"""The pages that the site begins with, and what all of its pages share."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.language.labels import LANGUAGES, text
from analysis.project.atomic import write_bytes, write_text
from analysis.project.inert_csv import inert
from analysis.reporting import pages
from analysis.site import addresses, frame

STYLE = "site.css"
OTHER = re.compile(r'(?:<strong lang="\w+">[^<]*</strong>|<a href="compare\.\w+\.html"[^>]*>[^<]*</a>)\s*')
"""The choice of a language that a page has by itself."""


def write(root: Path, cards: Sequence[Path], shared: Sequence[Path]) -> None:
    """Write the pages that the site begins with, in both languages.

    Parameters
    ----------
    cards : sequence of Path
        What each city says of itself (`overview.card`), in order.
    shared : sequence of Path
        Pages about several cities, such as ``compare.en.html``, which are taken over.
    """
    said = [json.loads(path.read_text("utf-8")) for path in cards]
    for lang in LANGUAGES:
        write_text(addresses.start(root, lang), _start(lang, [one[lang] for one in said], shared))
    write_text(addresses.site(root) / addresses.HOME, _door(said))
    for name in addresses.ASSETS:
        # The pages of the ledger and of checks have the same style within themselves.
        shared_style = f"{pages.source('page.css')}\n" if name == STYLE else ""
        write_text(addresses.site(root) / "assets" / name, shared_style + pages.source(name, frame.HERE))
    for path in addresses.fonts(root):
        write_bytes(addresses.site(root) / "assets" / path.name, path.read_bytes())
    for path in shared:
        write_text(addresses.site(root) / addresses.taken_over(path), _comparison(path))
        table = inert(path.with_name(addresses.COMPARED).read_bytes())
        write_bytes(addresses.site(root) / addresses.beside(path), table)


def _start(lang: str, cities: Sequence[Mapping[str, Any]], shared: Sequence[Path]) -> str:
    own = [addresses.taken_over(path).removeprefix(f"{lang}/") for path in shared if f".{lang}." in path.name]
    return frame.render(
        "start.html",
        **frame.frame(addresses.HOME, lang, "", None),
        title=text("site.home", lang),
        cities=cities,
        shared=[(text("site.comparison", lang), name) for name in own],
    )


def _comparison(path: Path) -> str:
    lang, address = addresses.taken_over(path).split("/")
    shown = frame.frame(address, lang, "", None) | {"skipped": "several"}
    page = OTHER.sub("", path.read_text("utf-8")).replace("<main", '<main id="several"', 1)
    return frame.framed(page, shown)


def _door(said: Sequence[Mapping[str, Any]]) -> str:
    """Return the page of the folder itself, which leads into both languages."""
    doors = [
        {
            "lang": lang,
            "title": text("site.home", lang),
            "lead": text("site.lead", lang),
            "enter": text("site.enter", lang),
            "cities": [one[lang] for one in said],
        }
        for lang in reversed(LANGUAGES)
    ]
    return frame.render("door.html", doors=doors)
