"""The page of a comparison in one language, as one self-contained file."""

from collections.abc import Iterable, Mapping
from itertools import groupby

import pandas as pd
from babel.lists import format_list

from analysis.comparing.compared import Names
from analysis.comparing.comparison_files import TABLE
from analysis.comparing.comparison_tables import gaps, lines, name_and_mark, reading_notes
from analysis.language.formats import LOCALES, day
from analysis.language.labels import Family, text
from analysis.reporting.pages import picture, render


def page(
    table: pd.DataFrame, names: Names, figures: Mapping[str, tuple[bytes, bytes]], lang: str, epoch: int
) -> str:
    """Return a comparison in `lang` as an HTML page, with figures wide and narrow; `epoch` stands for now."""
    written = groupby(lines(table, names, lang), lambda line: line.group)
    made_up = [title for city, title in names.cities[lang].items() if city in names.synthetic]
    shown = {
        "lang": lang,
        "words": Family("compare", lang),
        "cities": [name_and_mark(title) for title in names.cities[lang].values()],
        "subtitle": _listed(names.cities[lang].values(), lang),
        "dated": text("compare.dated", lang, date=day(epoch, lang)),
        "synthetic": text("compare.synthetic", lang, cities=_listed(made_up, lang)) if made_up else "",
        "groups": [(group, list(members)) for group, members in written],
        "notes": reading_notes(lang),
        "gaps": gaps(table, names, lang),
        "pictures": [
            picture(*figure) | {"caption": text(f"compare.figure.{name}", lang)}
            for name, figure in figures.items()
        ],
        "csv": TABLE,
    }
    return render("comparison.html", "analysis.comparing", **shown)


def _listed(titles: Iterable[str], lang: str) -> str:
    return format_list(list(titles), locale=LOCALES[lang])
