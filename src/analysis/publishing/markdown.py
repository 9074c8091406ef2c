"""Write tables and texts as Markdown in which nothing is interpreted: cells and values appear as they are."""

import re

from analysis.display.display_table import RIGHT, DisplayTable
from analysis.language.glossary import emphasised

SPECIAL = re.compile(r"""[\\`*_{}\[\]<>#$@~^|!&"']|(?<=-)-|(?<=\.)\.|^[-+:%(]""")
"""Characters that Markdown would interpret, some of them only at the beginning."""
ENUMERATOR = re.compile(r"^(\w+)([.)])(?=\s|$)")
"""What Markdown would read as the number of a list item."""
FENCE = re.compile(r":(?=::)|(?<=::):")
"""Colons of what looks like the fence of a division; Quarto warns of them even where they are escaped."""
COMPACT_WIDTH = 60
"""Characters of a row up to which a table keeps its natural width."""


def pipe_table(table: DisplayTable, identifier: str, source: str = "", lang: str = "") -> str:
    """Write a table as a Markdown pipe table whose cells are read as plain text.

    Its caption may hold ``*emphasis*`` and gets the identifier; the note, which the `source` ends, becomes a
    ``table-note`` division. In `lang`, if given, foreign terms are emphasised.
    """
    rows = [[emphasised(escape(str(cell)), lang) for cell in row] for row in table.frame.to_numpy().tolist()]
    headings = [emphasised(escape(heading), lang) for heading in table.frame.columns]
    is_wide = max(sum(map(len, line)) for line in (headings, *rows)) > COMPACT_WIDTH
    rules = [
        # Of a wide table the proportions of the dashes set the widths of the columns.
        "-" * (width if is_wide else 3) + (":" if align == RIGHT else "")
        for width, align in zip(table.widths, table.align, strict=True)
    ]
    if table.has_total:
        rows[-1] = [f"**{cell}**" if cell else "" for cell in rows[-1]]
    parts = ["\n".join(f"| {' | '.join(line)} |" for line in (headings, rules, *rows))]
    parts.append(f": {emphasised(escape(table.caption, keep='*'), lang)} {{#{identifier}}}")
    if note := " ".join(filter(None, (emphasised(escape(table.note), lang), source))):
        parts.append(f"::: {{.table-note}}\n{note}\n:::")
    return "\n\n".join(parts) + "\n"


def escape(literal: str, keep: str = "") -> str:
    """Write text so that Markdown, its shortcodes and raw formats read it as it is, on one line."""
    escaped = SPECIAL.sub(
        lambda match: match[0] if match[0] in keep else f"\\{match[0]}", " ".join(literal.split())
    )
    return FENCE.sub(r"\g<0>[]{}", ENUMERATOR.sub(r"\1\\\2", escaped))
