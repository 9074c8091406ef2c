"""The frame of every page: navigation, the other language, search; and how templates are rendered."""

import re
from collections.abc import Mapping
from typing import Any

from analysis.language.labels import LANGUAGES, Family, text
from analysis.reporting import pages
from analysis.site import addresses

HERE = "analysis.site"
BODY = re.compile(r"<body\b[^>]*>")
SKIP = re.compile(r'<a class="skip"[^>]*>.*?</a>\s*', re.DOTALL)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\s*')
ICON = '<link rel="icon" href="data:,">\n'


def frame(address: str, lang: str, section: str, city: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what the frame shows, and the ``words`` of all templates of the site.

    Parameters
    ----------
    address : str
        The page, seen from the folder of its city; from that of the language where it has none.
    section : str
        The part of the navigation that it belongs to, one of `addresses.SECTIONS`; "" for none.
    city : mapping or None
        ``code``, ``name`` and ``languages`` of its city.
    """
    up = "../" * address.count("/")
    here = up + ("../" if city else "")
    is_spoken = city is not None and lang in city["languages"]
    return {
        "lang": lang,
        "up": up,
        "start": f"{here}{addresses.HOME}",
        "root": f"{here}../",
        "code": city["code"] if city else "",
        "city_name": city["name"] if city else "",
        "navigation": [
            (text(f"site.nav.{name}", lang), up + target, name == section)
            for name, target in (addresses.SECTIONS.items() if is_spoken else ())
        ],
        "elsewhere": [
            (code, text("ledger.language", code), f"{here}../{code}/{_same_place(address, code, city)}")
            for code in LANGUAGES
        ],
        "searched": f"{up}{addresses.SEARCHED}" if is_spoken else "",
        "words": Family("site", lang),
        "found": text("site.found", lang, n="{n}"),
    }


def _same_place(address: str, lang: str, city: Mapping[str, Any] | None) -> str:
    """Return the same page in a language; where the city has none in it, the one that says so."""
    if not city:
        return address
    return f"{city['code']}/{address if lang in city['languages'] else addresses.HOME}"


def render(template: str, **shown: Any) -> str:
    """Return the page that a template of this room makes."""
    return pages.render(template, HERE, **shown)


def framed(page: str, shown: Mapping[str, Any]) -> str:
    """Return a page that another room rendered, with the head of the site in place of its own frame."""
    root, code, bar = shown["root"], shown["code"], render("bar.html", **shown)
    state = f'<link rel="stylesheet" href="{root}state/{code}.css">\n' if code else ""
    linked = (
        f'{ICON}<link rel="stylesheet" href="{root}assets/bar.css">\n{state}'
        f'<script src="{root}assets/site.js" defer></script>\n'
    )
    page = SKIP.sub("", POLICY.sub("", page.replace(ICON, "", 1)), count=1)
    page = page.replace("</head>", f"{linked}</head>", 1)
    return BODY.sub(lambda match: f"{match[0]}\n{bar}", page, count=1)
