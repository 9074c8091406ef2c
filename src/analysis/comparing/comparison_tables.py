"""A comparison as people read it: one row per measure, one column per city, and what each city lacks."""

from dataclasses import dataclass

import pandas as pd
from babel.lists import format_list

from analysis.comparing.compared import Names
from analysis.comparing.comparison import GROUPS, found, lacking
from analysis.display.display_table import LEFT, RIGHT, DisplayTable, without_repeats
from analysis.language.formats import LOCALES, display
from analysis.language.labels import text
from analysis.tables.applications import CATEGORIES

ABSENT = "–"


@dataclass(frozen=True)
class Line:
    """One measure as texts: its group, its label, and its value for each city."""

    group: str
    label: str
    cells: tuple[str, ...]


def side_by_side(table: pd.DataFrame, names: Names, lang: str) -> DisplayTable:
    """Prepare a comparison (`comparison.compare`) for reading."""
    titles = list(names.cities[lang].values())
    group = text("compare.group", lang)
    rows = [(line.group, line.label, *line.cells) for line in lines(table, names, lang)]
    frame = pd.DataFrame(rows, columns=[group, text("compare.measure", lang), *titles])
    notes = [*reading_notes(lang), *gaps(table, names, lang)]
    return DisplayTable(
        without_repeats(frame, [group]),
        (LEFT, LEFT, *[RIGHT] * len(titles)),
        text("compare.caption", lang),
        " ".join(notes),
    )


def lines(table: pd.DataFrame, names: Names, lang: str) -> list[Line]:
    """Return every measure that any city has as a line, in the order of `comparison.GROUPS`."""
    written = {place: display(result, lang) for place, result in found(table).items()}
    had = {measure for measure, _ in written}
    return [
        Line(
            heading(group, lang),
            label(measure, names, lang),
            tuple(written.get((measure, city), ABSENT) for city in names.cities[lang]),
        )
        for group, measures in GROUPS.items()
        for measure in measures
        if measure in had
    ]


def reading_notes(lang: str) -> list[str]:
    """Return sentences on how to read the measures."""
    return [text(f"compare.note.{name}", lang) for name in ("share", "balance", "checks", "absent")]


def gaps(table: pd.DataFrame, names: Names, lang: str) -> list[str]:
    """Return a sentence per city on what it lacks, or one sentence if none lacks anything."""
    titles = names.cities[lang]
    sentences = []
    for city, missing in lacking(table, list(titles)).items():
        parts = format_list([_part(name, names, lang) for name in missing], locale=LOCALES[lang])
        sentences.append(text("compare.lacks", lang, city=titles[city], parts=parts))
    return sentences or [text("compare.complete", lang)]


def heading(group: str, lang: str) -> str:
    """Return the heading of a group of measures."""
    return text(group if group in CATEGORIES else f"compare.group.{group}", lang)


def label(measure: str, names: Names, lang: str) -> str:
    """Return the name of a measure within its group."""
    group, *inner, kind = measure.split(".")
    if inner and kind == "balance":
        return text("compare.balance", lang, dimension=dimension(measure, names, lang))
    if inner:
        attribute, category = inner
        return text(f"{attribute}.{category}", lang)
    return text(f"compare.{group}.{kind}", lang)


def dimension(balance: str, names: Names, lang: str) -> str:
    """Return the name of the dimension of a balance, or the words for all dimensions."""
    _, *inner, _ = balance.split(".")
    return names.dimensions[lang][inner[0]] if inner else text("compare.all_dimensions", lang)


def name_and_mark(title: str) -> tuple[str, str]:
    """Split a city's name from the mark in brackets, so that no line breaks within the mark."""
    name, bracket, mark = title.partition(" (")
    return name, bracket.strip() + mark


def _part(name: str, names: Names, lang: str) -> str:
    """Return the name of what is lacking: a group, evidence or findings of one dimension, or a measure."""
    if name in GROUPS:
        return text(f"compare.part.{name}", lang)
    if name.endswith(".balance"):
        group = name.partition(".")[0]
        return text(f"compare.part_of.{group}", lang, dimension=dimension(name, names, lang))
    return label(name, names, lang)
