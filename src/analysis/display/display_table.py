"""A table as people read it: texts only, with caption, alignment and note."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import pandas as pd

from analysis.display.column_widths import column_widths
from analysis.language.labels import known_language, text
from analysis.raw_data.languages import name_of
from analysis.raw_data.raw import TITLE, Package

LEFT, RIGHT = "left", "right"


@dataclass(frozen=True)
class DisplayTable:
    """A table ready to be read: texts only."""

    frame: pd.DataFrame  # cells and headings as texts, in the order to be shown
    align: tuple[str, ...]  # `LEFT` or `RIGHT`, one per column; numbers are aligned right
    caption: str = ""  # Markdown, without number; "" for that of the table's entry
    note: str = ""  # what is to be known besides, and the source of the data
    has_total: bool = False  # whether the last row is a total

    @property
    def widths(self) -> list[int]:
        """Widths of the columns on paper, in characters."""
        return column_widths(self.frame)

    def __repr__(self) -> str:
        """Return the table as plain text."""
        return "\n".join(filter(None, (self.caption, self.frame.to_string(index=False), self.note)))

    def _repr_html_(self) -> str:
        """Return the table as HTML for notebooks, every cell escaped."""
        rows = [self._row(row, "td") for row in self.frame.to_numpy().tolist()]
        if self.has_total:
            rows[-1] = self._row(self.frame.iloc[-1], "th")
        body = "\n".join(rows)
        head = self._row(self.frame.columns, "th")
        note = f"<p>{escape(self.note)}</p>" if self.note else ""
        caption = escape(self.caption.replace("*", ""))
        return (
            f"<table>\n<caption>{caption}</caption>\n<thead>\n{head}\n</thead>\n"
            f"<tbody>\n{body}\n</tbody>\n</table>{note}"
        )

    def _row(self, cells: Iterable[str], tag: str) -> str:
        pairs = zip(cells, self.align, strict=True)
        inside = "".join(
            f'<{tag} style="text-align: {align}">{escape(str(cell))}</{tag}>' for cell, align in pairs
        )
        return f"<tr>{inside}</tr>"


def city_name(package: Package, lang: str) -> str:
    """Return the city's name in `lang`, marked if the city is made up."""
    return marked(name_of(package.descriptor["city"], known_language(lang)), package, lang)


def marked(words: str, package: Package, lang: str) -> str:
    """Return a name or caption, with a mark if it stands for the data of a made-up city."""
    return text("synthetic.mark", lang, words=words) if package.is_synthetic else words


def framework_labels(package: Package, lang: str) -> dict[str, str]:
    """Return the label of every code of the conceptual framework in `lang`, and of no code ("")."""
    return {"": "", **code_labels(package["framework"], lang)}


def code_labels(framework: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the label of every code of a framework in `lang`."""
    return dict(zip(framework["code"], framework[f"label_{lang}"], strict=True))


def source_note(package: Package, file: str, lang: str) -> str:
    """Return in `lang` where the records of a raw file come from; "" for a file that is not listed."""
    return "".join(text("note.source", lang, source=one[TITLE[lang]]) for one in package.sources(file)[:1])


def without_repeats(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Blank a cell that repeats the one above it, as printed tables do."""
    table = table.copy()
    for n in range(len(columns), 0, -1):
        repeated = table[columns[:n]].eq(table[columns[:n]].shift()).all(axis="columns")
        table.loc[repeated, columns[n - 1]] = ""
    return table
