"""What the search of a city's pages looks through: a script, as pages in a folder can read no data."""

import json
from collections.abc import Iterable

from analysis.language.labels import text
from analysis.site import addresses
from analysis.site.study import Study

NAME = "COMPENDIUM_PAGES"


def index(study: Study, titles: Iterable[tuple[str, str]], results: Iterable[tuple[str, str]]) -> str:
    """Return the script that sets what can be found: titles with addresses, and results with their values."""
    page, number, sheet = (text(f"site.hit.{kind}", study.lang) for kind in ("page", "number", "entry"))
    found = [(page, title, address) for title, address in titles]
    for key, value in results:
        label = study.reader.figure(key)
        words = f"{value} · {key}" if label == key else f"{value} · {label} · {key}"
        found.append((number, words, addresses.of_number(key)))
    for entry in study.entries.values():
        words = f"{entry['entry']} · {entry['statement']} · {entry['verdict_label']}"
        found.append((sheet, words, study.of_entry(entry["entry"])))
    rows = ",\n".join(json.dumps(row, ensure_ascii=False).replace("</", "<\\/") for row in found)
    return f"window.{NAME} = [\n{rows}\n];\n"
