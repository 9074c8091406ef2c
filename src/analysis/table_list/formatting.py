"""Tables as people read them, each by the display that its entry names."""

from dataclasses import replace

import pandas as pd

from analysis.display.display_table import LEFT, DisplayTable, city_name, marked, source_note
from analysis.language.labels import text
from analysis.raw_data.raw import Package
from analysis.table_list.entries import BY_NAME, TABLES
from analysis.table_list.entry import Entry
from analysis.tables.applications import source_name


def format_table(name: str, table: pd.DataFrame, package: Package, lang: str) -> DisplayTable:
    """Prepare a rebuilt table for reading, by the name of its entry."""
    entry = BY_NAME[name]
    shown: DisplayTable = entry.function("display")(table, package, lang, *entry.of)
    notes = (shown.note, source_note(package, _source(entry, package), lang))
    caption = shown.caption or _caption(entry, package, lang)
    return replace(shown, caption=caption, note=" ".join(filter(None, notes)))


def unrecorded(package: Package, lang: str) -> dict[str, DisplayTable]:
    """Return, by name, tables that say so in the place of those of which the city has recorded nothing.

    With them, the study's tables have one numbering, whatever a city has: that of their names.
    """
    said = pd.DataFrame({text("column.records", lang): [text("table.unrecorded", lang)]})
    absent = (one for one in TABLES if not all(name in package for name in one.needs))
    return {
        entry.name: DisplayTable(said, (LEFT,), _caption(entry, package, lang))
        for entry in absent
        if "applications" not in entry.needs
    }


def _caption(entry: Entry, package: Package, lang: str) -> str:
    """Return the caption, with a mark for the data of a made-up city even where it does not name the city."""
    name = city_name(package, lang)
    caption = text(f"caption.{entry.name}", lang, city=name)
    is_marked = name in caption or entry.raw == ("framework",)
    return caption if is_marked else marked(caption, package, lang)


def _source(entry: Entry, package: Package) -> str:
    """Return the raw file whose source the table names: that of its rows, the last it follows from."""
    return source_name(package) if entry.raw[-1] == "applications_recap" else entry.raw[-1]
