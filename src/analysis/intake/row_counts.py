"""How many rows of a sheet were read, how many were left out and why, and how many records were made."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.intake.sheet_tables import Table
from analysis.language.formats import integer
from analysis.language.labels import text


@dataclass(frozen=True)
class RowCounts:
    """The rows of a sheet, or of those read together, those left out by reason, and the records made."""

    read: int
    left_out: Mapping[str, int]
    records: int

    def line(self, lang: str) -> str:
        """Return the numbers in `lang` as a sum that a reader can check."""
        parts = {**self.left_out, "records": self.records}
        said = [text(f"import.left_out.{part}", lang, n=integer(n, lang)) for part, n in parts.items()]
        return text("import.rows_read", lang, read=integer(self.read, lang), parts=" + ".join(said))


def count_rows(table: Table) -> RowCounts:
    """Count the rows of a table."""
    left_out = {reason: len(rows) for reason, rows in table.left_out.items()}
    read = len(table.rows) + sum(left_out.values()) if table.places else len(table.sheet.rows)
    return RowCounts(read, left_out, len(table.rows))
