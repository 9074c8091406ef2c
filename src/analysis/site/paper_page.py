"""The paper within the site: every number leads to its place among the results."""

import re
from html import escape

from analysis.language.labels import text
from analysis.publishing.preparing import FIGURE_SOURCE, MADE
from analysis.publishing.variables import NUMBER
from analysis.site import addresses, frame
from analysis.site.study import Study
from analysis.table_list.entries import BY_NAME

KEYED = re.compile(rf'<span class="{NUMBER}" data-key="(?P<key>[\w.-]+)">(?P<value>.*?)</span>', re.DOTALL)
SOURCE = re.compile(rf'<span class="{MADE}" data-key="(?P<name>\w+)">.*?</span>', re.DOTALL)
PICTURE = re.compile(r'<figure[^>]*\bid="(?P<id>fig-[\w-]+)"[^>]*>.*?</figure>', re.DOTALL)
DOCUMENT = re.compile(r'href="article\.\w+\.(pdf|docx)"')
ANCHOR = "number-"
"""Before the key of a number: where the paper prints it first."""
FROM_RESULTS = ("margins", "capacity")
"""Figures of no table that the notebook of results draws; the ledger's draws the others."""


def page(study: Study, article: str, source: str) -> str:
    """Return the paper, as rendered, as a page of the site; `source` is its text, which names the figures."""
    pictures = {identifier: name for name, identifier in FIGURE_SOURCE.findall(source)}
    article = DOCUMENT.sub(r'href="paper.\1"', article)
    article = PICTURE.sub(lambda match: _pictured(study, match, pictures), article)
    article = SOURCE.sub(lambda match: _sources(study, match["name"]), article)
    article = _linked(article).replace("<main", '<main id="paper"', 1)
    return frame.framed(article, study.frame(addresses.PAPER, "paper") | {"skipped": "paper"})


def printed(article: str) -> dict[str, str]:
    """Return where a paper first prints each variable, by key: its address in the page."""
    keys = dict.fromkeys(match["key"] for match in KEYED.finditer(article))
    return {key: f"{addresses.PAPER}#{ANCHOR}{key}" for key in keys}


def _linked(article: str) -> str:
    """Turn what knows its key into links, the first of each with an anchor."""
    known: set[str] = set()

    def link(match: re.Match[str]) -> str:
        key = match["key"]
        place = "" if key in known else f' id="{ANCHOR}{escape(key)}"'
        known.add(key)
        return f'<a class="{NUMBER}"{place} href="{escape(addresses.of_number(key))}">{match["value"]}</a>'

    return KEYED.sub(link, article)


def _pictured(study: Study, match: re.Match[str], pictures: dict[str, str]) -> str:
    """Return a figure with a line of what it is from."""
    name = pictures.get(match["id"], "")
    line = f'<p class="sources">{_sources(study, name)}</p>' if name else ""
    return match[0] + line


def _sources(study: Study, name: str) -> str:
    """Return the line "notebook · data · checking sheet" of a table or figure."""
    entry, step = BY_NAME.get(name), step_of(name)
    is_checked = any(one.startswith(f"{name}/") for one in study.entries)
    data = {"results": addresses.RESULTS, "ledger": "checks.csv"}
    links = {
        "notebook": addresses.of_notebook(step),
        "data": addresses.of_table(name) if entry else data[step],
        "checks": f"{addresses.of_table(name)}#checks" if is_checked else addresses.SHEET,
    }
    words = {key: escape(text(f"site.line.{key}", study.lang)) for key in links}
    return " · ".join(f'<a href="{href}">{words[key]}</a>' for key, href in links.items())


def step_of(name: str) -> str:
    """Return the notebook that made a table or figure."""
    if entry := BY_NAME.get(name):
        return entry.step
    return "results" if name in FROM_RESULTS else "ledger"
