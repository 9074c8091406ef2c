"""What the search of a city's pages looks through: a script, as pages in a folder can read no data."""

import json
from collections.abc import Iterable, Iterator

from analysis.language.labels import text
from analysis.site import addresses
from analysis.site.study import Study

NAME = "COMPENDIUM_PAGES"


def index(study: Study, titles: Iterable[tuple[str, str]], results: Iterable[tuple[str, str]]) -> str:
    """Return the script that sets what can be found.

    Parameters
    ----------
    titles : iterable of tuple
        Title and address of every page.
    results : iterable of tuple
        Key and value of every number.
    """
    found = [*_rows(study, titles, results)]
    rows = ",\n".join(json.dumps(row, ensure_ascii=False).replace("</", "<\\/") for row in found)
    return f"window.{NAME} = [\n{rows}\n];\n"


def _rows(
    study: Study, titles: Iterable[tuple[str, str]], results: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """Yield kind, words and address of everything that can be found."""
    for title, address in titles:
        yield text("site.hit.page", study.lang), title, address
    for key, value in results:
        label = study.reader.figure(key)
        words = f"{value} · {key}" if label == key else f"{value} · {label} · {key}"
        yield text("site.hit.number", study.lang), words, addresses.of_number(key)
    for entry in study.entries.values():
        words = f"{entry['entry']} · {entry['statement']} · {entry['verdict_label']}"
        yield text("site.hit.entry", study.lang), words, study.of_entry(entry["entry"])
